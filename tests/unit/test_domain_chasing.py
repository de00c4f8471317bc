"""The ladder after a notice, step by step, and whatever happens meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.chasing import (
    LADDER,
    REMINDED,
    REMINDERS,
    Chase,
    Chased,
    Taken,
    begin,
    is_reminded,
    take_step,
)
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.timers import Times
from app.domain.words import LocationState as S
from app.domain.words import Reply

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = Times()
SENT = Chased("a", S.NOTICE_SENT, AT)
# Written out by hand, not taken from the code under test: hours after the notice.
HOURS = {
    ChaseStep.REMINDER_1: 24,
    ChaseStep.REMINDER_2: 48,
    ChaseStep.SECOND_WAY: 48,
    ChaseStep.UPSTREAM: 72,
    ChaseStep.NUDGE: 7 * 24,
    ChaseStep.STALLED: 42 * 24,
}


def chase(kind: NoticeKind = NoticeKind.CSAM, done: int = 0) -> Chase:
    return Chase(kind, AT, done)


def walk(places: list[Chased], begun: Chase, times: Times = TIMES) -> list[tuple[ChaseStep, datetime, Taken]]:
    """Each step of a courier that is always on time, while nothing else happens."""
    steps, due_at = [], begin(begun.kind, AT, times)[1]
    while due_at is not None:
        taken = take_step(begun, places, due_at, times)
        assert taken.due_at is None or taken.due_at > due_at or taken.chase.done > begun.done
        if taken.step is not None:
            steps.append((taken.step, due_at, taken))
        begun, due_at = taken.chase, taken.due_at
    return steps


def test_who_says_nothing_is_asked_in_the_order_and_at_the_hours_of_the_table() -> None:
    steps = walk([SENT], chase())
    assert [(step, (at - AT) / HOUR) for step, at, _ in steps] == list(HOURS.items())
    assert all(taken.location_ids == ("a",) for _, _, taken in steps)
    assert tuple(HOURS) == LADDER


def test_an_upstream_letter_is_a_step_and_has_no_ladder_of_its_own() -> None:
    assert begin(NoticeKind.UPSTREAM, AT, TIMES)[1] is None


@pytest.mark.parametrize("kind", [one for one in NoticeKind if one is not NoticeKind.UPSTREAM])
def test_every_other_notice_is_due_for_its_first_reminder_after_a_day(kind: NoticeKind) -> None:
    assert begin(kind, AT, TIMES) == (Chase(kind, AT), AT + DAY)


@pytest.mark.parametrize("state", [S.ASKS, S.REFUSED, S.BOUNCED, S.UPSTREAM])
def test_who_answered_without_removing_gets_no_reminder_and_the_ladder_goes_on(state: S) -> None:
    steps = [step for step, _, _ in walk([Chased("a", state, AT)], chase())]
    assert steps == [one for one in LADDER if one not in REMINDERS]


@pytest.mark.parametrize(
    "state",
    [S.SAYS_REMOVED, S.GONE, S.WATCHED, S.WITHDRAWN, S.MOVED, S.BACK, S.ASSESSED, S.APPROVED, S.STALLED],
)
def test_what_is_gone_withdrawn_or_a_persons_turn_is_chased_no_more(state: S) -> None:
    assert walk([Chased("a", state, AT)], chase()) == []


def test_a_place_that_another_hotline_has_keeps_the_ladder_going_without_any_step() -> None:
    referred = Chased("a", S.REFERRED, AT)
    waiting = take_step(chase(), [referred], AT + DAY, TIMES)
    assert (waiting.step, waiting.due_at) == (None, AT + 2 * DAY)
    back = take_step(waiting.chase, [SENT], AT + 2 * DAY, TIMES)
    assert (back.step, back.location_ids) == (ChaseStep.REMINDER_2, ("a",))


def test_only_the_places_that_are_still_waited_for_are_reminded() -> None:
    places = [SENT, Chased("b", S.SAYS_REMOVED, AT + HOUR), Chased("c", S.REFUSED, AT + HOUR)]
    assert take_step(chase(), places, AT + DAY, TIMES).location_ids == ("a",)
    assert take_step(chase(done=2), places, AT + 2 * DAY, TIMES).location_ids == ("a", "c")


def test_a_receipt_buys_a_day_and_what_comes_after_the_reminder_waits_as_long() -> None:
    has_it = Chased("a", S.HAS_IT, AT + 40 * HOUR)
    begun = chase(done=1)
    waiting = take_step(begun, [has_it], AT + 48 * HOUR, TIMES)
    assert (waiting.step, waiting.due_at) == (None, AT + 64 * HOUR)
    assert take_step(begun, [has_it], AT + 64 * HOUR, TIMES).step is ChaseStep.REMINDER_2


def test_a_receipt_that_is_given_again_and_again_buys_no_second_day() -> None:
    at = AT + 48 * HOUR
    for _ in range(5):
        taken = take_step(chase(done=1), [Chased("a", S.HAS_IT, at)], at, TIMES)
        assert taken.step is not None or taken.due_at == AT + 72 * HOUR
        at = taken.due_at or at
    assert take_step(chase(done=1), [Chased("a", S.HAS_IT, at)], at, TIMES).step is ChaseStep.REMINDER_2


def test_a_receipt_for_one_place_holds_up_no_other() -> None:
    places = [SENT, Chased("b", S.HAS_IT, AT + 20 * HOUR)]
    assert take_step(chase(), places, AT + DAY, TIMES).location_ids == ("a",)


@pytest.mark.parametrize("hours", [36, 47, 48, 400])
def test_a_first_reminder_that_is_so_late_that_the_second_is_near_is_left_out(hours: int) -> None:
    taken = take_step(chase(), [SENT], AT + hours * HOUR, TIMES)
    assert taken.step is (None if hours < 48 else ChaseStep.REMINDER_2)
    assert hours >= 48 or taken.due_at == AT + 48 * HOUR


def test_a_courier_that_was_away_for_months_gives_the_last_letter_its_time_before_anything_stalls() -> None:
    begun, late = chase(), AT + 90 * DAY
    steps = []
    while (taken := take_step(begun, [SENT], late, TIMES)).step is not ChaseStep.NUDGE:
        steps.append(taken.step)
        begun = taken.chase
    assert steps == [ChaseStep.REMINDER_2, ChaseStep.SECOND_WAY, ChaseStep.UPSTREAM]
    assert taken.due_at == late + TIMES.answer_within


def test_a_search_engine_is_reminded_twice_then_a_person_decides_and_nothing_stalls() -> None:
    steps = walk([Chased("a", S.GONE, AT)], chase(NoticeKind.SEARCH))
    assert [step for step, _, _ in steps] == [*REMINDERS, ChaseStep.NUDGE]


@pytest.mark.parametrize("reply", [Reply.REFUSES, Reply.NOT_OURS, Reply.OVER_18])
def test_what_a_search_engine_refuses_comes_before_a_person_once_and_is_not_asked_again(reply: Reply) -> None:
    place = Chased("a", S.NOTICE_SENT, AT, reply, AT + HOUR)
    ((step, at, taken),) = walk([place], chase(NoticeKind.SEARCH))
    assert (step, at, taken.location_ids) == (ChaseStep.NUDGE, AT + DAY, ("a",))


def test_a_search_engine_that_asks_is_not_reminded_but_not_forgotten_either() -> None:
    place = Chased("a", S.NOTICE_SENT, AT, Reply.ASKS, AT + HOUR)
    assert [step for step, _, _ in walk([place], chase(NoticeKind.SEARCH))] == [ChaseStep.NUDGE]


def test_a_search_engines_own_receipt_counts_and_no_receipt_of_who_has_the_place() -> None:
    search = chase(NoticeKind.SEARCH)
    hosts = Chased("a", S.HAS_IT, AT + 23 * HOUR)
    assert take_step(search, [hosts], AT + DAY, TIMES).step is ChaseStep.REMINDER_1
    own = replace(hosts, reply=Reply.HAS_IT, replied_at=AT + 10 * HOUR)
    assert take_step(search, [own], AT + DAY, TIMES).due_at == AT + 34 * HOUR


@pytest.mark.parametrize("state", [S.GONE, S.SAYS_REMOVED, S.NOTICE_SENT, S.STALLED])
def test_results_are_asked_for_whatever_became_of_the_place_until_it_is_withdrawn(state: S) -> None:
    search = chase(NoticeKind.SEARCH)
    assert take_step(search, [Chased("a", state, AT)], AT + DAY, TIMES).step is ChaseStep.REMINDER_1
    assert take_step(search, [Chased("a", S.WITHDRAWN, AT)], AT + DAY, TIMES).due_at is None
    removed = Chased("a", state, AT, Reply.REMOVED, AT)
    assert take_step(search, [removed], AT + DAY, TIMES).due_at is None


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("reply", [None, *Reply])
@pytest.mark.parametrize("state", list(S))
def test_a_reminder_that_waited_is_about_what_a_reminder_taken_now_would_be_about(
    state: S, reply: Reply | None, kind: NoticeKind
) -> None:
    place = Chased("a", state, AT, reply, AT)
    is_now = take_step(chase(kind), [place], AT + 30 * HOUR, TIMES).step is ChaseStep.REMINDER_1
    assert is_reminded(kind, place) == is_now
    if kind is not NoticeKind.SEARCH:
        assert is_now == (state in REMINDED)


@given(st.sampled_from(list(S)), st.integers(0, 6), st.integers(0, 5_000), st.booleans())
def test_a_step_is_never_taken_early_twice_or_out_of_order(
    state: S, done: int, hours: int, has_more: bool
) -> None:
    places = [Chased("a", state, AT), *([SENT] if has_more else [])]
    taken = take_step(chase(done=done), places, AT + hours * HOUR, TIMES)
    assert done <= taken.chase.done <= len(LADDER)
    if taken.step is not None:
        assert LADDER.index(taken.step) == taken.chase.done - 1 >= done
        assert hours >= HOURS[taken.step]
