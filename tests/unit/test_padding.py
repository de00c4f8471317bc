"""Padding: lengths come in steps, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.padding import pad, unpad


@given(st.binary(max_size=20_000))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 64),
        (60, 64),
        (61, 256),
        (252, 256),
        (253, 1024),
        (1020, 1024),
        (1021, 4096),
        (4092, 4096),
        (4093, 8192),
        (8188, 8192),
        (8189, 12288),
    ],
)
def test_lengths_come_in_steps(length: int, padded: int) -> None:
    assert len(pad(bytes(length))) == padded


@pytest.mark.parametrize("damaged", [b"", b"\x00", b"\x00\x00\x00", b"\x00\x00\x00\x01", b"\xff" * 64])
def test_a_length_that_does_not_fit_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="padding"):
        unpad(damaged)
