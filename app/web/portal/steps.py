"""The questions in their order, one page each, and which of them somebody is asked."""

from enum import StrEnum, unique

from app.domain.words import Asker, YesNo
from app.web.portal.answers import Answers


@unique
class Step(StrEnum):
    """The value is the last part of the page's path."""

    PLACES = "places"  # /ask itself
    DETAILS = "details"
    WHAT = "what"
    WHO = "who"
    ACTING = "acting"
    PERSON = "person"
    SAFETY = "safety"
    WORDS = "words"
    HEAR = "hear"
    WISHES = "wishes"
    CONTACT = "contact"
    PROOF = "proof"
    WORD = "word"


_ORDER = tuple(Step)
_OF_A_BYSTANDER = frozenset({Step.PLACES, Step.DETAILS, Step.WHAT, Step.WHO, Step.WORDS})


def steps_for(answers: Answers) -> tuple[Step, ...]:
    """The pages of this person, in order."""
    return tuple(each for each in _ORDER if _is_asked(each, answers))


def _is_asked(step: Step, answers: Answers) -> bool:
    asker = answers.voice.asker
    if asker is Asker.BYSTANDER:
        return step in _OF_A_BYSTANDER
    if step is Step.ACTING:
        return asker.is_representative
    if step is Step.HEAR:
        return bool(answers.may_hear and answers.voice.words)
    return True


def after(step: Step, answers: Answers) -> Step | None:
    """The next question that is asked; None when there is none left."""
    later = _ORDER[_ORDER.index(step) + 1 :]
    return next((each for each in later if _is_asked(each, answers)), None)


def before(step: Step, answers: Answers) -> Step:
    """The question before. The places come before everything."""
    earlier = _ORDER[: _ORDER.index(step)]
    return next((each for each in reversed(earlier) if _is_asked(each, answers)), Step.PLACES)


def worries(answers: Answers) -> frozenset[str]:
    """Answers that sound like danger: whoever gives one is shown where help is, on the next page."""
    voice = answers.voice
    said = {
        "unsafe": voice.asker.is_representative and voice.acting.is_unsafe,
        "guess": voice.safety.could_guess is YesNo.YES,
        "near": voice.safety.lives_near is YesNo.YES,
        "threat": any(note.threat is YesNo.YES for note in answers.notes.values()),
    }
    return frozenset(name for name, is_said in said.items() if is_said)
