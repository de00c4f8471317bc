"""Showing a place without making it a link: defanged to be read, masked where others may see the screen."""

import re

import ada_url

from app.places.reading import Place

_PARTS = re.compile(r"(?s)(?P<scheme>https?)://(?:(?P<before>[^/?#]*)@)?(?P<host>[^/?#]*)(?P<after>.*)")
_BRACKETED_DOT = re.compile(r"[\[({]\.[\])}]")


def defang(url: str) -> str:
    """`url` so that no program makes a link of it: "hxxps://img[.]site[.]example/x".

    `read_places` reads it back to the same URL. Of other text all dots are bracketed.
    """
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return _bracket_dots(url)
    before = "" if parts["before"] is None else _escape(parts["before"]) + "@"
    scheme = parts["scheme"].replace("tt", "xx")
    return f"{scheme}://{before}{_bracket_dots(parts['host'])}{_escape(parts['after'])}"


def mask(url: str) -> str:
    """Only where `url` is, not what: "img.site.example/…". The middle of an onion name is left out."""
    try:
        place = ada_url.URL(url)
        host, has_more = place.hostname, bool(place.pathname not in ("", "/") or place.search or place.hash)
    except ValueError:
        return "…"
    if host.endswith(".onion"):
        before, _, label = host.removesuffix(".onion").rpartition(".")
        host = (f"{before}." if before else "") + f"{label[:6]}…{label[-6:]}.onion"
    return f"{host}/…" if has_more or not host else host


def masked_place(place: Place) -> str:
    """As `mask`, for every kind of place; empty where there are only words to show."""
    return mask(place.url) if place.url else place.app


def whole_place(place: Place) -> str:
    """All of a place, never as a link."""
    if place.url:
        return defang(place.url)
    return f"{place.app}: {place.account}" if place.app else place.typed


def _bracket_dots(text: str) -> str:
    return text.replace(".", "[.]")


def _escape(text: str) -> str:
    """Reading takes brackets off the dots of a defanged URL: a URL with such brackets gets a second pair."""
    return _bracket_dots(text) if _BRACKETED_DOT.search(text) else text
