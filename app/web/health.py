"""Is this process alive, and does its database answer?"""

from flask import Blueprint, Response

from app.reads.health import read_health
from app.web import guards
from app.web.glue import kit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@guards.anyone
def healthz() -> Response:
    """For the proxy and the watch: says nothing but ok."""
    read_health(kit())
    return Response("ok\n", content_type="text/plain; charset=utf-8")
