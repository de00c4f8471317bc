"""A signed mandate of a case: noted, and taken back."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed, NotHolding, TakenBySomeoneElse
from app.casework.note_mandate import MandateInput, note_mandate
from app.casework.take_case import take_case
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.mandate_form import MandateForm
from app.web.desk.routes import blueprint
from app.web.glue import kit


@blueprint.post("/case/<request_id>/mandate")
@guards.caseworker
def mandate(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Where the paper lies; or that the mandate holds no more, which needs no words."""
    form = MandateForm()
    is_taken_back = request.form.get("do") == "take_back"
    given = MandateInput(request_id, "") if is_taken_back else form.read(request_id)
    if given is None:
        return show_case(actor, request_id, CaseForms(mandate=form), 422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        note_mandate(kit(), actor, given)
    except (NotHolding, TakenBySomeoneElse):
        return show_case(actor, request_id, CaseForms(mandate=form), 409)
    except NotAllowed:  # pressed twice, or a colleague did the same: it stands as it is wanted
        return back_to(request_id)
    if is_taken_back:
        flash(_("The mandate is taken back. No new letter cites it."))
    else:
        flash(_("The mandate is noted. A letter cites it only where you tick it there."))
    return back_to(request_id)
