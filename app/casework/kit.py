"""What every verb is handed: database, clock, settings, the queues for slow work."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import TypeVar

from app.casework.errors import Busy, KeyNotTrusted
from app.casework.recent_numbers import RecentNumbers
from app.persistence.database import Database, Work
from app.persistence.team_keys import TeamKey
from app.settings import Settings
from app.vault.derive import hkdf, key_from
from app.vault.pairs import fingerprint_of
from app.vault.queue import FairQueue, QueueFull, Slowdown
from app.vault.seal import SecretKey

T = TypeVar("T")

lane: ContextVar[str] = ContextVar("lane", default="")
"""Whose turn it is in the queues: a digest of the visitor's address that changes with every start."""


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """A random id, made before insert: no counter tells how many people asked."""
    return token_hex(16)


@dataclass(frozen=True)
class Kit:
    """One per process."""

    database: Database
    settings: Settings
    clock: Callable[[], datetime] = now
    codes: FairQueue = field(default_factory=FairQueue)
    sign_ins: FairQueue = field(default_factory=lambda: FairQueue(at_once=1, per_lane=4, in_all=16))
    documents: FairQueue = field(default_factory=lambda: FairQueue(at_once=1, per_lane=4, in_all=16))
    slowdown: Slowdown = field(default_factory=Slowdown)
    numbers: RecentNumbers = field(default_factory=RecentNumbers)

    def __repr__(self) -> str:
        return "Kit(…)"

    @property
    def code_salt(self) -> bytes:
        return hkdf(self.settings.secret, "receipt codes", 16)

    @property
    def sign_in_key(self) -> SecretKey:
        return key_from(self.settings.secret, "sign-in names")

    @property
    def courier_post_key(self) -> SecretKey:
        """With it a courier process shows that it was started with this installation's settings."""
        return key_from(self.settings.secret, "courier processes")

    @property
    def installation_key(self) -> SecretKey:
        """With it the web server, which holds no team key, and the courier know what this site made."""
        return key_from(self.settings.secret, "contacts")

    def take_turns(self, queue: FairQueue, work: Callable[[], T], ticket: bytes = b"") -> T:
        """Slow work in its queue. Raises Busy. With the same `ticket` a second try goes before first ones."""
        try:
            return queue.run(lane.get(), work, ticket)
        except QueueFull:
            raise Busy from None

    def team_key(self, work: Work) -> TeamKey:
        """The team key in use, checked against the fingerprints pinned in settings. Raises KeyNotTrusted."""
        key = work.team_keys.current()
        if fingerprint_of(key.public) not in self.settings.team_fingerprints:
            raise KeyNotTrusted(f"team key {key.id}")
        return key
