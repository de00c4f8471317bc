"""Signing: ML-DSA-65 (FIPS 204), so that what is signed today can be checked in thirty years."""

import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey


def new_signing_key() -> tuple[bytes, bytes]:
    """(seed of 32 bytes, public half of 1952 bytes)."""
    seed = os.urandom(32)
    return seed, MLDSA65PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, label: str, message: bytes) -> bytes:
    """A signature for one labelled use."""
    return MLDSA65PrivateKey.from_seed_bytes(seed).sign(message, context=b"heard " + label.encode())


def is_signed(public: bytes, label: str, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good."""
    try:
        key = MLDSA65PublicKey.from_public_bytes(public)
        key.verify(signature, message, context=b"heard " + label.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
