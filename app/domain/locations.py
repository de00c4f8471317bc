"""One location and the moves it may make. Plain columns only; the place itself stays sealed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.times import to_minute
from app.domain.words import LocationState as S

_AFTER_NOTICE = frozenset({S.HAS_IT, S.SAYS_REMOVED, S.REFUSED, S.REFERRED, S.UPSTREAM, S.WITHDRAWN})

# Every move there is. Nothing leads to a refusal by the hotline: an adverse decision needs a hearing
# first, and a place whose finding does not ask for removal stays open. WITHDRAWN is the person's own wish.
MOVES: dict[S, frozenset[S]] = {
    S.RECEIVED: frozenset({S.ASSESSING, S.WITHDRAWN}),
    S.ASSESSING: frozenset({S.ASSESSED, S.HEARING_DUE, S.WITHDRAWN}),
    S.ASSESSED: frozenset({S.ASSESSED, S.HEARING_DUE, S.APPROVED, S.WITHDRAWN}),
    S.HEARING_DUE: frozenset({S.ASSESSED, S.HEARING_DUE, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.NOTICE_SENT, S.ASSESSED, S.WITHDRAWN}),
    S.NOTICE_SENT: _AFTER_NOTICE | {S.NOTICE_SENT},
    S.HAS_IT: _AFTER_NOTICE,
    S.REFUSED: _AFTER_NOTICE | {S.ASSESSED, S.HEARING_DUE},
    S.REFERRED: _AFTER_NOTICE,
    S.UPSTREAM: _AFTER_NOTICE,
    S.SAYS_REMOVED: frozenset({S.GONE, S.BACK, S.WITHDRAWN}),
    S.GONE: frozenset({S.BACK, S.WITHDRAWN}),
    S.BACK: frozenset({S.ASSESSED, S.HEARING_DUE, S.SAYS_REMOVED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
DONE = frozenset({S.SAYS_REMOVED, S.GONE, S.WITHDRAWN})
NOTICED = frozenset({S.NOTICE_SENT, S.HAS_IT, S.REFUSED, S.REFERRED, S.UPSTREAM})
"""A notice went out, and the place is not known to be gone."""
GONE_OUT = NOTICED | {S.SAYS_REMOVED, S.GONE, S.BACK}
"""A notice went out at least once: that cannot be called back."""

MOST_PLACES = 1000
"""That one party may name. The first thousand numbers are for the places of party 1, the next for those of
party 2: no gap in a representative's numbers tells of the child's own access."""

CORRECTABLE = frozenset({S.RECEIVED, S.ASSESSING})
"""Nobody has judged it yet, so its address may still be put right."""

LOOK_AGAIN: dict[S, timedelta] = {
    S.RECEIVED: timedelta(hours=24),
    S.ASSESSING: timedelta(hours=24),
    S.ASSESSED: timedelta(hours=24),
    S.HEARING_DUE: timedelta(days=7),
    S.APPROVED: timedelta(hours=24),
    S.NOTICE_SENT: timedelta(hours=48),
    S.HAS_IT: timedelta(hours=48),
    S.SAYS_REMOVED: timedelta(days=3),
    S.BACK: timedelta(hours=24),
    S.REFUSED: timedelta(hours=24),
    S.REFERRED: timedelta(days=7),
    S.UPSTREAM: timedelta(days=7),
}
"""When a caseworker looks at a location again, at the latest. The queue lists what is due, so that the
date a requester is shown is one that somebody keeps."""

CHECKED_AFTER = timedelta(hours=1)
"""Between the provider's word and a check of ours: caches and copies lag."""


class NoSuchMove(Exception):
    """The location is not in a state from which this can happen."""


@dataclass(frozen=True)
class Location:
    """One place where material can be reached."""

    id: str
    request_id: str
    number: int
    version: int
    state: S
    state_at: datetime
    due_at: datetime | None
    place_sealed: bytes

    def __repr__(self) -> str:
        return f"Location({self.id}, {self.state})"

    @property
    def is_open(self) -> bool:
        return self.state not in DONE

    @property
    def named_by(self) -> int:
        """The number of the party that named it."""
        return named_by(self.number)

    @property
    def can_be_assessed(self) -> bool:
        """Once somebody took the case, and not while a notice is under way."""
        return self.state in (S.ASSESSING, S.ASSESSED, S.HEARING_DUE, S.REFUSED, S.BACK)

    @property
    def can_be_corrected(self) -> bool:
        """While nothing was approved: a place in a notice stays what was noticed."""
        return self.state in CORRECTABLE

    def move(self, to: S, at: datetime) -> "Location":
        """The location in its next state, due again when that state says. Raises NoSuchMove."""
        if to not in MOVES[self.state]:
            raise NoSuchMove
        if to is S.GONE and at < self.state_at + CHECKED_AFTER:
            raise NoSuchMove
        return replace(self, state=to, state_at=to_minute(at), due_at=due_from(to, at))


def due_from(state: S, at: datetime) -> datetime | None:
    """When a location that came into `state` is looked at again; None when nothing is left to do."""
    wait = LOOK_AGAIN.get(state)
    return None if wait is None else to_minute(at + wait)


def named_by(number: int) -> int:
    """Which party a place with this number was named by."""
    return 1 + (number - 1) // MOST_PLACES
