"""One location and the moves it may make. Plain columns only; the place itself stays sealed."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.desk_words import Why
from app.domain.moves import ASSESSABLE, CORRECTABLE, DONE, LOOK_AGAIN, MOVES, NOTICED, WITH_OTHERS
from app.domain.queue_order import OF_AGE, Waiting, read_why, write_why
from app.domain.times import to_minute
from app.domain.words import AgeBand, Standing
from app.domain.words import LocationState as S

MOST_PLACES = 1000
"""That one party may name. The first thousand numbers are for the places of party 1, the next for those of
party 2: no gap in a representative's numbers tells of the child's own access."""


class NoSuchMove(Exception):
    """The location is not in a state from which this can happen."""


@dataclass(frozen=True)
class Location:
    """One place where material can be reached.

    `since_at`: since when it waits for the hotline; at a place that is with others, the day it is due.
    `known`: what the queue may know of it (domain/queue_order.py) beside its state; `threat_at`: the day of
    a threat. `shown_…`: how it stood before a referral, for those who are never told of one; None where
    there is none.
    """

    id: str
    request_id: str
    number: int
    version: int
    state: S
    state_at: datetime
    due_at: datetime | None
    place_sealed: bytes
    since_at: datetime
    known: str = ""
    threat_at: datetime | None = None
    shown_state: S | None = None
    shown_at: datetime | None = None
    shown_due_at: datetime | None = None
    provider_id: str | None = None  # who has it, as a caseworker found; None: whose host it is
    back_count: int = 0  # how often it came back
    watch_step: int = 0  # how often it was looked at since it was confirmed gone

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
        return self.state in ASSESSABLE

    @property
    def can_be_corrected(self) -> bool:
        """While nothing was approved: a place in a notice stays what was noticed."""
        return self.state in CORRECTABLE

    def move(self, to: S, at: datetime) -> "Location":
        """The location in its next state, due again when that state says. Raises NoSuchMove."""
        if to not in MOVES[self.state]:
            raise NoSuchMove
        due_at = due_from(to, at)
        moved = replace(self._shown_after(to), state=to, state_at=to_minute(at), due_at=due_at)
        if to is S.BACK:
            moved = replace(moved, back_count=self.back_count + 1, watch_step=0)
        return replace(moved, since_at=self._since(to, due_at, at))

    def due(self, due_at: datetime | None) -> "Location":
        """To be looked at on another day than its state says. What is with others waits from that day on."""
        since_at = due_at if self.state in WITH_OTHERS and due_at is not None else self.since_at
        return replace(self, due_at=due_at, since_at=since_at)

    def wanted(self, at: datetime) -> "Location":
        """A person is needed now, whoever has the next word."""
        return replace(self, due_at=to_minute(at), since_at=min(self.since_at, to_minute(at)))

    def reviewed(self, until: datetime) -> "Location":
        """A person looked at it, and found that it waits until then."""
        return replace(self, due_at=to_minute(until), since_at=to_minute(until))

    def _shown_after(self, to: S) -> "Location":
        """A referral leaves what others are shown as it was; whatever else happens is shown to everybody."""
        if to is not S.REFERRED:
            return replace(self, shown_state=None, shown_at=None, shown_due_at=None)
        if self.shown_state is not None:
            return self
        before = S.NOTICE_SENT if self.state is S.REFERRED else self.state
        return replace(self, shown_state=before, shown_at=self.state_at, shown_due_at=self.due_at)

    def unreferred(self, at: datetime) -> "Location":
        """The other hotline declined: it stands as it did before, and is due anew. Raises NoSuchMove."""
        if self.state is not S.REFERRED:
            raise NoSuchMove
        before = self.shown_state or S.NOTICE_SENT
        due_at = due_from(before, at)
        back = replace(self, state=before, state_at=self.shown_at or to_minute(at), due_at=due_at)
        return replace(back, since_at=self._since(before, due_at, at))

    def _since(self, to: S, due_at: datetime | None, at: datetime) -> datetime:
        """Waiting goes on while the hotline has it; what comes back to it waits anew."""
        if to in WITH_OTHERS:
            return due_at or to_minute(at)
        if self.state in WITH_OTHERS or to is S.BACK:
            return to_minute(at)
        return self.since_at

    @property
    def waiting(self) -> Waiting:
        """What the queue orders it by."""
        why = set(read_why(self.known))
        if self.state is S.BACK:
            why.add(Why.BACK)
        if self.state in NOTICED | {S.MOVED}:
            why.add(Why.STILL_UP)
        return Waiting(self.since_at, frozenset(why), self.threat_at)

    def knowing(self, why: Why, threat_at: datetime | None = None) -> "Location":
        """With one more reason; a nearer day of a threat counts."""
        days = [one for one in (self.threat_at, threat_at) if one is not None]
        known = write_why(read_why(self.known) | {why})
        return replace(self, known=known, threat_at=min(days) if days else None)

    def without(self, why: Why) -> "Location":
        """With one reason less; a threat goes with its day."""
        threat_at = None if why is Why.THREAT else self.threat_at
        return replace(self, known=write_why(read_why(self.known) - {why}), threat_at=threat_at)

    def of_age(self, band: AgeBand | None) -> "Location":
        """With what the newest finding says of the youngest child, and nothing of the one before."""
        why = read_why(self.known) - frozenset(OF_AGE.values())
        if band in OF_AGE:
            why |= {OF_AGE[band]}
        return replace(self, known=write_why(why))


def due_from(state: S, at: datetime) -> datetime | None:
    """When a location that came into `state` is looked at again; None when nothing is left to do."""
    wait = LOOK_AGAIN.get(state)
    return None if wait is None else to_minute(at + wait)


def named_by(number: int) -> int:
    """Which party a place with this number was named by."""
    return 1 + (number - 1) // MOST_PLACES


def as_shown(location: Location, standing: Standing) -> Location:
    """The location as one party is told of it; never to be saved.

    Who acts for somebody is never told of a referral: it may be about them. Nor is an access that may not be
    the child's. They go on being told what they were told before it, by the same days: a state, or a day,
    that comes from the referral would tell. One that was noted before this was kept had a notice out.
    """
    if standing is Standing.OWN:
        return location
    if location.shown_state is not None:
        since = location.shown_at or location.state_at
        return replace(location, state=location.shown_state, state_at=since, due_at=location.shown_due_at)
    return replace(location, state=S.NOTICE_SENT) if location.state is S.REFERRED else location
