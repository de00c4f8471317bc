"""What a requester says when asking, beside the places: every part of it optional.

The parts of one voice (sealed under that party's voice key) and of one place (sealed beside its label).
"""

from dataclasses import dataclass, field
from datetime import date

from app.domain.words import AgeBand, Asker, Authority, Content, Matter, Since, Telling, YesNo


@dataclass(frozen=True)
class PlaceNote:
    """What one party says of one place: shown to that party and at the desk, to nobody else."""

    label: str = ""  # in their own words, so that they need not read the address again
    since: Since | None = None
    threat: YesNo | None = None  # somebody threatens to post it, or asks for something
    threat_on: date | None = None  # the day they gave

    def __repr__(self) -> str:
        return "PlaceNote(…)"

    @property
    def is_empty(self) -> bool:
        return self == PlaceNote()


@dataclass(frozen=True)
class About:
    """The person shown."""

    age_band: AgeBand | None = None
    how_known: str = ""
    police: YesNo | None = None  # whether police know who they are; "identified" is said once police confirm
    police_which: str = ""
    is_under_18: YesNo | None = None  # today

    def __repr__(self) -> str:
        return "About(…)"


@dataclass(frozen=True)
class Acting:
    """Acting for somebody else."""

    authority: Authority | None = None
    who: str = ""  # who they are, and how that can be checked
    is_bona_fide: bool = False
    child_wants: str = ""  # what they already know; nobody is to question a child for this
    is_unsafe: bool = False  # "I am not safe with the other parent"

    def __repr__(self) -> str:
        return "Acting(…)"


@dataclass(frozen=True)
class Safety:
    """Whether a notice could lead back to the person."""

    could_guess: YesNo | None = None  # could whoever posted it guess who asked
    lives_near: YesNo | None = None  # lives with or near them


@dataclass(frozen=True)
class Wishes:
    """What matters, and how much to be told."""

    matters: tuple[Matter, ...] = ()
    telling: Telling | None = None


@dataclass(frozen=True)
class Voice:
    """Everything one party said, beside the places and messages."""

    asker: Asker = Asker.UNSAID
    language: str = "en"
    words: str = ""
    may_provider_hear: bool = False  # agreed after reading the very text; see Wishes for when
    about: About = field(default_factory=About)
    acting: Acting = field(default_factory=Acting)
    safety: Safety = field(default_factory=Safety)
    wishes: Wishes = field(default_factory=Wishes)
    gives_word: bool = False  # "I was under 18": the tier "declared"
    contents: tuple[Content, ...] = ()  # what is there, where it is not shared with who else asks
    names: tuple[str, ...] = ()  # exactly these, agreed to: to search engines and to nobody else
    second_word_digest: str = ""  # slow digest, hexadecimal; empty when none was chosen

    def __repr__(self) -> str:
        return "Voice(…)"

    @property
    def is_in_danger(self) -> bool:
        """Whether somebody lives with, or near, who did it, or is not safe with the other parent."""
        return self.safety.lives_near is YesNo.YES or self.acting.is_unsafe

    @property
    def needs_safety_check(self) -> bool:
        """Before anything goes out: could they guess, do they live near, is the person a child today."""
        return bool(self.worries)

    @property
    def worries(self) -> frozenset[str]:
        """What a safety check is for, each by a name of its own: a new one makes a check due again."""
        worried = (YesNo.YES, YesNo.UNSURE)
        said = {
            "could_guess": self.safety.could_guess in worried,
            "lives_near": self.safety.lives_near in worried,
            "under_18": self.about.is_under_18 is YesNo.YES,
            "unsafe": self.acting.is_unsafe,
            # A child's parent lives with the child, and so may the uploader.
            "parent": self.asker is Asker.PARENT,
        }
        return frozenset(name for name, is_said in said.items() if is_said)
