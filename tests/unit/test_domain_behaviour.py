"""How a provider behaves: proposed from counts by a plain rule, never from few, never about intent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.behaviour import (
    FAST,
    FEWEST,
    NEVER_PROPOSED,
    SILENT_AFTER,
    Asked,
    Record,
    count,
    may_have_own_words,
    propose,
    shown,
)
from app.domain.desk_words import Behaviour

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
SENT = NOW - timedelta(days=30)
HOUR = timedelta(hours=1)
SILENT = Asked(SENT)
REMOVED = Asked(SENT, SENT + HOUR, SENT + HOUR, is_open=False)
REFUSED = Asked(SENT, SENT + HOUR, debated=True, refused=True)
DEBATED = Asked(SENT, SENT + HOUR, debated=True)
SMALL = st.integers(0, 60)


def proposed(*places: tuple[Asked, int]) -> tuple[Behaviour, ...]:
    return propose(count(len(places), [place for place, times in places for _ in range(times)], NOW))


@pytest.mark.parametrize(
    ("places", "behaviours"),
    [
        (((REMOVED, 10),), (Behaviour.REACTIVE,)),
        (((REMOVED, 8), (SILENT, 2)), (Behaviour.REACTIVE,)),
        (((REMOVED, 7), (SILENT, 3)), ()),
        (((REMOVED, 8), (DEBATED, 2)), (Behaviour.REACTIVE, Behaviour.RESISTANT)),
        (((SILENT, 5), (REMOVED, 5)), (Behaviour.NON_COMPLIANT,)),
        (((SILENT, 4), (REMOVED, 6)), ()),
        (((REFUSED, 5), (REMOVED, 5)), (Behaviour.RESISTANT, Behaviour.NON_COMPLIANT)),
        (((REFUSED, 10),), (Behaviour.RESISTANT, Behaviour.NON_COMPLIANT)),
        (((REMOVED, 7), (replace(REMOVED, back=True), 3)), ()),
        (((SILENT, FEWEST - 1),), ()),
        ((), ()),
    ],
)
def test_what_the_record_proposes(
    places: tuple[tuple[Asked, int], ...], behaviours: tuple[Behaviour, ...]
) -> None:
    assert proposed(*places) == behaviours


@given(st.builds(Record, *(SMALL for _ in range(9))))
def test_nothing_is_proposed_about_intent_or_from_few(record: Record) -> None:
    found = propose(record)
    assert not NEVER_PROPOSED & set(found)
    assert found == () or record.places >= FEWEST


def test_places_of_which_it_is_too_early_to_speak_are_left_out() -> None:
    young = Asked(NOW - SILENT_AFTER + HOUR)
    withdrawn = Asked(SENT, is_open=False)
    assert count(2, [young, withdrawn], NOW) == Record(notices=2)
    assert count(1, [Asked(NOW - SILENT_AFTER)], NOW) == Record(1, 1, silent=1)
    assert count(1, [replace(young, word_at=NOW)], NOW) == Record(1, 1, 1)


def test_fast_is_counted_from_the_letter() -> None:
    fast, slow = SENT + FAST, SENT + FAST + timedelta(seconds=1)
    record = count(1, [Asked(SENT, fast, fast), Asked(SENT, slow, slow)], NOW)
    assert (record.removed, record.fast) == (2, 1)


def test_a_refusal_counts_once_as_debated() -> None:
    assert count(1, [REFUSED, DEBATED], NOW) == Record(1, 2, 2, debated=2, refused=1)


@given(SMALL, SMALL)
def test_no_number_that_is_shown_gives_away_a_few(number: int, of: int) -> None:
    number = min(number, of)
    said = shown(number, of)
    assert said is None or said == number
    if said is not None:
        assert of >= FEWEST
        assert said == 0 or said >= FEWEST
        assert of - said == 0 or of - said >= FEWEST


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_own_words_never_go_to_who_ignores_or_allows_it(behaviour: Behaviour) -> None:
    assert may_have_own_words(()) is True
    never = behaviour in (Behaviour.NON_COMPLIANT, Behaviour.COMPLICIT)
    assert may_have_own_words((Behaviour.REACTIVE, behaviour)) is not never
