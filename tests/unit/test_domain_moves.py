"""Locations move along the listed ways and no others; letters wait longer each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.letters import BACK_OFF, LEASE, next_try
from app.domain.locations import Location, NoSuchMove, due_from
from app.domain.moves import DONE, MOVES
from app.domain.requests import AlreadyTaken, NotTaken, Request
from app.domain.times import to_hour, to_minute
from app.domain.words import LocationState, RequestState, SafetyState

S = LocationState
AT = datetime(2026, 1, 5, 9, 12, 34, 567, tzinfo=UTC)
# What this file expects, written out by hand and not taken from the code under test.
WAYS = {
    (S.RECEIVED, S.ASSESSING),
    (S.ASSESSING, S.ASSESSED),
    (S.ASSESSING, S.HEARING_DUE),
    (S.ASSESSED, S.ASSESSED),
    (S.ASSESSED, S.HEARING_DUE),
    (S.ASSESSED, S.APPROVED),
    (S.HEARING_DUE, S.ASSESSED),
    (S.HEARING_DUE, S.HEARING_DUE),
    (S.APPROVED, S.NOTICE_SENT),
    (S.APPROVED, S.ASSESSED),
    (S.APPROVED, S.BOUNCED),
    (S.SAYS_REMOVED, S.GONE),
    (S.SAYS_REMOVED, S.BACK),
    (S.GONE, S.WATCHED),
    (S.GONE, S.BACK),
    (S.WATCHED, S.WATCHED),  # looked at once more
    (S.WATCHED, S.BACK),
    (S.BACK, S.ASSESSED),
    (S.BACK, S.HEARING_DUE),
    (S.BACK, S.APPROVED),
    (S.BACK, S.REFERRED),
    (S.BACK, S.SAYS_REMOVED),
    (S.BACK, S.GONE),
    (S.MOVED, S.ASSESSED),
    (S.MOVED, S.HEARING_DUE),
    (S.MOVED, S.ASKED),
    (S.MOVED, S.REFERRED),
    (S.MOVED, S.SAYS_REMOVED),
    (S.MOVED, S.GONE),
}
NOTICED = (S.NOTICE_SENT, S.HAS_IT, S.ASKS, S.REFUSED, S.BOUNCED, S.REFERRED, S.UPSTREAM, S.STALLED)
OURS_TO_DO = (S.ASKS, S.REFUSED, S.BOUNCED, S.STALLED)
BEFORE = (S.ASSESSING, S.ASSESSED, S.HEARING_DUE, S.ASKED)
WAYS |= set(product(BEFORE, (S.ASKED,)))  # the person is asked something
WAYS |= set(product((S.ASKED,), BEFORE))
WAYS |= {(S.ASSESSED, S.REFERRED), (S.REFERRED, S.ASSESSED), (S.REFERRED, S.APPROVED)}
WAYS |= set(product(NOTICED, {*NOTICED, S.MOVED, S.SAYS_REMOVED, S.GONE} - {S.NOTICE_SENT}))
WAYS |= set(product(OURS_TO_DO, (S.NOTICE_SENT, S.ASSESSED, S.HEARING_DUE)))
WAYS -= {(S.ASKS, S.ASKS), (S.BOUNCED, S.BOUNCED)}
WAYS |= {(S.NOTICE_SENT, S.NOTICE_SENT)}  # asked again
WAYS |= {(state, S.WITHDRAWN) for state in S if state is not S.WITHDRAWN}  # at the wish of whose place it is
LATER = AT + timedelta(hours=2)


def location(state: LocationState) -> Location:
    return Location("l" * 32, "r" * 32, 1, 1, state, AT, None, b"sealed", AT)


@pytest.mark.parametrize(("here", "there"), list(product(S, S)))
def test_a_location_moves_only_along_the_listed_ways(here: LocationState, there: LocationState) -> None:
    if (here, there) in WAYS:
        moved = location(here).move(there, LATER)
        assert (moved.state, moved.state_at) == (there, to_minute(LATER))
        assert moved.place_sealed == b"sealed"
    else:
        with pytest.raises(NoSuchMove):
            location(here).move(there, LATER)


def test_every_state_has_its_line_and_only_the_persons_own_wish_has_no_way_on() -> None:
    assert set(MOVES) == set(S)
    assert {state for state, ways in MOVES.items() if not ways} == {S.WITHDRAWN}
    assert {S.SAYS_REMOVED, S.GONE, S.WATCHED, S.WITHDRAWN} == DONE


def test_a_place_that_waits_for_a_hearing_is_only_assessed_again_asked_about_or_taken_back() -> None:
    assert MOVES[S.HEARING_DUE] == {S.ASSESSED, S.HEARING_DUE, S.ASKED, S.WITHDRAWN}
    assert location(S.HEARING_DUE).is_open


def test_a_place_is_assessed_after_the_case_was_taken_and_before_a_notice_is_under_way() -> None:
    ready = {state for state in S if location(state).can_be_assessed}
    assert ready == {
        *(S.ASSESSING, S.ASKED, S.ASSESSED, S.HEARING_DUE),
        *(S.REFUSED, S.ASKS, S.BACK, S.MOVED, S.STALLED),
    }
    assert all({S.ASSESSED, S.HEARING_DUE} <= MOVES[state] for state in ready)


def test_what_is_back_is_due_at_once_one_time_more_and_watched_anew() -> None:
    watched = replace(location(S.WATCHED), watch_step=4, back_count=1, due_at=LATER)
    back = watched.move(S.BACK, LATER)
    assert (back.back_count, back.watch_step, back.due_at) == (2, 0, to_minute(LATER))
    assert back.since_at == to_minute(LATER)


def test_every_place_that_waits_for_somebody_is_due_again_by_a_day() -> None:
    for state in S:
        due_at = due_from(state, AT)
        # Gone and watched are due by the days of the watch (casework/follow_word.py).
        assert (due_at is None) == (state in (S.GONE, S.WATCHED, S.WITHDRAWN))
        assert due_at is None or to_minute(AT) <= due_at <= AT + timedelta(days=7)
        assert (due_at == to_minute(AT)) == (state is S.BACK)


def test_a_request_is_due_when_its_first_place_is_or_its_safety_check() -> None:
    request = Request("r" * 32, 1, "t" * 32, RequestState.OPEN, AT, 1, None, None, b"")
    soon = replace(location(S.RECEIVED), due_at=AT + timedelta(hours=3))
    later = replace(location(S.NOTICE_SENT), due_at=AT + timedelta(hours=30))
    assert request.following([soon, later]).due_by == soon.due_at
    assert request.following([location(S.GONE)]).due_by is None
    checked = request.needing_safety_check(AT)
    assert checked.following([later]).due_by == AT + timedelta(hours=24)
    assert not checked.may_go_out
    assert checked.with_safety(SafetyState.CLEAR)[0].following([later]).due_by == later.due_at
    assert checked.forget(AT)[0].following([soon]).due_by is None


def test_nothing_goes_out_while_a_safety_check_is_due_or_says_hold() -> None:
    request = Request("r" * 32, 1, "t" * 32, RequestState.OPEN, AT, 1, None, None, b"")
    allowed = {state for state in SafetyState if replace(request, safety=state).may_go_out}
    assert allowed == {SafetyState.NONE, SafetyState.CLEAR}


def test_a_location_shows_its_id_and_state_only() -> None:
    assert repr(location(S.RECEIVED)) == f"Location({'l' * 32}, received)"


def test_times_are_kept_no_finer_than_needed() -> None:
    assert to_minute(AT).isoformat() == "2026-01-05T09:12:00+00:00"
    assert to_hour(AT).isoformat() == "2026-01-05T09:00:00+00:00"


def test_a_letter_waits_longer_after_each_try_and_never_for_ever() -> None:
    waits = [next_try(attempts, AT) - AT for attempts in range(60)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[len(BACK_OFF) :] == [timedelta(hours=1)] * (60 - len(BACK_OFF))


def test_a_letters_lease_outlasts_the_slowest_hand_over() -> None:
    """MAIL, RCPT, DATA, the text and its answer, at the mailer's 30 seconds each."""
    assert timedelta(seconds=5 * 30) < LEASE


