"""The style sheet, the mark, two scripts: read once at start, never cached by a visitor.

The way out's script stands in every page, because it has to work before anything else is fetched;
the policy lets exactly that text run, by its hash. The other is loaded where passkeys are offered.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, g, request, url_for
from markupsafe import Markup

from app.web import guards
from app.web.headers import SCRIPTS

_FOLDER = Path(__file__).parent / "static"
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_INLINE = "leave.js"


def slim(text: str) -> str:
    """A style sheet or script without its comments and indentation: those are for us, not for a slow line.

    A script's comments begin a line of their own (`//`), so that no string is taken for one.
    """
    text = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def leave_script_text() -> str:
    """What stands between the tags on every page, to the letter."""
    return slim((_FOLDER / _INLINE).read_text("utf-8"))


def source_of(script: str) -> str:
    """The words by which a content security policy lets one inline script run (CSP 3, 2.3.1)."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def serve(app: Flask) -> None:
    """Serve static/ under its own view. Only these files are compressed always: pages may carry secrets."""
    files = [file for file in _FOLDER.iterdir() if file.suffix in _KINDS and file.name != _INLINE]
    plain = {
        file.name: file.read_bytes() if file.suffix == ".svg" else slim(file.read_text("utf-8")).encode()
        for file in files
    }
    packed = {name: gzip.compress(content, 9, mtime=0) for name, content in plain.items()}
    app.jinja_env.globals["leave_script"] = _leave_script(leave_script_text())

    @app.get("/static/<filename>", endpoint="static")
    @guards.anyone
    def static(filename: str) -> Response:
        if filename not in plain:
            abort(404)
        kind = _KINDS[Path(filename).suffix]
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response = Response(packed[filename], content_type=kind)
            response.headers["Content-Encoding"] = "gzip"
            return response
        return Response(plain[filename], content_type=kind)


def _let_run(source: str) -> None:
    setattr(g, SCRIPTS, {*g.get(SCRIPTS, ()), source})


def _leave_script(text: str) -> Callable[[], Markup]:
    """The template's leave_script(): the tag of the way out, and this answer's policy that lets it run."""
    # Our own file, read at start: nothing of a request is in it.
    tag, source = Markup(f"<script>{text}</script>"), source_of(text)  # noqa: S704

    def leave_script() -> Markup:
        _let_run(source)
        return tag

    return leave_script


def passkey_script() -> Markup:
    """The tag that loads the script. This answer's content security policy then lets it run."""
    _let_run("'self'")
    return Markup('<script src="{}" defer></script>').format(url_for("static", filename="passkey.js"))
