"""A courier process coming up: it posts the public half of a pair that lives in its memory only."""

from datetime import datetime, timedelta
from pathlib import Path

from app.casework.actors import Courier
from app.casework.courier_key_file import CourierKeyRefused, read_courier_key
from app.casework.kit import Kit, new_id
from app.persistence.courier_processes import CourierProcess
from app.vault.derive import mac
from app.vault.pairs import SEED_BYTES, KeyPair, new_pair, open_with, ring_of, seal_to
from app.vault.seal import NotOpened, Purpose

_FORGET_AFTER = timedelta(days=1)
_SAY_EVERY = timedelta(seconds=15)


class CourierDoor:
    """One running courier: closed until a caseworker signs in."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._pair = new_pair()
        self._id = new_id()
        self.actor: Courier | None = None
        self._opened: bytes | None = None
        self._said_at = kit.clock()
        self._post()

    def knock(self) -> Courier | None:
        """The courier's keys once somebody, or the key file, opened them; None while the door is closed.

        Raises CourierKeyRefused: there is a key file, and it does not fit. A sign-in still opens the door.
        """
        at = self._kit.clock()
        if at - self._said_at > _SAY_EVERY:
            self._say_alive(at)
        with self._kit.database.reading() as work:
            sealed = work.courier_processes.sealed_for(self._id)
        file = self._kit.settings.courier_key_file
        if sealed is None and file is not None:
            sealed = self._open_by_file(file)
        if sealed != self._opened:  # opened, locked because the keys were rotated, or both between two knocks
            self._opened = sealed
            self.actor = None if sealed is None else self._open(sealed)
        return self.actor

    def _say_alive(self, at: datetime) -> None:
        with self._kit.database.writing() as work:
            there = work.courier_processes.seen(self._id, at)
            work.courier_processes.forget_before(at - _FORGET_AFTER)
            work.commit()
        self._said_at = at
        if not there:
            self._post()

    def _open_by_file(self, file: Path) -> bytes:
        """Unlock this process as a caseworker would, so that the desk sees it open, too."""
        with self._kit.database.writing() as work:
            self._kit.team_key(work)  # a rotation waits until this is done
            try:
                pairs = read_courier_key(work, file)
            except CourierKeyRefused:
                self._opened = self.actor = None
                raise
            seeds = b"".join(pair.seed for pair in pairs)
            sealed = seal_to(self._pair.public, Purpose.COURIER_UNLOCK, self._id, seeds)
            work.courier_processes.unlock(self._id, sealed)
            work.commit()
        return sealed

    def _open(self, sealed: bytes) -> Courier | None:
        try:
            seeds = open_with(self._pair, Purpose.COURIER_UNLOCK, self._id, sealed)
        except NotOpened:
            return None
        pairs = (KeyPair(seeds[i : i + SEED_BYTES]) for i in range(0, len(seeds), SEED_BYTES))
        return Courier(self._id, ring_of(*pairs))

    def _post(self) -> None:
        public = self._pair.public
        vouched = mac(self._kit.courier_post_key, f"courier process {self._id}", public)
        with self._kit.database.writing() as work:
            work.courier_processes.post(CourierProcess(self._id, public, vouched, self._kit.clock(), None))
            work.commit()
