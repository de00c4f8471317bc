"""Letters by SMTP (RFC 5321), so that accepted, refused, not reached and in doubt are never mixed up."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Literal

from app.outbound.ports import Doubtful, NotAccepted, NotDelivered, Unreachable

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True)
class SmtpSettings:
    """The hotline's mail relay. `timeout_s` is seconds for each single step, not for the whole."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 30

    def __post_init__(self) -> None:
        if self.security not in ("none", "starttls", "tls"):
            raise ValueError("security is one of none, starttls, tls")
        if self.user and self.security == "none":
            raise ValueError("a password is sent over TLS only")
        if self.timeout_s <= 0:
            raise ValueError("timeout_s is a positive number of seconds")


class _Session(smtplib.SMTP):
    """smtplib's session, which also remembers that DATA began: from there on, no answer is a doubt."""

    data_began = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.data_began = True
        return super().data(msg)


class _TlsSession(_Session, smtplib.SMTP_SSL):
    """The same inside TLS from its first byte."""


class SmtpMailer:
    """The Mailer that talks to a real relay. One connection per letter."""

    def __init__(self, settings: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls or ssl.create_default_context()

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """As Mailer.send. ValueError when there is not exactly one sender and one recipient."""
        sender, recipient = _only_address(message, "From"), _only_address(message, "To")
        session = self._connect(sender.rpartition("@")[2])
        try:
            before_handing_over()
            _hand_over(session, message, sender, recipient)
        finally:
            _hang_up(session)

    def _connect(self, own_domain: str) -> _Session:
        """A session past greeting, EHLO, TLS and login: everything that can fail without doubt."""
        session: _Session | None = None
        try:
            session = self._dial(own_domain)
            session.ehlo_or_helo_if_needed()
            if self._settings.security == "starttls":
                session.starttls(context=self._tls)  # raises when it is not offered: never in clear
                session.ehlo()
            if self._settings.user:
                session.login(self._settings.user, self._settings.password)
            return session
        except (OSError, smtplib.SMTPException, ValueError):
            # ValueError: smtplib encodes credentials as ASCII, and that error would quote them.
            pass
        if session is not None:
            session.close()
        # Raised outside the except block: the first error, with its server's words, is not chained.
        raise Unreachable

    def _dial(self, own_domain: str) -> _Session:
        # local_hostname is the sender's domain: the default would tell the name of this machine.
        it, seconds = self._settings, self._settings.timeout_s
        if it.security == "tls":
            return _TlsSession(
                it.host, it.port, local_hostname=own_domain, timeout=seconds, context=self._tls
            )
        return _Session(it.host, it.port, local_hostname=own_domain, timeout=seconds)


def _hand_over(session: _Session, message: EmailMessage, sender: str, recipient: str) -> None:
    """MAIL, RCPT, DATA; raises what became of it."""
    trouble: NotDelivered | None = None
    try:
        session.send_message(message, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as refused:
        trouble = _answered(next(iter(refused.recipients.values()))[0]) or Unreachable()
    except smtplib.SMTPDataError as refused:
        if not 200 <= refused.smtp_code < 300:  # RFC 5321 4.2.1: the first digit decides
            trouble = _answered(refused.smtp_code) or Doubtful()
    except smtplib.SMTPSenderRefused as refused:
        trouble = _answered(refused.smtp_code) or Unreachable()
    except (OSError, smtplib.SMTPException):
        trouble = Doubtful() if session.data_began else Unreachable()
    if trouble is not None:
        raise trouble  # outside the except blocks, so that smtplib's text with addresses is not chained


def _answered(code: int) -> NotAccepted | None:
    """The refusal a reply code stands for; None where it is no answer at all (garbled: -1)."""
    return NotAccepted(transient=code < 500, code=code) if 400 <= code < 600 else None


def _hang_up(session: _Session) -> None:
    """Say goodbye. What became of the letter is known by now, so nothing here may fail."""
    try:
        session.quit()
    except (OSError, smtplib.SMTPException):
        session.close()


def _only_address(message: EmailMessage, header: str) -> str:
    """The bare address of a header that must hold exactly one."""
    addresses = [address.addr_spec for line in message.get_all(header, []) for address in line.addresses]
    if len(addresses) != 1 or "@" not in addresses[0]:
        raise ValueError(f"a letter has exactly one {header} address")
    return str(addresses[0])
