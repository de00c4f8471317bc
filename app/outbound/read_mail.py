"""Reading a mail that anybody may have sent: bounded in every direction, and it never raises.

Only text stays. A part that is not text is dropped unread, and counted; nothing of a picture is ever
decoded. Nothing is followed, nothing is answered.
"""

from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

from app.domain.notice_words import MailKind
from app.outbound import mail_signs, mail_text
from app.outbound.mail_signs import Returned

_DEEPEST = 10
_MOST_TEXTS = 20  # parts of text that are read; each further one is dropped
_MOST_LINES = 60_000  # two megabytes of base64 have 27,000
_MOST_BOUNDARIES = 40
_MOST_INNER_MAILS = 20
_HEAD_BYTES = 64_000
_FIRST_BYTES = 100_000
_LONGEST_FIELD = 2_000  # the standard library takes a minute for a Content-Type of a megabyte
_LONGEST_THREAD = 30_000


class _Bounded(policy.Compat32):
    """Not the newer policy: that one parses addresses when touched, and raises at what robots write."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        most = _LONGEST_THREAD if name.lower() in ("references", "in-reply-to") else _LONGEST_FIELD
        return name[:200], value[:most]


_POLICY = _Bounded()


@dataclass(frozen=True)
class ReadMail:
    """What is kept of a mail. `references`: of ours, those in the subject before those in the text."""

    kind: MailKind
    message_id: str
    answers_to: tuple[str, ...]
    references: tuple[str, ...]
    subject_references: tuple[str, ...]
    sender: str
    subject: str
    text: str
    ticket: str
    dropped_parts: int
    is_cut: bool
    is_html: bool = False
    had_picture: bool = False
    returned: Returned | None = None

    def __repr__(self) -> str:
        return f"ReadMail({self.kind})"


@dataclass
class _Parts:
    """What was found in it, in its order."""

    plain: list[Message]
    html: list[Message]
    report: list[Message]  # parts of a delivery report
    dropped: int = 0
    is_cut: bool = False


def read_mail(content: bytes, size: int | None = None) -> ReadMail:
    """`content`: its first bytes. `size`: how many it has in all. Never raises."""
    is_cut = size is not None and size > len(content)
    parsed = None if _is_trap(content) else _parsed(content)
    if parsed is None:
        parsed, text = _first_part(content)
        return _kept(parsed, text, _Parts([], [], []), is_cut=True)
    parts = _parts_of(parsed)
    text, is_html, was_cut = _text_of(parts)
    return _kept(parsed, text, parts, is_cut=is_cut or was_cut or parts.is_cut, is_html=is_html)


def _kept(message: Message, raw_text: str, parts: _Parts, *, is_cut: bool, is_html: bool = False) -> ReadMail:
    headers = mail_signs.raw_headers(message)
    sender = mail_text.header_text(headers.get("from", ""), 200)
    subject = mail_text.header_text(headers.get("subject", ""), 300)
    text, was_cut, had_picture = mail_text.kept_text(raw_text)
    ticket = mail_signs.ticket_in(subject, text)
    returned = mail_signs.report_of(parts.report) or mail_signs.words_of_postmaster(
        headers, sender, raw_text[: mail_text.MOST_CHARACTERS * 2], parts.report
    )
    in_subject = mail_signs.references_in(subject)
    return ReadMail(
        kind=_kind(headers, ticket, returned),
        message_id=next(iter(mail_signs.message_ids(headers.get("message-id", ""))), ""),
        answers_to=mail_signs.answers_to(headers),
        references=tuple(dict.fromkeys((*in_subject, *mail_signs.references_in(text)))),
        subject_references=in_subject,
        sender=sender,
        subject=subject,
        text=text,
        ticket="" if returned else ticket,
        dropped_parts=parts.dropped,
        is_cut=is_cut or was_cut,
        is_html=is_html,
        had_picture=had_picture,
        returned=returned,
    )


def _kind(headers: mail_signs.Headers, ticket: str, returned: Returned | None) -> MailKind:
    if returned is not None:
        kinds = {"failed": MailKind.BOUNCE, "delayed": MailKind.DELAY, "other": MailKind.AWAY}
        return kinds[returned.became]
    if mail_signs.is_automatic(headers):
        return MailKind.TICKET if ticket else MailKind.AWAY
    return MailKind.ANSWER


def _is_trap(content: bytes) -> bool:
    """What makes the parser slow, or deep: such a mail is read as plain text."""
    return (
        content.count(b"\n") + content.count(b"\r") > 2 * _MOST_LINES
        or content.count(b"\n") > _MOST_LINES
        or content.lower().count(b"boundary") > _MOST_BOUNDARIES
        or content.lower().count(b"message/rfc822") > _MOST_INNER_MAILS
    )


def _parsed(content: bytes) -> Message | None:
    with suppress(Exception):  # RecursionError, too
        return BytesParser(policy=_POLICY).parsebytes(content)
    return None


def _first_part(content: bytes) -> tuple[Message, str]:
    """Its headers, and the beginning of what follows as text."""
    unix = content[: _HEAD_BYTES + _FIRST_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head, _, body = unix.partition(b"\n\n")
    message = Message(policy=_POLICY)
    with suppress(Exception):
        message = BytesParser(policy=_POLICY).parsebytes(head[:_HEAD_BYTES] + b"\n\n", headersonly=True)
    return message, mail_text.decoded(body[:_FIRST_BYTES], "utf-8")


def _parts_of(message: Message) -> _Parts:
    """Walks it without recursion, in its order."""
    found = _Parts([], [], [])
    waiting = [(message, 0)]
    is_report = _content_type(message) == "multipart/report"
    while waiting:
        part, depth = waiting.pop()
        kind = _content_type(part)
        if kind.startswith("multipart/") and part.is_multipart():
            if depth >= _DEEPEST:
                found.dropped += 1
                found.is_cut = True
            else:
                waiting += [(one, depth + 1) for one in reversed(mail_signs.inner(part))]
        elif kind.startswith("message/") or kind == "text/rfc822-headers":
            found.report.append(part)
            found.dropped += 0 if is_report else 1
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            _keep_text(found, part, kind)
        else:
            found.dropped += 1
    found.report = found.report[:_MOST_TEXTS]
    return found


def _keep_text(found: _Parts, part: Message, kind: str) -> None:
    if len(found.plain) + len(found.html) >= _MOST_TEXTS:
        found.dropped += 1
        found.is_cut = True
    else:
        (found.plain if kind == "text/plain" else found.html).append(part)


def _text_of(parts: _Parts) -> tuple[str, bool, bool]:
    """The text, whether it is a page's, whether it was cut. A page speaks only where nothing else does."""
    read = [mail_text.part_text(part) for part in parts.plain]
    text = "\n\n".join(words for words, _ in read)
    if text.strip() or not parts.html:
        return text, False, any(was_cut for _, was_cut in read)
    pages = [mail_text.part_text(part) for part in parts.html]
    words = "\n\n".join(mail_text.text_of_html(markup) for markup, _ in pages)
    return words, True, any(was_cut for _, was_cut in pages)


def _content_type(part: Message) -> str:
    with suppress(Exception):
        return part.get_content_type().lower()
    return ""


def _is_attached(part: Message) -> bool:
    with suppress(Exception):
        return (part.get_content_disposition() or "") == "attachment" or bool(part.get_filename())
    return True
