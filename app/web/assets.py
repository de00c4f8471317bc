"""The style sheet, the mark, one script: read and compressed once at start, never cached by a visitor."""

import gzip
from pathlib import Path

from flask import Flask, Response, abort, g, request, url_for
from markupsafe import Markup

from app.web import guards
from app.web.headers import SCRIPT

_FOLDER = Path(__file__).parent / "static"
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def serve(app: Flask) -> None:
    """Serve static/ under its own view. Only these files are compressed: pages may carry secrets."""
    plain = {file.name: file.read_bytes() for file in _FOLDER.iterdir() if file.suffix in _KINDS}
    packed = {name: gzip.compress(content, 9, mtime=0) for name, content in plain.items()}

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


def passkey_script() -> Markup:
    """The tag that loads the script. This answer's content security policy then lets it run."""
    setattr(g, SCRIPT, True)
    return Markup('<script src="{}" defer></script>').format(url_for("static", filename="passkey.js"))