class Leases(RuleBasedStateMachine):
    """One case, three caseworkers, and a clock: at most one of them holds it at any time."""

    @initialize()
    def file(self) -> None:
        self.at, self.holder, self.until = AT, "", AT
        self.request = Request("r" * 32, 1, "t" * 32, RequestState.OPEN, AT, 1, None, None, b"")

    def held_by(self, who: str) -> bool:
        return self.holder == who and self.until > self.at

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(who=st.sampled_from("abc"))
    def take(self, who: str) -> None:
        if self.until > self.at and self.holder not in ("", who):
            with pytest.raises(AlreadyTaken):
                self.request.take(who, self.at)
            return
        self.request, _ = self.request.take(who, self.at)
        self.holder, self.until = who, self.at + timedelta(minutes=30)

    @rule(who=st.sampled_from("abc"))
    def use(self, who: str) -> None:
        if not self.held_by(who):
            with pytest.raises(NotTaken):
                self.request.renewed(who, self.at)
            return
        self.request = self.request.renewed(who, self.at)
        self.until = self.at + timedelta(minutes=30)

    @precondition(lambda self: self.holder)
    @rule(who=st.sampled_from("abc"))
    def give_back(self, who: str) -> None:
        if not self.held_by(who):
            with pytest.raises(NotTaken):
                self.request.give_back(who, self.at)
            return
        self.request, _ = self.request.give_back(who, self.at)
        self.holder, self.until = "", self.at

    @invariant()
    def the_request_says_the_same(self) -> None:
        for who in "abc":
            assert self.request.is_held_by(who, self.at) is self.held_by(who)


TestLeases = Leases.TestCase
TestLeases.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
