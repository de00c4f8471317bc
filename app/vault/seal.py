"""Sealing under a symmetric key: AES-256-GCM with a version, a key id, a purpose and a row id.

Format: 1 byte version (0x01) | 8 bytes key id | 12 bytes nonce | AES-256-GCM ciphertext with tag.
The additional data binds version, key id, purpose label and row id, so a value that is moved to
another row, swapped with another column or cut does not open. Every failure is one `NotOpened`.
"""

import os
from dataclasses import dataclass
from enum import StrEnum, unique
from hashlib import sha256
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.vault.padding import pad, unpad

Sealed = NewType("Sealed", bytes)
"""An opaque sealed value. Domain and persistence pass it on; only app/vault opens it."""

VERSION = b"\x01"
KEY_BYTES = 32
_KEY_ID_BYTES = 8
_NONCE_BYTES = 12
_HEADER_BYTES = len(VERSION) + _KEY_ID_BYTES + _NONCE_BYTES


class NotOpened(Exception):
    """A sealed value did not open. It never says why: wrong key, wrong place and damage look alike."""

    def __init__(self) -> None:
        super().__init__("a sealed value did not open")


@unique
class Purpose(StrEnum):
    """What a sealed value is for. Frozen labels: tables and columns may be renamed, these never."""

    TEAM_KEY = "team key to caseworker"
    CASEWORKER_KEY = "caseworker key under passphrase"
    TOTP = "totp secret"
    STAFF_NAME = "staff name"
    TEAM_KEY_BEFORE = "team key before rotation"
    TEAM_KEY_INVITED = "team key to invited"
    TEAM_KEY_RECOVERY = "team key to recovery"
    INDEX_KEY = "index key"
    SIGNING_KEY = "signing key"
    PASSKEY_LABEL = "passkey label"
    REQUEST_KEY = "request key"
    VOICE_KEY = "voice key"
    DESK_KEY = "desk key"
    NOTICE_KEY = "notice key"
    COURIER_KEY = "courier key"
    COURIER_UNLOCK = "courier key to courier process"
    REQUEST_FACTS = "request facts"
    LOCATION = "location"
    STATEMENT = "statement"
    MESSAGE = "message"
    ASSESSMENT = "assessment"
    NOTICE_PLACES = "notice places"
    CHASE_PACK = "chase pack"
    PROVIDER_ANSWER = "provider answer"
    PLACE_NOTE = "place note"
    FROZEN_PAGE = "frozen page"
    SAFETY_NOTE = "safety note"
    DESK_NOTE = "desk note"
    SERIES = "series"
    SERIES_LINK = "series link"
    REFERRAL = "referral"
    STAGED_LIST = "staged list"
    RECEIVED_MAIL = "received mail"
    PROOF_KEY = "proof key"
    PROOF = "proof"
    PROOF_DECISION = "proof decision"
    PROOF_TOLD = "proof told to party"
    CONTACT = "contact"
    CONTACT_FOR_COURIER = "contact to courier"
    SESSION = "session"
    BACKUP_MAIN = "backup of what is sealed"
    BACKUP_WRAPS = "backup of what opens it"


@dataclass(frozen=True)
class SecretKey:
    """A 256-bit key. Its repr shows nothing."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")

    def __repr__(self) -> str:
        return "SecretKey(…)"

    @property
    def id(self) -> bytes:
        """Eight bytes that name this key beside what it sealed."""
        return sha256(b"heard key id\x00" + self.raw).digest()[:_KEY_ID_BYTES]


def new_key() -> SecretKey:
    return SecretKey(os.urandom(KEY_BYTES))


def binding(version: bytes, key_id: bytes, purpose: Purpose, row_id: str) -> bytes:
    """The bytes a sealed value is bound to. Lengths are written, so no two bindings run together."""
    label, row = purpose.value.encode(), row_id.encode()
    return b"".join(
        (b"heard", version, key_id, len(label).to_bytes(2, "big"), label, len(row).to_bytes(2, "big"), row)
    )


def lock(key: SecretKey, purpose: Purpose, row_id: str, plain: bytes) -> Sealed:
    """Seal `plain` for one purpose and one row. Length is padded to steps."""
    nonce = os.urandom(_NONCE_BYTES)
    bound = binding(VERSION, key.id, purpose, row_id)
    return Sealed(VERSION + key.id + nonce + AESGCM(key.raw).encrypt(nonce, pad(plain), bound))


def unlock(key: SecretKey, purpose: Purpose, row_id: str, sealed: bytes) -> bytes:
    """Open what `lock` sealed. Raises NotOpened for any mismatch."""
    key_id, nonce = sealed[1:9], sealed[9:_HEADER_BYTES]
    if sealed[:1] != VERSION or key_id != key.id:
        raise NotOpened
    try:
        padded = AESGCM(key.raw).decrypt(
            nonce, sealed[_HEADER_BYTES:], binding(VERSION, key_id, purpose, row_id)
        )
        return unpad(padded)
    except (InvalidTag, ValueError):
        raise NotOpened from None
