"""The demonstration's stand-in for the neutral site where *Leave this page* lands. Not in a real site."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.web import guards
from app.web.glue import page

PATH = "/elsewhere"
blueprint = Blueprint("elsewhere", __name__)


@blueprint.get(PATH)
@guards.anyone
def elsewhere() -> ResponseReturnValue:
    """A page about nothing."""
    return page("errors/elsewhere.html")
