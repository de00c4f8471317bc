"""Reading the places people paste, in whatever list they keep them. Nothing is looked up or contacted."""

from dataclasses import dataclass

import ada_url

from app.places.hosts import is_public_address, is_public_name, is_well_formed
from app.places.lines import LONGEST, Word, WordKind, cut_line, split_lines
from app.places.pictures import has_picture
from app.places.refang import refang

MOST_PLACES = 500
MOST_PROBLEMS = 500
MOST_REPEATS = 5000  # more is no list a person kept
LONGEST_TYPED = 200


@dataclass(frozen=True)
class Place:
    """One place. `url` is http or https as a browser would write it; `host` is its name in punycode.

    Where somebody gave an app and an account, or only words, `url` and `host` are empty.
    """

    url: str
    host: str
    typed: str
    app: str = ""
    account: str = ""

    def __repr__(self) -> str:
        return "Place()"  # a repr ends up in logs, a URL never may


@dataclass(frozen=True)
class Problem:
    """A line that could not be read. `line` counts from 1; `typed` is empty where it held a picture.

    Codes: "no_host", "spaces" (unclear where the address ends), "scheme" (not of the web), "too_long",
    "not_public", "unreadable", "too_many" (reading stopped at this line).
    """

    line: int
    typed: str
    code: str

    def __repr__(self) -> str:
        return f"Problem(line={self.line}, code={self.code!r})"


@dataclass(frozen=True)
class Reading:
    """What was read: places in the order typed, each once, and how often one was repeated."""

    places: tuple[Place, ...]
    problems: tuple[Problem, ...]
    repeats: int


class _Unread(ValueError):
    """One address that is no place; the message is the code of the problem, never what was typed."""


def read_places(text: str) -> Reading:
    """Every place in `text`, and every line that needs another look. Never raises; opens no socket."""
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    repeats = 0
    holds_picture = has_picture(text)
    for number, line in enumerate(split_lines(text), start=1):
        for found in _read_line(number, line, holds_picture):
            if isinstance(found, Place) and found.url in places and repeats < MOST_REPEATS:
                repeats += 1
                continue
            kept, most = (places, MOST_PLACES) if isinstance(found, Place) else (problems, MOST_PROBLEMS)
            if len(kept) == most or repeats == MOST_REPEATS:
                typed = _shown(found.typed, holds_picture)
                problems.append(Problem(number, typed, "too_many"))
                return Reading(tuple(places.values()), tuple(problems), repeats)
            if isinstance(found, Place):
                places[found.url] = found
            else:
                problems.append(found)
    return Reading(tuple(places.values()), tuple(problems), repeats)


def _read_line(number: int, line: str, holds_picture: bool) -> list[Place | Problem]:
    found: list[Place | Problem] = []
    for word in cut_line(line):
        try:
            found.append(_read_word(word))
        except _Unread as unread:
            found.append(Problem(number, _shown(word.typed, holds_picture), str(unread)))
    return found


def _read_word(word: Word) -> Place:
    if word.kind is WordKind.WORDS:
        raise _Unread("no_host")
    if word.kind is WordKind.OTHER_SCHEME:
        raise _Unread("scheme")
    if word.kind is WordKind.SPACED:
        raise _Unread("spaces")
    if len(word.spelled) > LONGEST:
        raise _Unread("too_long")
    if word.kind is WordKind.SHORTENED or has_picture(word.typed):
        raise _Unread("unreadable")
    url = _settled(_parse(word.spelled).href)
    host = _parse(url).hostname
    if len(url) > LONGEST:
        raise _Unread("too_long")
    if has_picture(url):
        raise _Unread("unreadable")
    return Place(url, host, word.typed)


def _parse(spelled: str) -> ada_url.URL:
    """The URL a browser would open for `spelled`, if it is a place on the open Internet or an onion site."""
    refanged = refang(spelled)
    if refanged is None:
        raise _Unread("no_host")
    try:
        url = ada_url.URL(refanged.url)
    except ValueError:  # UnicodeEncodeError is one; neither may travel on, they hold the text
        raise _Unread("unreadable") from None
    if url.host_type != ada_url.HostType.DEFAULT:
        is_public = is_public_address(url.hostname)
    elif not is_well_formed(url.hostname):
        raise _Unread("unreadable")
    else:
        is_public = is_public_name(url.hostname)
    if not is_public:
        raise _Unread("not_public")
    return url


def _settled(url: str) -> str:
    """`url` itself, when it reads back as itself: what is stored must mean the same place when pasted again.

    A browser may tidy a path so that its end looks like punctuation ("/(/../x)" becomes "/x)").
    """
    for _ in range(3):
        words = cut_line(url)
        if len(words) != 1 or words[0].kind is not WordKind.ADDRESS:
            break
        again = _parse(words[0].spelled).href
        if again == url:
            return url
        url = again
    raise _Unread("unreadable")


def _shown(typed: str, holds_picture: bool) -> str:
    """`typed` as it may be shown again: short, and nothing of a picture, whose pieces can be on any line."""
    shown = typed[:LONGEST_TYPED]
    return "" if holds_picture or has_picture(shown) else shown
