"""When a place is confirmed gone, and when it is looked at again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.notice_words import Seen, SignalSource
from app.domain.signals import Signal, confirmed_gone, looks_done, next_watch
from app.domain.timers import Times

T0 = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = Times()


def word(source: SignalSource, hours: float, seen: Seen = Seen.GONE, round_: int = 0) -> Signal:
    return Signal("0" * 32, "1" * 32, round_, source, seen, T0 + hours * HOUR)


def is_confirmed_gone(words: list[Signal], round_: int, times: Times) -> bool:
    return confirmed_gone(words, round_, times) is not None


def test_one_word_alone_confirms_nothing_whoever_says_it() -> None:
    for source in SignalSource:
        assert not is_confirmed_gone([word(source, 0), word(source, 2), word(source, 100)], 0, TIMES)


def test_two_sources_an_hour_apart_of_which_one_looked_lawfully() -> None:
    said, checked = word(SignalSource.PROVIDER, 0), word(SignalSource.US, 1)
    found = confirmed_gone([checked, said], 0, TIMES)
    assert found is not None
    assert (found.first_at, found.at) == (T0, T0 + HOUR)


def test_a_provider_and_a_requester_are_no_lawful_check() -> None:
    both = [word(SignalSource.PROVIDER, 0), word(SignalSource.REQUESTER, 30)]
    assert not is_confirmed_gone(both, 0, TIMES)
    assert is_confirmed_gone([*both, word(SignalSource.PARTNER, 31)], 0, TIMES)


def test_a_second_less_than_an_hour_is_too_near() -> None:
    near = [word(SignalSource.PROVIDER, 0), word(SignalSource.US, 1 - 1 / 3600)]
    assert not is_confirmed_gone(near, 0, TIMES)
    assert is_confirmed_gone([*near, word(SignalSource.US, 1)], 0, TIMES)


def test_what_was_seen_there_in_between_takes_the_first_word_back() -> None:
    words = [word(SignalSource.PROVIDER, 0), word(SignalSource.US, 1, Seen.THERE), word(SignalSource.US, 2)]
    assert not is_confirmed_gone(words, 0, TIMES)
    assert is_confirmed_gone([*words, word(SignalSource.PROVIDER, 3)], 0, TIMES)


def test_words_of_another_round_do_not_count() -> None:
    words = [word(SignalSource.PROVIDER, 0), word(SignalSource.US, 5, round_=1)]
    assert not is_confirmed_gone(words, 0, TIMES)
    assert not is_confirmed_gone(words, 1, TIMES)


signals = st.lists(
    st.builds(
        word,
        st.sampled_from(SignalSource),
        st.integers(min_value=0, max_value=48).map(lambda quarters: quarters / 4),
        st.sampled_from(Seen),
        st.integers(min_value=0, max_value=1),
    ),
    max_size=8,
)


@given(signals, st.integers(min_value=0, max_value=1))
def test_it_is_gone_just_where_a_fitting_pair_stands_undisputed(found: list[Signal], round_: int) -> None:
    of_round = [one for one in found if one.round == round_]
    gone = [one for one in of_round if one.seen is Seen.GONE]
    there = [one.said_at for one in of_round if one.seen is Seen.THERE]
    expected = any(
        one.source is not other.source
        and {one.source, other.source} & {SignalSource.US, SignalSource.PARTNER}
        and other.said_at - one.said_at >= HOUR
        and not any(one.said_at <= at <= other.said_at for at in there)
        for one in gone
        for other in gone
    )
    assert is_confirmed_gone(found, round_, TIMES) == expected


@given(signals)
def test_the_order_in_which_words_are_read_does_not_matter(found: list[Signal]) -> None:
    assert confirmed_gone(found, 0, TIMES) == confirmed_gone(reversed(found), 0, TIMES)


@given(signals)
def test_what_confirmed_it_lies_between_the_words(found: list[Signal]) -> None:
    confirmed = confirmed_gone(found, 0, TIMES)
    if confirmed is not None:
        assert confirmed.at - confirmed.first_at >= TIMES.signals_apart
        assert {confirmed.first_at, confirmed.at} <= {one.said_at for one in found}


def test_it_is_looked_at_on_six_days_and_then_no_more() -> None:
    days = [next_watch(step, T0, TIMES) for step in range(7)]
    assert [day and (day - T0).days for day in days] == [1, 3, 7, 30, 90, 365, None]


def test_a_late_look_stands_for_those_that_were_missed_and_an_early_one_for_none() -> None:
    assert looks_done(0, T0, T0 + timedelta(hours=23), TIMES) == 0
    assert looks_done(0, T0, T0 + timedelta(days=1), TIMES) == 1
    assert looks_done(0, T0, T0 + timedelta(days=8), TIMES) == 3
    assert looks_done(3, T0, T0 + timedelta(days=9), TIMES) == 3
    assert looks_done(5, T0, T0 + timedelta(days=400), TIMES) == 6
