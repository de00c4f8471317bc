"""A courier process coming up: it posts the public half of a pair that lives in its memory only."""

from datetime import datetime, timedelta

from app.casework.actors import Courier
from app.casework.kit import Kit, new_id
from app.persistence.staff import CourierProcess
from app.vault.derive import mac
from app.vault.pairs import KeyPair, new_pair, open_with
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
        self._said_at = kit.clock()
        self._post()

    def knock(self) -> Courier | None:
        """The courier's keys once somebody opened them; None while the door is closed."""
        at = self._kit.clock()
        if at - self._said_at > _SAY_EVERY:
            self._say_alive(at)
        if self.actor is None:
            with self._kit.database.reading() as work:
                sealed = work.courier_keys.sealed_for(self._id)
            self.actor = None if sealed is None else self._open(sealed)
        return self.actor

    def _say_alive(self, at: datetime) -> None:
        with self._kit.database.writing() as work:
            there = work.courier_keys.seen(self._id, at)
            work.courier_keys.forget_before(at - _FORGET_AFTER)
            work.commit()
        self._said_at = at
        if not there:
            self._post()

    def _open(self, sealed: bytes) -> Courier | None:
        try:
            return Courier(self._id, KeyPair(open_with(self._pair, Purpose.COURIER_UNLOCK, self._id, sealed)))
        except NotOpened:
            return None

    def _post(self) -> None:
        public = self._pair.public
        vouched = mac(self._kit.courier_post_key, f"courier process {self._id}", public)
        with self._kit.database.writing() as work:
            work.courier_keys.post(CourierProcess(self._id, public, vouched, self._kit.clock(), None))
            work.commit()
