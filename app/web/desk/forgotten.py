"""Forgetting at the desk, and bringing back within the days of grace."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.forget_request import forget_request
from app.casework.undo_forgetting import undo_forgetting
from app.i18n.locales import gettext as _
from app.reads.forgotten import read_forgotten
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.get("/forgotten")
@guards.caseworker
def forgotten(actor: Caseworker) -> ResponseReturnValue:
    """Ids and days alone: nothing is opened."""
    return page("desk/forgotten.html", rows=read_forgotten(kit(), actor))


@blueprint.post("/case/<request_id>/forget")
@guards.caseworker
def forget(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """When the person asked for it and cannot do it with their code."""
    if request.form.get("meant") != "yes":
        flash(_("Nothing was forgotten. Please tick that the person wants it."))
        return redirect(url_for("desk.case", request_id=request_id), 303)
    forget_request(kit(), actor, request_id)
    flash(_("The request is forgotten. It can be brought back for a few days."))
    return redirect(url_for("desk.queue"), 303)


@blueprint.post("/forgotten/<request_id>")
@guards.caseworker
def bring_back(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """When the person calls in time."""
    undo_forgetting(kit(), actor, request_id)
    flash(_("The request is back."))
    return redirect(url_for("desk.case", request_id=request_id), 303)
