"""What follows notices that went out, by time: reminders, letters that were approved ahead, and the word to a
person where none was. The courier's verb; no key is needed, and nothing is opened.

The ladder itself is in app/domain/chasing.py. One notice is one transaction, its request locked first.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from app.casework.cases import load_even_forgotten, save_moves
from app.casework.chase_letters import REMINDER, remind, send_rungs
from app.casework.chased_places import chased_places
from app.casework.count_outcome import count_outcome, noticed_at
from app.casework.errors import NotFound, Stale
from app.casework.kit import Kit
from app.casework.stop_letters import end_chase
from app.domain.chasing import ESCALATED, LADDER, REMINDERS, Taken, step_at, take_step
from app.domain.counting import Counted
from app.domain.locations import Location
from app.domain.notice_words import ChaseStep, MailKind, NoticeKind
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState as S
from app.domain.words import NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.notices import Notice

_WAITS = timedelta(hours=1)
"""So long the ladder of a case waits where police, or somebody's safety, asks to; then it is asked again."""
BY_THE_LADDER = frozenset({S.NOTICE_SENT, S.HAS_IT, S.UPSTREAM})
"""They are looked at again when the next step is due; elsewhere it is a person's turn anyway."""


def chase_notices(kit: Kit, most: int = 50) -> int:
    """Take each step that is due, of the notices that waited longest. How many; 0 when none is due.

    Several couriers may do it at once: none takes a step that another one took.
    """
    with kit.database.reading() as work:
        due = work.notices.due_to_chase(kit.clock(), most)
    count, fault = 0, None
    for notice in due:
        try:
            count += _chase(kit, notice)
        except Exception as error:  # noqa: BLE001, one that cannot be chased must keep no other waiting
            fault = error
    if fault is not None:
        raise fault
    return count


def _chase(kit: Kit, seen: Notice) -> bool:
    at = kit.clock()
    with kit.database.writing() as work:
        try:
            request = load_even_forgotten(work, seen.request_id)  # locked: from here on only we change it
            notice = work.notices.load(seen.id)
            if notice.chase_at is None or notice.chase_at > at:
                return False  # another courier was here
            _go_on(kit, work, request, notice, at)
        except (NotFound, NotThere, Overtaken, Stale):
            return False
        work.commit()
    return True


def _go_on(kit: Kit, work: Work, request: Request, notice: Notice, at: datetime) -> None:
    """Raises Overtaken, Stale."""
    if request.is_forgotten:
        end_chase(work, notice)
        return
    known = {one.id: one for one in work.requests.locations_of(request.id)}
    chased = chased_places(work, notice, known)
    mine = [known[one.location_id] for one in chased]
    if request.is_on_police_hold(at) or not request.may_go_out:
        _wait(work, request, notice, mine, at)
        return
    if _has_unread_answer(kit, work, notice, at):
        work.notices.save(replace(notice, chase_at=to_minute(at) + _WAITS))
        return
    taken = take_step(notice.chase, chased, at, kit.settings.times)
    after = replace(
        notice,
        chase_done=taken.chase.done,
        chase_at=None if taken.due_at is None else to_minute(taken.due_at),
        wants=_wants(kit, work, request, notice, taken, at),
    )
    if after.chase_at is None and taken.step is not ChaseStep.NUDGE:
        _tell_cancelled(work, request, notice, at)
        end_chase(work, after)
        save_moves(work, request, *_stalled(work, request, (known[one] for one in taken.location_ids), at))
        return
    work.notices.save(after)
    if after.kind is not NoticeKind.SEARCH:  # results are not the place: their ladder moves none
        save_moves(work, request, *_looked_at_again(after, mine, at))


def _wait(work: Work, request: Request, notice: Notice, mine: Iterable[Location], at: datetime) -> None:
    """Nothing goes out. A police hold ends by itself, and so nobody is called before; where somebody's safety
    is the reason, a person is needed, and the places stay due."""
    work.notices.save(replace(notice, chase_at=to_minute(at) + _WAITS))
    until = request.police_until if request.may_go_out else None
    later = [
        one.due(until) for one in mine if until and one.state in BY_THE_LADDER and (one.due_at or at) < until
    ]
    if later and notice.kind is not NoticeKind.SEARCH and notice.wants is None:
        save_moves(work, request, *later)


def _has_unread_answer(kit: Kit, work: Work, notice: Notice, at: datetime) -> bool:
    """Before a reminder: a mail came that nobody read yet. It may say that all is removed. Like a receipt it
    buys a day, and no second one."""
    step = LADDER[notice.chase_done] if notice.chase_done < len(LADDER) else None
    times = kit.settings.times
    if step not in REMINDERS or step_at(notice.chase, step, times) + times.acknowledged <= at:
        return False
    return any(
        one.kind is MailKind.ANSWER and not one.is_settled and one.arrived_at + times.acknowledged > at
        for one in work.received_mails.of_notice(notice.id)
    )


def _wants(
    kit: Kit, work: Work, request: Request, notice: Notice, taken: Taken, at: datetime
) -> ChaseStep | None:
    """Take the step: what can go goes. The step that needs a person now, or did before."""
    step = taken.step
    if step is None or step is ChaseStep.STALLED:
        return notice.wants
    if step in REMINDER:
        goes_by_itself = remind(kit, work, request, notice, REMINDER[step], at)
    else:
        goes_by_itself = send_rungs(kit, work, request, notice, step, taken.location_ids, at)
    if goes_by_itself:
        return notice.wants
    work.trail.append(request.trail_id, Entry(TrailKind.CHASE_WANTS, notice.id), "courier", at)
    return step


def _looked_at_again(notice: Notice, mine: Iterable[Location], at: datetime) -> list[Location]:
    """Now, where a person is needed; else when the next step is due."""
    if notice.wants is not None:
        changed = ((one, one.wanted(at)) for one in mine if one.state in ESCALATED)
    else:
        changed = ((one, one.due(notice.chase_at)) for one in mine if one.state in BY_THE_LADDER)
    return [after for before, after in changed if after != before]


def _stalled(work: Work, request: Request, places: Iterable[Location], at: datetime) -> list[Location]:
    moved = [one.move(S.STALLED, at) for one in places]
    for one in moved:
        work.trail.append(request.trail_id, Entry(TrailKind.PLACE_STALLED, one.id), "courier", at)
        count_outcome(work, None, Counted.STALLED, at, noticed_at(work, one))
    return moved


def _tell_cancelled(work: Work, request: Request, notice: Notice, at: datetime) -> None:
    for rung in work.notices.rungs_of(notice.id):
        if rung.state is NoticeState.PLANNED:
            work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_CANCELLED, rung.id), "courier", at)
