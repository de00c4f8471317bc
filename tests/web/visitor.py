"""Visitors to the site in tests: they read pages as a browser without scripts would, and press buttons."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import Client, TestResponse

HTTP, HTTPS = "http://localhost", "https://localhost"
PLACES = "https://img.northlight.example/a/1\nhxxps://talkyard[.]example/t/2"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}")
Fields = list[tuple[str, str]]


@dataclass
class Form:
    """A form as it stands on a page: what it would send if only its button were pressed."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words

    def values(self, name: str) -> list[str]:
        return [value for each, value in self.fields if each == name]


class Page(HTMLParser):
    """One page, read. Text is what a person sees; attributes are kept apart in `attributes`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._area: list[str] | None = None
        self._area_name = ""
        self._words: dict[str, list[str]] = {"title": [], "h1": [], "button": [], "": []}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in has.items()]
        if tag in ("title", "h1", "button"):
            self.open.append(tag)
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None:
            self._in_form(self._form, tag, has)

    def _in_form(self, form: Form, tag: str, has: dict[str, str]) -> None:
        name = has.get("name", "")
        if name and tag in ("input", "select", "textarea"):
            form.names.append(name)
        if tag == "input" and (has.get("type") not in ("radio", "checkbox") or "checked" in has):
            form.fields.append((name, has.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            form.fields.append((self._select, has.get("value", "")))
        elif tag == "textarea":
            self._area, self._area_name = [], name
        elif tag == "button":
            self._words["button"] = []
            form.buttons.append((name, has.get("value", ""), ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)
        for tag in (*self.open, ""):
            self._words[tag].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)
        if self._form is None:
            return
        if tag == "textarea" and self._area is not None:
            # Browsers drop the one newline that stands right after the tag.
            self._form.fields.append((self._area_name, "".join(self._area).removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "button" and self._form.buttons:
            name, value, _ = self._form.buttons[-1]
            self._form.buttons[-1] = (name, value, " ".join("".join(self._words["button"]).split()))
        elif tag == "form":
            self._form = None

    @property
    def title(self) -> str:
        return " ".join("".join(self._words["title"]).split())

    @property
    def heading(self) -> str:
        return " ".join("".join(self._words["h1"]).split())

    @property
    def text(self) -> str:
        return " ".join("".join(self._words[""]).split())

    def all(self, name: str, tag: str | None = None) -> list[str]:
        """Every value of an attribute."""
        return [value for on, each, value in self.attributes if each == name and tag in (None, on)]

    def form_to(self, path: str) -> Form:
        """The form that posts to `path`; "" is a form that posts to its own page."""
        return next(form for form in self.forms if form.action == path and form.method == "post")


@dataclass
class Visitor:
    """Someone with a browser and a cookie jar. Forms come from our own pages unless a test says otherwise."""

    site: Flask
    base: str = HTTP
    client: Client = field(init=False)
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    def __post_init__(self) -> None:
        self.client = self.site.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=self.base, **more)

    def read(self, path: str) -> Page:
        return Page(self.get(path).text)

    def post(self, path: str, fields: Fields | dict[str, str] = (), **more: Any) -> TestResponse:  # type: ignore[assignment]
        """Send fields as a form, in their order, names repeated where they are."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        more.setdefault("headers", self.headers)
        if "data" not in more:
            more |= {"data": encoded(pairs), "content_type": "application/x-www-form-urlencoded"}
        return self.client.post(path, base_url=self.base, **more)

    def fill(self, path: str, at: str | None = None, button: str = "", **typed: str | list[str]) -> TestResponse:
        """Open `path`, fill in its form that posts to `at` (by default the same path) and press the button."""
        form = self.read(path).form_to(path if at is None else at)
        return self.post(form.action or path, filled(form, button, **typed))

    def token(self, path: str) -> str:
        """The token in the first form of a page; "" where there is none."""
        return next((v for form in self.read(path).forms for v in form.values("csrf_token")), "")

    @property
    def cookie(self) -> str | None:
        """The session's cookie, or None."""
        kept = self.client.get_cookie("__Host-heard" if self.base == HTTPS else "heard")
        return None if kept is None else kept.value

    def ask(self, places: str = PLACES, prefix: str = "", **typed: str | list[str]) -> str:
        """Fill in the form of a request, up to the page that reads it back; the code shown there."""
        answer = self.fill(f"{prefix}/ask", places=places, **typed)
        assert answer.location == f"{prefix}/ask/review", Page(answer.text).text
        return code_on(self.read(f"{prefix}/ask/review"))

    def send(self, prefix: str = "") -> TestResponse:
        return self.fill(f"{prefix}/ask/review")

    def file(self, places: str = PLACES, **typed: str | list[str]) -> str:
        """A request that was sent; its code."""
        code = self.ask(places, **typed)
        assert self.send().location == "/ask/sent"
        return code

    def follow(self, code: str) -> TestResponse:
        return self.fill("/follow", code=code)


def filled(form: Form, button: str = "", **typed: str | list[str]) -> Fields:
    """The form's fields with what was typed, for names that are on the page; and the button with these words."""
    assert set(typed) <= set(form.names), f"not on the page: {set(typed) - set(form.names)}"
    fields = [(name, value) for name, value in form.fields if name not in typed]
    for name, value in typed.items():
        fields += [(name, each) for each in ([value] if isinstance(value, str) else value)]
    fields += [(name, value) for name, value, words in form.buttons if button and words == button and name]
    return fields


def encoded(fields: Fields) -> bytes:
    from urllib.parse import urlencode

    return urlencode(fields, errors="surrogatepass").encode()


def code_on(page: Page) -> str:
    """The one receipt code shown on a page."""
    found = set(CODE.findall(page.text))
    assert len(found) == 1, "one code is shown"
    return found.pop()
