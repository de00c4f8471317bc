"""Police ask to wait with notices: begin it, make it longer, end it."""

from flask import flash
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed, SecondCaseworkerNeeded
from app.casework.police_hold import HoldAct
from app.casework.police_hold import police_hold as keep_police_hold
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import back_to
from app.web.desk.forms import problems
from app.web.desk.referral_forms import PoliceForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.post("/case/<request_id>/wait")
@guards.caseworker
def police_hold(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """For whoever reads the case: police call at any hour."""
    form = PoliceForm()
    given = form.read(request_id)
    if given is None:
        return _again(request_id, form, 422)
    try:
        keep_police_hold(kit(), actor, given)
    except SecondCaseworkerNeeded:
        return _again(request_id, form, 409, "second")
    except NotAllowed:
        return _again(request_id, form, 409, "stale")
    match given.act:
        case HoldAct.START:
            flash(_("Notices of this case wait for a day. Letters that had not left are stopped."))
        case HoldAct.EXTEND:
            flash(_("Notices of this case wait until three days have passed since police asked."))
        case HoldAct.END:
            flash(_("Notices of this case may go out again. Letters that were stopped need a new approval."))
    return back_to(request_id)


def _again(request_id: str, form: PoliceForm, status: int, trouble: str = "") -> ResponseReturnValue:
    """A page with nothing of the case on it: what was written is still there."""
    return page(
        "desk/police_hold.html",
        status=status,
        request_id=request_id,
        form=form,
        problems=problems(form),
        trouble=trouble,
    )
