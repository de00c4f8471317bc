"""The language is in the path (/fr/ask) and nowhere else: no cookie tells which one a person reads.

A small WSGI layer moves it from the path to SCRIPT_NAME, so that url_for keeps it by itself.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from app.i18n import locales

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LanguageInPath:
    """Speaks the language that the path begins with; English without one."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        code = path[1:].partition("/")[0]
        if code in locales.LOCALES and code != locales.SOURCE:
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{code}"
            environ["PATH_INFO"] = path[len(code) + 1 :] or "/"
        else:
            code = locales.SOURCE
        with ExitStack() as stack:
            stack.enter_context(locales.use(code))
            return self._app(environ, start_response)
