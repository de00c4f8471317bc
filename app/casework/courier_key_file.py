"""The courier's key in a file: an option, so that letters go out after a restart without a sign-in.

Who steals this file together with the database reads the places of every notice that waits or is being
chased. It is written by a caseworker, for its owner alone, and holds seeds as hex, newest first.
"""

import os
import stat
from pathlib import Path

from app.casework.errors import CaseworkError
from app.domain.staff import KeyState
from app.persistence.database import Work
from app.persistence.team_keys import COURIER
from app.vault.pairs import SEED_BYTES, KeyPair

_LONGEST = 4096


class CourierKeyRefused(CaseworkError):
    """`code`: missing, open_to_others, not_a_key, other_key (the keys were rotated, or swapped)."""


def read_courier_key(work: Work, file: Path) -> tuple[KeyPair, ...]:
    """The pairs in the file, current one first: exactly those that the database knows as the courier's.

    Raises CourierKeyRefused.
    """
    found = {pair.public: pair for pair in _pairs(_read(file))}
    keys = work.hotline_keys.of_kind(COURIER, KeyState.CURRENT, KeyState.OLD)
    if not keys or any(key.public not in found for key in keys):
        raise CourierKeyRefused("other_key")
    return tuple(found[key.public] for key in keys)


def _read(file: Path) -> str:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise CourierKeyRefused("missing") from None
    try:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise CourierKeyRefused("not_a_key")
        if told.st_mode & 0o077 or told.st_uid not in (0, os.geteuid()):
            raise CourierKeyRefused("open_to_others")
        return os.read(handle, _LONGEST).decode("ascii", "replace")
    finally:
        os.close(handle)


def _pairs(text: str) -> tuple[KeyPair, ...]:
    try:
        seeds = [bytes.fromhex(line) for line in text.split()]
    except ValueError:
        raise CourierKeyRefused("not_a_key") from None
    if not seeds or any(len(seed) != SEED_BYTES for seed in seeds):
        raise CourierKeyRefused("not_a_key")
    return tuple(map(KeyPair, seeds))
