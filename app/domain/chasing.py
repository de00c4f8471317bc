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

_OF_SEARCH = frozenset({ChaseStep.REMINDER_1, ChaseStep.REMINDER_2, ChaseStep.NUDGE})
_ENDED_BY_WORD = frozenset({Reply.REMOVED, Reply.NOT_OURS, Reply.REFUSES, Reply.OVER_18})


@dataclass(frozen=True)
class Chased:
    """One place of a notice: where it stands now, and the last word about it from this recipient."""

    location_id: str
    state: S
    state_at: datetime
    reply: Reply | None = None


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
    """The step that is due now, if one is, and the places it is about.

    Steps that concern no place are passed over. Where no place is waited for any more the chase is over.
    """
    known = tuple(places)
    while chase.done < len(LADDER):
        if not any(_is_waited_for(chase, one) for one in known):
            return Taken(None, (), chase, None)
        due_at = _due_of(chase, times)
        if due_at is None or due_at > at:
            return Taken(None, (), chase, due_at)
        step = LADDER[chase.done]
        if step is ChaseStep.REMINDER_1 and chase.begun_at + times.reminder_2 <= at:
            chase = replace(chase, done=chase.done + 1)  # late: two reminders at once would be one too many
            continue
        mine = [one for one in known if _concerns(chase, step, one)]
        waits = [one.state_at + times.acknowledged for one in mine if _has_it_of_late(step, one, at, times)]
        if waits and len(waits) == len(mine):  # all of them said a short while ago that they have it
            return Taken(None, (), chase, min(waits))
        now = tuple(one.location_id for one in mine if not _has_it_of_late(step, one, at, times))
        chase = replace(chase, done=chase.done + 1)
        if now:
            return Taken(step, now, chase, _due_of(chase, times))
    return Taken(None, (), chase, None)


def _due_of(chase: Chase, times: Times) -> datetime | None:
    """When the next step falls due, by the table alone."""
    for step in LADDER[chase.done :]:
        if chase.kind is not NoticeKind.SEARCH or step in _OF_SEARCH:
            return chase.begun_at + _after(step, times)
    return None


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


def _is_waited_for(chase: Chase, place: Chased) -> bool:
    if chase.kind is NoticeKind.SEARCH:  # results are taken out whether or not the place itself is gone
        return place.state is not S.WITHDRAWN and place.reply not in _ENDED_BY_WORD
    return place.state in ESCALATED


def _concerns(chase: Chase, step: ChaseStep, place: Chased) -> bool:
    if chase.kind is not NoticeKind.SEARCH:
        return place.state in ACTS_ON[step]
    is_question = place.reply is Reply.ASKS and step in (ChaseStep.REMINDER_1, ChaseStep.REMINDER_2)
    return step in _OF_SEARCH and _is_waited_for(chase, place) and not is_question


def _has_it_of_late(step: ChaseStep, place: Chased, at: datetime, times: Times) -> bool:
    """A receipt buys a day before the next reminder; it holds up nothing else."""
    is_reminder = step in (ChaseStep.REMINDER_1, ChaseStep.REMINDER_2)
    return is_reminder and place.state is S.HAS_IT and place.state_at + times.acknowledged > at
