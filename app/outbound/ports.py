"""The port letters leave by, what can go wrong there, and a twin that sends nothing."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol, runtime_checkable


class NotDelivered(Exception):
    """Why a letter did not surely leave. The text never holds an address, a URL or a server's words."""


class NotAccepted(NotDelivered):
    """The mail server answered no, so the letter surely did not leave.

    `transient` (4xx) means try again later; `code` is the SMTP reply code.
    """

    def __init__(self, transient: bool, code: int) -> None:
        super().__init__(f"the mail server refused the letter with {code}")
        self.transient, self.code = transient, code


class Unreachable(NotDelivered):
    """No server took the letter: no connection, no TLS, no login, or cut off before DATA."""

    def __init__(self) -> None:
        super().__init__("the mail server was not reached")


class Doubtful(NotDelivered):
    """The connection ended after DATA began: the letter may or may not have left."""

    def __init__(self) -> None:
        super().__init__("the connection ended while the letter was handed over")


class Mailer(Protocol):
    """Hands one letter to the mail system."""

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """Return when the letter was accepted; otherwise raise NotAccepted, Unreachable or Doubtful.

        `before_handing_over` is called once, when the server is ready and before it hears of the
        letter: the caller writes down there that from now on the letter may be out. What it raises
        passes through unchanged, and nothing is sent.
        """


@runtime_checkable
class KeepsOpen(Protocol):
    """A mailer that keeps its connection from one letter to the next."""

    def rest(self) -> None:
        """Nothing is to be sent for now."""

    def close(self) -> None:
        """Nothing is to be sent any more by this process."""


class NullMailer:
    """Accepts every letter and keeps it in `sent`."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """As Mailer.send; never fails by itself."""
        before_handing_over()
        self.sent.append(message)
