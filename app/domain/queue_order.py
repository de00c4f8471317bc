"""The order of the desk's queue: one rule, that anybody can check.

A place waits since some moment. What is known of it gives it a head start: it stands as if it had waited
so much longer. The longest waiting stands first. So nothing waits for ever: all that waits grows older
alike, and an ordinary place that has waited longer than a head start passes the one that has it. The
greatest head start counts, they do not add up. A case stands where its first place stands. A caseworker
may put a case elsewhere, with a reason (`Why.BY_HAND`).

What is with somebody else has its place in the order, too, and is offered to nobody before the day on which
it is due (`Request.since_at`).

Head starts are ours: the framework (2019) asks for speed where a child is in danger or can be found, where
material is back, and where the child is young; it gives no numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.desk_words import Why
from app.domain.words import AgeBand

HEAD_START: dict[Why, timedelta] = {
    Why.DANGER: timedelta(days=3650),
    Why.BACK: timedelta(days=365),
    Why.IDENTITY: timedelta(days=30),
    Why.YOUNGEST: timedelta(days=3),
    Why.YOUNG: timedelta(days=1),
}
"""STILL_UP has none: a place with a provider stands in the queue from the day on which it is due."""

BEFORE_A_THREAT = timedelta(days=180)
"""A threat stands as if it had waited this long on the day that was given; without a day, or with one that
is over, from now on. So a day long ago (a slip, or somebody who wants to be first) wins nothing more."""

FIRST = timedelta(days=7300)
"""As if it had waited this long: what a caseworker puts first stands before everything else."""

OF_AGE = {AgeBand.PREPUBESCENT: Why.YOUNGEST, AgeBand.PUBESCENT: Why.YOUNG}


@dataclass(frozen=True)
class Waiting:
    """What the queue may know of one open place. All of it lies in plain columns."""

    since: datetime
    why: frozenset[Why]
    threat_at: datetime | None = None  # the day they gave


def stands_at(place: Waiting) -> datetime:
    """The moment since which a place waits in effect: the earlier, the further up."""
    starts = [place.since - HEAD_START[why] for why in place.why if why in HEAD_START]
    if Why.THREAT in place.why:
        starts.append(max(place.threat_at or place.since, place.since) - BEFORE_A_THREAT)
    return min([place.since, *starts])


def case_stands_at(places: Iterable[Waiting]) -> datetime | None:
    """Where a case stands; None when nothing of it is open."""
    return min((stands_at(place) for place in places), default=None)


def read_why(stored: str) -> frozenset[Why]:
    """From a plain column: the reasons, with a space between."""
    return frozenset(Why(one) for one in stored.split())


def write_why(why: Iterable[Why]) -> str:
    """For a plain column, in the order of the list."""
    known = frozenset(why)
    return " ".join(one for one in Why if one in known)
