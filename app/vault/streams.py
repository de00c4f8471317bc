"""Sealing what is longer than memory should hold: a file of chunks, each sealed on its own.

Format: 1 byte version (0x03) | 16 random bytes, the stream's id | chunks. A chunk is 4 bytes length
and what app/vault/seal.py's `lock` makes of up to 64 KiB, under a key of this one stream. Each chunk is
bound to the stream's id and purpose, its own number, and whether it is the last: a file that was cut,
put in another order, mixed with another, lengthened or changed in any byte does not open.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.vault.derive import key_from
from app.vault.seal import NotOpened, Purpose, SecretKey, lock, unlock

VERSION = b"\x03"
CHUNK_BYTES = 64 * 1024 - 4  # with `lock`'s length field, a whole step of padding
_ID_BYTES = 16
_LENGTH_BYTES = 4
_LONGEST = CHUNK_BYTES + 1024


def seal_stream(secret: SecretKey, purpose: Purpose, pieces: Iterable[bytes], out: BinaryIO) -> None:
    """Write `pieces`, one after the other, sealed. Where one piece ended is not kept."""
    stream_id = os.urandom(_ID_BYTES)
    key = _key(secret, purpose, stream_id)
    out.write(VERSION + stream_id)
    number, held = 0, bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK_BYTES:
            _write(out, lock(key, purpose, _place(stream_id, number, False), bytes(held[:CHUNK_BYTES])))
            del held[:CHUNK_BYTES]
            number += 1
    _write(out, lock(key, purpose, _place(stream_id, number, True), bytes(held)))


def open_stream(secret: SecretKey, purpose: Purpose, source: BinaryIO) -> Iterator[bytes]:
    """The chunks inside, in order. Raises NotOpened, perhaps only at the end: read all before use."""
    header = source.read(1 + _ID_BYTES)
    if len(header) != 1 + _ID_BYTES or header[:1] != VERSION:
        raise NotOpened
    stream_id = header[1:]
    key = _key(secret, purpose, stream_id)
    number, chunk = 0, _read(source)
    while chunk is not None:
        after = _read(source)
        yield unlock(key, purpose, _place(stream_id, number, after is None), chunk)
        number, chunk = number + 1, after
    if number == 0:
        raise NotOpened


def _key(secret: SecretKey, purpose: Purpose, stream_id: bytes) -> SecretKey:
    """A key for this stream alone: random nonces never run out, and the id is bound twice."""
    return key_from(secret.raw, f"{purpose.value} {stream_id.hex()}")


def _place(stream_id: bytes, number: int, is_last: bool) -> str:
    return f"{stream_id.hex()} {number} {'last' if is_last else 'more'}"


def _write(out: BinaryIO, chunk: bytes) -> None:
    out.write(len(chunk).to_bytes(_LENGTH_BYTES, "big") + chunk)


def _read(source: BinaryIO) -> bytes | None:
    length = source.read(_LENGTH_BYTES)
    if not length:
        return None
    size = int.from_bytes(length, "big")
    if len(length) != _LENGTH_BYTES or size > _LONGEST:
        raise NotOpened
    chunk = source.read(size)
    if len(chunk) != size:
        raise NotOpened
    return chunk
