"""Cutting what was pasted into lines and words: bullets, numbers, quotes, commas and invisible marks go."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from app.places.refang import SPELLED_SCHEME, has_other_scheme, refang

LONGEST = 2000  # characters of a URL; browsers and servers differ beyond it

_INVISIBLE = re.compile(
    "[\x00\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
# Joiners are letters' business in Persian or Hindi, and only an accident of copying beside a Latin one.
_LOOSE_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = r"(?:[\W_]+|\(?\d{1,4}[.)\]:]+|\(?[A-Za-z][.)])"
_MARK_WORD = re.compile(_MARK)
_JOINING_WORDS = frozenset({"and", "or", "et", "ou", "و", "أو"})
_SEPARATORS = ",;|，；、،؛"
_LISTED = re.compile(rf"[{_SEPARATORS}]+")
_BETWEEN = re.compile(rf"[\"'>)\]»”’]{{0,3}}[{_SEPARATORS}]{{1,3}}(?=[\"'<(\[«“‘]{{0,3}}{SPELLED_SCHEME})")
_GAP = r"[ \t]{0,3}"
_SPACED_DOT = re.compile(
    rf"(?i)(?<=[\w\])}}]){_GAP}([\[({{]){_GAP}(\.|dot){_GAP}([\])}}]){_GAP}(?=[\w\[({{])"
)
_SPACED_SCHEME = re.compile(r"(?i)\b(h(?:tt|xx|\*\*)ps?)[ \t]{0,3}:[ \t]{0,3}//[ \t]{0,3}(?=\S)")
_DOT_WORDS = re.compile(r"(?i)(?:(?<=//)|(?<=/\])|(?<=@)|(?<!\S))[^\s/]+(?:[ \t]{1,3}dot[ \t]{1,3}[^\s/]+)+")
_DOT_WORD = re.compile(r"(?i)[ \t]+dot[ \t]+")
_SCHEME_INSIDE = re.compile(rf"(?<=[\"'<>(\[{{=:：.)\]*•·«“‘„\u2010-\u2015-]){SPELLED_SCHEME}")
_QUOTES_BEFORE, _QUOTES_AFTER = "\"'`«“‘„「『【•*~_-–—>→<([{", "\"'`»”’」』】"
_STOPS = ".,;:|，。、；：，،؛"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_EDGES = "".join(map(chr, range(33)))  # what a browser, too, drops at both ends


class WordKind(Enum):
    ADDRESS = auto()
    SHORTENED = auto()  # an address that some program cut short: it ends in three dots
    OTHER_SCHEME = auto()
    SPACED = auto()  # an address with words right after it, which may or may not belong to it
    WORDS = auto()  # no address at all


@dataclass(frozen=True)
class Word:
    """A piece of one line: `typed` as it stood there, `spelled` without what surrounds an address."""

    kind: WordKind
    typed: str
    spelled: str


@dataclass(frozen=True)
class _Piece:
    typed: str
    spelled: str
    is_closed: bool  # quotes or <> say where it ends
    is_address: bool
    is_plain: bool


def split_lines(text: str) -> list[str]:
    """The lines of `text` as its writer would count them, without marks that nobody can see."""
    text = _SURROGATE.sub("\ufffd", text)  # as browsers do
    return _LINE_END.split(_LOOSE_JOINER.sub("", _INVISIBLE.sub("", text)))


def cut_line(line: str) -> list[Word]:
    """The addresses of one line in their order, or its words where there are none."""
    if not any(map(str.isalnum, line)):
        return []
    pieces = [_piece(typed) for token in _spaced_out(line).split() for typed in _listed(token)]
    if any(piece.is_plain and piece.is_address for piece in pieces) and len(pieces) > 1:
        pieces = _doubt_plain_words(pieces)
    words: list[Word] = []
    has_words = False
    after_open_end = False
    for piece in pieces:
        if piece.is_address or has_other_scheme(piece.spelled):
            words.append(Word(_kind(piece), piece.typed, piece.spelled))
            after_open_end = piece.is_address and not piece.is_closed
        elif _is_mark(piece):
            continue
        elif after_open_end and words[-1].kind in (WordKind.ADDRESS, WordKind.SHORTENED):
            words[-1] = Word(WordKind.SPACED, line.strip(), words[-1].spelled)
        else:
            has_words = True
    if has_words and not words:
        return [Word(WordKind.WORDS, line.strip(), line.strip()[:LONGEST])]
    return words


def _kind(piece: _Piece) -> WordKind:
    if not piece.is_address:
        return WordKind.OTHER_SCHEME
    return WordKind.SHORTENED if piece.spelled.endswith(("...", "…")) else WordKind.ADDRESS


def _is_mark(piece: _Piece) -> bool:
    """Bullets, numbers of a list, dashes, and the words that join addresses: nothing a person would miss."""
    word = piece.typed.lower()
    if len(word) > 8:
        return not any(map(str.isalnum, word))
    return word in _JOINING_WORDS or _MARK_WORD.fullmatch(word) is not None


def _doubt_plain_words(pieces: list[_Piece]) -> list[_Piece]:
    """Beside other words, "it.They" is no address; in a list of addresses alone "site.example" is one."""
    if all(piece.is_address or _is_mark(piece) for piece in pieces):
        return pieces
    return [replace(piece, is_address=False) if piece.is_plain else piece for piece in pieces]


def _spaced_out(line: str) -> str:
    """`line` with white space between its addresses, and none within them where it was put to defang."""
    line = _SPACED_DOT.sub(r"\1\2\3", line)
    line = _DOT_WORDS.sub(lambda found: _DOT_WORD.sub(".", found[0]), line)
    return _BETWEEN.sub(" ", _SPACED_SCHEME.sub(r"\1://", line))


def _listed(token: str) -> list[str]:
    """The addresses in "a.example/x,b.example/y". With a scheme first, a browser sees one address."""
    parts = [part for part in _LISTED.split(token) if part]
    if len(parts) < 2 or len(token) > LONGEST or re.match(SPELLED_SCHEME, token) or has_other_scheme(token):
        return [token]
    return parts if all(_piece(part).is_address for part in parts) else [token]


def _piece(typed: str) -> _Piece:
    if len(typed) > 2 * LONGEST:  # too long whatever it is: only its start says what
        start = refang(typed[:LONGEST].lstrip(_QUOTES_BEFORE))
        return _Piece(typed, typed, True, start is not None and "/" in typed[:LONGEST], False)
    spelled, is_closed = _unwrapped(typed.strip(_EDGES))
    refanged = None if has_other_scheme(spelled) or not spelled else refang(spelled)
    return _Piece(typed, spelled, is_closed, refanged is not None, refanged is not None and refanged.is_plain)


def _unwrapped(token: str) -> tuple[str, bool]:
    """`token` without what surrounds the address in it, and whether a closing sign said where that ends."""
    opener = ""
    inside = _SCHEME_INSIDE.search(token)
    if inside is not None and not has_other_scheme(token) and refang(token.lstrip(_QUOTES_BEFORE)) is None:
        opener, token = token[inside.start() - 1], token[inside.start() :]
    else:
        bare = token.lstrip(_QUOTES_BEFORE)
        opener, token = token[: len(token) - len(bare)][-1:], bare
    closers = {'"': '"', "<": ">", ">": "<", "“": "”", "«": "»"}
    if opener in closers and closers[opener] in token:
        return _trimmed(token[: token.index(closers[opener])]), True
    if opener and opener in "*~":
        token = token.rstrip(opener)
    return _trimmed(token), False


def _trimmed(token: str) -> str:
    """`token` without the punctuation after it, keeping closing brackets that were opened within it."""
    while token:
        last = token[-1]
        if token.endswith(("...", "…", "/.", "/..", "\\.", "\\..")):
            return token
        is_unpaired = last in _PAIRS and token.count(last) > token.count(_PAIRS[last])
        if not (last in _STOPS or last in _QUOTES_AFTER or is_unpaired or last in _EDGES):
            return token
        token = token[:-1]
    return token
