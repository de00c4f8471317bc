"""The ledger: places that stand alike are told of together, so that the page stays short and light."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from app.domain.words import LocationState
from app.reads.follow import FollowPlace

FEW = 10
"""So many places show their addresses on the ledger itself, which weighs at most 14 kB with all it needs. Of
more it shows the names; the page of each place shows its address."""
ROOM_CHARACTERS = 1_250
"""For all addresses of a page of the ledger: long ones are cut. The page of a place shows all of it."""

_ORDER = {state: number for number, state in enumerate(LocationState)}


@dataclass(frozen=True)
class Group:
    """Places in one state since one day. `by`: the day until which somebody looks again; `is_late`: then
    nobody did."""

    state: LocationState
    since: date
    by: date | None
    is_late: bool
    places: tuple[FollowPlace, ...]

    @property
    def may_be_back(self) -> bool:
        return any(place.can_be_back for place in self.places)

    @property
    def is_watched_no_more(self) -> bool:
        return all(place.is_watched_no_more for place in self.places)


def is_late(due_at: datetime | None, at: datetime) -> bool:
    """Whether the day that somebody was told is over: it is kept until its end."""
    return due_at is not None and due_at.date() < at.date()


def grouped(places: Iterable[FollowPlace], at: datetime) -> list[Group]:
    """In the order of the way that a place goes; within a group by number."""

    def stands(place: FollowPlace) -> tuple[int, date, date, bool]:
        by = date.max if place.due_at is None else place.due_at.date()
        return _ORDER[place.state], place.state_at.date(), by, is_late(place.due_at, at)

    ordered = sorted(places, key=lambda place: (stands(place), place.number))
    return [
        Group(
            state=alike[0].state,
            since=since,
            by=None if alike[0].due_at is None else by,
            is_late=late,
            places=alike,
        )
        for (_, since, by, late), alike in (
            (key, tuple(found)) for key, found in groupby(ordered, key=stands)
        )
    ]


def cut(whole: str, of: int) -> str:
    """As much of an address as the ledger of so many places shows."""
    most = ROOM_CHARACTERS // max(of, 1)
    return whole if len(whole) <= most else whole[:most] + "…"


def called(places: Iterable[FollowPlace]) -> list[tuple[str, int]]:
    """Names of places, each once, with how many bear it."""
    return list(Counter(place.name for place in places).items())


def whole_number(asked: str) -> int:
    """A number as an address or a form gives it; 1 for anything that is none."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
