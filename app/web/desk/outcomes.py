"""What providers said and what became of places, and the address of a place that was told without one."""

from flask import flash
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed
from app.casework.locate_place import locate_place
from app.casework.record_outcome import record_outcome
from app.casework.record_reply import record_reply
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_forms import LocateForm, OutcomeForm
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.forms import ReplyForm, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence, outcome_refused
from app.web.glue import kit


@blueprint.post("/case/<request_id>/reply")
@guards.caseworker
def reply(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Note what a provider replied by mail or phone; it stays the provider's word."""
    form = ReplyForm()
    given = form.read(request_id)
    if given is None:
        return show_case(actor, request_id, CaseForms(reply=form), 422)
    try:
        record_reply(kit(), actor, given)
    except NotAllowed:
        refuse(form.location_ids, form_sentence("not_noticed"))
        return show_case(actor, request_id, CaseForms(reply=form), 409)
    flash(_("The reply is noted."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/outcome")
@guards.caseworker
def outcome(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Note what became of places. Nothing is contacted to find it out."""
    form = OutcomeForm()
    given = form.read(request_id)
    if given is None:
        return show_case(actor, request_id, CaseForms(outcome=form), 422)
    try:
        record_outcome(kit(), actor, given)
    except NotAllowed:
        refuse(form.outcome, outcome_refused())
        return show_case(actor, request_id, CaseForms(outcome=form), 409)
    flash(_("It is noted. The person sees it when they come back."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/locate")
@guards.caseworker
def locate(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Write down the address of a place that was told as an app and an account, or in words."""
    form = LocateForm()
    given = form.read(request_id)
    if given is None:
        return show_case(actor, request_id, CaseForms(locate=form), 422)
    try:
        locate_place(kit(), actor, given)
    except NotAllowed:
        refuse(form.address, form_sentence("not_to_locate"))
        return show_case(actor, request_id, CaseForms(locate=form), 409)
    flash(_("The address is noted. The place can now be in a notice."))
    return back_to(request_id)
