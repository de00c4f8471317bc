"""What the web tests read from a page, and requests that no form of ours would send."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import Client, TestResponse

from tests.walks import FORM, HOST, Asking, Value, Visitor

HTTPS = "https://heard.hotline.example"
PLACES = "https://img.northlight.example/a/1\nhxxps://talkyard[.]example/t/2"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
# The smallest PNG there is: one grey pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


class Page(HTMLParser):
    """One page: its words as a person sees them, and its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self._words: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("title", "h1"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        self._words.append((self._open[-1] if self._open else "", data))

    def _said(self, *within: str) -> str:
        return " ".join("".join(words for tag, words in self._words if not within or tag in within).split())

    @property
    def title(self) -> str:
        return self._said("title")

    @property
    def heading(self) -> str:
        return self._said("h1")

    @property
    def text(self) -> str:
        return self._said()

    def values(self, attribute: str, tag: str | None = None) -> list[str]:
        """Every value of an attribute, on every tag or on one kind."""
        return [has[attribute] for each, has in self.tags if attribute in has and tag in (None, each)]


def post(visitor: Asking | Client, path: str, fields: Mapping[str, Value], **more: Any) -> TestResponse:
    """Send fields whether or not a page asks for them; `more` is the test client's, headers for one."""
    client = visitor if isinstance(visitor, Client) else visitor.client
    data = more.pop("data", None) or urlencode(fields, doseq=True, errors="surrogatepass")
    given = {
        "base_url": HOST,
        "headers": SAME_ORIGIN,
        "content_type": FORM,
        "content_length": len(data),
    } | more
    return client.post(path, data=data, **given)


def drafted(site: Flask, places: str = PLACES, prefix: str = "", /, **answers: Value) -> Asking:
    """Somebody who filled in the form and now reads it once more."""
    asking = Asking(site, prefix)
    asking.fill(places, **answers)
    return asking


def without_tokens(visitor: Visitor) -> str:
    """The open page without its forms' tokens: in random letters any short word may stand by chance."""
    page = visitor.now.text
    for form in visitor.forms:
        for token in form.sent.get("csrf_token", ()):
            page = page.replace(token, "")
    return page


def token_of(visitor: Asking) -> str:
    """The token of the first form on the open page; "" where it has none."""
    return next((form.sent["csrf_token"][0] for form in visitor.forms if "csrf_token" in form.sent), "")
