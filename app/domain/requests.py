"""A request: what a requester asks to have removed, as the state machine sees it (plain columns only)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.desk_words import Why
from app.domain.locations import Location
from app.domain.queue_order import FIRST, Waiting, case_stands_at, write_why
from app.domain.trail import Entry, TrailKind
from app.domain.words import RequestState, SafetyState

LEASE = timedelta(minutes=30)
GRACE = timedelta(days=7)
"""From forgetting to destroying: forgetting can be forced on somebody, or be a mistake."""
SAFETY_WITHIN = timedelta(hours=24)
"""A notice that waits for a safety check waits no longer than this for somebody to make it."""


MOST_HOLD = timedelta(days=14)
POLICE_HOLD = timedelta(hours=24)
POLICE_HOLD_AT_MOST = timedelta(hours=72)
"""Police may ask to wait with notices: evidence can be lost. Of 640 addresses that waited for police in one
country in 2022, 465 were gone or moved before: a hold ends by itself."""


class AlreadyTaken(Exception):
    """Another caseworker works on this case now."""


class NoSuchHold(Exception):
    """A hold that is too long, or that is not there (any more), or was made longer before."""


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
    danger: str = ""  # "danger" while somebody is in danger now; where they stand in the queue
    queue_at: datetime | None = None  # its place in the queue; None while nothing of it is open
    since_at: datetime | None = None  # since when something of it waits for the hotline; may lie ahead
    why: str = ""  # why it stands there
    put_at: datetime | None = None  # where a caseworker put it, instead of where the rules would
    hold_until: datetime | None = None  # out of the queue until then
    offered_to: str | None = None  # the colleague it was handed over to, until somebody takes it
    police_from: datetime | None = None  # police asked to wait with notices
    police_until: datetime | None = None
    doubted_by: str | None = None  # a caseworker finds that this is not a request; a second one decides

    def __repr__(self) -> str:
        return f"Request({self.id}, {self.state})"

    def is_held_by(self, caseworker_id: str, at: datetime) -> bool:
        return self.taken_by == caseworker_id and self.lease_until is not None and self.lease_until > at

    def take(self, caseworker_id: str, at: datetime) -> tuple["Request", Entry]:
        """Lease the case to one caseworker, or renew the lease. A lease that ran out can be taken over."""
        held = self.taken_by is not None and self.lease_until is not None and self.lease_until > at
        if held and self.taken_by != caseworker_id:
            raise AlreadyTaken
        leased = replace(self, taken_by=caseworker_id, lease_until=at + LEASE)
        return replace(leased, offered_to=None, hold_until=None), Entry(TrailKind.CASE_TAKEN)

    def renewed(self, caseworker_id: str, at: datetime) -> "Request":
        """The lease made longer by use. Raises NotTaken when the caseworker does not hold the case."""
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        return replace(self, lease_until=at + LEASE)

    def give_back(self, caseworker_id: str, at: datetime) -> tuple["Request", Entry]:
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        return replace(self, taken_by=None, lease_until=None), Entry(TrailKind.CASE_GIVEN_BACK)

    def hand_over(self, caseworker_id: str, to: str, at: datetime) -> tuple["Request", Entry]:
        """Into a colleague's list; until they take it anybody may, so that nothing waits for one person."""
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        handed = replace(self, taken_by=None, lease_until=None, offered_to=to)
        return handed, Entry(TrailKind.CASE_HANDED_OVER, to)

    def hold(self, caseworker_id: str, until: datetime, at: datetime) -> tuple["Request", Entry]:
        """Out of the queue until a day. What is due stays due, and anybody may take it all the same."""
        if not self.is_held_by(caseworker_id, at):
            raise NotTaken
        if not at < until <= at + MOST_HOLD:
            raise NoSuchHold
        held = replace(self, taken_by=None, lease_until=None, hold_until=until)
        return held, Entry(TrailKind.CASE_ON_HOLD)

    def put(self, where: datetime | None) -> tuple["Request", Entry]:
        """Where a caseworker wants it in the queue; None: where the rules put it."""
        return replace(self, put_at=where), Entry(TrailKind.ORDER_CHANGED)

    def put_first(self, at: datetime) -> tuple["Request", Entry]:
        return self.put(at - FIRST)

    def start_police_hold(self, at: datetime) -> tuple["Request", Entry]:
        """Notices wait for police: a day. Raises NoSuchHold while one runs."""
        if self.is_on_police_hold(at):
            raise NoSuchHold
        held = replace(self, police_from=at, police_until=at + POLICE_HOLD)
        return held, Entry(TrailKind.POLICE_HOLD_STARTED)

    def extend_police_hold(self, at: datetime) -> tuple["Request", Entry]:
        """Once, to three days in all. Raises NoSuchHold."""
        start = self.police_from
        if start is None or not self.is_on_police_hold(at) or self.police_until != start + POLICE_HOLD:
            raise NoSuchHold
        longer = replace(self, police_until=start + POLICE_HOLD_AT_MOST)
        return longer, Entry(TrailKind.POLICE_HOLD_EXTENDED)

    def end_police_hold(self, at: datetime) -> tuple["Request", Entry]:
        """Before its time. Raises NoSuchHold."""
        if not self.is_on_police_hold(at):
            raise NoSuchHold
        return replace(self, police_until=at), Entry(TrailKind.POLICE_HOLD_ENDED)

    def is_on_police_hold(self, at: datetime) -> bool:
        """It ends by itself: nobody has to remember it."""
        return self.police_until is not None and self.police_until > at

    def doubt(self, caseworker_id: str) -> tuple["Request", Entry]:
        """One caseworker finds no request in it."""
        return replace(self, doubted_by=caseworker_id), Entry(TrailKind.NOT_A_REQUEST_PROPOSED)

    def trust(self) -> tuple["Request", Entry]:
        """A second one finds otherwise, or somebody wrote: it is in the queue as before."""
        kept = replace(self, doubted_by=None, state=RequestState.OPEN)
        return kept, Entry(TrailKind.REQUEST_REOPENED)

    def set_aside(self) -> tuple["Request", Entry]:
        """Two caseworkers found no request in it. It is kept, and one message opens it again."""
        aside = replace(self, state=RequestState.NOT_A_REQUEST, taken_by=None, lease_until=None)
        return aside, Entry(TrailKind.NOT_A_REQUEST)

    def forget(self, at: datetime) -> tuple["Request", Entry]:
        """Hidden from everybody at once, destroyed when the grace is over."""
        hidden = replace(
            self,
            state=RequestState.FORGOTTEN,
            destroy_at=at + GRACE,
            taken_by=None,
            lease_until=None,
            offered_to=None,
        ).following(())
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
        """With its counters brought up to its locations (all of them, as they are now). One that was
        forgotten, or set aside, stays out of the queue."""
        known = tuple(locations) if self.state is RequestState.OPEN else ()
        dues = [one.due_at for one in known if one.due_at is not None]
        if known and self.safety is SafetyState.DUE and self.safety_by is not None:
            dues.append(self.safety_by)
        waiting = [self._with_danger(one.waiting) for one in known if one.is_open]
        since = [one.since for one in waiting]
        if self.safety is SafetyState.DUE and self.safety_by is not None:
            since.append(self.safety_by - SAFETY_WITHIN)
        why = frozenset[Why]().union(*(one.why for one in waiting))
        queue_at = case_stands_at(waiting)
        if waiting and self.put_at is not None:
            queue_at, why = self.put_at, why | {Why.BY_HAND}
        return replace(
            self,
            open_places=len(waiting),
            due_by=min(dues) if dues else None,
            queue_at=queue_at,
            since_at=min(since) if waiting else None,
            why=write_why(why),
        )

    def _with_danger(self, place: Waiting) -> Waiting:
        return replace(place, why=place.why | {Why.DANGER}) if self.danger else place

    def in_danger(self, is_so: bool) -> "Request":
        return replace(self, danger=Why.DANGER.value if is_so else "")

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
