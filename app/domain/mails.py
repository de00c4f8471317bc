"""How much received mail is kept, and what is only counted. Pure numbers: a flood must stay small."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, unique

from app.domain.notice_words import MailKind

MOST_OF_A_NOTICE = 50
MOST_A_DAY = 10  # of one notice
MOST_ROBOTS_A_DAY = 3  # of one notice: two robots that answer each other would go on for ever
MOST_UNMATCHED = 1000  # that wait; what comes then stays in the mailbox
KEPT_ASIDE = timedelta(days=30)
"""A mail that belongs to no notice, and was set aside, is destroyed then."""

ROBOTS = frozenset({MailKind.TICKET, MailKind.AWAY, MailKind.DELAY})
"""Kinds that no person wrote. A bounce is not among them: it changes what happens next."""


@unique
class MailCounted(StrEnum):
    """What is counted about the mailbox. Counts alone: no date, no sender."""

    KEPT = "kept"
    UNMATCHED = "unmatched"  # kept, and belongs to no notice that could be found
    TWICE = "twice"  # the same mail once more
    OWN = "own"  # one of the hotline's own letters: a loop
    TOO_MANY = "too_many"  # its notice has enough
    NO_ROOM = "no_room"  # it stays in the mailbox: too many wait that belong to no notice
    CUT = "cut"  # kept, but not read to its end
    PARTS_DROPPED = "parts_dropped"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class KeptOfNotice:
    """How many mails of one notice are kept: in all, and of the last day."""

    in_all: int
    today: int
    robots_today: int

    def has_room_for(self, kind: MailKind) -> bool:
        if kind in ROBOTS and self.robots_today >= MOST_ROBOTS_A_DAY:
            return False
        return self.in_all < MOST_OF_A_NOTICE and self.today < MOST_A_DAY


@unique
class MatchedBy(StrEnum):
    """On what it rests that a mail belongs to a notice. None of them proves who wrote it."""

    THREAD = "thread"  # it answers to our Message-ID
    REFERENCE = "reference"  # it only names the reference
    PERSON = "person"  # a caseworker said so
    NOTHING = ""
