"""Counting what a caseworker is shown, before it is shown: a limit that comes after is none.

Counted are openings: a case, a story, whole addresses, an exact address, a proof. The number is private:
only its own member is ever shown it.
"""

from datetime import date, datetime, time

from app.casework.actors import Caseworker
from app.casework.errors import EnoughForToday
from app.casework.kit import Kit
from app.casework.policy import policy_of
from app.domain.contacts import zone_of
from app.domain.exposure import GOES_ON, is_enough
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work


def today_of(kit: Kit) -> date:
    """Which day it is where the hotline is."""
    return kit.clock().astimezone(zone_of(kit.settings.timezone)).date()


def count_opening(kit: Kit, work: Work, actor: Caseworker, how_many: int = 1) -> None:
    """Within the transaction of the verb that shows something, before it does.

    Raises EnoughForToday where so many more would go over the hard limit: then nothing is counted.
    """
    _count(kit, work, actor, how_many, is_limited=True)


def count_case(kit: Kit, work: Work, actor: Caseworker, request: Request) -> None:
    """As count_opening, for verbs that open a case and write CASE_OPENED into its trail."""
    count_unless_going_on(kit, work, actor, request, Entry(TrailKind.CASE_OPENED))


def count_unless_going_on(kit: Kit, work: Work, actor: Caseworker, request: Request, opened: Entry) -> None:
    """As count_opening, for what is opened again and again while somebody works on it.

    The case's trail knows what is new, so the verb writes `opened` there. What was opened within half an hour
    is gone on with, and counts no more. What somebody saw today in a case that they hold is theirs to finish:
    it counts, and no limit stops it.
    """

    def opened_since(moment: datetime) -> bool:
        return work.trail.has(request.trail_id, opened, actor.id, moment)

    at = kit.clock()
    if opened_since(at - GOES_ON):
        _count(kit, work, actor, 0, is_limited=False)
        return
    midnight = datetime.combine(today_of(kit), time(), zone_of(kit.settings.timezone))
    is_theirs = request.is_held_by(actor.id, at) and opened_since(midnight)
    _count(kit, work, actor, 1, is_limited=not is_theirs)


def refuse_new(kit: Kit, work: Work, actor: Caseworker) -> None:
    """For verbs that hand somebody a case they have not seen: raises EnoughForToday when it could not be
    opened. Counts nothing."""
    day, today = work.openings.of(actor.id), today_of(kit)
    if day is not None and day.day == today and is_enough(day, 1, policy_of(work)):
        raise EnoughForToday


def _count(kit: Kit, work: Work, actor: Caseworker, how_many: int, *, is_limited: bool) -> None:
    at, today = kit.clock(), today_of(kit)
    day = work.openings.hold(actor.id, at, today).seen(at, today)
    if is_limited and is_enough(day, how_many, policy_of(work)):
        raise EnoughForToday
    work.openings.save(actor.id, day.more(how_many))
