"""Those who ask in a case: whose authority was checked, the child's own access, whose access ends."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from app.casework.actors import Caseworker
from app.casework.check_authority import check_authority
from app.casework.errors import NotAllowed
from app.casework.issue_child_code import issue_child_code
from app.casework.join_requests import join_requests
from app.casework.open_case import open_case
from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk
from app.casework.verify_child import verify_child
from app.i18n.locales import gettext as _
from app.reads.joinable import read_joinable
from app.web import guards
from app.web.desk.case_forms import JoinForm
from app.web.desk.case_page import back_to
from app.web.desk.forms import problems
from app.web.desk.routes import blueprint
from app.web.desk.shown_code import forget_code, keep_code, shown_code
from app.web.glue import kit, page


@blueprint.post("/case/<request_id>/authority")
@guards.caseworker
def authority(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Say that the authority of a representative was checked; they then see the places."""
    check_authority(kit(), actor, request_id)
    flash(_("Noted: their authority was checked. They now see where each place stands."))
    return back_to(request_id)


@blueprint.get("/case/<request_id>/own-code")
@guards.caseworker
def child_code(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """How to hand a code over safely, and the code while it is shown."""
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me or not case.filer.voice.asker.is_representative:
        return back_to(request_id)
    child = next((one for one in case.parties if one.number > 1), None)
    return page("desk/child_code.html", case=case, child=child, code=shown_code(request_id))


@blueprint.post("/case/<request_id>/own-code", endpoint="issue_code")
@guards.caseworker
def issue_code(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Make the code, or put the page with it away. A reload shows the same code again."""
    if "noted" in request.form:
        forget_code()
        flash(_("The code is not shown any more. If it gets lost before its first use, make a new one."))
        return back_to(request_id)
    try:
        keep_code(request_id, issue_child_code(kit(), actor, request_id))
    except NotAllowed:
        flash(_("No code was made: the child uses their own access already."))
        return back_to(request_id)
    return redirect(url_for("desk.child_code", request_id=request_id), 303)


@blueprint.post("/case/<request_id>/own-verified")
@guards.caseworker
def child_verified(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Say that the child's own access is the child's."""
    if request.form.get("meant") != "yes":
        flash(_("Nothing was noted. Please tick that you have made sure."))
        return back_to(request_id)
    verify_child(kit(), actor, request_id)
    flash(_("Noted: this access is the child’s own. They can now withdraw and forget by themselves."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/revoke")
@guards.caseworker
def revoke(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """End somebody's access, in silence."""
    if request.form.get("meant") != "yes":
        flash(_("No access was ended. Please tick that you mean it."))
        return back_to(request_id)
    revoke_party_at_desk(kit(), actor, RevokeInput(request_id, request.form.get("party_id", "")))
    flash(_("Their access has ended. They are not told, and see the page as it was."))
    return back_to(request_id)


@blueprint.route("/case/<request_id>/join", methods=["GET", "POST"])
@guards.caseworker
def join_case(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Choose the child's own case among those that this caseworker holds, too."""
    form = JoinForm()
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me or not case.filer.voice.asker.is_representative:
        return back_to(request_id)
    status, refused = 200, False
    if form.is_submitted():
        given = form.read(request_id)
        status = 422
        if given is not None:
            try:
                join_requests(kit(), actor, given)
            except NotAllowed:
                status, refused = 409, True
            else:
                flash(_("The two cases are one now. The child’s code works as before; they come in anew."))
                return back_to(request_id)
    return page(
        "desk/join_case.html",
        status=status,
        case=case,
        form=form,
        problems=problems(form),
        refused=refused,
        joinable=read_joinable(kit(), actor, request_id),
    )
