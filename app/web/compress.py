"""Compression of pages that everybody gets alike, and of no others.

A page that carries a secret (a form token, a code, a place) beside text that a stranger can choose
tells the secret by its compressed length (BREACH). So only two kinds of page are compressed: those
that say of themselves that they hold no form and nothing of a session, and what is sent without a
session and in answer to a bare address.
"""

import gzip

from flask import Response, g, request

from app.web.sessions import this_session

_WORTH_IT_BYTES = 1000
_PUBLIC = "heard_public"


def mark_public() -> None:
    """For a view whose page is the same for everybody: no form, no word of a session or of its address."""
    setattr(g, _PUBLIC, True)


def _is_alike() -> bool:
    if g.get(_PUBLIC, False):
        return True
    return (
        request.blueprint != "provider"  # its address is a secret, and stands in the page
        and not request.query_string
        and not this_session().is_live
        and not this_session()
    )


def compress(response: Response) -> Response:
    """Gzip a public page for a browser that takes it."""
    if (
        request.method == "GET"
        and response.status_code == 200
        and response.mimetype == "text/html"
        and _is_alike()
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and (response.content_length or 0) >= _WORTH_IT_BYTES
    ):
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
