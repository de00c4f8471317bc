"""The list of cases, and taking one or giving it back."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.give_back import give_back as give_case_back
from app.casework.take_case import take_case
from app.casework.unlock_courier import unlock_courier
from app.i18n.locales import gettext as _
from app.reads.desk_state import read_desk_state
from app.reads.queue import Which, read_queue
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

FILTERS: tuple[Which, ...] = ("free", "mine", "due", "open")


@blueprint.get("/")
@guards.caseworker
def queue(actor: Caseworker) -> ResponseReturnValue:
    """Oldest first, or the longest overdue. `which` is one of FILTERS; anything else shows the free cases."""
    wanted = request.args.get("which", "")
    which = next((one for one in FILTERS if one == wanted), FILTERS[0])
    rows = read_queue(kit(), actor, which, request.args.get("after") or None)
    state = read_desk_state(kit(), actor)
    return page("desk/queue.html", queue=rows, which=which, filters=FILTERS, state=state)


@blueprint.post("/case/<request_id>/take")
@guards.caseworker
def take(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Take a case, so that only one person at a time changes it."""
    take_case(kit(), actor, request_id)
    flash(_("You have taken this case."))
    return redirect(url_for("desk.case", request_id=request_id), 303)


@blueprint.post("/case/<request_id>/give-back")
@guards.caseworker
def give_back(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Give a case back without a reason: nobody has to explain a pause."""
    give_case_back(kit(), actor, request_id)
    flash(_("You have given the case back. Somebody else can take it now."))
    return redirect(url_for("desk.queue"), 303)


@blueprint.post("/unlock")
@guards.caseworker
def unlock(actor: Caseworker) -> ResponseReturnValue:
    """Open the courier with this caseworker's key, so that waiting letters can leave."""
    if unlock_courier(kit(), actor):
        flash(_("The courier is open. Waiting letters go out in the next minutes."))
    else:
        flash(_("No courier is waiting for a key. If letters stay, please tell whoever runs the server."))
    return redirect(url_for("desk.queue"), 303)
