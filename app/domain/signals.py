"""When a place is confirmed gone: two words from independent sources, one of them a lawful check.

A provider's word alone is a provider's word; so is ours, or a requester's. Nobody here, and no part of
this program, contacts a reported host.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.notice_words import Seen, SignalSource
from app.domain.timers import Times


@dataclass(frozen=True)
class Signal:
    """Somebody's word on one place. `round`: how often it had been back by then; only words of the same round
    count together."""

    id: str
    location_id: str
    round: int
    source: SignalSource
    seen: Seen
    said_at: datetime
    by: str = ""  # id of the caseworker who noted it; empty for who said it through a page


@dataclass(frozen=True)
class Confirmed:
    """A place is confirmed gone. `first_at`: the first word of those that still stand; `at`: the one that
    confirmed it."""

    first_at: datetime
    at: datetime


def confirmed_gone(signals: Iterable[Signal], round_: int, times: Times) -> Confirmed | None:
    """Two independent sources saw it gone, far enough apart, and one of them looked lawfully.

    What was seen there since the earlier of two words takes that word back.
    """
    known = sorted((one for one in signals if one.round == round_), key=lambda one: one.said_at)
    there = [one.said_at for one in known if one.seen is Seen.THERE]
    gone: list[Signal] = []
    for one in known:
        if one.seen is Seen.THERE:
            continue
        # Said in the same moment it counts as well: in doubt it is there.
        gone = [each for each in gone if not any(each.said_at <= at <= one.said_at for at in there)]
        if any(_confirms(before, one, times) for before in gone):
            return Confirmed(gone[0].said_at, one.said_at)
        gone.append(one)
    return None


def _confirms(before: Signal, later: Signal, times: Times) -> bool:
    is_independent = before.source is not later.source
    is_apart = later.said_at - before.said_at >= times.signals_apart
    return is_independent and is_apart and (before.source.is_lawful_check or later.source.is_lawful_check)


def looks_done(step: int, gone_at: datetime, at: datetime, times: Times) -> int:
    """How many looks are done after one at `at`. One that comes late stands for all whose day has passed; one
    before its day stands for none."""
    return max(step, sum(gone_at + after <= at for after in times.watch))


def next_watch(step: int, gone_at: datetime, times: Times) -> datetime | None:
    """When a place that was gone at `gone_at` is looked at after `step` looks; None after the last one."""
    return gone_at + times.watch[step] if step < len(times.watch) else None
