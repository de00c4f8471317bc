"""The pages anyone may read, and the way out."""

from flask import redirect
from flask.typing import ResponseReturnValue

from app.web import guards, sessions
from app.web.glue import kit, page
from app.web.portal.blueprint import portal


@portal.get("/")
@guards.anyone
def home() -> ResponseReturnValue:
    """What this is, who reads it, what it can do, and the two ways in."""
    return page("portal/home.html")


@portal.get("/support")
@guards.anyone
def support() -> ResponseReturnValue:
    """People to talk to, from the operator's own list."""
    return page("portal/support.html")


@portal.get("/privacy")
@guards.anyone
def privacy() -> ResponseReturnValue:
    """The operator's text on what is kept."""
    return page("portal/privacy.html")


@portal.get("/duties")
@guards.anyone
def duties() -> ResponseReturnValue:
    """The operator's text on what must be passed on to others."""
    return page("portal/duties.html")


@portal.get("/leave")
@guards.anyone
def leave() -> ResponseReturnValue:
    """End what is open here and go to a neutral site. A plain link: it must work with nothing else."""
    sessions.end()
    response = redirect(kit().settings.exit_url, 303)
    # Not "cache": browsers may take seconds over it and go on only then. Pages are no-store anyway.
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response
