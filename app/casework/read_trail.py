"""Reading a trail: the hotline's own or one case's, by its random id. Reading is written down, too."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.casework.actors import Auditor
from app.casework.errors import NotFound
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.verify_trail import Damage, damage_of
from app.domain.contacts import zone_of
from app.domain.trail import HOTLINE, Entry, Line, TrailKind
from app.persistence.trail import Wanted

AT_ONCE = 50
NOTED_FOR = timedelta(minutes=30)
"""Turning pages is one reading: a line for each page would bury the others."""


@dataclass(frozen=True)
class TrailInput:
    """Which trail, and which of its lines. `day` is in the hotline's time zone; `below` turns the page."""

    trail_id: str = HOTLINE
    kind: TrailKind | None = None
    day: date | None = None
    below: int | None = None


@dataclass(frozen=True)
class TrailPage:
    """The newest lines first. `older`: where the next page begins, None on the last one.

    `is_checked`: whether the chain was looked through (on the first page); then `damage` is its first break.
    """

    trail_id: str
    lines: tuple[Line, ...]
    older: int | None
    is_checked: bool
    damage: Damage | None

    @property
    def is_of_hotline(self) -> bool:
        return self.trail_id == HOTLINE


def read_trail(kit: Kit, actor: Auditor, given: TrailInput) -> TrailPage:
    """Opens nothing: ids, kinds and times lie in the clear. Raises NotFound (no such trail)."""
    at, is_first = kit.clock(), given.below is None
    with kit.database.writing() as work:
        if not work.trail.is_there(given.trail_id):
            raise NotFound
        found = work.trail.page(given.trail_id, _wanted(kit, given), AT_ONCE + 1)
        damage = damage_of(given.trail_id, work.trail.chain(given.trail_id)) if is_first else None
        entry = Entry(TrailKind.TRAIL_READ, given.trail_id)
        if not work.trail.has(HOTLINE, entry, actor.id, at - NOTED_FOR):
            note(work, entry.kind, actor.id, at, entry.subject)
        work.commit()
    lines = tuple(found[:AT_ONCE])
    return TrailPage(
        given.trail_id, lines, lines[-1].position if len(found) > AT_ONCE else None, is_first, damage
    )


def _wanted(kit: Kit, given: TrailInput) -> Wanted:
    since, until = _day(kit, given.day)
    return Wanted(given.below, given.kind or "", since, until)


def _day(kit: Kit, day: date | None) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    zone = zone_of(kit.settings.timezone)
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
