"""One location and the moves it may make. Plain columns only; the place itself stays sealed."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.times import to_minute
from app.domain.words import LocationState as S

# Every move there is. Nothing leads to a refusal: an adverse decision needs a hearing first, and a
# place whose finding does not ask for removal stays open.
MOVES: dict[S, frozenset[S]] = {
    S.RECEIVED: frozenset({S.ASSESSING}),
    S.ASSESSING: frozenset({S.ASSESSED, S.HEARING_DUE}),
    S.ASSESSED: frozenset({S.ASSESSED, S.HEARING_DUE, S.APPROVED}),
    S.HEARING_DUE: frozenset({S.ASSESSED, S.HEARING_DUE}),
    S.APPROVED: frozenset({S.NOTICE_SENT, S.ASSESSED}),
    S.NOTICE_SENT: frozenset({S.SAYS_REMOVED}),
    S.SAYS_REMOVED: frozenset(),
}
DONE = frozenset({S.SAYS_REMOVED})


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
    place_sealed: bytes

    def __repr__(self) -> str:
        return f"Location({self.id}, {self.state})"

    @property
    def is_open(self) -> bool:
        return self.state not in DONE

    @property
    def can_be_assessed(self) -> bool:
        """Once somebody took the case, and not while a notice is under way."""
        return self.state in (S.ASSESSING, S.ASSESSED, S.HEARING_DUE)

    def move(self, to: S, at: datetime) -> "Location":
        """The location in its next state. Raises NoSuchMove."""
        if to not in MOVES[self.state]:
            raise NoSuchMove
        return replace(self, state=to, state_at=to_minute(at))
