"""A provider's answers: one for each place, or one for all places left open."""

from wtforms import Field, RadioField

from app.casework.answer_notice import AnswerInput
from app.domain.words import Reply
from app.i18n.locales import gettext as _
from app.i18n.words import words as spoken
from app.web.forms import CleanText, Form

WORDS_CHARACTERS = 4000
ALL = "all"
_REPLIES = {each.value: each for each in Reply}


class AnswerForm(Form):
    """Made by `answer_form`, with the fields reply_1, words_1, … of one notice."""

    numbers: tuple[int, ...] = ()

    def answers(self) -> AnswerInput | None:
        """What was answered, or None with a sentence at each field that needs one."""
        self.validate()
        rows: tuple[int | str, ...] = (ALL, *self.numbers)
        said = {row: self._said(row) for row in rows}
        for row in rows:
            self._check(row)
        if not any(reply for reply, _words in said.values()) and not self.all_problems():
            self._refuse(self._first_reply(), _("Please choose an answer for at least one place."))
        if self.all_problems():
            return None
        whole = {number: said[number] if said[number][0] else said[ALL] for number in self.numbers}
        return AnswerInput(tuple((number, reply, text) for number, (reply, text) in whole.items() if reply))

    def all_problems(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for each problem, in the order of the page."""
        return [(field.name, sentence) for field in self for sentence in field.errors]

    @staticmethod
    def options() -> list[tuple[str, str, str]]:
        """(value, words, no hint) of each reply."""
        return [(each.value, spoken(each), "") for each in Reply]

    def _said(self, row: int | str) -> tuple[Reply | None, str]:
        return _REPLIES.get(self[f"reply_{row}"].data or ""), (self[f"words_{row}"].data or "").strip()

    def _check(self, row: int | str) -> None:
        reply, text = self._said(row)
        if reply is None and (self[f"reply_{row}"].data or text):
            self._refuse(self[f"reply_{row}"], _("Please choose one of these answers."))
        if reply is Reply.ASKS and not text:
            self._refuse(self[f"words_{row}"], _("Please write your question."))
        if len(text) > WORDS_CHARACTERS:
            self._refuse(
                self[f"words_{row}"], _("This is longer than we can take at once. Please make it shorter.")
            )

    def _first_reply(self) -> Field:
        return self[f"reply_{ALL}"] if len(self.numbers) > 1 else self[f"reply_{self.numbers[0]}"]

    @staticmethod
    def _refuse(field: Field, sentence: str) -> None:
        field.errors = [*field.errors, sentence]


def answer_form(numbers: tuple[int, ...]) -> AnswerForm:
    """The form for a notice with these places."""
    fields: dict[str, object] = {"numbers": numbers}
    for row in (ALL, *numbers):
        fields[f"reply_{row}"] = RadioField(validate_choice=False)
        fields[f"words_{row}"] = CleanText()
    made: AnswerForm = type("NoticeAnswerForm", (AnswerForm,), fields)()
    return made
