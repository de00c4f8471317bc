"""What comes after a first notice, and when: one table, walked by the courier, pure and in plain values.

Reminders stay in the thread of the notice. Another contact, or who supplies the provider, is written to by
the courier where a caseworker approved that letter ahead; else the step waits for a person. The ladder goes
on by time: no step waits for another. Nothing is ever closed: what nobody moves is stalled, and looked at
every month.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.timers import Times
from app.domain.words import LocationState as S
from app.domain.words import Reply

REMINDED = frozenset({S.NOTICE_SENT, S.HAS_IT})
"""Who asked, refused, or could not be reached gets no reminder: the next word is ours."""
ESCALATED = frozenset({S.NOTICE_SENT, S.HAS_IT, S.ASKS, S.REFUSED, S.BOUNCED, S.UPSTREAM})
"""Still up, and this notice is what there is about it."""
STILL_UP = ESCALATED | {S.STALLED}
"""What a further letter names when it goes: it may be approved after the ladder is over."""
WAITED_FOR = ESCALATED | {S.REFERRED}
"""No step is about a place that another hotline has; but it may come back, and the ladder goes on for it."""

ACTS_ON: dict[ChaseStep, frozenset[S]] = {
    ChaseStep.REMINDER_1: REMINDED,
    ChaseStep.REMINDER_2: REMINDED,
    ChaseStep.SECOND_WAY: ESCALATED,
    ChaseStep.UPSTREAM: ESCALATED,
    ChaseStep.NUDGE: ESCALATED,
    ChaseStep.STALLED: ESCALATED,
}
LADDER = tuple(ACTS_ON)
"""The steps in the order in which they are taken."""

REMINDERS = (ChaseStep.REMINDER_1, ChaseStep.REMINDER_2)
_OF_SEARCH = frozenset({*REMINDERS, ChaseStep.NUDGE})
_RECEIPT = frozenset({Reply.HAS_IT, Reply.AGE_DOUBT})
_FOR_A_PERSON = frozenset({Reply.NOT_OURS, Reply.REFUSES, Reply.OVER_18})
"""Of a search engine: its word moves no place, so that a person sees it only by this ladder."""


@dataclass(frozen=True)
class Chased:
    """One place of a notice: where it stands now, and the last word about it from this recipient."""

    location_id: str
    state: S
    state_at: datetime
    reply: Reply | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True)
class Chase:
    """How far a notice that went out at `begun_at` was chased: so many steps of LADDER are done."""

    kind: NoticeKind
    begun_at: datetime
    done: int = 0


@dataclass(frozen=True)
class Taken:
    """What is to be done now, about which places. Without `due_at` the chase is over."""

    step: ChaseStep | None
    location_ids: tuple[str, ...]
    chase: Chase
    due_at: datetime | None


def begin(kind: NoticeKind, at: datetime, times: Times) -> tuple[Chase, datetime | None]:
    """The chase of a notice that went out now, and when its first step is due. An upstream letter is a step
    of another notice, and has none of its own."""
    chase = Chase(kind, at)
    return chase, None if kind is NoticeKind.UPSTREAM else _due_of(chase, times)


def take_step(chase: Chase, places: Iterable[Chased], at: datetime, times: Times) -> Taken:
    """The step that is due now, if one is, and the places it is about. Not to be asked again before `due_at`.

    Steps that concern no place are passed over. Where no place is waited for any more the chase is over.
    """
    known = tuple(one for one in places if is_waited_for(chase.kind, one))
    if known and all(_is_refused_by_search(chase, one) for one in known):
        return _nudge_now(chase, known)
    while known and chase.done < len(LADDER):
        due_at = _due_of(chase, times)
        if due_at is None or due_at > at:
            return Taken(None, (), chase, due_at)
        step = LADDER[chase.done]
        mine = [one for one in known if _concerns(chase, step, one)]
        now = tuple(one.location_id for one in mine if _waits_until(chase, step, one, times) <= at)
        is_missed = step is ChaseStep.REMINDER_1 and _half_way(chase, times) <= at
        if mine and not now and not is_missed:  # all of them said a short while ago that they have it
            waits = min(_waits_until(chase, step, one, times) for one in mine)
            return Taken(None, (), chase, waits)
        chase = replace(chase, done=chase.done + 1)
        if now and not is_missed:
            return Taken(step, now, chase, _due_after(chase, at, times))
    return Taken(None, (), chase, None)


def _nudge_now(chase: Chase, known: tuple[Chased, ...]) -> Taken:
    """All is answered, nothing is removed: a person, not another letter. Once."""
    done = LADDER.index(ChaseStep.NUDGE) + 1
    if chase.done >= done:
        return Taken(None, (), chase, None)
    ids = tuple(one.location_id for one in known)
    return Taken(ChaseStep.NUDGE, ids, replace(chase, done=done), None)


def is_reminded(kind: NoticeKind, place: Chased) -> bool:
    """Whether a reminder that goes out now is about this place. It may have waited in the outbox."""
    chase = Chase(kind, place.state_at)
    return is_waited_for(chase.kind, place) and _concerns(chase, ChaseStep.REMINDER_1, place)


def step_at(chase: Chase, step: ChaseStep, times: Times) -> datetime:
    """When a step falls due, by the table alone: a receipt, or a hold, makes it later."""
    return chase.begun_at + _after(step, times)


def steps_of(kind: NoticeKind) -> tuple[ChaseStep, ...]:
    """The steps that there are after a notice of this kind."""
    if kind is NoticeKind.UPSTREAM:
        return ()
    return tuple(one for one in LADDER if kind is not NoticeKind.SEARCH or one in _OF_SEARCH)


def _due_of(chase: Chase, times: Times) -> datetime | None:
    """When the next step falls due, by the table alone."""
    for step in LADDER[chase.done :]:
        if chase.kind is not NoticeKind.SEARCH or step in _OF_SEARCH:
            return step_at(chase, step, times)
    return None


def _due_after(chase: Chase, at: datetime, times: Times) -> datetime | None:
    """When the step after the one that was taken now falls due. Nothing is given up before the last letter
    had its time to be answered, however late the courier was."""
    due_at = _due_of(chase, times)
    if due_at is not None and LADDER[chase.done] is ChaseStep.STALLED:
        return max(due_at, at + times.answer_within)
    return due_at


def _half_way(chase: Chase, times: Times) -> datetime:
    """From when on only the second reminder is sent: desks shut reports that are repeated within hours."""
    return chase.begun_at + times.reminder_1 + (times.reminder_2 - times.reminder_1) / 2


def _after(step: ChaseStep, times: Times) -> timedelta:
    after = {
        ChaseStep.REMINDER_1: times.reminder_1,
        ChaseStep.REMINDER_2: times.reminder_2,
        ChaseStep.SECOND_WAY: times.second_way,
        ChaseStep.UPSTREAM: times.upstream,
        ChaseStep.NUDGE: times.nudge,
        ChaseStep.STALLED: times.stalled,
    }
    return after[step]


def is_waited_for(kind: NoticeKind, place: Chased) -> bool:
    """Whether a ladder goes on for it."""
    if kind is NoticeKind.SEARCH:  # results are taken out whether or not the place itself is gone
        return place.state is not S.WITHDRAWN and place.reply is not Reply.REMOVED
    return place.state in WAITED_FOR


def _is_refused_by_search(chase: Chase, place: Chased) -> bool:
    return chase.kind is NoticeKind.SEARCH and place.reply in _FOR_A_PERSON


def _concerns(chase: Chase, step: ChaseStep, place: Chased) -> bool:
    """Of a place that is waited for."""
    if chase.kind is not NoticeKind.SEARCH:
        return place.state in ACTS_ON[step]
    return step is ChaseStep.NUDGE or (step in REMINDERS and place.reply in (None, *_RECEIPT))


def _waits_until(chase: Chase, step: ChaseStep, place: Chased, times: Times) -> datetime:
    """A receipt buys a day before the next reminder, and what comes after it waits as long. Only one: said
    again and again, it holds up nothing."""
    due_at = chase.begun_at + _after(step, times)
    is_search = chase.kind is NoticeKind.SEARCH
    has_it = place.reply in _RECEIPT if is_search else place.state is S.HAS_IT
    receipt_at = place.replied_at if is_search else place.state_at
    if step not in REMINDERS or not has_it or receipt_at is None:
        return due_at
    return max(due_at, min(receipt_at, due_at) + times.acknowledged)
