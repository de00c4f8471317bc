"""Signatures: good for one message and one use, under one key, for decades."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vault.signing import is_signed, new_signing_key, sign

SEED, PUBLIC = new_signing_key()
SIGNED = sign(SEED, "evidence", b"words")


@settings(max_examples=20)
@given(st.binary(max_size=5000))
def test_what_was_signed_is_recognised(message: bytes) -> None:
    assert is_signed(PUBLIC, "evidence", message, sign(SEED, "evidence", message))


def test_sizes_are_those_of_ml_dsa_65() -> None:
    assert (len(SEED), len(PUBLIC), len(SIGNED)) == (32, 1952, 3309)


def test_another_message_use_or_key_does_not_pass() -> None:
    assert is_signed(PUBLIC, "evidence", b"words", SIGNED)
    assert not is_signed(PUBLIC, "evidence", b"wordz", SIGNED)
    assert not is_signed(PUBLIC, "notice", b"words", SIGNED)
    assert not is_signed(new_signing_key()[1], "evidence", b"words", SIGNED)


@pytest.mark.parametrize("place", [0, 1000, 3308])
def test_a_changed_signature_does_not_pass(place: int) -> None:
    changed = bytearray(SIGNED)
    changed[place] ^= 1
    assert not is_signed(PUBLIC, "evidence", b"words", bytes(changed))


@pytest.mark.parametrize("public", [b"", PUBLIC[:-1], PUBLIC + b"\x00", bytes(1952)])
def test_what_is_no_key_signs_nothing(public: bytes) -> None:
    assert not is_signed(public, "evidence", b"words", SIGNED)


@pytest.mark.parametrize("signature", [b"", SIGNED[:-1], SIGNED + b"\x00", bytes(3309)])
def test_what_is_no_signature_signs_nothing(signature: bytes) -> None:
    assert not is_signed(PUBLIC, "evidence", b"words", signature)


def test_a_seed_gives_the_same_public_half_for_ever() -> None:

    public = MLDSA65PrivateKey.from_seed_bytes(bytes(range(32))).public_key().public_bytes_raw()
    assert sha256(public).hexdigest()[:16] == "d666806e11cee19a"
    assert is_signed(public, "x", b"y", sign(bytes(range(32)), "x", b"y"))
