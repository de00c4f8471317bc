"""The port that answers by mail arrive by, and a twin that is empty. See maildir.py and imap.py.

A mail is read up to MOST_BYTES and no further. It stays where it is until whoever read it says that it is
safe elsewhere. Nothing here answers anything.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

MOST_BYTES = 2_000_000
"""Of one mail; what follows is never read. An abuse desk's answer has a few kilobytes."""
_STEP_ASIDE_S = 3600.0


class MailboxUnreachable(Exception):
    """No mail could be read. The text never holds an address, a name, or a server's words."""

    def __init__(self) -> None:
        super().__init__("the mailbox was not reached")


@dataclass(frozen=True)
class RawMail:
    """One mail as it lies there: its first bytes, and how many it has in all."""

    key: str
    content: bytes
    size: int

    @property
    def is_cut(self) -> bool:
        return self.size > len(self.content)

    def __repr__(self) -> str:
        return "RawMail(…)"


class OpenMailbox(Protocol):
    """A mailbox while it is looked at."""

    def mails(self, most: int) -> Iterator[RawMail]:
        """Oldest first, without those that were left lying within the last hour."""

    def delete(self, key: str) -> None:
        """Silent when another courier has deleted it."""

    def leave(self, key: str) -> None:
        """It stays, and is not handed out again by this process within an hour."""


class Mailbox(Protocol):
    """`look_every_s`: the pause between two looks."""

    look_every_s: float

    def look(self) -> AbstractContextManager[OpenMailbox]:
        """Raises MailboxUnreachable, here and from what is inside."""


def is_reached(mailbox: Mailbox) -> bool:
    """Whether it can be opened now."""
    try:
        with mailbox.look():
            return True
    except MailboxUnreachable:
        return False


class NullMailbox:
    """There is no mailbox, and so no mail."""

    look_every_s = _STEP_ASIDE_S

    def look(self) -> AbstractContextManager[OpenMailbox]:
        return nullcontext(self)

    def mails(self, most: int) -> Iterator[RawMail]:
        return iter(())

    def delete(self, key: str) -> None:
        """There is nothing to delete."""

    def leave(self, key: str) -> None:
        """There is nothing to leave."""


class Left:
    """Keys of mails that were left lying, for an hour."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def leave(self, key: str) -> None:
        self._until[key] = time.monotonic() + _STEP_ASIDE_S

    def has(self, key: str) -> bool:
        until = self._until.get(key)
        if until is not None and until <= time.monotonic():
            del self._until[key]
            return False
        return until is not None
