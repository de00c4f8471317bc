"""Values of settings that are more than a word: what they look like, and how they are read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True)
class Smtp:
    """The mail relay."""

    host: str
    port: int
    security: Security
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Smtp({self.security})"


@dataclass(frozen=True)
class Mailbox:
    """Where providers' answers by mail arrive: a Maildir on this machine, or an IMAP server over TLS."""

    folder: Path | None = None
    host: str = ""
    port: int = 993
    user: str = ""
    password: str = ""
    name: str = "INBOX"

    def __repr__(self) -> str:
        return "Mailbox(…)"


def read_mailbox(typed: str) -> Mailbox | None:
    """A folder (maildir:/path) or a server (imaps://user:password@host:993/INBOX, percent-encoded); None for
    anything else."""
    if typed.startswith("maildir:/"):
        return Mailbox(folder=Path(typed.removeprefix("maildir:")))
    try:
        parts = urlsplit(typed)
        port = parts.port or 993
    except ValueError:
        return None
    if parts.scheme != "imaps" or not (parts.hostname and parts.username and parts.password):
        return None
    name = unquote(parts.path.lstrip("/")) or "INBOX"
    return Mailbox(None, parts.hostname, port, unquote(parts.username), unquote(parts.password), name)


@dataclass(frozen=True)
class ContactSender:
    """Who the mails come from that tell people that there is news. Without an address none are offered."""

    email: str = ""
    name: str = "News"


def read_fingerprint(typed: str) -> str:
    """A fingerprint as app/vault writes it, however it was spaced; empty when it is none."""
    digits = "".join(typed.split()).upper()
    if len(digits) != 40 or any(d not in "0123456789ABCDEF" for d in digits):
        return ""
    return " ".join(digits[i : i + 4] for i in range(0, 40, 4))


def read_key(typed: str) -> bytes:
    """32 random bytes from their 64 hexadecimal digits; empty when it is no such key."""
    try:
        key = bytes.fromhex(typed)
    except ValueError:
        return b""
    return key if len(key) == 32 and len(set(key)) >= 12 else b""
