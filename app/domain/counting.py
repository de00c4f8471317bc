"""The framework's chart: what became of places, by age band, kind and whether the child is identified.

Counted when it happens, because nothing of a place outlives its forgetting. No date finer than the year:
the year of the first notice, where one went out, so that what was noticed and what came of it meet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from app.domain.assessments import Finding
from app.domain.words import Reply

UNKNOWN = "unknown"


@unique
class Counted(StrEnum):
    """What is counted. Each place counts once in each, for each time that it was there."""

    ASSESSED = "assessed"
    NOTICED = "noticed"  # a first notice was approved
    HAS_IT = "has_it"
    REMOVED = "removed"  # the provider's word
    NOT_OURS = "not_ours"
    ASKS = "asks"
    REFUSES = "refuses"
    AGE_DOUBT = "age_doubt"
    OVER_18 = "over_18"
    GONE = "gone"  # confirmed: two words, one of them a lawful check
    BACK = "back"
    STALLED = "stalled"
    WITHDRAWN = "withdrawn"  # after a notice


OF_REPLY = {
    Reply.HAS_IT: Counted.HAS_IT,
    Reply.REMOVED: Counted.REMOVED,
    Reply.NOT_OURS: Counted.NOT_OURS,
    Reply.ASKS: Counted.ASKS,
    Reply.REFUSES: Counted.REFUSES,
    Reply.AGE_DOUBT: Counted.AGE_DOUBT,
    Reply.OVER_18: Counted.OVER_18,
}

DATED = frozenset({Counted.REMOVED, Counted.GONE})
"""Those that have a band of days since the first notice."""

DAY_BANDS: tuple[tuple[str, timedelta], ...] = (
    ("0-1", timedelta(days=1)),
    ("2-3", timedelta(days=3)),
    ("4-7", timedelta(days=7)),
    ("8-42", timedelta(days=42)),
    ("43+", timedelta.max),
)
"""Up to and with so long. 1, 3 and 7 days are what hotlines publish; 42 is where the slowest tenth begins."""


@dataclass(frozen=True, order=True)
class Cell:
    """One cell of the chart. `identified`: "yes", "no" or "unknown". `days`: the band, or "" where no time
    belongs to the outcome."""

    year: int
    kind: str
    age_band: str
    identified: str
    outcome: str
    days: str


def cell_of(finding: Finding | None, counted: Counted, at: datetime, since: datetime | None) -> Cell:
    """Where something counts. `finding` is None where nobody could open it: by the courier, or by the person
    it belongs to. `since`: when the first notice went out."""
    known = {True: "yes", False: "no", None: UNKNOWN}
    return Cell(
        year=(since or at).year,
        kind=UNKNOWN if finding is None else finding.kind.value,
        age_band=UNKNOWN if finding is None or finding.age_band is None else finding.age_band.value,
        identified=UNKNOWN if finding is None else known[finding.identified],
        outcome=counted.value,
        days=day_band(at - since) if since is not None and counted in DATED else "",
    )


def day_band(took: timedelta) -> str:
    return next(name for name, most in DAY_BANDS if took <= most)
