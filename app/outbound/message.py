"""Letters as mails: a notice, plain text that abuse desks can search, with its reports as attachments; and
the mails that tell people that there is news, which name nobody and nothing."""

import json
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, MessageIDHeader, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from re import compile as pattern

from app.domain.notices import NoticeFacts
from app.i18n.letters import Letter

# 76 and not the default 78: the standard library would write quoted-printable lines longer than
# RFC 2045 6.7 allows.
_WIDTH = 76


class _Subject(UniqueUnstructuredHeader):
    """Folded by the older part of the standard library: the newer one loses a space between two encoded words
    (Python 3.11), and starts some with an empty line."""

    def fold(self, *, policy: Policy) -> str:
        text = str(self)
        charset = "us-ascii" if text.isascii() else "utf-8"
        return f"Subject: {Header(text, charset, _WIDTH, 'Subject').encode()}\n".replace("\n", policy.linesep)


_HEADERS = HeaderRegistry()
# The registry adds BaseHeader to each class by itself, which its types do not say.
_HEADERS.map_to_type("subject", _Subject)  # type: ignore[arg-type]
for _name in ("in-reply-to", "references"):
    # As ids, not as free text: a long one would go out encoded, and no program would find its thread.
    _HEADERS.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]
_POLICY = SMTP.clone(max_line_length=_WIDTH, header_factory=_HEADERS)
# One bare address. Comma, brackets and quotes are out: a list of two must not become one odd address.
_ONE_ADDRESS = pattern(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[\w-]+(\.[\w-]+)*")


class MessageInvalid(ValueError):
    """An address or header that cannot be sent. The text names the header, never its value."""


def build_message(
    letter: Letter,
    facts: NoticeFacts,
    message_id: str,
    sender: str,
    date: datetime,
    reports: tuple[dict[str, object], ...],
    in_reply_to: str = "",
) -> EmailMessage:
    """The mail for one notice. Headers are ASCII; nobody's input can add one.

    `sender` is the address it comes from; answers go to the hotline's own address. `date` is aware.
    `in_reply_to`: the Message-ID of the first letter, so that a reminder stands in its thread (RFC 5322,
    3.6.4). Raises MessageInvalid.
    """
    own = _address("From", facts.hotline.name, sender)
    recipient = _address("To", facts.recipient.name, facts.recipient.email)
    message = _plain(letter, own, recipient, message_id, date)
    message["Reply-To"] = _address("Reply-To", facts.hotline.name, facts.hotline.email)
    message["Content-Language"] = _one_line("Content-Language", letter.language)
    if in_reply_to:
        message["In-Reply-To"] = message["References"] = _one_line("In-Reply-To", in_reply_to)
    for index, report in enumerate(reports, start=1):
        name = "xarf.json" if index == 1 else f"xarf-{index}.json"
        content = json.dumps(report, indent=2).encode("ascii")
        message.add_attachment(content, maintype="application", subtype="json", filename=name)
    return message


def build_news(
    letter: Letter, name: str, sender: str, recipient: str, message_id: str, date: datetime
) -> EmailMessage:
    """A mail to somebody who may not be alone with their mailbox: no header but what every mail has.

    `message_id` is its random part; the domain is the sender's. Raises MessageInvalid.
    """
    own = _address("From", name, sender)
    return _plain(letter, own, _address("To", "", recipient), f"<{message_id}@{own.domain}>", date)


def _plain(letter: Letter, own: Address, recipient: Address, message_id: str, date: datetime) -> EmailMessage:
    """What both kinds share."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = own
    message["To"] = recipient
    message["Subject"] = _one_line("Subject", letter.subject)
    message["Date"] = format_datetime(date.astimezone(UTC))
    message["Message-ID"] = _one_line("Message-ID", message_id)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps robots from answering each other
    message.set_content(letter.body, cte="quoted-printable")  # not base64: abuse desks grep mail
    return message


def _one_line(header: str, value: str) -> str:
    """A header value as it is, or MessageInvalid where it would break the line."""
    if not value or any(map(_breaks_lines, value)):
        raise MessageInvalid(header)
    return value


def _address(header: str, name: str, email: str) -> Address:
    """Name and address. The name is only put on one line; the address must be right as it is."""
    if not _ONE_ADDRESS.fullmatch(email):
        raise MessageInvalid(header)
    local, _, domain = email.rpartition("@")
    with suppress(UnicodeError):
        shown = " ".join("".join(" " if _breaks_lines(char) else char for char in name).split())
        return Address(shown, username=local, domain=domain.encode("idna").decode("ascii"))
    # Raised here and not while the first error is handled: that one would quote the address.
    raise MessageInvalid(header)


def _breaks_lines(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")
