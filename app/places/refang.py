"""Undoing what people and programs do to a URL so that it is not clickable: hxxps://img[.]site[.]example.

Only the spelling is ours; what the URL means is left to the parser that reads as browsers do.
"""

import re
from dataclasses import dataclass

from app.places.hosts import has_known_ending

_OPEN, _SHUT, _SLASH = r"[\[({]", r"[\])}]", r"[/\\／]"
_SLASHES = rf"(?:{_OPEN}{_SLASH}+{_SHUT}|{_SLASH}{_SHUT}?)+"
_NAME = rf"(?:h(?:tt|xx|tx|xt|\*\*|__)p|ttp)(?:s|{_OPEN}s{_SHUT})?"
_COLON = rf"{_OPEN}?[:;：]{_SHUT}?"
SPELLED_SCHEME = rf"(?i:{_NAME}(?:{_COLON}{_SLASHES}|{_SLASH}{{2}}))"
_SCHEME = re.compile(
    rf"(?i)(?P<name>{_NAME})(?:{_COLON}{_SLASHES}|(?={_SLASH}{{2}}){_SLASHES}|:(?=[^\s/\\]))"
)
_PLAIN_SCHEME = re.compile(r"(?i)https?:[/\\]*")
_HOST_DOT = re.compile(r"(?i)[\[({<]\s?(?:\.|dot)\s?[\])}>]|[\[({]\.|\.[\])}]")
_TAIL_DOT = re.compile(r"[\[({]\.[\])}]")
_ESCAPED_HTTP = re.compile(r"(?i)https?%3a(?:%2f|/){2}")
_PERCENT_ASCII = re.compile(r"%([0-7][0-9a-fA-F])")
_BARE = re.compile(r"(?P<host>[^\s/\\?#@:]+)(?P<port>:\d{1,5})?(?P<tail>[/\\?#].*)?", re.DOTALL)
_FOUR_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_OTHER_SCHEME = re.compile(
    r"(?i)(?:(?:javascript|vbscript|data|blob|file|filesystem|mailto|ftps?|sftp|tel|sms|about|magnet|intent"
    r"|content|cid|mid|tg|whatsapp|irc|urn|ipfs|ipns)[\[(]?:(?=\S)|[a-z][a-z0-9+.-]{1,30}:[/\\]{2})"
)
_FILE_ENDINGS = frozenset("zip mov sh pl py md ai ps app rs cc so".split())  # top-level domains too


@dataclass(frozen=True)
class Refanged:
    """A URL spelled as a parser wants it. `is_plain`: it could be a mere word with a dot."""

    url: str
    is_plain: bool


def has_other_scheme(token: str) -> bool:
    """Whether `token` is an address, but not one of the web: "mailto:", "data:", "ftp://"."""
    return _SCHEME.match(token) is None and _OTHER_SCHEME.match(token) is not None


def refang(token: str) -> Refanged | None:
    """The web address spelled by `token` (no white space around it), or None where it spells none."""
    if _ESCAPED_HTTP.match(token):
        token = _PERCENT_ASCII.sub(lambda found: chr(int(found[1], 16)), token)
    scheme = _SCHEME.match(token)
    if scheme is not None:
        return _with_scheme(token, scheme)
    if token.startswith(("//", "\\\\")):
        return Refanged(f"https:{token}", is_plain=False) if len(token) > 2 else None
    return _without_scheme(token)


def _with_scheme(token: str, scheme: re.Match[str]) -> Refanged | None:
    rest, was_defanged = token[scheme.end() :], _PLAIN_SCHEME.fullmatch(scheme[0]) is None
    # "http://https://site.example": a browser would look for a host named "https", which nobody meant.
    while (inner := _SCHEME.match(rest)) is not None and rest[inner.end() - 1] in "/\\／])}":
        scheme, rest, was_defanged = inner, rest[inner.end() :], True
    if not rest:
        return None
    name = "https" if "s" in scheme["name"].lower() else "http"
    return Refanged(f"{name}://{_undo_brackets(rest, was_defanged)[0]}", is_plain=False)


def _without_scheme(token: str) -> Refanged | None:
    text, was_defanged = _undo_brackets(token, False)
    parts = _BARE.fullmatch(text)
    if parts is None:
        return None
    host = parts["host"].replace("。", ".").replace("．", ".")
    labels = host.lower().removesuffix(".").split(".")
    is_address = _FOUR_NUMBERS.fullmatch(host) is not None
    is_named = "" not in labels and (len(labels) > 1 or labels == ["localhost"])
    if not is_address and not (is_named and (was_defanged or labels[0] == "www" or has_known_ending(host))):
        return None
    if labels[-1] in _FILE_ENDINGS and parts["tail"] is None and not was_defanged and labels[0] != "www":
        return None
    # An onion name is its own key: onion sites are served without TLS.
    name = "http" if labels[-1] == "onion" else "https"
    is_plain = parts["tail"] is None and not (was_defanged or is_address or labels[0] == "www")
    return Refanged(f"{name}://{text}", is_plain)


def _undo_brackets(rest: str, was_defanged: bool) -> tuple[str, bool]:
    """`rest` (what follows the scheme) without brackets around dots, and whether it was defanged at all.

    In the path a bracketed dot can be the real name of a file, so it is touched only in a defanged URL, once.
    """
    rest, first_slash = re.subn(r"\A([^/\\?#]*)\[/\]", r"\1/", rest)
    authority = re.match(r"[^/\\?#]*", rest)
    cut = authority.end() if authority else 0
    before, at, host = rest[:cut].rpartition("@")
    tail = rest[cut:]
    dots = 0
    if not (host.startswith("[") and ":" in host):  # an IPv6 literal has brackets of its own
        host, dots = _HOST_DOT.subn(".", host)
        host = host.replace("[:]", ":")
    if was_defanged or dots or first_slash:
        return _TAIL_DOT.sub(".", before) + at + host + _TAIL_DOT.sub(".", tail), True
    return before + at + host + tail, False
