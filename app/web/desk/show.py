"""Showing what a case keeps covered, for this one page: the next page has it covered again."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.show_in_case import ShowInput, What, show_in_case
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import Shown, show_case
from app.web.desk.routes import blueprint
from app.web.glue import kit

SHOWN: tuple[What, ...] = ("addresses", "story", "live")


@blueprint.post("/case/<request_id>/show")
@guards.caseworker
def show(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """An answer without an address of its own: reloading or coming back shows nothing."""
    what = next((one for one in SHOWN if one == request.form.get("what")), None)
    chosen = tuple(dict.fromkeys(request.form.getlist("location_ids")))
    if what is None or (what != "story" and not chosen) or (what == "live" and len(chosen) != 1):
        one = _("Please choose one place.") if what == "live" else _("Please choose at least one place.")
        flash(one)
        return show_case(actor, request_id, status=422)
    case = show_in_case(kit(), actor, ShowInput(request_id, chosen, what))
    shown = Shown(
        addresses=frozenset(chosen) if what == "addresses" else frozenset(),
        story=what == "story",
        live=chosen[0] if what == "live" else "",
    )
    return show_case(actor, request_id, shown=shown, case=case)
