"""The language is in the path (/fr/ask) and nowhere else: no cookie tells which one a person reads.

A small WSGI layer moves it from the path to SCRIPT_NAME, so that url_for keeps it by itself. A path
without one is English, unless the browser asks for another language of ours: then it leads there, and
/en is English for those who choose it all the same.

Notices go out in more languages than the site speaks. Those lead to the pages for providers, and nowhere
else: to the rest of the site they are no language.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.i18n import locales

_CHOSEN = "heard.language"
# The pages that a notice leads to, and what every page needs: its style, and the way out.
_FOR_PROVIDERS = re.compile(r"/(?:n/.*|verify|static/.*|leave)", re.DOTALL)
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LanguageInPath:
    """Speaks the language that the path begins with; English without one."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        code = path[1:].partition("/")[0]
        if _speaks(code, path[len(code) + 1 :]):
            environ[_CHOSEN] = code
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{code}"
            environ["PATH_INFO"] = path[len(code) + 1 :] or "/"
        else:
            code = locales.SOURCE
        with ExitStack() as stack:
            stack.enter_context(locales.use(code))
            return self._app(environ, start_response)


def _speaks(code: str, path: str) -> bool:
    """Whether there are pages at this path in this language."""
    if code in locales.LOCALES:
        return True
    return code in locales.NOTICE_LOCALES and _FOR_PROVIDERS.fullmatch(path) is not None


def chosen() -> str | None:
    """The language that the path names; None where it names none."""
    code = request.environ.get(_CHOSEN)
    return code if isinstance(code, str) else None


def preferred() -> str:
    """The language of ours that this browser asks for first; English when it asks for none."""
    for asked, quality in request.accept_languages:  # the most wanted first
        code = asked.partition("-")[0].lower()
        if quality > 0 and code in locales.LOCALES:
            return code
    return locales.SOURCE


def prefix_of(code: str) -> str:
    """What stands before a path to read it in this language, whatever the browser asks for."""
    return "" if code == locales.SOURCE == preferred() else f"/{code}"


def guess() -> ResponseReturnValue | None:
    """A page of the portal whose path names no language: in the one the browser asks for.

    Never after that: every link of the page that opens then names its language.
    """
    is_page = request.method in ("GET", "HEAD") and request.blueprint == "portal"
    if not is_page or request.endpoint == "portal.leave" or _CHOSEN in request.environ:
        return None
    prefix = prefix_of(preferred())
    return redirect(prefix + request.full_path.rstrip("?"), 303) if prefix else None
