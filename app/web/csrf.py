"""One check before every POST, whatever the view.

With a live session: its token (Flask-WTF). Before there is one, no cookie exists and none is
needed: the browser itself says where the form came from. An old browser that says nothing gets
its answers back with a button to press once more, so that nobody is shut out and nothing is lost.
"""

from flask import request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup, escape
from werkzeug.exceptions import Forbidden

from app.web.sessions import this_session

protect = CSRFProtect()
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class AskAgain(Exception):
    """Nobody can tell where this form came from: show it back and let the person press once more."""


def check() -> None:
    """Raises AskAgain, or Forbidden for a form that another site sent."""
    if request.method in _SAFE:
        return
    said = request.headers.get("Sec-Fetch-Site", "")
    if said in ("cross-site", "same-site"):
        raise Forbidden
    if this_session().is_live:
        try:
            protect.protect()
        except CSRFError:
            raise AskAgain from None
        return
    if said == "same-origin":
        return
    origin = request.headers.get("Origin", "null")
    if origin == request.host_url.rstrip("/"):
        return
    if origin != "null":
        raise Forbidden
    raise AskAgain


def csrf_field() -> Markup:
    """The hidden field of a form; empty while there is no session, so that looking sets no cookie."""
    if not this_session().is_live:
        return Markup("")
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(escape(generate_csrf()))


def open_session_for_asking_again() -> None:
    """Give the visitor a session, so that the form shown back carries a token."""
    kept = this_session()
    if not kept.is_live:
        kept["asked_again"] = True
        kept.renew()
