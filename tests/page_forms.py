"""Forms as a browser without script would find and send them, as far as this site's pages go."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """One form of a page: where it goes, what it offers, what it would send untouched."""

    action: str
    method: str
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)

    def offer(self, name: str, value: str | None = None) -> None:
        self.names.add(name)
        if value is not None:
            self.sent.setdefault(name, []).append(value)


class Forms(HTMLParser):
    """Reads forms as browsers do, as far as this site's pages go."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self._open: PageForm | None = None
        self._by_id: dict[str, PageForm] = {}
        self._text: str | None = None
        self._typed = ""
        self._select: str | None = None
        self._apart: list[tuple[str, str, str | None]] = []
        self.feed(page)
        for form_id, name, value in self._apart:
            self._by_id[form_id].offer(name, value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(has.get("action", ""), has.get("method", "get"))
            self.found.append(self._open)
            self._by_id[has.get("id", "")] = self._open
        elif tag == "input" and "form" in has:  # it stands elsewhere, and goes with a form by its id
            self._apart.append((has["form"], has["name"], has["value"] if "checked" in has else None))
        elif self._open is None:
            return
        elif tag == "input" and has.get("type") in ("radio", "checkbox"):
            self._open.offer(has["name"], has["value"] if "checked" in has else None)
        elif tag == "input":
            self._open.offer(has["name"], has.get("value", ""))
        elif tag == "textarea":
            self._text, self._typed = has["name"], ""
        elif tag == "select":
            self._select = has["name"]
            self._open.offer(has["name"])
        elif tag == "option" and self._select and "selected" in has:
            self._open.offer(self._select, has["value"])
        elif tag == "button" and "name" in has:
            self._open.buttons.append((has["name"], has.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None and self._open is not None:
            self._open.offer(self._text, self._typed.removeprefix("\n"))
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._open = None
