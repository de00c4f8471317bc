"""Letters by SMTP (RFC 5321), so that accepted, refused, not reached and in doubt are never mixed up."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from time import monotonic
from typing import Any, Literal

from app.outbound.ports import Doubtful, NotAccepted, NotDelivered, Unreachable

Security = Literal["none", "starttls", "tls"]

_MOST_LETTERS = 100
"""By one session: common relays end it after so many themselves."""
_IDLE_S = 20.0


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


@dataclass
class _Kept:
    """An open session to the relay, as whom it was greeted, how often and when last it was used."""

    session: _Session
    own_domain: str
    letters: int = 0
    used_at: float = 0.0


class SmtpMailer:
    """The Mailer that talks to a real relay, for one thread.

    The session stays open from one letter to the next, and is looked at before each. Mail from another
    domain gets another one: the relay would write the domain of the greeting into its headers.
    """

    def __init__(self, settings: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._kept: _Kept | None = None
        self._settings = settings
        self._tls = tls or ssl.create_default_context()

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """As Mailer.send. ValueError when there is not exactly one sender and one recipient."""
        sender, recipient = _only_address(message, "From"), _only_address(message, "To")
        kept, self._kept = self._session_for(sender.rpartition("@")[2]), None
        try:
            before_handing_over()
            trouble = _hand_over(kept.session, message, sender, recipient)
            if kept.letters and _went_away(kept.session, trouble):
                kept = self._in_place_of(kept)
                trouble = _hand_over(kept.session, message, sender, recipient)
        except BaseException:
            _hang_up(kept.session)
            raise
        if trouble is not None:
            _hang_up(kept.session)
            raise trouble  # here, so that smtplib's text with addresses is not chained
        self._kept = replace(kept, letters=kept.letters + 1, used_at=monotonic())

    def rest(self) -> None:
        """Nothing is to be sent for now: a session that was not used for a while is ended."""
        if self._kept is not None and monotonic() - self._kept.used_at > _IDLE_S:
            self.close()

    def close(self) -> None:
        """End the session, if one is open."""
        kept, self._kept = self._kept, None
        if kept is not None:
            _hang_up(kept.session)

    def __del__(self) -> None:
        """Whoever forgets a mailer leaves no connection behind, and waits for no goodbye."""
        if self._kept is not None:
            self._kept.session.close()

    def _session_for(self, own_domain: str) -> _Kept:
        """A session that answered just now. Raises Unreachable."""
        kept = self._kept
        if kept is not None:
            if kept.own_domain == own_domain and kept.letters < _MOST_LETTERS and _answers(kept.session):
                return kept
            self.close()
        return _Kept(self._connect(own_domain), own_domain)

    def _in_place_of(self, kept: _Kept) -> _Kept:
        """A new session where an old one ended before it heard of the letter. Raises Unreachable."""
        _hang_up(kept.session)
        return _Kept(self._connect(kept.own_domain), kept.own_domain)

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


def _hand_over(session: _Session, message: EmailMessage, sender: str, recipient: str) -> NotDelivered | None:
    """MAIL, RCPT, DATA; what kept it from being accepted, or None."""
    session.data_began = False
    try:
        session.send_message(message, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as refused:
        return _answered(next(iter(refused.recipients.values()))[0]) or Unreachable()
    except smtplib.SMTPDataError as refused:
        if not 200 <= refused.smtp_code < 300:  # RFC 5321 4.2.1: the first digit decides
            return _answered(refused.smtp_code) or Doubtful()
    except smtplib.SMTPSenderRefused as refused:
        return _answered(refused.smtp_code) or Unreachable()
    except (OSError, smtplib.SMTPException):
        return Doubtful() if session.data_began else Unreachable()
    return None


def _went_away(session: _Session, trouble: NotDelivered | None) -> bool:
    """Whether the session ended before DATA: nothing of the letter was said, so another one may take it."""
    is_closing = isinstance(trouble, NotAccepted) and trouble.code == 421
    return not session.data_began and (is_closing or isinstance(trouble, Unreachable))


def _answered(code: int) -> NotAccepted | None:
    """The refusal a reply code stands for; None where it is no answer at all (garbled: -1)."""
    return NotAccepted(transient=code < 500, code=code) if 400 <= code < 600 else None


def _answers(session: _Session) -> bool:
    """Whether the relay is still there and ready for another letter. 421 says that it is about to close."""
    try:
        return session.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


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
