"""One case: reading it, writing to the people who ask in it."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.canned_replies import read_canned_replies
from app.casework.errors import NotHolding, TakenBySomeoneElse
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.forms import MessageForm, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
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
    if "insert" in request.form:
        return _with_ready_made(actor, request_id, form)
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


def _with_ready_made(actor: Caseworker, request_id: str, form: MessageForm) -> ResponseReturnValue:
    """The page again with a ready-made reply after what was typed. Nothing is sent, nothing is lost."""
    form.validate()  # says a picture that was taken out
    form.text.errors = [] if not getattr(form.text, "had_picture", False) else form.text.errors
    picked = request.form.get("canned", "")
    found = next((one for one in read_canned_replies(kit()) if one.id == picked), None)
    if found is not None:
        form.put_in(found.text)
        return show_case(actor, request_id, CaseForms(message=form))
    refuse(form.text, form_sentence("choose_canned"))
    return show_case(actor, request_id, CaseForms(message=form), 422)
