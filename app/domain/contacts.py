"""Telling people by mail that there is news: who is told of what, and when it is safe to write.

A mail says nothing but that there is news. It leaves only in the hours the person named, in the time
zone of the hotline; several things that happen together are one mail.
"""

import re
import unicodedata
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum, unique
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.words import Hours, Standing, Telling

GROUPED_FOR = timedelta(minutes=15)
"""What happens within this time is one mail. It also hides the minute at which something was done."""
AT_MOST_EVERY = timedelta(hours=6)
NUMBER_DIGITS = 6
NUMBER_GOOD_FOR = timedelta(hours=24)
"""From when the mail with the number went out."""
MOST_TRIES_OF_A_NUMBER = 5
MOST_NUMBERS_A_DAY = 3
UNCONFIRMED_KEPT_FOR = timedelta(days=7)
MAIL_KEPT_FOR = timedelta(days=1)
"""A row that says that a mail went out: so that nobody is sent more numbers than MOST_NUMBERS_A_DAY."""

_LONGEST = 254  # RFC 5321, errata 1690
# One bare address with a dot in its domain. Few servers take quoted or non-ASCII local parts: refused.
_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@([\w-]+(?:\.[\w-]+)+)")
_WINDOWS: dict[Hours, tuple[time, time]] = {
    Hours.SCHOOL: (time(9), time(15)),
    Hours.EVENING: (time(18), time(21)),
}
_SATURDAY = 5
_TO_ARRIVE = timedelta(minutes=15)
"""A mail takes its time on the way: none leaves in the last minutes of the hours that are safe."""


@unique
class News(StrEnum):
    """What a waiting mail is about. The mail itself never says it."""

    NUMBER = "number"  # the number that confirms the address
    STEP = "step"  # a place came into another state
    MESSAGE = "message"  # the hotline wrote
    END = "end"  # no place is open any more


def zone_of(name: str) -> tzinfo:
    """The time zone of an IANA name that `is_zone` knows. "UTC" needs no database."""
    return UTC if name == "UTC" else ZoneInfo(name)


def is_zone(name: str) -> bool:
    """Whether this machine's IANA database (the system's package tzdata) knows such a time zone."""
    try:
        return bool(zone_of(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def next_safe(at: datetime, hours: Hours, zone: tzinfo) -> datetime:
    """The first moment, now or later, at which a mail may leave (UTC)."""
    if hours is Hours.ANY:
        return at
    begins, ends = _WINDOWS[hours]
    today = at.astimezone(zone).date()
    for day in (today + timedelta(days=number) for number in range(8)):
        if hours is Hours.SCHOOL and day.weekday() >= _SATURDAY:
            continue
        begin = datetime.combine(day, begins, zone).astimezone(UTC)
        end = datetime.combine(day, ends, zone).astimezone(UTC) - _TO_ARRIVE
        if at < end:
            return max(at, begin)
    raise AssertionError("there is a safe hour in every week")


def next_due(at: datetime, told_at: datetime | None) -> datetime:
    """When a mail about what happens now is due, as far as grouping goes."""
    grouped = at + GROUPED_FOR
    return grouped if told_at is None else max(grouped, told_at + AT_MOST_EVERY)


def is_told(about: News, standing: Standing, is_revoked: bool) -> bool:
    """Whether a party may be told of it: never more than their follow page shows them."""
    if is_revoked or standing is Standing.BYSTANDER:
        return False
    return about is News.MESSAGE or standing is not Standing.UNCHECKED


def wants(telling: Telling, about: News) -> bool:
    """Whether somebody asked to be told of this."""
    return telling is Telling.EACH_STEP or (telling is Telling.END and about is News.END)


def more_telling(waiting: News, more: News) -> News:
    """What one mail is about when both happened: nobody who waits for the end may miss it."""
    return News.END if News.END in (waiting, more) else waiting


def masked_address(email: str) -> str:
    """Enough to know one's own address again, too little to read it over a shoulder."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain[:1]}…"


def digits_of(typed: str) -> str:
    """The digits that were typed, in any script, with whatever stands between them left out."""
    decimals = (unicodedata.decimal(char, None) for char in typed)
    return "".join(str(one) for one in decimals if one is not None)


def normal_address(typed: str) -> str:
    """The address without the spaces around it, its domain in small letters."""
    local, _, domain = unicodedata.normalize("NFC", typed).strip().rpartition("@")
    return f"{local}@{domain.lower()}" if local else typed.strip()


def is_address(typed: str) -> bool:
    """Whether it looks like one mail address. Whether it is the person's own only a mail can tell."""
    found = _ADDRESS.fullmatch(normal_address(typed))
    if found is None or len(typed.strip()) > _LONGEST:
        return False
    try:
        return len(found[2].encode("idna")) + len(found[1]) < _LONGEST
    except UnicodeError:
        return False


def is_same_house(domain: str, other: str) -> bool:
    """Whether one of two hosts is the other, or lies below it."""
    one, two = f".{domain.lower()}", f".{other.lower()}"
    return "." not in (one, two) and (one.endswith(two) or two.endswith(one))
