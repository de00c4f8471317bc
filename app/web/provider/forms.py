"""A provider's answers: one for each place, or one for all places left open; and what verifies a notice."""

from wtforms import Field, RadioField, StringField

from app.casework.answer_notice import AnswerInput
from app.domain.notice_words import NoticeKind
from app.domain.words import Reply
from app.i18n.locales import gettext as _
from app.i18n.provider_words import replies_to
from app.reads.verification import VerifyInput
from app.web.forms import CleanText, Form

WORDS_CHARACTERS, WHOSE_CHARACTERS = 4000, 300
ALL = "all"
Row = int | str
Said = tuple[Reply | None, str, str]


class AnswerForm(Form):
    """Made by `answer_form`, with the fields reply_1, words_1, whose_1, … of one notice.

    `numbers`: of the places that are shown, `count`: of all. Who is shown none answers for all at once.
    """

    kind: NoticeKind = NoticeKind.CSAM
    numbers: tuple[int, ...] = ()
    count: int = 0

    def answers(self) -> AnswerInput | None:
        """What was answered, or None with a sentence at each field that needs one."""
        self.validate()
        rows: tuple[Row, ...] = (ALL, *self.numbers)
        said = {row: self._said(row) for row in rows}
        for row in rows:
            self._check(row, *said[row])
        if not any(one[0] for one in said.values()) and not self.all_problems():
            self._refuse(self._first_reply(), self._nothing_chosen())
        if self.all_problems():
            return None
        numbers = range(1, self.count + 1)
        whole = {number: self._for(number, said) for number in numbers}
        answers = tuple((number, reply, words) for number, (reply, words, _whose) in whole.items() if reply)
        return AnswerInput(answers, {number: whose for number, (_r, _w, whose) in whole.items() if whose})

    def all_problems(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for each problem, in the order of the page."""
        return [(field.name, sentence) for field in self for sentence in field.errors]

    def options(self) -> list[tuple[str, str, str]]:
        """(value, words, no hint) of each reply."""
        return [(each.value, text, "") for each, text in replies_to(self.kind)]

    @staticmethod
    def _for(number: int, said: dict[Row, Said]) -> Said:
        own = said.get(number)
        return own if own is not None and own[0] else said[ALL]

    def _said(self, row: Row) -> Said:
        known = {each.value: each for each, _text in replies_to(self.kind)}
        reply = known.get(self[f"reply_{row}"].data or "")
        return reply, (self[f"words_{row}"].data or "").strip(), (self[f"whose_{row}"].data or "").strip()

    def _check(self, row: Row, reply: Reply | None, words: str, whose: str) -> None:
        if reply is None and (self[f"reply_{row}"].data or words or whose):
            self._refuse(self[f"reply_{row}"], _("Please choose one of these answers."))
        needed = {
            Reply.ASKS: _("Please write your question."),
            Reply.REFUSES: _("Please write your reason."),
            Reply.OVER_18: _("Please write what proof there is, or that you know of none."),
        }
        if reply in needed and not words and not self[f"words_{row}"].errors:
            self._refuse(self[f"words_{row}"], needed[reply])
        for name, text, most in (("words", words, WORDS_CHARACTERS), ("whose", whose, WHOSE_CHARACTERS)):
            if len(text) > most:
                too_long = _("This is longer than we can take at once. Please make it shorter.")
                self._refuse(self[f"{name}_{row}"], too_long)

    def _first_reply(self) -> Field:
        return self[f"reply_{self.numbers[0]}"] if len(self.numbers) == 1 else self[f"reply_{ALL}"]

    def _nothing_chosen(self) -> str:
        if self.numbers:
            return _("Please choose an answer for at least one place.")
        return _("Please choose one of these answers.")

    @staticmethod
    def _refuse(field: Field, sentence: str) -> None:
        field.errors = [*field.errors, sentence]


def answer_form(kind: NoticeKind, numbers: tuple[int, ...], count: int) -> AnswerForm:
    """The form for a notice of this kind that shows these places."""
    fields: dict[str, object] = {"kind": kind, "numbers": numbers, "count": count}
    for row in (ALL, *numbers):
        fields[f"reply_{row}"] = RadioField(validate_choice=False)
        fields[f"words_{row}"] = CleanText()
        fields[f"whose_{row}"] = StringField()
    made: AnswerForm = type("NoticeAnswerForm", (AnswerForm,), fields)()
    return made


class VerifyForm(Form):
    """Reference and code, as they stand in a letter."""

    reference = StringField()
    notice_code = StringField()

    def read(self) -> VerifyInput | None:
        """None, with a sentence at each field that was left empty."""
        self.validate()
        reference, code = (self.reference.data or "").strip(), (self.notice_code.data or "").strip()
        if not reference:
            self.reference.errors = [_("Please write the reference of the notice.")]
        if not code:
            self.notice_code.errors = [_("Please write the code of the notice.")]
        return VerifyInput(reference, code) if reference and code else None

    def all_problems(self) -> list[tuple[str, str]]:
        return [(field.name, sentence) for field in self for sentence in field.errors]
