"""Finding pictures and videos hidden in text, so that nothing of them is ever kept.

Refusing a picture is one of the promises this software stands on; so is not refusing a survivor's words or
a long URL. Where both cannot be had (more than 1000 unbroken characters of base64), the picture's side wins.
"""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote

from app.places.picture_marks import BASE64_START, DECIMAL_START, HEX_START, RAW_START, is_picture

LONGEST_RUN = 1000
_SHORTEST_RUN = 64  # of base64 after a mark of a few characters
_SHORTEST_SURE_RUN = 24  # after a mark of seven characters or more: the smallest GIF has 48
_HEAD = 240
_LONGEST_URL = 2000
_WEB_SCHEME = r"(?:h\w\wps?|h\*\*ps?|null|file|filesystem|about|app|[a-z]+-extension)"

_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_TABS_AND_LINES = str.maketrans("", "", "\t\r\n")  # browsers ignore them within a URL
_SPACE, _SPACE_KEPT = re.compile(r"\s+"), re.compile(r"(\s+)")
_DATA_URL = re.compile(
    r"(?i)data\s?[\[(]?:[\])]?\s?(?:"
    r"(?:image|video|audio|application|text|font|model|multipart|message|x-\w+)\s?/\s?[\w.+*-]{1,80}\s?[;,]"
    r"|[^,\s]{0,200};\s?base64|,\S)"
)
_BLOB_URL = re.compile(rf"(?i)blob[\[(]?:[\])]?\s?(?:{_WEB_SCHEME}[\[(]?[:/]|[0-9a-f]{{8}}-[0-9a-f]{{4}}-)")
_DRAWING = re.compile(r"(?i)<\s?svg[\s>/:]|<svg:|<\s?image\s[^>]{0,500}href")
_UUENCODED = re.compile(r"(?m)^begin(?:-base64)? [0-7]{3,4} \S")
_RUN = re.compile(rf"[A-Za-z0-9+/_-]{{{LONGEST_RUN + 1},}}")
_SLUG_WORD = 15  # "a-photo-of-nothing": base64url has one such sign in 32 characters
_RUN_WITHOUT_SLASH = re.compile(rf"[A-Za-z0-9+_-]{{{LONGEST_RUN + 1},}}")
_RUN_LINE = re.compile(r"[ \t>]*([A-Za-z0-9+/_-]{40,}={0,2})[ \t]*")
_HASH = re.compile(r"[0-9a-fA-F]{,128}|[_=+/-]+")  # lists of hashes, drawn lines
_URL_START = re.compile(r"(?i)(?:h\w\wps?[\[(]?:[\])]?[/\\]|www\.|[\w-]+\.[a-z]{2,}[/:?])")
_BASE64_HEAD = re.compile(r"[A-Za-z0-9+/_-]*")
_HEX_NOISE = re.compile(r"\\x|0x|[\s,:;%|-]", re.IGNORECASE)
_HEX_HEAD = re.compile(r"[0-9a-f]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 32
# What may be left of a base64 picture whose start is gone: long pieces, and a short last line after one.
_BIG_PIECE = re.compile(
    r"[A-Za-z0-9+/_=-]{40,}(?:[\r\n]{1,2}[A-Za-z0-9+/_=-]{1,80}(?=[ \t]{0,3}(?:[\r\n]|\Z)))*"
)
_PIECE = re.compile(r"[A-Za-z0-9+/_=-]{16,}")
_SHORT_LINES = re.compile(r"(?m)(?:^[ \t]{0,3}[A-Za-z0-9+/_=-]{2,15}[ \t]{0,3}$\r?\n){3}")
_LONGEST_SIFTED = 20_000


def has_picture(text: str) -> bool:
    """Whether `text` carries a picture or a video in any spelling, or a run that may well be one."""
    seen = _HIDDEN.sub("", text)
    return _has_many_controls(seen) or any(_shows_picture(spelling) for spelling in _spellings(seen))


def without_pictures(text: str) -> tuple[str, bool]:
    """`text` without its pictures, and whether there were any. The person's words stay wherever they can.

    Where a picture cannot be told from the words around it, nothing stays: never a part of a picture.
    """
    seen = _HIDDEN.sub("", text)
    if not has_picture(seen):
        return text, False
    if _has_many_controls(seen) or any(_shows_loose_picture(spelling) for spelling in _spellings(seen)):
        return "", True  # raw bytes, hex and drawings have no end that could be found
    sifted = _BIG_PIECE.sub("\x00", seen.replace("\x00", ""))
    if len(sifted) > _LONGEST_SIFTED:
        return "", True
    words = "".join("" if _is_of_picture(piece) else piece for piece in _SPACE_KEPT.split(sifted))
    return ("" if has_picture(words) or _SHORT_LINES.search(words) else words), True


def _is_of_picture(piece: str) -> bool:
    return "\x00" in piece or _PIECE.fullmatch(piece) is not None or has_picture(piece)


def _has_many_controls(text: str) -> bool:
    """Bytes of any kind read as text: words have next to no control characters."""
    return len(_CONTROL.findall(text)) > _MOST_CONTROLS


def _spellings(text: str) -> Iterator[str]:
    """`text`, and what percent-encoding (once or twice) may hide in it, byte for byte."""
    yield text
    for _ in range(2):
        if "%" not in text:
            return
        text, before = unquote(text, encoding="latin-1"), text
        if text == before:
            return
        yield text


def _shows_picture(text: str) -> bool:
    on_one_line = text.translate(_TABS_AND_LINES)
    return (
        any(_DATA_URL.search(each) or _BLOB_URL.search(each) for each in (on_one_line, text))
        or _has_long_run(text)
        or _has_base64_picture(text)
        or _shows_loose_picture(text)
    )


def _shows_loose_picture(text: str) -> bool:
    """A picture spread over many words: bytes read as text, numbers, hex digits, drawings."""
    return any(
        pattern.search(text) for pattern in (_DRAWING, _UUENCODED, RAW_START, DECIMAL_START)
    ) or _has_hex_picture(text)


def _has_long_run(text: str) -> bool:
    """More than 1000 unbroken characters of base64, on one line or wrapped. Slashes break a URL's path."""
    for run in _RUN.finditer(text):
        if not any(map(str.isalnum, run[0][:LONGEST_RUN])):
            continue  # a drawn line
        if not _is_within_url(text, run.start()):
            return True
        unbroken = _RUN_WITHOUT_SLASH.search(run[0])
        if unbroken and len(unbroken[0]) > _SLUG_WORD * (unbroken[0].count("-") + unbroken[0].count("_")):
            return True
    length = 0
    for line in text.splitlines():
        whole = _RUN_LINE.fullmatch(line)
        length = length + len(whole[1]) if whole is not None and not _HASH.fullmatch(whole[1]) else 0
        if length > LONGEST_RUN:
            return True
    return False


def _is_within_url(text: str, at: int) -> bool:
    before = _SPACE.split(text[max(0, at - _LONGEST_URL) : at])[-1]
    return _URL_START.search(before + text[at : at + 1]) is not None


def _has_base64_picture(text: str) -> bool:
    for mark in BASE64_START.finditer(text):
        head = _SPACE.sub("", text[mark.start() : mark.start() + _HEAD])
        run = _BASE64_HEAD.match(head)
        length = run.end() if run is not None else 0
        shortest = _SHORTEST_SURE_RUN if len(mark[0]) > 6 else _SHORTEST_RUN
        if length >= shortest and is_picture(_decoded(head[: min(length, 64) // 4 * 4])):
            return True
    return False


def _decoded(base64_text: str) -> bytes:
    try:
        return binascii.a2b_base64(base64_text.replace("-", "+").replace("_", "/"))
    except binascii.Error:
        return b""


def _has_hex_picture(text: str) -> bool:
    digits = _HEX_NOISE.sub("", text).lower()
    for mark in HEX_START.finditer(digits):
        run = _HEX_HEAD.match(digits[mark.start() : mark.start() + 64])
        length = run.end() // 2 * 2 if run is not None else 0
        if length >= 48 and is_picture(bytes.fromhex(digits[mark.start() : mark.start() + length])):
            return True
    return False
