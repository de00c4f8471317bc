"""Answers by mail from a Maildir on this machine, which the hotline's mail server fills."""

import mailbox
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.outbound.mailbox import MOST_BYTES, Left, MailboxUnreachable, OpenMailbox, RawMail


class MaildirMailbox:
    """A Maildir on this machine, filled by the hotline's mail server."""

    look_every_s = 5.0

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._left = Left()

    @contextmanager
    def look(self) -> Iterator[OpenMailbox]:
        """As Mailbox.look."""
        try:
            yield _OpenMaildir(mailbox.Maildir(self._folder, factory=None, create=False), self._left)
            return
        except (OSError, mailbox.Error):
            pass
        raise MailboxUnreachable  # outside the except block: the first error would quote a path


class _OpenMaildir:
    def __init__(self, box: mailbox.Maildir, left: Left) -> None:
        self._box, self._left = box, left

    def mails(self, most: int) -> Iterator[RawMail]:
        keys = (key for key in sorted(self._box.iterkeys()) if not self._left.has(key))
        for key, _ in zip(keys, range(most), strict=False):
            with suppress(KeyError, FileNotFoundError):  # another courier was faster
                path = Path(self._box._path, self._box._lookup(key))  # type: ignore[attr-defined]
                found = path.lstat()
                if not stat.S_ISREG(found.st_mode):  # get_file would open a pipe, too, and wait for ever
                    continue
                with path.open("rb") as file:
                    content = file.read(MOST_BYTES)
                yield RawMail(key, content, found.st_size)

    def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            self._box.discard(key)

    def leave(self, key: str) -> None:
        self._left.leave(key)
