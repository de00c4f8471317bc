"""The questions after those: own words and who hears them, wishes, contact, a word given, a word chosen."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField

from app.casework.keep_contact import contact_problem
from app.domain.asking import Wishes
from app.domain.pointing import Piece, point_out
from app.domain.words import Asker, Hours, Matter, Telling
from app.i18n.locales import LOCALES, current
from app.i18n.words import words
from app.web.forms import CleanText
from app.web.portal.answers import Answers
from app.web.portal.forms import StepForm, seen_text
from app.web.portal.step_forms import Options

WORDS_CHARACTERS = 20_000
SECOND_WORD_CHARACTERS = 100
EMAIL_CHARACTERS = 254
MOST_POINTED_OUT = 50
HOTLINE, PROVIDER = "hotline", "provider"


def print_of(text: str) -> str:
    """Names a text, so that nobody agrees to another one than they read."""
    return sha256(text.encode()).hexdigest()[:32]


def is_agreed(answers: Answers) -> bool:
    """Whether the very words as they are now may go on to a website."""
    words = answers.voice.words
    is_asked = answers.may_hear and answers.voice.asker is not Asker.BYSTANDER
    return is_asked and bool(words) and answers.agreed_to == print_of(words)


class WordsForm(StepForm):
    """In their own words, and who may hear them."""

    words = CleanText()
    may_hear = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"words": answers.voice.words, "may_hear": PROVIDER if answers.may_hear else HOTLINE}

    def change(self, answers: Answers) -> Answers:
        typed = seen_text(self.words.data or "")
        if len(typed) > WORDS_CHARACTERS:
            self.refuse("words", "words_long")
        chosen = self.may_hear.data or HOTLINE
        if chosen not in (HOTLINE, PROVIDER):
            self.refuse("may_hear", "choose_one")
        voice = replace(answers.voice, words=typed)
        return replace(answers, voice=voice, may_hear=chosen == PROVIDER)


class HearForm(StepForm):
    """The words as they would go. `text` names the text that was on the page."""

    text_shown = HiddenField()
    agree = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"text_shown": print_of(answers.voice.words), "agree": "yes" if is_agreed(answers) else None}

    def is_outdated(self, answers: Answers) -> bool:
        return bool(self.text_shown.data != print_of(answers.voice.words))

    @staticmethod
    def pieces(answers: Answers) -> tuple[Piece, ...]:
        """The words, cut where something in them may tell who wrote them."""
        return point_out(answers.voice.words)

    @staticmethod
    def found(answers: Answers) -> list[str]:
        """What was pointed out, each once: a mark alone is not read aloud everywhere."""
        marked = (piece.text for piece in point_out(answers.voice.words) if piece.is_marked)
        return list(dict.fromkeys(marked))[:MOST_POINTED_OUT]

    def change(self, answers: Answers) -> Answers:
        chosen = self.agree.data or "no"
        if chosen not in ("yes", "no"):
            self.refuse("agree", "choose_one")
        return replace(answers, agreed_to=self.text_shown.data if chosen == "yes" else "")


class WishesForm(StepForm):
    """What matters, and how much to be told."""

    matters = SelectMultipleField(validate_choice=False)
    telling = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        wishes = answers.voice.wishes
        return {"matters": [each.value for each in wishes.matters], "telling": wishes.telling}

    def change(self, answers: Answers) -> Answers:
        wishes = Wishes(self.some("matters", Matter), self.one("telling", Telling))
        return replace(answers, voice=replace(answers.voice, wishes=wishes))

    @staticmethod
    def matter_options() -> Options:
        return [(each.value, words(each), "") for each in Matter]

    @staticmethod
    def telling_options() -> Options:
        return [(each.value, words(each), "") for each in Telling]


class ContactForm(StepForm):
    """Whether, where, when and in which language to write. Coming back by oneself is what happens else."""

    email = CleanText()
    hours = RadioField(validate_choice=False)
    language = SelectField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        language = answers.voice.language or current().code
        return {"email": answers.email, "hours": answers.hours, "language": language}

    def change(self, answers: Answers) -> Answers:
        email = self.text("email", EMAIL_CHARACTERS)
        if email and not self.email.errors and contact_problem(email):
            self.refuse("email", "email")
        if email and answers.voice.wishes.telling is Telling.NOTHING:
            self.refuse("email", "email_unwanted")
        language = self.language.data or ""
        if language and language not in LOCALES:
            self.refuse("language", "choose_one")
        voice = replace(answers.voice, language=language)
        return replace(answers, email=email, hours=self.one("hours", Hours), voice=voice)

    @staticmethod
    def hours_options() -> Options:
        return [(each.value, words(each), "") for each in Hours]

    @staticmethod
    def language_options() -> Options:
        """(code, the language's own name, code) of each language of the site."""
        return [(each.code, each.name, each.code) for each in LOCALES.values()]


class ProofForm(StepForm):
    """Their word that the person shown was under 18."""

    gives_word = SelectMultipleField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"gives_word": ["yes"] if answers.voice.gives_word else []}

    def change(self, answers: Answers) -> Answers:
        return replace(answers, voice=replace(answers.voice, gives_word=self.is_ticked("gives_word")))


class SecondWordForm(StepForm):
    """A second word to be asked for later."""

    second_word = CleanText()

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"second_word": answers.second_word}

    def change(self, answers: Answers) -> Answers:
        return replace(answers, second_word=self.text("second_word", SECOND_WORD_CHARACTERS))
