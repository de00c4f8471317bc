"""Answers by mail from an IMAP server (RFC 3501), over TLS alone."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from app.outbound.mailbox import MOST_BYTES, Left, MailboxUnreachable, OpenMailbox, RawMail

_TIMEOUT_S = 30.0  # for each single step
_WINDOW = 200  # numbers asked for at once: a full mailbox must not become one endless line
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


@dataclass(frozen=True)
class ImapSettings:
    """An account at an IMAP server (RFC 3501). TLS from the first byte, always."""

    host: str
    port: int
    user: str
    password: str
    name: str = "INBOX"
    timeout_s: float = _TIMEOUT_S

    def __repr__(self) -> str:
        return "ImapSettings(…)"


class ImapMailbox:
    """A mailbox at an IMAP server. One connection for each look."""

    look_every_s = 60.0

    def __init__(self, settings: ImapSettings, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls or ssl.create_default_context()
        self._left = Left()

    @contextmanager
    def look(self) -> Iterator[OpenMailbox]:
        """As Mailbox.look."""
        session: imaplib.IMAP4_SSL | None = None
        reached = False
        try:
            it = self._settings
            session = imaplib.IMAP4_SSL(it.host, it.port, ssl_context=self._tls, timeout=it.timeout_s)
            session.login(_quoted(it.user), it.password)  # imaplib quotes the password alone
            count = _selected(session, it.name)
            yield _OpenImap(session, count, self._left)
            reached = True
        except (OSError, imaplib.IMAP4.error, ValueError):
            pass  # ValueError: imaplib encodes credentials as ASCII, and that error would quote them
        finally:
            if session is not None:
                _hang_up(session)
        if not reached:
            raise MailboxUnreachable  # outside the except block, so that a server's words are not chained


class _OpenImap:
    """Mails by UID, which stay what they are within one UIDVALIDITY."""

    def __init__(self, session: imaplib.IMAP4_SSL, count: int, left: Left) -> None:
        self._session, self._count, self._left = session, count, left
        validity = session.response("UIDVALIDITY")[1]
        self._validity = validity[0].decode("ascii", "replace") if validity and validity[0] else ""
        self._names_deleted = "UIDPLUS" in session.capabilities  # RFC 4315

    def mails(self, most: int) -> Iterator[RawMail]:
        given = 0
        for key in self._keys():
            if given >= most:
                return
            if not self._left.has(key) and (found := self._fetch(key)) is not None:
                given += 1
                yield found

    def _keys(self) -> list[str]:
        """All of them before the first is deleted: deleting moves the numbers, never the UIDs."""
        uids: list[str] = []
        for first in range(1, self._count + 1, _WINDOW):
            last = min(first + _WINDOW - 1, self._count)
            answer = _told(self._session.uid("SEARCH", f"{first}:{last} UNDELETED"))
            uids += b" ".join(one for one in answer if isinstance(one, bytes)).decode("ascii").split()
        return [f"{self._validity}:{uid}" for uid in uids if uid.isdigit()]

    def _fetch(self, key: str) -> RawMail | None:
        what = f"(RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES}>)"
        answer = _told(self._session.uid("FETCH", key.rpartition(":")[2], what))
        content = next((one[1] for one in answer if isinstance(one, tuple)), None)
        if content is None:
            return None  # another courier was faster
        parts = (part for one in answer for part in (one[:1] if isinstance(one, tuple) else (one,)))
        said = next((found for part in parts if part and (found := _SIZE.search(part))), None)
        size = int(said[1]) if said else len(content)
        return RawMail(key, content[:MOST_BYTES], max(size, len(content)))

    def delete(self, key: str) -> None:
        uid = key.rpartition(":")[2]
        _told(self._session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))
        _told(self._session.uid("EXPUNGE", uid) if self._names_deleted else self._session.expunge())

    def leave(self, key: str) -> None:
        self._left.leave(key)


def _selected(session: imaplib.IMAP4_SSL, name: str) -> int:
    """How many mails the folder holds."""
    return int(_told(session.select(_quoted(name)))[0] or 0)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _told(answer: tuple[str, Any]) -> list[Any]:
    """What the server said. Raises imaplib's error for anything but OK."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error
    return list(answer[1])


def _hang_up(session: imaplib.IMAP4_SSL) -> None:
    """Say goodbye. What was deleted is deleted by now, so nothing here may fail."""
    with suppress(OSError, imaplib.IMAP4.error):
        session.logout()
    with suppress(OSError):
        session.shutdown()  # a server that fell silent was not said goodbye to
