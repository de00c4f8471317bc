"""Sealing under a key: it opens in its own place, whole, or not at all."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.seal import NotOpened, Purpose, SecretKey, binding, lock, new_key, unlock

KEY = SecretKey(bytes(range(32)))
ROW = "0123456789abcdef" * 2
# Sealed once, with KEY, for Purpose.MESSAGE in ROW. Every version to come must open it.
FROZEN = bytes.fromhex(
    "0148f0b765fb39d3e94b5f2c30d21cd9ec7ba3855ea2ae815ee11d5005ef5a3bbbec71fa3d409b2eae5bc5717db1f908b2d3"
    "f23f3f522d364363fd66aadfa556f0d3919bd0dee01a0e8c8af0d6aa086d9c03ba57215a244aa25debaefc9dffb7e5353abd"
    "02"
)
# Stored beside everything that was ever sealed: a changed label opens nothing any more.
LABELS = {
    "TEAM_KEY": "team key to caseworker",
    "CASEWORKER_KEY": "caseworker key under passphrase",
    "TOTP": "totp secret",
    "STAFF_NAME": "staff name",
    "REQUEST_KEY": "request key",
    "VOICE_KEY": "voice key",
    "DESK_KEY": "desk key",
    "NOTICE_KEY": "notice key",
    "COURIER_KEY": "courier key",
    "COURIER_UNLOCK": "courier key to courier process",
    "REQUEST_FACTS": "request facts",
    "LOCATION": "location",
    "STATEMENT": "statement",
    "MESSAGE": "message",
    "ASSESSMENT": "assessment",
    "NOTICE_PLACES": "notice places",
    "CHASE_PACK": "chase pack",
    "PROVIDER_ANSWER": "provider answer",
    "SESSION": "session",
}


def refusal(key: SecretKey, purpose: Purpose, row_id: str, sealed: bytes) -> str:
    """What the refusal says; fails when the value opens, or with any other error."""
    with pytest.raises(NotOpened) as refused:
        unlock(key, purpose, row_id, sealed)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return str(refused.value)


@given(st.binary(max_size=6000), st.sampled_from(Purpose), st.text(max_size=40))
def test_what_was_sealed_opens_again(plain: bytes, purpose: Purpose, row_id: str) -> None:
    key = new_key()
    assert unlock(key, purpose, row_id, lock(key, purpose, row_id, plain)) == plain


def test_a_value_sealed_long_ago_still_opens() -> None:
    assert unlock(KEY, Purpose.MESSAGE, ROW, FROZEN).decode() == "héard"


def test_labels_never_change_and_none_goes() -> None:
    kept = {purpose.name: purpose.value for purpose in Purpose}
    assert LABELS.items() <= kept.items()


def test_every_single_changed_bit_of_a_value_keeps_it_shut() -> None:
    said = set()
    for at, bit in product(range(len(FROZEN)), range(8)):
        changed = bytearray(FROZEN)
        changed[at] ^= 1 << bit
        said.add(refusal(KEY, Purpose.MESSAGE, ROW, bytes(changed)))
    assert said == {"a sealed value did not open"}


def test_a_value_that_was_cut_or_made_longer_stays_shut() -> None:
    parts = [FROZEN[:length] for length in range(len(FROZEN))] + [FROZEN[1:], FROZEN + b"\x00", FROZEN * 2]
    assert {refusal(KEY, Purpose.MESSAGE, ROW, part) for part in parts} == {"a sealed value did not open"}


def test_wrong_key_wrong_purpose_and_wrong_row_are_one_and_the_same_refusal() -> None:
    said = {refusal(new_key(), Purpose.MESSAGE, ROW, FROZEN)}
    said |= {refusal(KEY, other, ROW, FROZEN) for other in Purpose if other is not Purpose.MESSAGE}
    said |= {refusal(KEY, Purpose.MESSAGE, row, FROZEN) for row in ("", ROW[:-1], ROW + "0", ROW.upper())}
    assert said == {"a sealed value did not open"}


@given(st.binary(max_size=400))
def test_no_garbage_opens_or_breaks_anything(garbage: bytes) -> None:
    refusal(KEY, Purpose.MESSAGE, ROW, garbage)
    refusal(KEY, Purpose.MESSAGE, ROW, FROZEN[:9] + garbage)


def test_values_swapped_between_two_rows_or_two_columns_stay_shut() -> None:
    first, second = lock(KEY, Purpose.LOCATION, "1", b"a"), lock(KEY, Purpose.LOCATION, "2", b"b")
    refusal(KEY, Purpose.LOCATION, "1", second)
    refusal(KEY, Purpose.LOCATION, "2", first)
    refusal(KEY, Purpose.MESSAGE, "1", first)


def test_the_body_of_one_value_behind_the_head_of_another_stays_shut() -> None:
    first, second = lock(KEY, Purpose.LOCATION, "1", b"a"), lock(KEY, Purpose.LOCATION, "1", b"b")
    refusal(KEY, Purpose.LOCATION, "1", first[:21] + second[21:])


def test_a_value_says_its_version_and_its_key_and_never_the_same_twice() -> None:
    first, second = lock(KEY, Purpose.MESSAGE, ROW, b"same"), lock(KEY, Purpose.MESSAGE, ROW, b"same")
    assert first[:1] == second[:1] == b"\x01"
    assert first[1:9] == second[1:9] == KEY.id
    assert first[9:21] != second[9:21]
    assert first[21:] != second[21:]


def test_texts_of_like_length_have_one_sealed_length() -> None:
    assert len({len(lock(KEY, Purpose.MESSAGE, ROW, b"x" * n)) for n in range(61)}) == 1


def test_no_two_bindings_are_the_same_bytes() -> None:
    rows = ("", "a", "ab", "b", "\x00", "\x00\x01a", "a\x00")
    made = {binding(b"\x01", KEY.id, purpose, row) for purpose in Purpose for row in rows}
    assert len(made) == len(Purpose) * len(rows)


def test_a_key_shows_nothing_and_has_its_length() -> None:
    assert repr(KEY) == str(KEY) == "SecretKey(…)"
    assert KEY.raw not in KEY.id
    for length in (0, 16, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            SecretKey(bytes(length))
