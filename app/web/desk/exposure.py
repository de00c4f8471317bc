"""A caseworker's own day: what they were shown, a break when it is time, and a stop when it is enough."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.casework.actors import Caseworker
from app.casework.errors import EnoughForToday
from app.casework.take_break import take_break
from app.domain.exposure import Exposure
from app.i18n.locales import gettext as _
from app.reads.colleagues import read_colleagues
from app.reads.exposure import is_holding, read_exposure
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.context_processor
def offer_own_day() -> dict[str, object]:
    """For desk/exposure.html, which every page of the desk holds."""
    return {"own_day": _own_day}


def _own_day() -> Exposure | None:
    """Of who is signed in, and of nobody else. None for those who open no case."""
    actor = current_user.actor if current_user.is_authenticated else None
    return read_exposure(kit(), actor) if isinstance(actor, Caseworker) else None


@blueprint.post("/break", endpoint="break_")
@guards.caseworker
def had_break(actor: Caseworker) -> ResponseReturnValue:
    """They had a break; back to the case they were in."""
    take_break(kit(), actor)
    flash(_("Good. Go on when you are ready."))
    request_id = request.form.get("request_id", "")
    if request_id:
        return redirect(url_for("desk.case", request_id=request_id), 303)
    return redirect(url_for("desk.queue"), 303)


@blueprint.errorhandler(EnoughForToday)
def enough_for_today(_error: EnoughForToday) -> ResponseReturnValue:
    """Nothing new is shown any more today. What was typed is given back; a case can be handed on unseen."""
    actor, request_id = current_user.actor, (request.view_args or {}).get("request_id", "")
    holds = is_holding(kit(), actor, request_id)
    colleagues = read_colleagues(kit(), actor, request_id) if holds else ()
    return page(
        "desk/enough.html",
        status=403,
        request_id=request_id,
        holds=holds,
        colleagues=(("", _("Choose…")), *((one.id, one.handle) for one in colleagues)),
        texts=guards.typed_now(),
    )
