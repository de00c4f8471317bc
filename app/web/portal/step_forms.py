"""The questions after the places, about what is there and who asks. One form for each page."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField

from app.domain.asking import About, Acting, Safety, Voice
from app.domain.words import AgeBand, Asker, Authority, Content, YesNo
from app.i18n.locales import gettext as _
from app.i18n.words import hint, words
from app.web.forms import CleanText
from app.web.portal.answers import Answers
from app.web.portal.forms import StepForm

LINE_CHARACTERS = 500
TEXT_CHARACTERS = 2_000
WISH_CHARACTERS = 5_000
Options = Iterable[tuple[str, str, str]]


def options_of(kind: type[StrEnum]) -> Options:
    """(value, words, no hint) of each choice of a list; the last takes an answer back."""
    return [*((each.value, words(each), "") for each in kind), ("", _("I do not want to say"), "")]


class WhatForm(StepForm):
    """What is there."""

    contents = SelectMultipleField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {"contents": [each.value for each in answers.contents]}

    def change(self, answers: Answers) -> Answers:
        return replace(answers, contents=self.some("contents", Content))

    @staticmethod
    def content_options() -> Options:
        return [(each.value, words(each), hint(each)) for each in Content]


class WhoForm(StepForm):
    """Who is asking."""

    asker = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        asker = answers.voice.asker
        return {"asker": None if asker is Asker.UNSAID else asker}

    def change(self, answers: Answers) -> Answers:
        return _with_voice(answers, asker=self.one("asker", Asker) or Asker.UNSAID)

    @staticmethod
    def asker_options() -> Options:
        """The last choice takes an answer back."""
        return [(each.value, words(each), hint(each)) for each in Asker]


class ActingForm(StepForm):
    """In what capacity somebody acts for the person shown."""

    authority = SelectField(validate_choice=False)
    who = CleanText()
    bona_fide = SelectMultipleField(validate_choice=False)
    child_wants = CleanText()
    unsafe = SelectMultipleField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        acting = answers.voice.acting
        return {
            "authority": acting.authority,
            "who": acting.who,
            "bona_fide": ["yes"] if acting.is_bona_fide else [],
            "child_wants": acting.child_wants,
            "unsafe": ["yes"] if acting.is_unsafe else [],
        }

    def change(self, answers: Answers) -> Answers:
        acting = Acting(
            authority=self.one("authority", Authority),
            who=self.text("who", TEXT_CHARACTERS),
            is_bona_fide=self.is_ticked("bona_fide"),
            child_wants=self.text("child_wants", WISH_CHARACTERS),
            is_unsafe=self.is_ticked("unsafe"),
        )
        return _with_voice(answers, acting=acting)

    @staticmethod
    def authority_options() -> list[tuple[str, str]]:
        """(value, words) of each choice; the first takes an answer back."""
        return [("", "–"), *((each.value, words(each)) for each in Authority)]


class PersonForm(StepForm):
    """The person shown."""

    age_band = RadioField(validate_choice=False)
    how_known = CleanText()
    police = RadioField(validate_choice=False)
    police_which = CleanText()
    under_18 = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        about = answers.voice.about
        return {
            "age_band": about.age_band,
            "how_known": about.how_known,
            "police": about.police,
            "police_which": about.police_which,
            "under_18": about.is_under_18,
        }

    def change(self, answers: Answers) -> Answers:
        about = About(
            age_band=self.one("age_band", AgeBand),
            how_known=self.text("how_known", TEXT_CHARACTERS),
            police=self.one("police", YesNo),
            police_which=self.text("police_which", LINE_CHARACTERS),
            is_under_18=self.one("under_18", YesNo),
        )
        return _with_voice(answers, about=about)

    age_options = staticmethod(lambda: options_of(AgeBand))
    yes_no_options = staticmethod(lambda: options_of(YesNo))


class SafetyForm(StepForm):
    """Whether a notice could lead back to the person."""

    could_guess = RadioField(validate_choice=False)
    lives_near = RadioField(validate_choice=False)

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {
            "could_guess": answers.voice.safety.could_guess,
            "lives_near": answers.voice.safety.lives_near,
        }

    def change(self, answers: Answers) -> Answers:
        safety = Safety(self.one("could_guess", YesNo), self.one("lives_near", YesNo))
        return _with_voice(answers, safety=safety)

    yes_no_options = staticmethod(lambda: options_of(YesNo))


def _with_voice(answers: Answers, **said: Any) -> Answers:
    voice: Voice = replace(answers.voice, **said)
    return replace(answers, voice=voice)
