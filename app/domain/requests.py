"""A request: what a requester asks to have removed, as the state machine sees it (plain columns only)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.trail import Entry, TrailKind
from app.domain.words import RequestState

LEASE = timedelta(minutes=30)
GRACE = timedelta(days=7)
"""From forgetting to destroying: forgetting can be forced on somebody, or be a mistake."""


class AlreadyTaken(Exception):
    """Another caseworker works on this case now."""


class NotTaken(Exception):
    """This caseworker does not hold the case, so it may not be changed."""


@dataclass(frozen=True)
class Request:
    """One request. `facts_sealed` is opaque here; `received_at` is coarse (the hour)."""

    id: str
    version: int
    trail_id: str
    state: RequestState
    received_at: datetime
    open_places: int
    taken_by: str | None
    lease_until: datetime | None
    facts_sealed: bytes
    destroy_at: datetime | None = None  # set while it is forgotten, not yet destroyed

    def __repr__(self) -> str:
        return f"Request({self.id}, {self.state})"

    def is_held_by(self, caseworker_id: str, at: datetime) -> bool:
        return self.taken_by == caseworker_id and self.lease_until is not None and self.lease_until > at

    def take(self, caseworker_id: str, at: datetime) -> tuple["Request", Entry]:
        """Lease the case to one caseworker, or renew the lease. A lease that ran out can be taken over."""
        held = self.taken_by is not None and self.lease_until is not None and self.lease_until > at
        if held and self.taken_by != caseworker_id:
            raise AlreadyTaken
        return replace(self, taken_by=caseworker_id, lease_until=at + LEASE), Entry(TrailKind.CASE_TAKEN)

    def renewed(self, caseworker_id: str, at: datetime) -> "Request":
        """The lease made longer by use. Raises NotTaken when the caseworker does not hold the case."""
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        return replace(self, lease_until=at + LEASE)

    def give_back(self, caseworker_id: str, at: datetime) -> tuple["Request", Entry]:
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        return replace(self, taken_by=None, lease_until=None), Entry(TrailKind.CASE_GIVEN_BACK)

    def forget(self, at: datetime) -> tuple["Request", Entry]:
        """Hidden from everybody at once, destroyed when the grace is over."""
        hidden = replace(
            self,
            state=RequestState.FORGOTTEN,
            destroy_at=at + GRACE,
            open_places=0,
            taken_by=None,
            lease_until=None,
        )
        return hidden, Entry(TrailKind.REQUEST_FORGOTTEN)

    def undo_forgetting(self, open_places: int) -> tuple["Request", Entry]:
        shown = replace(self, state=RequestState.OPEN, destroy_at=None, open_places=open_places)
        return shown, Entry(TrailKind.FORGETTING_UNDONE)

    @property
    def is_forgotten(self) -> bool:
        return self.state is RequestState.FORGOTTEN

    def is_due_to_be_destroyed(self, at: datetime) -> bool:
        return self.is_forgotten and self.destroy_at is not None and self.destroy_at <= at

    def counting(self, open_places: int) -> "Request":
        return replace(self, open_places=open_places)
