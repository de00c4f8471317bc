"""Reading our own pages as far as the bench needs it: hidden fields, the code, what a page loads."""

import re
from urllib.parse import urlencode

from tests.bench.figures import BenchBroken

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_CODE = re.compile(r'<p class="code"><bdi[^>]*>([0-9A-Z-]{29})</bdi>')
_LINK = re.compile(r'<link rel="(?:icon|stylesheet)"[^>]* href="([^"]+)">')
_SOURCE = re.compile(r'<(?:img|script|iframe)[^>]* src="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


def places(count: int) -> str:
    """`count` different places, as typed."""
    return "\n".join(f"https://img.northlight.example/a/{number}" for number in range(count))


def encoded(**fields: str) -> str:
    return urlencode(fields)


def hidden_fields(page: str) -> str:
    """What the page's form sends when only its button is pressed, encoded."""
    fields = _HIDDEN.findall(page)
    if not {"csrf_token", "seen"} <= {name for name, _ in fields}:
        raise BenchBroken("the page that reads back has another form than the bench knows")
    return urlencode(fields)


def code_on(page: str) -> str:
    """The receipt code shown on a page."""
    found = _CODE.search(page)
    if found is None:
        raise BenchBroken("a page that should show a code shows none")
    return found.group(1)


def loaded_by(page: str) -> tuple[str, ...]:
    """Paths of what a browser fetches to show this page, each once."""
    return tuple(dict.fromkeys((*_LINK.findall(page), *_SOURCE.findall(page))))
