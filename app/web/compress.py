"""Compression of pages that everybody gets alike, and of no others.

A page that carries a secret (a form token, a code, a place) beside text that a stranger can choose
tells the secret by its compressed length (BREACH). So only what is sent without a session, and in
answer to a bare address, is compressed.
"""

import gzip

from flask import Response, request

from app.web.sessions import this_session

_WORTH_IT_BYTES = 1000


def compress(response: Response) -> Response:
    """Gzip a public page for a browser that takes it."""
    if (
        request.method == "GET"
        and response.status_code == 200
        and response.mimetype == "text/html"
        and request.blueprint != "provider"  # its address is a secret, and stands in the page
        and not request.query_string
        and not this_session().is_live
        and not this_session()
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and (response.content_length or 0) >= _WORTH_IT_BYTES
    ):
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
