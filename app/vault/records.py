"""Small records (JSON) sealed under a key."""

import json
from typing import Any

from app.vault.pairs import KeyPair, Ring, open_with, seal_to
from app.vault.seal import NotOpened, Purpose, Sealed, SecretKey, lock, unlock

Record = dict[str, Any]


def lock_record(key: SecretKey, purpose: Purpose, row_id: str, record: Record) -> Sealed:
    return lock(key, purpose, row_id, _bytes(record))


def unlock_record(key: SecretKey, purpose: Purpose, row_id: str, sealed: bytes) -> Record:
    """Raises NotOpened."""
    return _record(unlock(key, purpose, row_id, sealed))


def seal_record_to(public: bytes, purpose: Purpose, row_id: str, record: Record) -> Sealed:
    return seal_to(public, purpose, row_id, _bytes(record))


def open_record_with(pair: KeyPair | Ring, purpose: Purpose, row_id: str, sealed: bytes) -> Record:
    """Raises NotOpened."""
    return _record(open_with(pair, purpose, row_id, sealed))


def _bytes(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _record(plain: bytes) -> Record:
    """Anyone can seal anything to a public key: what is not a record counts as not opened."""
    try:
        read = json.loads(plain)
    except (ValueError, RecursionError):
        raise NotOpened from None
    if not isinstance(read, dict):
        raise NotOpened
    return read
