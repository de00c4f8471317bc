"""Text out of a mail that anybody may have made: whatever its bytes are, this ends soon and never raises.

What comes out is safe to keep and to show: no control characters, nothing that turns the direction of
what stands around it, no picture.
"""

import codecs
import re
import unicodedata
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser

from app.places.pictures import without_pictures

MOST_CHARACTERS = 20_000
"""Of a mail's text. An answer has a few hundred; what it quotes below them may be longer."""
_MOST_BYTES = 120_000  # of one text part: 20,000 characters of any charset, and markup around them
_LONGEST_HEADER = 2_000
_MOST_MARKS = 8  # accents on one letter: more only cover what stands around them
# Python knows codecs that are slow (punycode) or no charsets at all: these are what mails are written in.
_CHARSETS = re.compile(
    r"utf-?(8|16|16-le|16-be|32)(-sig)?|ascii|iso8859-\d{1,2}|cp\d{3,4}|koi8-[rtu]|mac-\w{1,12}"
    r"|gb2312|gbk|gb18030|hz|big5(hkscs)?|shift_jis(x0213|_2004)?|euc_(jp|kr|jis_2004|jisx0213)|iso2022_\w{2,6}|johab|tis-620"
)
_KEPT = "\n\t\u200c\u200d"  # the last two join letters: Persian and Indic words need them
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_GONE = "\ufffd"
# The parser takes minutes for tags that never end, so it is fed bare tags alone.
_DECLARED = re.compile(r"<[!?][^<>]*>")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})(?:[^<>A-Za-z0-9][^<>]*)?>")
_UNSEEN_TAGS = frozenset(
    {"head", "script", "style", "template", "svg", "math", "noscript", "object", "title"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)


def decoded(content: bytes, charset: str) -> str:
    """Bytes as text; what does not fit becomes a sign for "unreadable"."""
    name = "utf-8"
    with suppress(LookupError, ValueError):
        found = codecs.lookup(charset.strip()[:40]).name
        name = found if _CHARSETS.fullmatch(found) else name
    try:
        return content.decode(name, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def part_text(part: Message) -> tuple[str, bool]:
    """The text of a part that is text, and whether it was cut."""
    content = b""
    with suppress(Exception):  # whatever the standard library stumbles over: the part is empty then
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
    charset = ""
    with suppress(Exception):
        charset = part.get_content_charset() or ""
    return decoded(content[:_MOST_BYTES], charset), len(content) > _MOST_BYTES


def header_text(value: str, most: int = _LONGEST_HEADER) -> str:
    """A header as people read it, on one line."""
    raw = value[:_LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = raw
    with suppress(HeaderParseError, LookupError, ValueError):
        pieces = decode_header(raw)
        text = "".join(_piece(content, charset) for content, charset in pieces)
    return " ".join(safe_text(text).split())[:most]


def _piece(content: bytes | str, charset: str | None) -> str:
    return content if isinstance(content, str) else decoded(content, charset or "utf-8")


def safe_text(text: str) -> str:
    """The same words without anything that is not a word: for keeping and showing."""
    kept: list[str] = []
    marks = 0
    for char in _LINE_ENDS.sub("\n", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char in _KEPT:
            kept.append(char)
        elif category == "Cf" or marks > _MOST_MARKS:
            continue  # nobody sees it: what turns directions, what hides between letters
        else:
            kept.append(_GONE if category in ("Cc", "Cs", "Co", "Cn") else char)
    return _EMPTY_LINES.sub("\n\n", "".join(kept)).strip()


def kept_text(text: str) -> tuple[str, bool, bool]:
    """What is kept of a mail's text, whether it was cut, and whether there was a picture in it."""
    # Twice, because a picture may be spelled so that it shows only when what hides it is gone.
    raw, had_raw = without_pictures(text[:MOST_CHARACTERS])
    words, had_more = without_pictures(safe_text(raw))
    return words, len(text) > MOST_CHARACTERS, had_raw or had_more


def text_of_html(markup: str) -> str:
    """What a reader of the page would read. No link is followed, nothing is loaded, no tag stays."""
    reader = _Reader()
    with suppress(Exception):  # whatever it stumbles over: what was read until then is kept
        reader.feed(_bare(markup[:_MOST_BYTES]))
        reader.close()
    return "".join(reader.words)


def _bare(markup: str) -> str:
    """With every tag without its attributes, and every other "<" as a sign."""
    kept: list[str] = []
    last = 0
    plain = _DECLARED.sub("", _without_comments(markup))
    for tag in _TAG.finditer(plain):
        kept += (plain[last : tag.start()].replace("<", "&lt;"), f"<{tag[1]}{tag[2]}>")
        last = tag.end()
    return "".join((*kept, plain[last:].replace("<", "&lt;")))


def _without_comments(markup: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start)) >= 0:
        kept.append(markup[at:start])
        at = end + 3
    return "".join((*kept, markup[at:]))


class _Enough(Exception):
    """More is not kept anyway."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._length = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN_TAGS:
            self._unseen += 1
        elif tag == "body":
            self._unseen = 0  # a title that nobody closed hides nothing more
        elif tag in _BLOCKS:
            self._say("\n")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN_TAGS and self._unseen:
            self._unseen -= 1
        elif tag in _BLOCKS:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._say(re.sub(r"[ \t\r\n]+", " ", data))

    def _say(self, words: str) -> None:
        self.words.append(words)
        self._length += len(words)
        if self._length > MOST_CHARACTERS * 2:
            raise _Enough
