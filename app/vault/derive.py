"""Deriving keys: HKDF from strong secrets, Argon2id from what people type, MACs and digests."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.vault.seal import KEY_BYTES, SecretKey


@dataclass(frozen=True)
class SlowCost:
    """Argon2id's cost. memory_kib in KiB, passes over it, lanes in parallel."""

    memory_kib: int
    passes: int
    lanes: int


# A receipt code has 115 random bits, so a small cost suffices and a phone-full of visitors fits in
# memory. A passphrase has 90 bits and protects the whole team's key, so it costs more.
CODE_COST = SlowCost(memory_kib=19 * 1024, passes=2, lanes=1)
PASSPHRASE_COST = SlowCost(memory_kib=64 * 1024, passes=3, lanes=1)


def hkdf(secret: bytes, label: str, length: int = KEY_BYTES) -> bytes:
    """Bytes for one labelled use of a secret that is already strong."""
    return HKDF(SHA256(), length, salt=None, info=b"heard " + label.encode()).derive(secret)


def key_from(secret: bytes, label: str) -> SecretKey:
    return SecretKey(hkdf(secret, label))


def slow(secret: bytes, salt: bytes, cost: SlowCost) -> bytes:
    """Argon2id. Slow on purpose: call it through app/vault/queue.py, never inside a transaction."""
    return Argon2id(
        salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(secret)


def mac(key: SecretKey, label: str, message: bytes) -> bytes:
    """A MAC over a labelled message."""
    return hmac.digest(key.raw, b"heard " + label.encode() + b"\x00" + message, "sha256")


def mac_fits(key: SecretKey, label: str, message: bytes, claimed: bytes) -> bool:
    """Compare in constant time, as bytes (text with other alphabets would raise)."""
    return hmac.compare_digest(mac(key, label, message), claimed)


def digest(label: str, value: bytes) -> bytes:
    """A plain digest of a value that has enough randomness of its own."""
    return sha256(b"heard " + label.encode() + b"\x00" + value).digest()
