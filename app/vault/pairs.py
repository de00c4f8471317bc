"""Sealing to a public key: HPKE with the hybrid X-Wing KEM, so that a copy taken today stays shut.

Format: 1 byte version (0x02) | 8 bytes key id of the public key | HPKE single-shot ciphertext
(MLKEM768_X25519, HKDF-SHA256, AES-256-GCM). `info` binds purpose and row like app/vault/seal.py.
HPKE does not say who sealed: anything sealed from outside is unverified.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.vault.padding import pad, unpad
from app.vault.seal import NotOpened, Purpose, Sealed, binding

VERSION = b"\x02"
SEED_BYTES = 32
PUBLIC_BYTES = 1216  # ML-KEM-768 (1184) then X25519 (32): the X-Wing encoding
_MLKEM_PUBLIC_BYTES = 1184
_HEADER_BYTES = 9
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def key_id_of(public: bytes) -> bytes:
    """Eight bytes that name a public key beside what was sealed to it."""
    return sha256(b"heard public key\x00" + public).digest()[:8]


def fingerprint_of(public: bytes) -> str:
    """What people compare by voice and settings pin: 160 bits in ten groups of four hex digits."""
    digest = sha256(b"heard fingerprint\x00" + public).hexdigest()[:40].upper()
    return " ".join(digest[i : i + 4] for i in range(0, 40, 4))


@dataclass(frozen=True)
class KeyPair:
    """A private seed and what follows from it (X-Wing, draft-connolly-cfrg-xwing-kem)."""

    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError("a seed has 32 bytes")

    def __repr__(self) -> str:
        return "KeyPair(…)"

    @property
    def public(self) -> bytes:
        mlkem, x25519 = _halves(self.seed)
        return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


@dataclass(frozen=True)
class Ring:
    """A pair and those it replaced: opens what was sealed to any of them. New things go to `current`."""

    pairs: tuple[KeyPair, ...]

    def __repr__(self) -> str:
        return "Ring(…)"

    @property
    def current(self) -> KeyPair:
        return self.pairs[0]

    def pair_for(self, sealed: bytes) -> KeyPair | None:
        """The pair that something was sealed to; None when it is not on this ring."""
        key_id = sealed[1:_HEADER_BYTES]
        return next((pair for pair in self.pairs if key_id_of(pair.public) == key_id), None)


def ring_of(*pairs: KeyPair) -> Ring:
    """Newest first."""
    return Ring(pairs)


def sealed_to(sealed: bytes) -> str:
    """Which public key (its id, as hex) something was sealed to. Plain: a rotation looks for it."""
    return sealed[1:_HEADER_BYTES].hex() if sealed[:1] == VERSION else ""


def start_of(public: bytes) -> bytes:
    """What everything that was sealed to this public key begins with."""
    return VERSION + key_id_of(public)


def new_pair() -> KeyPair:
    return KeyPair(os.urandom(SEED_BYTES))


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )


@lru_cache(maxsize=32)  # public keys only: nothing secret stays behind
def _public_key(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
    )


def seal_to(public: bytes, purpose: Purpose, row_id: str, plain: bytes) -> Sealed:
    """Seal `plain` so that only the holder of the private half opens it."""
    if len(public) != PUBLIC_BYTES:
        raise ValueError("a public key has 1216 bytes")
    key_id = key_id_of(public)
    info = binding(VERSION, key_id, purpose, row_id)
    return Sealed(VERSION + key_id + _SUITE.encrypt(pad(plain), _public_key(public), info=info))


def open_with(opener: KeyPair | Ring, purpose: Purpose, row_id: str, sealed: bytes) -> bytes:
    """Open what `seal_to` sealed to this pair, or to one of this ring. Raises NotOpened for any mismatch."""
    pair = opener if isinstance(opener, KeyPair) else opener.pair_for(sealed)
    if pair is None:
        raise NotOpened
    mlkem, x25519 = _halves(pair.seed)
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    key_id = key_id_of(public)
    if sealed[:1] != VERSION or sealed[1:_HEADER_BYTES] != key_id:
        raise NotOpened
    try:
        private = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        padded = _SUITE.decrypt(
            sealed[_HEADER_BYTES:], private, info=binding(VERSION, key_id, purpose, row_id)
        )
        return unpad(padded)
    except (InvalidTag, ValueError):
        raise NotOpened from None
