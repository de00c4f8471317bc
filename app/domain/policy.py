"""What supervisors decide for everybody at the desk."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.desk_words import Step

MOST_OPENINGS = 500
"""More than that in a day is no limit."""
BREAKS = (timedelta(minutes=15), timedelta(minutes=120))
"""A break is offered no sooner and no later."""
ALWAYS_TWO = frozenset({Step.NOT_A_REQUEST})
"""Nobody sets a request aside alone."""


@dataclass(frozen=True)
class Policy:
    """Limits of one day for one caseworker, in openings (a case, a story, whole addresses, a proof), and what
    takes two people.

    From `soft_limit` on the desk says so, at `hard_limit` it shows nothing more that day. The Internet Watch
    Foundation limits direct exposure to 5 hours a day, with a break every hour (annual report 2024).
    """

    soft_limit: int = 200
    hard_limit: int = 250
    break_after: timedelta = timedelta(minutes=50)
    second_for: frozenset[Step] = frozenset()

    def takes_two(self, step: Step) -> bool:
        """Whether another caseworker than the first has to agree."""
        return step in ALWAYS_TWO or step in self.second_for

    @property
    def break_minutes(self) -> int:
        return self.break_after // timedelta(minutes=1)

    @property
    def faults(self) -> tuple[str, ...]:
        """The fields that cannot be so; empty when the policy can be put in force."""
        found = [
            name for name in ("soft_limit", "hard_limit") if not 1 <= getattr(self, name) <= MOST_OPENINGS
        ]
        if not found and self.soft_limit > self.hard_limit:
            found.append("soft_above_hard")
        if not BREAKS[0] <= self.break_after <= BREAKS[1]:
            found.append("break_after")
        return tuple(found)

    @property
    def written(self) -> str:
        """All of it in one line, to see whether it changed since a page was shown."""
        steps = " ".join(sorted(self.second_for))
        return f"{self.soft_limit} {self.hard_limit} {self.break_minutes} {steps}".strip()
