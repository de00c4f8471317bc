"""Is this process alive, and does its database answer?"""

from flask import Blueprint, Response
from sqlalchemy import text

from app.web import guards
from app.web.glue import kit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@guards.anyone
def healthz() -> Response:
    with kit().database.reading() as work:
        work.connection.execute(text("SELECT 1"))
    return Response("ok\n", content_type="text/plain; charset=utf-8")
