"""By what places of different requests are alike. What is told here is digested at the desk alone."""

import unicodedata
from collections.abc import Iterator

import ada_url

from app.domain.series import Match
from app.places.reading import Place


def marks_of(place: Place) -> Iterator[tuple[Match, bytes]]:
    """What a place can be told by. Nothing for words alone."""
    if place.url:
        url = ada_url.URL(place.url)
        url.hash = ""
        yield Match.ADDRESS, url.href.encode()
        url.search = ""
        if url.pathname != "/":  # a bare host would be like everything on it
            yield Match.PAGE, url.href.encode()
    app, account = _folded(place.app), _folded(place.account).lstrip("@")
    if app and account:
        yield Match.ACCOUNT, f"{app}\x00{account}".encode()


def _folded(text: str) -> str:
    """As different people type the same name."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
