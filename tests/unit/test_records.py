"""Sealed records: what comes out is what went in, or nothing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.pairs import new_pair, seal_to
from app.vault.records import lock_record, open_record_with, seal_record_to, unlock_record
from app.vault.seal import NotOpened, Purpose, lock, new_key

TEXTS = st.text(max_size=20)
VALUES = st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS)
RECORDS = st.dictionaries(TEXTS, VALUES, max_size=5)
PAIR = new_pair()


@given(RECORDS)
def test_a_record_comes_out_as_it_went_in(record: dict[str, object]) -> None:
    key = new_key()
    locked = lock_record(key, Purpose.LOCATION, "1", record)
    assert unlock_record(key, Purpose.LOCATION, "1", locked) == record
    sealed = seal_record_to(PAIR.public, Purpose.CHASE_PACK, "1", record)
    assert open_record_with(PAIR, Purpose.CHASE_PACK, "1", sealed) == record


@pytest.mark.parametrize("written", [b"", b"\xff\xfe", b"{", b"[]", b'"text"', b"7", b"null", b"[" * 200_000])
def test_what_is_no_record_counts_as_not_opened(written: bytes) -> None:
    key = new_key()
    tries: tuple[Callable[[], object], ...] = (
        lambda: unlock_record(key, Purpose.LOCATION, "1", lock(key, Purpose.LOCATION, "1", written)),
        lambda: open_record_with(
            PAIR, Purpose.LOCATION, "1", seal_to(PAIR.public, Purpose.LOCATION, "1", written)
        ),
    )
    for attempt in tries:
        with pytest.raises(NotOpened):
            attempt()


def test_a_record_in_another_place_stays_shut() -> None:
    sealed = seal_record_to(PAIR.public, Purpose.CHASE_PACK, "1", {"a": 1})
    for purpose, row_id in ((Purpose.CHASE_PACK, "2"), (Purpose.PROVIDER_ANSWER, "1")):
        with pytest.raises(NotOpened):
            open_record_with(PAIR, purpose, row_id, sealed)
