"""What is typed on the portal. Labels and hints stand in the templates; sentences in sentences.py."""

from collections.abc import Iterable

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField

from app.domain.words import Asker, Content
from app.i18n.locales import LOCALES, current
from app.i18n.words import hint, words
from app.places.reading import Reading, read_places
from app.web.forms import CleanText, Form
from app.web.portal.drafts import Answers
from app.web.portal.sentences import form_sentence, place_sentence

WORDS_CHARACTERS = 20_000
MESSAGE_CHARACTERS = 8_000
PROBLEMS_SAID = 10  # more sentences at once help nobody; the rest come up when these are put right


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class PortalForm(Form):
    """A form whose problems can be listed at the top of its page."""

    def all_problems(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for each problem, in the order of the fields."""
        return [(field.name, sentence) for field in self for sentence in field.errors]


class AskForm(PortalForm):
    """The one form of a request. Only `places` needs an answer."""

    places = CleanText()
    asker = RadioField(validate_choice=False)
    contents = SelectMultipleField(validate_choice=False)
    words = CleanText()
    language = SelectField(validate_choice=False)

    @classmethod
    def showing(cls, answers: Answers | None) -> "AskForm":
        """The form with these answers, or empty but for the language of the page."""
        if answers is None:
            return cls(formdata=None, data={"language": current().code})
        asker = None if answers.asker is Asker.UNSAID else answers.asker.value
        kept = {
            "places": answers.places,
            "asker": asker,
            "contents": [each.value for each in answers.contents],
            "words": answers.words,
            "language": answers.language,
        }
        return cls(formdata=None, data=kept)

    def answers(self) -> Answers | None:
        """What was answered, or None with a sentence at each field that needs one."""
        self.validate()
        if not self.places.errors:
            self._check(read_places(self.places.data or ""))
        if len(self.words.data or "") > WORDS_CHARACTERS:
            _refuse(self.words, form_sentence("words_long"))
        chosen = set(self.contents.data or ())
        if not chosen <= {each.value for each in Content}:
            _refuse(self.contents, form_sentence("choose_one"))
        if (self.asker.data or Asker.UNSAID.value) not in {each.value for each in Asker}:
            _refuse(self.asker, form_sentence("choose_one"))
        language = self.language.data or current().code
        if language not in LOCALES:
            _refuse(self.language, form_sentence("choose_one"))
        if self.all_problems():
            return None
        return Answers(
            places=self.places.data or "",
            asker=Asker(self.asker.data or Asker.UNSAID.value),
            contents=tuple(each for each in Content if each.value in chosen),
            words=(self.words.data or "").strip(),
            language=language,
        )

    def _check(self, reading: Reading) -> None:
        for problem in reading.problems[:PROBLEMS_SAID]:
            _refuse(self.places, place_sentence(problem))
        if not reading.places and not reading.problems:
            _refuse(self.places, form_sentence("places_empty"))

    @staticmethod
    def asker_options() -> Iterable[tuple[str, str, str]]:
        """(value, words, hint) of each choice; the last takes an answer back."""
        return [(each.value, words(each), hint(each)) for each in Asker]

    @staticmethod
    def content_options() -> Iterable[tuple[str, str, str]]:
        """(value, words, hint) of each choice."""
        return [(each.value, words(each), hint(each)) for each in Content]

    @staticmethod
    def language_options() -> Iterable[tuple[str, str, str]]:
        """(code, the language's own name, code) of each language of the site."""
        return [(each.code, each.name, each.code) for each in LOCALES.values()]


class CodeForm(PortalForm):
    """The receipt code. What it may look like is the vault's to say."""

    code = StringField()

    def refuse(self, sentence: str, keep_typed: bool) -> None:
        """Put `sentence` at the field; what was typed comes back only where that helps."""
        _refuse(self.code, sentence)
        if not keep_typed:
            self.code.data = ""


class MessageForm(PortalForm):
    """A message to the hotline."""

    text = CleanText()

    def message(self) -> str | None:
        """What was written, or None with a sentence at the field."""
        self.validate()
        text = (self.text.data or "").strip()
        if not text and not self.text.errors:
            _refuse(self.text, form_sentence("message_empty"))
        if len(text) > MESSAGE_CHARACTERS:
            _refuse(self.text, form_sentence("message_long"))
        return None if self.text.errors else text
