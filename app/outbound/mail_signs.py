"""What a mail says about itself: whose letter it answers, that a robot wrote it, its ticket, that ours came
back. All of it is the sender's word."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Literal

Headers = Mapping[str, str]
"""By name in small letters; several of one name stand in one value."""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,120}>")
_MOST_IDS = 50
_REFERENCE = re.compile(
    r"(?<![0-9A-Za-z])[Hh][-\u2010-\u2015]([0-9A-TV-Za-tv-z]{4})[-\u2010-\u2015]([0-9A-TV-Za-tv-z]{4})(?![0-9A-Za-z])"
)
_MOST_REFERENCES = 10
_AS_CROCKFORD = str.maketrans("OIL", "011")  # how people read those letters
_OWN_WORDS = 4_000  # of a text, in which a ticket is looked for: what is quoted stands below
# What may stand in a ticket goes into the subject of a reminder: only what cannot do any harm there.
_BRACKETS = re.compile(
    r"\[(?=[^\]]*\d)(?:[A-Za-z]{1,12}[ :]{1,2})?[A-Za-z]{0,12}[#:-]{0,2}[A-Za-z0-9-]{3,24}\]"
)
_NAMED = re.compile(
    r"(?i)\b(?:ticket|case|incident|issue|request|reference|tracking)"
    r"[ ]?(?:id|no\.?|nr\.?|number|#)?[ ]?[:#]?[ ]?#?"
    r"((?:[A-Z]{1,8}[-#])?[0-9][A-Z0-9-]{2,23})\b"
)
_ROBOT_HEADERS = frozenset(
    {"x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "list-id", "feedback-id"}
)
_ROBOT_PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply"})
_POSTMASTERS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "maildelivery"})
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}")
_FAILED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b|(?m:^|\W)5[0-7]\d[ -]")
_NOT_YET = re.compile(
    r"(?i)\b4\.\d{1,3}\.\d{1,3}\b|\bdelayed\b|still trying|will (?:be )?retr(?:y|ied)|no action is required"
)


@dataclass(frozen=True)
class Returned:
    """What a delivery report says of one of our letters (RFC 3464), or a postmaster in words."""

    message_ids: tuple[str, ...]
    recipients: frozenset[str]  # in small letters
    became: Literal["failed", "delayed", "other"]

    def __repr__(self) -> str:
        return f"Returned({self.became})"


def message_ids(value: str) -> tuple[str, ...]:
    """Those in a header, as they stand there."""
    found = _MESSAGE_ID.findall(value[:20_000])
    return tuple(dict.fromkeys(found))[:_MOST_IDS]


def answers_to(headers: Headers) -> tuple[str, ...]:
    """Message-IDs of the letters it stands below, the nearest first (RFC 5322 3.6.4)."""
    nearest = message_ids(headers.get("in-reply-to", ""))
    thread = reversed(_MESSAGE_ID.findall(headers.get("references", "")[-20_000:]))
    return tuple(dict.fromkeys((*nearest, *thread)))[:_MOST_IDS]


def references_in(text: str) -> tuple[str, ...]:
    """References of ours that it names, however they are written."""
    found = (f"H-{first}-{second}" for first, second in _REFERENCE.findall(text))
    return tuple(dict.fromkeys(one.upper().translate(_AS_CROCKFORD) for one in found))[:_MOST_REFERENCES]


def ticket_in(subject: str, text: str) -> str:
    """The number that their desk gave to it; empty where there is none. As it stands there, because a desk
    knows its own number by its brackets."""
    own = "\n".join(line for line in text[:_OWN_WORDS].splitlines() if not line.lstrip().startswith(">"))
    for words in (subject, own):
        plain = _REFERENCE.sub("", words)
        if found := _BRACKETS.search(plain):
            return found[0]
        if found := _NAMED.search(plain):
            return found[1]
    return ""


def is_automatic(headers: Headers) -> bool:
    """Whether a robot says of itself that it is one (RFC 3834, and what is used beside it)."""
    submitted = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    if submitted not in ("no", "") or _ROBOT_HEADERS & headers.keys():
        return True
    return headers.get("precedence", "").strip().lower() in _ROBOT_PRECEDENCE


def report_of(parts: list[Message]) -> Returned | None:
    """Of a multipart/report: the fields about each recipient, and which letter it was."""
    status = next((one for one in parts if _type_of(one) == "message/delivery-status"), None)
    if status is None:
        return None
    fields = [block for block in _blocks(status) if block.get("action") or block.get("status")]
    ids, written_to = _original(parts)
    said = {_said(block) for block in fields} or {"other"}
    became: Literal["failed", "delayed", "other"] = "other"
    if said == {"failed"}:
        became = "failed"
    elif said <= {"failed", "delayed"}:
        became = "delayed"
    names = ("final-recipient", "original-recipient")
    found = [
        one.lower() for block in fields for name in names for one in _ADDRESS.findall(block.get(name, ""))
    ]
    return Returned(ids, frozenset(found) or written_to, became)


def words_of_postmaster(headers: Headers, sender: str, text: str, parts: list[Message]) -> Returned | None:
    """A report in words alone, as old mail servers send it."""
    local = sender.rpartition("<")[2].partition("@")[0].strip().lower()
    if local not in _POSTMASTERS and "x-failed-recipients" not in headers:
        return None
    ids, _ = _original(parts)
    written = [
        line.partition(":")[2]
        for line in text.splitlines()
        if line.strip(" >|").lower().startswith("message-id:")
    ]
    ids = tuple(
        dict.fromkeys(
            (*ids, *(one for line in written[:_MOST_IDS] for one in message_ids(line)), *answers_to(headers))
        )
    )
    named = headers.get("x-failed-recipients", "") or text
    became: Literal["failed", "delayed", "other"] = "other"
    if _NOT_YET.search(text):
        became = "delayed"
    elif _FAILED.search(text):
        became = "failed"
    return Returned(ids[:_MOST_IDS], frozenset(one.lower() for one in _ADDRESS.findall(named)[:100]), became)


def _said(block: Headers) -> str:
    action, status = block.get("action", "").strip().lower(), block.get("status", "").strip()
    if action in ("failed", "delayed"):
        return action
    if action:
        return "other"  # delivered, relayed, expanded
    return {"5": "failed", "4": "delayed"}.get(status[:1], "other")


def _blocks(status: Message) -> Iterator[Headers]:
    for block in inner(status)[:50]:
        yield raw_headers(block)


def _original(parts: list[Message]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Message-ID and recipient of the letter that came back: its headers alone are read."""
    for part in parts:
        headers: Headers = {}
        if _type_of(part) in ("message/rfc822", "message/global"):
            headers = next((raw_headers(one) for one in inner(part)[:1]), {})
        elif _type_of(part) in ("text/rfc822-headers", "message/global-headers"):
            with suppress(Exception):
                written = part.get_payload(decode=True)
                headers = (
                    dict(_lines(written.decode("ascii", "replace"))) if isinstance(written, bytes) else {}
                )
        if found := message_ids(headers.get("message-id", "")):
            written_to = frozenset(one.lower() for one in _ADDRESS.findall(headers.get("to", "")[:2_000]))
            return found, written_to
    return (), frozenset()


def inner(part: Message) -> list[Message]:
    """What a part is made of. Of one that holds words or bytes nothing is touched: the standard library would
    decode them, by whatever charset the sender names."""
    held = part.get_payload() if part.is_multipart() else []
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.sub(r"\r?\n[ \t]+", " ", text[:50_000]).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value


def _type_of(part: Message) -> str:
    with suppress(Exception):
        return part.get_content_type().lower()
    return ""


def raw_headers(message: Message) -> dict[str, str]:
    """By name in small letters, several of one name in one; no more than could be meant."""
    found: dict[str, str] = {}
    for name, value in message._headers[:1000]:  # type: ignore[attr-defined]
        key, text = str(name).lower(), re.sub(r"[\r\n]+", " ", str(value)[:30_000])
        before = found.get(key, "")
        if len(before) < 30_000:
            found[key] = f"{before} {text}".strip()
    return found
