"""One case: reading it, writing to the people who ask in it."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotHolding, TakenBySomeoneElse
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.forms import MessageForm
from app.web.desk.routes import blueprint
from app.web.glue import kit


@blueprint.get("/case/<request_id>")
@guards.caseworker
def case(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Opening a case is written to its trail, by the verb."""
    return show_case(actor, request_id)


@blueprint.post("/case/<request_id>/message")
@guards.caseworker
def message(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Write to one of those who ask: the form says to whom, by an id that the page put there."""
    form = MessageForm()
    if not form.validate():
        return show_case(actor, request_id, CaseForms(message=form), 422)
    to = request.form.get("party_id", "")
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        given = MessageInput(request_id=request_id, party_id=to, text=form.text.data)
        write_message(kit(), actor, given)
    except (NotHolding, TakenBySomeoneElse):
        return show_case(actor, request_id, CaseForms(message=form), 409)
    flash(_("Your message is saved. The person sees it when they come back."))
    return back_to(request_id)
