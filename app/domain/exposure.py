"""How much one caseworker was shown in a day, and how long they have worked without a break.

One number, for themselves. It is no measure of work, and nobody else reads it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.policy import Policy

PAUSE = timedelta(minutes=10)
"""Who opened nothing for so long had a break."""
GOES_ON = timedelta(minutes=30)
"""A case that was opened within this time is gone on with: opening it again shows nothing new."""
FEWEST = 3
"""A sum of fewer people's numbers would say something of each of them."""
SHOWN_IN = 10
"""The team's sum is rounded down to this, so that nobody can watch it go up by one."""


@dataclass(frozen=True)
class Day:
    """A caseworker's day: `count` openings; without a break since `working_since`, last seen at `seen_at`."""

    day: date
    count: int
    working_since: datetime
    seen_at: datetime

    def seen(self, at: datetime, today: date) -> "Day":
        """Something was opened now. A new day begins at nought, at midnight in the hotline's time zone."""
        count = self.count if self.day == today else 0
        began = at if at - self.seen_at >= PAUSE else self.working_since
        return Day(today, count, began, at)

    def more(self, how_many: int) -> "Day":
        return replace(self, count=self.count + how_many)

    def rested(self, at: datetime) -> "Day":
        """They say that they had a break."""
        return replace(self, working_since=at, seen_at=at)


def first_day(at: datetime, today: date) -> Day:
    return Day(today, 0, at, at)


@dataclass(frozen=True)
class Exposure:
    """What a caseworker is told of their own day."""

    today: int
    soft: int
    hard: int
    is_soft: bool
    is_hard: bool
    break_due: bool


def exposure_of(day: Day | None, policy: Policy, at: datetime, today: date) -> Exposure:
    """From the soft limit on the desk says so; at the hard one it shows nothing more."""
    count = day.count if day is not None and day.day == today else 0
    works = day is not None and at - day.seen_at < PAUSE
    return Exposure(
        today=count,
        soft=policy.soft_limit,
        hard=policy.hard_limit,
        is_soft=policy.soft_limit <= count < policy.hard_limit,
        is_hard=count >= policy.hard_limit,
        break_due=day is not None and works and at - day.working_since >= policy.break_after,
    )


def is_enough(day: Day, how_many: int, policy: Policy) -> bool:
    """Whether so many more would go over the hard limit."""
    return day.count + how_many > policy.hard_limit


def team_sum(others: tuple[int, ...]) -> int | None:
    """What a supervisor may know: about how much all colleagues together were shown. None for few people."""
    worked = [one for one in others if one]
    return None if len(worked) < FEWEST else sum(worked) // SHOWN_IN * SHOWN_IN
