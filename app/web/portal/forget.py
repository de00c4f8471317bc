"""Forgetting everything: what can no longer be called back is said first."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.forget_request import forget_request
from app.domain.requests import GRACE
from app.domain.words import LocationState, Standing
from app.reads.follow import read_follow
from app.web import guards, sessions
from app.web.glue import kit, page
from app.web.portal.blueprint import portal

_GONE_OUT = (LocationState.NOTICE_SENT, LocationState.SAYS_REMOVED)


@portal.get("/follow/forget")
@guards.requester
def forget(actor: Requester) -> ResponseReturnValue:
    """Only for who speaks for themselves: nobody else destroys anything for a child."""
    return _ask(actor)


@portal.post("/follow/forget")
@guards.requester
def forget_now(actor: Requester) -> ResponseReturnValue:
    """Once it was said that it is meant."""
    if request.form.get("meant") != "yes":
        return _ask(actor, status=422, missing=True)
    forget_request(kit(), actor, actor.request_id)
    sessions.end()
    return redirect(url_for("portal.forgotten"), 303)


@portal.get("/forgotten")
@guards.anyone
def forgotten() -> ResponseReturnValue:
    """Says nothing of any request: it opens without one, too."""
    return page("portal/forgotten.html", days=GRACE.days)


def _ask(actor: Requester, status: int = 200, missing: bool = False) -> ResponseReturnValue:
    shown = read_follow(kit(), actor)
    if shown.standing is not Standing.OWN:
        return redirect(url_for("portal.request_page"), 303)
    gone_out = tuple(place for place in shown.places if place.state in _GONE_OUT)
    return page("portal/forget.html", status=status, gone_out=gone_out, days=GRACE.days, missing=missing)
