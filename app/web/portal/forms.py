"""What is typed on the portal. Labels and hints stand in the templates; sentences in sentences.py."""

from enum import StrEnum
from typing import Any, Self, TypeVar

from wtforms import Field

from app.places.pictures import without_pictures
from app.web.forms import CleanText, Form, clean
from app.web.portal.answers import Answers
from app.web.portal.sentences import form_sentence, long_sentence

E = TypeVar("E", bound=StrEnum)


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def seen_text(text: str) -> str:
    """What was typed, without space around it; empty where nothing of it can be seen."""
    return text.strip() if any(char.isprintable() and not char.isspace() for char in text) else ""


class PortalForm(Form):
    """A form whose problems can be listed at the top of its page."""

    def all_problems(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for each problem, in the order of the fields."""
        return [(field.name, sentence) for field in self for sentence in field.errors]


class CleanTexts(CleanText):
    """A field that a page shows several times: all that was typed, in order, each as in CleanText."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        cleaned = [without_pictures(clean(str(typed))) for typed in valuelist]
        self.data = [text for text, _had_picture in cleaned]  # type: ignore[assignment]  # several, not one
        self.had_picture = any(had_picture for _text, had_picture in cleaned)


class StepForm(PortalForm):
    """The questions of one page. Each may be left open, and an answer can be taken back."""

    @classmethod
    def showing(cls, answers: Answers) -> Self:
        """The form with what was answered before."""
        return cls(formdata=None, data=cls.kept(answers))

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        """What stands in each field. A choice that was never made is None."""
        raise NotImplementedError  # each page says it; WTForms' metaclass leaves no room for an ABC

    def change(self, answers: Answers) -> Answers:
        """`answers` with those of this page; a sentence stands at each field that cannot be used."""
        raise NotImplementedError  # as above

    def is_outdated(self, _answers: Answers) -> bool:
        """Whether what the page was about was changed in another window after it was shown."""
        return False

    def read(self, answers: Answers) -> Answers | None:
        """`answers` with those of this page, or None with a sentence at each field that needs one."""
        self.validate()
        changed = self.change(answers)
        return None if self.all_problems() else changed

    def text(self, name: str, most: int) -> str:
        """What was typed into a field; refused when it has more than `most` characters."""
        text = seen_text(self[name].data or "")
        if len(text) > most:
            self.refuse_length(name, most)
        return text

    def one(self, name: str, kind: type[E]) -> E | None:
        """The member chosen, or None."""
        chosen = self[name].data or ""
        if chosen and chosen not in set(kind):
            self.refuse(name, "choose_one")
            return None
        return kind(chosen) if chosen else None

    def some(self, name: str, kind: type[E]) -> tuple[E, ...]:
        """The members chosen, in the order of their list."""
        chosen = set(self[name].data or ())
        if not chosen <= {each.value for each in kind}:
            self.refuse(name, "choose_one")
        return tuple(each for each in kind if each.value in chosen)

    def is_ticked(self, name: str) -> bool:
        """Whether the one box of a field is ticked."""
        return "yes" in (self[name].data or ())

    def say(self, name: str, sentence: str) -> None:
        """Put a sentence at a field."""
        _refuse(self[name], sentence)

    def refuse(self, name: str, code: str) -> None:
        """Put the sentence for `code` at a field."""
        self.say(name, form_sentence(code))

    def refuse_length(self, name: str, most: int) -> None:
        self.say(name, long_sentence(most))
