"""Sealed streams: whole, in order and unmixed, or not at all."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vault.seal import NotOpened, Purpose, SecretKey
from app.vault.streams import CHUNK_BYTES, open_stream, seal_stream

SECRET = SecretKey(bytes(range(32)))
MAIN, WRAPS = Purpose.BACKUP_MAIN, Purpose.BACKUP_WRAPS
HEADER = 17


def sealed(*pieces: bytes, purpose: Purpose = MAIN, secret: SecretKey = SECRET) -> bytes:
    out = BytesIO()
    seal_stream(secret, purpose, pieces, out)
    return out.getvalue()


def opened(file: bytes, purpose: Purpose = MAIN, secret: SecretKey = SECRET) -> bytes:
    return b"".join(open_stream(secret, purpose, BytesIO(file)))


def refuses(file: bytes, purpose: Purpose = MAIN, secret: SecretKey = SECRET) -> bool:
    with pytest.raises(NotOpened):
        opened(file, purpose, secret)
    return True


def chunks(file: bytes) -> list[bytes]:
    found, at = [], HEADER
    while at < len(file):
        end = at + 4 + int.from_bytes(file[at : at + 4], "big")
        found.append(file[at:end])
        at = end
    return found


SHORT = sealed(b"one", b"two")
LONG = sealed(bytes(CHUNK_BYTES), b"\x01" * CHUNK_BYTES, b"end")


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_what_was_sealed_opens_again(pieces: list[bytes]) -> None:
    assert opened(sealed(*pieces)) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_every_length_around_a_chunk_opens_again(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    assert opened(sealed(plain)) == plain


@given(st.integers(0, len(SHORT) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_every_changed_byte_is_refused(position: int, change: int) -> None:
    changed = bytearray(SHORT)
    changed[position] ^= change
    assert refuses(bytes(changed))


def test_every_single_byte_of_a_short_file_counts() -> None:
    for position in range(len(SHORT)):
        changed = bytearray(SHORT)
        changed[position] ^= 1
        assert refuses(bytes(changed))


@given(st.integers(0, len(LONG) - 1), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_every_changed_byte_of_a_long_file_is_refused(position: int, change: int) -> None:
    changed = bytearray(LONG)
    changed[position] ^= change
    assert refuses(bytes(changed))


@given(st.integers(0, len(LONG) - 1))
@settings(max_examples=60, deadline=None)
def test_a_file_that_was_cut_anywhere_is_refused(end: int) -> None:
    assert refuses(LONG[:end])


def test_a_file_that_was_cut_between_chunks_is_refused() -> None:
    one, two, three = chunks(LONG)
    assert opened(LONG[:HEADER] + one + two + three) == opened(LONG)
    for kept in ((), (one,), (one, two), (one, three), (two, three), (three,)):
        assert refuses(LONG[:HEADER] + b"".join(kept))


def test_chunks_in_another_order_or_twice_are_refused() -> None:
    one, two, three = chunks(LONG)
    for kept in ((two, one, three), (one, three, two), (one, two, three, three), (one, one, two, three)):
        assert refuses(LONG[:HEADER] + b"".join(kept))


def test_chunks_of_two_files_are_not_mixed() -> None:
    other = sealed(bytes(CHUNK_BYTES), b"\x01" * CHUNK_BYTES, b"end")
    assert opened(other) == opened(LONG)
    mixed = [*chunks(LONG)[:2], chunks(other)[2]]
    assert refuses(LONG[:HEADER] + b"".join(mixed))
    assert refuses(other[:HEADER] + LONG[HEADER:])


@given(st.binary(min_size=1, max_size=40))
def test_nothing_can_be_added_at_the_end(added: bytes) -> None:
    assert refuses(SHORT + added)


def test_another_key_or_another_purpose_opens_nothing() -> None:
    assert refuses(SHORT, purpose=WRAPS)
    assert refuses(SHORT, secret=SecretKey(bytes(32)))


@given(st.binary(max_size=200))
def test_what_is_no_stream_is_refused(file: bytes) -> None:
    assert refuses(file)


FROZEN = bytes.fromhex(
    "038ece9c3017ae4fdcfc31dda3add3d26500000065015de7fbceb1d0951194f87552e4b5617b5f78f479ddaa"
    "68bc8933b51094b662b499dd66ab35423f2a007364fefd972e47a6f81eb6b26027a05bdb6a293ed618426290"
    "5544e15f3864b06a0ffe97dc8086464f3fc76e5d7e889c49d55843a26a36bb8ac685"
)


def test_a_file_sealed_once_opens_for_ever() -> None:
    opened = open_stream(SecretKey(bytes(range(32))), Purpose.BACKUP_MAIN, BytesIO(FROZEN))
    assert b"".join(opened) == b"onetwo"
