"""How long anything after a notice waits. Each number is a setting of the operator, with its source here.

Sources: what hotlines published of their times, and what abuse desks write of the mail they get.
"""

from dataclasses import dataclass, fields
from datetime import timedelta

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Timer:
    """One number: its name in `Times`, the least and most an operator may choose, and where it is from."""

    name: str
    least: timedelta
    most: timedelta
    source: str


TIMERS = (
    Timer("grouping", 0 * _MINUTE, 15 * _MINUTE, "at most 15 min: removal is counted in hours"),
    Timer("answer_within", _HOUR, 72 * _HOUR, "24 h: norm among Dutch hosts, 84 % kept it (monitor 2020)"),
    Timer("reminder_1", _HOUR, 14 * _DAY, "24 h: the Canadian Centre asks again daily"),
    Timer("reminder_2", 2 * _HOUR, 14 * _DAY, "48 h: desks shut repeated new reports, so it is the last one"),
    Timer("acknowledged", _HOUR, 14 * _DAY, "24 h after a receipt without removal: as the first reminder"),
    Timer("second_way", 2 * _HOUR, 14 * _DAY, "48 h: waiting 144 h, as one hotline tool does, is too slow"),
    Timer("upstream", 3 * _HOUR, 30 * _DAY, "72 h: guide on images of abuse shared without consent (NCSEI)"),
    Timer("nudge", _DAY, 60 * _DAY, "7 d: 98.6 % in Germany were gone within a week (2020)"),
    Timer("stalled", 7 * _DAY, 180 * _DAY, "42 d: the slowest tenth takes longer (Canadian Centre 2021)"),
    Timer("review", _DAY, 92 * _DAY, "30 d: monthly, so that nothing stalled is forgotten"),
    Timer("bounced", 0 * _MINUTE, 24 * _HOUR, "15 min: then another contact, where one is approved"),
    Timer("signals_apart", 10 * _MINUTE, 72 * _HOUR, "1 h: caches and copies lag; others take 15 min"),
    Timer("confirm", _HOUR, 14 * _DAY, "24 h after “removed” we look, by an authorised system or partner"),
    Timer("link", _DAY, 365 * _DAY, "90 d: as long as an answer can still help"),
)
WATCH_SOURCE = "half of the images come back on the same service (Canadian Centre): looked at six times"


@dataclass(frozen=True)
class Times:
    """What an operator chose. `watch`: days after a place was confirmed gone on which it is looked at."""

    grouping: timedelta = 5 * _MINUTE
    answer_within: timedelta = 24 * _HOUR
    reminder_1: timedelta = 24 * _HOUR
    reminder_2: timedelta = 48 * _HOUR
    acknowledged: timedelta = 24 * _HOUR
    second_way: timedelta = 48 * _HOUR
    upstream: timedelta = 72 * _HOUR
    nudge: timedelta = 7 * _DAY
    stalled: timedelta = 42 * _DAY
    review: timedelta = 30 * _DAY
    bounced: timedelta = 15 * _MINUTE
    signals_apart: timedelta = _HOUR
    confirm: timedelta = 24 * _HOUR
    link: timedelta = 90 * _DAY
    watch: tuple[timedelta, ...] = tuple(days * _DAY for days in (1, 3, 7, 30, 90, 365))

    def faults(self) -> tuple[str, ...]:
        """Names of those that are out of bounds, or out of order."""
        wrong = [one.name for one in TIMERS if not one.least <= getattr(self, one.name) <= one.most]
        ladder = [self.reminder_1, self.reminder_2, self.upstream, self.nudge, self.stalled]
        if ladder != sorted(ladder) or not self.reminder_1 <= self.second_way <= self.upstream:
            wrong.append("upstream")
        if not self.watch or list(self.watch) != sorted(set(self.watch)) or self.watch[0] < _HOUR:
            wrong.append("watch")
        return tuple(dict.fromkeys(wrong))


NAMES = tuple(one.name for one in fields(Times))

_UNITS = {"m": _MINUTE, "h": _HOUR, "d": _DAY}


def read_time(typed: str) -> timedelta | None:
    """ "15m", "24h" or "7d"; None for anything else."""
    number, unit = typed.strip()[:-1], typed.strip()[-1:]
    if unit not in _UNITS or not number.isascii() or not number.isdigit() or len(number) > 5:
        return None
    return int(number) * _UNITS[unit]
