"""The answers, read back before they are sent: each page that was answered, and the way to change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Asker
from app.i18n.locales import LOCALES
from app.i18n.locales import gettext as _
from app.i18n.words import words
from app.web.portal.answers import Answers
from app.web.portal.filing import contact_to_send, language_of, voice_to_send
from app.web.portal.steps import Step, steps_for


@dataclass(frozen=True)
class Line:
    """One answer. Without a label it speaks for itself. `is_typed`: shown just as it was written."""

    label: str
    value: str
    is_typed: bool = False

    def __repr__(self) -> str:
        return "Line(…)"


@dataclass(frozen=True)
class Answered:
    """The answers of one page; none where it was skipped."""

    step: Step
    title: str
    lines: tuple[Line, ...]


def read_back(answers: Answers) -> tuple[Answered, ...]:
    """Every page of this person but those of the places, in order."""
    steps = [step for step in steps_for(answers) if step not in (Step.PLACES, Step.DETAILS)]
    return tuple(Answered(step, title_of(step), tuple(_lines(step, answers))) for step in steps)


def title_of(step: Step) -> str:
    """A page's name in a list."""
    match step:
        case Step.PLACES:
            return _("The places")
        case Step.DETAILS:
            return _("More about each place")
        case Step.WHAT:
            return _("What is there")
        case Step.WHO:
            return _("Who is asking")
        case Step.ACTING:
            return _("Acting for someone")
        case Step.PERSON:
            return _("The person shown")
        case Step.SAFETY:
            return _("Staying safe")
        case Step.WORDS:
            return _("Your own words")
        case Step.HEAR:
            return _("Who may read your words")
        case Step.WISHES:
            return _("What matters to you")
        case Step.CONTACT:
            return _("Writing to you")
        case Step.PROOF:
            return _("Your word")
        case Step.WORD:
            return _("A second word")


def _lines(step: Step, answers: Answers) -> Iterator[Line]:
    match step:
        case Step.WHAT:
            yield from _listed(answers.contents)
        case Step.WHO if answers.voice.asker is not Asker.UNSAID:
            yield Line("", words(answers.voice.asker))
        case Step.ACTING:
            yield from _acting(answers)
        case Step.PERSON:
            yield from _person(answers)
        case Step.SAFETY:
            yield from _chosen(_("Could they guess who asked?"), answers.voice.safety.could_guess)
            yield from _chosen(_("Living near them?"), answers.voice.safety.lives_near)
        case Step.WORDS:
            yield from _typed("", answers.voice.words)
        case Step.HEAR:
            may_hear = voice_to_send(answers).may_provider_hear
            yield Line("", _("The hotline and the website") if may_hear else _("Only the hotline"))
        case Step.WISHES:
            yield from _listed(answers.voice.wishes.matters)
            yield from _chosen("", answers.voice.wishes.telling)
        case Step.CONTACT:
            yield from _contact(answers)
        case Step.PROOF if answers.voice.gives_word:
            yield Line("", _("You give your word that the person shown was under 18."))
        case Step.WORD if answers.second_word:
            yield Line("", _("You chose one. We will ask for it later."))


def _acting(answers: Answers) -> Iterator[Line]:
    acting = answers.voice.acting
    yield from _chosen(_("You act as"), acting.authority)
    yield from _typed(_("Who you are"), acting.who)
    if acting.is_bona_fide:
        yield Line("", _("You act in good faith and only for the child."))
    yield from _typed(_("What the child wants"), acting.child_wants)
    if acting.is_unsafe:
        yield Line("", _("You are not safe with the other parent."))


def _person(answers: Answers) -> Iterator[Line]:
    about = answers.voice.about
    yield from _chosen(_("Age then"), about.age_band)
    yield from _typed(_("How you know"), about.how_known)
    yield from _chosen(_("Do police know who it is?"), about.police)
    yield from _typed(_("Which police"), about.police_which)
    yield from _chosen(_("Under 18 today?"), about.is_under_18)


def _contact(answers: Answers) -> Iterator[Line]:
    contact = contact_to_send(answers)
    if contact is not None:
        yield Line(_("Your email address"), contact.email, is_typed=True)
        yield Line(_("When we may write"), words(contact.hours))
    yield Line(_("We write to you in"), LOCALES[language_of(answers)].name)


def _listed(members: tuple[StrEnum, ...]) -> Iterator[Line]:
    yield from (Line("", words(each)) for each in members)


def _chosen(label: str, member: StrEnum | None) -> Iterator[Line]:
    if member is not None:
        yield Line(label, words(member))


def _typed(label: str, text: str) -> Iterator[Line]:
    if text:
        yield Line(label, text, is_typed=True)
