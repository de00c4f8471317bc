"""What is typed by somebody who came back, with the sentences for what cannot be used as it is."""

from dataclasses import replace
from typing import Any

from wtforms import Field, RadioField, SelectMultipleField, StringField

from app.i18n.locales import LOCALES, current
from app.i18n.locales import gettext as _
from app.web.forms import CleanText
from app.web.portal.answers import Answers
from app.web.portal.forms import PortalForm, StepForm
from app.web.portal.step_forms import WISH_CHARACTERS, Options

MESSAGE_CHARACTERS = 8_000


def follow_sentence(code: str) -> str:
    """What to say when a field cannot be used as it is."""
    match code:
        case "message_empty":
            return _("Please write something first.")
        case "message_long":
            return _("This is longer than we can take at once. Please send it in two messages.")
        case "code_empty":
            return _("Please type your code.")
        case "code_mistyped":
            return _("One letter or number looks wrong. Please compare it with what you wrote down.")
        case "code_unknown":
            return _("This code does not open anything here.")
        case "word_needed":
            return _("This is not the second word you chose. Please try again.")
        case "busy":
            return _("Many people are here right now. Please try again in a few seconds.")
        case "not_meant":
            return _("Please tick this if you are sure.")
        case "none_chosen":
            return _("Please choose at least one place, or all of them.")
        case "too_many":
            return _("These are more places than we can take at once. Please send a part of them first.")
        case "one_address":
            return _("Please give one address here. You can add more places on another page.")
        case "no_names":
            return _("Please write at least one name.")
        case "names_many":
            return _("These are more names than we can use. Ten are enough.")
        case "name_long":
            return _("One of the names is too long. Please make it shorter.")
        case "name_address":
            return _("One of these is an address, not a name. You can add it as a place.")
        case "name_unseen" | "name_empty":
            return _("There is a sign in it that is part of no name. Please write it anew.")
        case "names_not_agreed":
            return _("Please tick this if you want it. Else nothing is changed.")
        case _other:
            return _("Please look at this again.")


def refuse(field: Field, sentence: str) -> None:
    """Put `sentence` at the field."""
    field.errors = [*field.errors, sentence]


class CodeForm(PortalForm):
    """The receipt code. What it may look like is the vault's to say."""

    code = StringField()

    def refuse(self, sentence: str, keep_typed: bool) -> None:
        """Put `sentence` at the field; what was typed comes back only where that helps."""
        refuse(self.code, sentence)
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
            refuse(self.text, follow_sentence("message_empty"))
        if len(text) > MESSAGE_CHARACTERS:
            refuse(self.text, follow_sentence("message_long"))
        return None if self.text.errors else text


class WordForm(PortalForm):
    """A step that asks for the second word, where one was chosen. What was typed never comes back."""

    second_word = StringField()

    @property
    def word(self) -> str:
        return self.second_word.data or ""

    def refuse_word(self, code: str) -> None:
        refuse(self.second_word, follow_sentence(code))
        self.second_word.data = ""


class MeantForm(WordForm):
    """A step that is taken only when a box was ticked: it cannot be undone."""

    meant = SelectMultipleField(validate_choice=False)

    def is_meant(self) -> bool:
        """False, with a sentence at the box, when it was not ticked."""
        if "yes" not in (self.meant.data or ()):
            refuse(self.meant, follow_sentence("not_meant"))
        return not self.meant.errors


class EndForm(WordForm):
    """Which places are no longer to be asked for. `everything` is one box beside them."""

    numbers = SelectMultipleField(validate_choice=False)
    everything = SelectMultipleField(validate_choice=False)

    @property
    def is_everything(self) -> bool:
        return "yes" in (self.everything.data or ())

    def chosen(self) -> tuple[int, ...] | None:
        """The numbers; none of them where everything was ticked. None when nothing was chosen at all."""
        if self.is_everything:
            return ()
        numbers = tuple(int(one) for one in self.numbers.data or () if one.isascii() and one.isdigit())
        if not numbers:
            refuse(self.numbers, follow_sentence("none_chosen"))
            return None
        return numbers


class LanguageForm(StepForm):
    """In which language to write to them."""

    language = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"language": answers.voice.language or current().code}

    def change(self, answers: Answers) -> Answers:
        language = self.language.data or ""
        if language not in LOCALES:
            self.refuse("language", "choose_one")
        return replace(answers, voice=replace(answers.voice, language=language))

    @staticmethod
    def language_options() -> Options:
        return [(each.code, each.name, "") for each in LOCALES.values()]


class ChildForm(StepForm):
    """What the child wants, as far as somebody who acts for them knows it already."""

    child_wants = CleanText()

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"child_wants": answers.voice.acting.child_wants}

    def change(self, answers: Answers) -> Answers:
        acting = replace(answers.voice.acting, child_wants=self.text("child_wants", WISH_CHARACTERS))
        return replace(answers, voice=replace(answers.voice, acting=acting))
