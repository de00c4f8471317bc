"""A request: what a requester asks to have removed, as the state machine sees it (plain columns only)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.locations import Location
from app.domain.trail import Entry, TrailKind
from app.domain.words import RequestState, SafetyState

LEASE = timedelta(minutes=30)
GRACE = timedelta(days=7)
"""From forgetting to destroying: forgetting can be forced on somebody, or be a mistake."""
SAFETY_WITHIN = timedelta(hours=24)
"""A notice that waits for a safety check waits no longer than this for somebody to make it."""


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
    safety: SafetyState = SafetyState.NONE
    safety_by: datetime | None = None  # until when the safety check is to be made
    due_by: datetime | None = None  # the first moment at which somebody must look at it

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
            due_by=None,
            open_places=0,
            taken_by=None,
            lease_until=None,
        )
        return hidden, Entry(TrailKind.REQUEST_FORGOTTEN)

    def undo_forgetting(self, locations: Iterable[Location]) -> tuple["Request", Entry]:
        shown = replace(self, state=RequestState.OPEN, destroy_at=None).following(locations)
        return shown, Entry(TrailKind.FORGETTING_UNDONE)

    @property
    def is_forgotten(self) -> bool:
        return self.state is RequestState.FORGOTTEN

    def is_due_to_be_destroyed(self, at: datetime) -> bool:
        return self.is_forgotten and self.destroy_at is not None and self.destroy_at <= at

    def following(self, locations: Iterable[Location]) -> "Request":
        """With its counters brought up to its locations (all of them, as they are now). A forgotten request
        stays out of the queue."""
        known = () if self.is_forgotten else tuple(locations)
        dues = [one.due_at for one in known if one.due_at is not None]
        if known and self.safety is SafetyState.DUE and self.safety_by is not None:
            dues.append(self.safety_by)
        return replace(
            self, open_places=sum(one.is_open for one in known), due_by=min(dues) if dues else None
        )

    @property
    def may_go_out(self) -> bool:
        """Whether a notice may go out as far as the person's safety is concerned."""
        return self.safety in (SafetyState.NONE, SafetyState.CLEAR)

    def needing_safety_check(self, at: datetime) -> "Request":
        """A check is due again; one that was made before no longer counts."""
        return replace(self, safety=SafetyState.DUE, safety_by=at + SAFETY_WITHIN)

    def with_safety(self, found: SafetyState) -> tuple["Request", Entry]:
        """What a caseworker found: CLEAR or HOLD."""
        kind = TrailKind.SAFETY_CLEAR if found is SafetyState.CLEAR else TrailKind.SAFETY_HOLD
        return replace(self, safety=found, safety_by=None), Entry(kind)
