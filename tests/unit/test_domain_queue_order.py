"""The order of the queue: pure, the same for everybody, and nothing waits for ever."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.desk_words import Why
from app.domain.locations import Location
from app.domain.queue_order import (
    BEFORE_A_THREAT,
    FIRST,
    HEAD_START,
    Waiting,
    case_stands_at,
    read_why,
    stands_at,
    write_why,
)
from app.domain.requests import SAFETY_WITHIN, Request
from app.domain.words import AgeBand, LocationState, RequestState, SafetyState

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
S = LocationState
GREATEST = max(*HEAD_START.values(), BEFORE_A_THREAT)
moments = st.integers(0, 25 * 365 * 24).map(lambda hours: AT + timedelta(hours=hours))
days = st.dates().map(lambda day: datetime.combine(day, time(), UTC))  # whatever day somebody typed
whys = st.frozensets(st.sampled_from(Why))
places = st.builds(Waiting, since=moments, why=whys, threat_at=st.none() | days)


@given(places)
def test_a_place_stands_where_the_greatest_head_start_puts_it(place: Waiting) -> None:
    starts = [HEAD_START.get(why, timedelta()) for why in place.why]
    without_threat = replace(place, why=place.why - {Why.THREAT})
    assert stands_at(without_threat) == place.since - max(starts, default=timedelta())


@given(places)
def test_nothing_stands_further_back_than_it_waits_or_further_up_than_the_greatest_head_start(
    place: Waiting,
) -> None:
    assert place.since - GREATEST <= stands_at(place) <= place.since


@given(places, st.lists(whys, max_size=20), st.integers(0, 2**20))
def test_nothing_waits_for_ever(place: Waiting, later: list[frozenset[Why]], seconds: int) -> None:
    """All that comes in so much later stands behind it, whatever it is."""
    from_then_on = place.since + GREATEST + timedelta(seconds=seconds + 1)
    others = (Waiting(from_then_on, why, from_then_on) for why in later)
    assert all(stands_at(other) > stands_at(place) for other in others)


@given(st.lists(places, min_size=1, max_size=12))
def test_a_case_stands_where_its_first_place_stands_in_whatever_order_they_come(found: list[Waiting]) -> None:
    where = case_stands_at(found)
    assert where == min(stands_at(one) for one in found)
    assert where == case_stands_at(reversed(found))
    assert case_stands_at(()) is None


@given(places, st.sampled_from(Why))
def test_one_more_reason_never_moves_a_place_back(place: Waiting, why: Why) -> None:
    assert stands_at(replace(place, why=place.why | {why})) <= stands_at(place)


@given(whys)
def test_what_is_written_of_reasons_is_read_again_in_the_order_of_the_list(why: frozenset[Why]) -> None:
    written = write_why(why)
    assert read_why(written) == why
    assert written.split() == [one.value for one in Why if one in why]


def test_all_reasons_together_fit_their_column() -> None:
    assert len(write_why(Why)) <= 64


def test_the_rules_in_words() -> None:
    """Waiting alike, danger comes first; then what is back, what is threatened, who is exposed, the young."""
    order = [Why.DANGER, Why.BACK, Why.THREAT, Why.IDENTITY, Why.YOUNGEST, Why.YOUNG, None]
    at = [stands_at(Waiting(AT, frozenset({why} if why else ()))) for why in order]
    assert at == sorted(at)
    assert len(set(at)) == len(at)


@pytest.mark.parametrize(
    ("in_days", "up"), [(0, 180), (1, 179), (30, 150), (180, 0), (4000, 0), (-1, 180), (-700_000, 180)]
)
def test_a_threat_moves_up_as_its_day_comes_near_and_a_day_that_is_over_wins_nothing(
    in_days: int, up: int
) -> None:
    day = AT + timedelta(days=in_days)
    place = Waiting(AT, frozenset({Why.THREAT}), day)
    assert AT - stands_at(place) == timedelta(days=up)


def test_a_day_without_a_threat_counts_for_nothing() -> None:
    assert stands_at(Waiting(AT, frozenset(), AT)) == AT


# How a request follows its places.


def location(number: int = 1, state: S = S.RECEIVED, since: datetime = AT, known: str = "") -> Location:
    return Location(str(number), "r", number, 1, state, AT, None, b"", since, known)


def request(**fields: object) -> Request:
    made = Request("r", 1, "t", RequestState.OPEN, AT, 0, None, None, b"")
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_request_stands_where_its_first_open_place_does_and_says_why_of_all() -> None:
    found = (
        location(1, S.GONE, AT - timedelta(days=900), "identity"),
        location(2, known="young"),
        location(3, S.BACK, AT - timedelta(days=1)),
    )
    followed = request().following(found)
    assert followed.queue_at == AT - timedelta(days=1) - HEAD_START[Why.BACK]
    assert (followed.why, followed.open_places) == ("back young", 2)
    assert followed.since_at == AT - timedelta(days=1)
    for shuffled in permutations(found):
        assert request().following(shuffled) == followed


def test_danger_stands_with_every_open_place_and_goes_when_it_is_over() -> None:
    in_danger = request().in_danger(True).following((location(),))
    assert in_danger.queue_at == AT - HEAD_START[Why.DANGER]
    assert in_danger.in_danger(False).following((location(),)) == request().following((location(),))
    done = request().in_danger(True).following((location(1, S.GONE),))
    assert (done.queue_at, done.why, done.since_at) == (None, "", None)


def test_what_a_caseworker_puts_first_stands_before_all_and_can_be_put_back() -> None:
    first, _ = request().put_first(AT)
    first = first.following((location(),))
    danger = request().in_danger(True).following((location(),))
    assert first.queue_at is not None
    assert danger.queue_at is not None
    assert first.queue_at == AT - FIRST < danger.queue_at
    assert first.why == "by_hand"
    again, _ = first.put(None)
    assert again.following((location(),)) == request().following((location(),))


@pytest.mark.parametrize("state", [RequestState.FORGOTTEN, RequestState.NOT_A_REQUEST])
def test_what_is_forgotten_or_set_aside_is_in_no_queue(state: RequestState) -> None:
    followed = request(state=state, danger="danger", put_at=AT).following((location(),))
    assert (followed.queue_at, followed.since_at, followed.why, followed.open_places) == (None, None, "", 0)


def test_what_is_with_others_waits_from_the_day_on_which_it_is_due() -> None:
    sent = location(1, S.APPROVED).move(S.NOTICE_SENT, AT)
    assert sent.due_at is not None
    assert request().following((sent,)).since_at == sent.due_at > AT
    beside = request().following((sent, location(2)))
    assert beside.since_at == AT
    back = sent.move(S.REFUSED, AT + timedelta(hours=1))
    assert request().following((back,)).since_at == AT + timedelta(hours=1)


def test_a_safety_check_that_is_due_waits_for_the_hotline_though_its_places_are_with_others() -> None:
    sent = location(1, S.APPROVED).move(S.NOTICE_SENT, AT)
    checked = request(safety=SafetyState.DUE, safety_by=AT + SAFETY_WITHIN).following((sent,))
    assert checked.since_at == AT


def test_what_is_known_of_a_place_comes_and_goes() -> None:
    day = datetime.combine(date(2026, 3, 1), time(), UTC)
    place = location().knowing(Why.THREAT, day).knowing(Why.THREAT, day + timedelta(days=9))
    assert (place.known, place.threat_at) == ("threat", day)
    assert place.without(Why.THREAT) == location()
    young = place.of_age(AgeBand.PREPUBESCENT).of_age(AgeBand.PUBESCENT)
    assert young.known == "threat young"
    assert young.of_age(None).known == young.of_age(AgeBand.POST_PUBESCENT).known == "threat"
    assert young.without(Why.IDENTITY) == young
