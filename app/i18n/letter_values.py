"""Values as they may stand in a letter: on one line, exact, with a zone; and somebody's own words, marked."""

import textwrap
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from re import compile as pattern

from babel.core import Locale
from babel.dates import format_date

from app.i18n.letter_files import WIDTH, LetterError

_MARK = "  > "  # before each line of somebody's own words
_SCHEME = pattern(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_AFTER = pattern(r"[/\\?#].*")
_PORT = pattern(r":[0-9]*$")


def one_line(value: str) -> str:
    """A value from settings or the directory on one line: it cannot make lines of its own."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in value)
    return " ".join("".join(kept).split())


def exact(url: str) -> str:
    """A URL, which must never be changed: one with a space or control character is refused."""
    if url != "".join(url.split()) or any(unicodedata.category(char) == "Cc" for char in url):
        raise LetterError("a URL with a space or control character")
    return url


def host_of(url: str) -> str:
    """Where an address is, and nothing of what: no name before an @, no port, no path.

    Reads defanged and masked addresses too: letters are previewed with them. Raises LetterError.
    """
    authority = _AFTER.sub("", _SCHEME.sub("", exact(url)))
    host = _PORT.sub("", authority.rpartition("@")[2])
    if not host:
        raise LetterError("an address without a host")
    return host


def when(moment: datetime, language: str) -> str:
    """ISO for machines, words for people: "2026-01-05 09:12 UTC (Monday, January 5, 2026)"."""
    if moment.tzinfo is None:
        raise LetterError("a time without its zone")
    utc = moment.astimezone(UTC)
    words = format_date(utc.date(), "full", Locale.parse(language, sep="_"))
    return f"{utc:%Y-%m-%d %H:%M} UTC ({words})"


def own_lines(values: Iterable[str]) -> str:
    """Each value on a line of its own, set in; with a line end, so that it counts as wrapped already
    (letter_files.py)."""
    lines = [line for value in values for line in _wrap(one_line(value), "    ", "      ")]
    return "\n".join([*lines, ""])


def marked(statement: str) -> str:
    """Somebody's own words, each line marked, so that none can pass for a line of the letter."""
    lines: list[str] = []
    for line in statement.strip().split("\n"):
        kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in line)
        lines += _wrap(kept, _MARK, _MARK) or [_MARK.rstrip()]
    return "\n".join([*lines, ""])


def _wrap(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
