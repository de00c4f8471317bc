"""Abuse that goes on now: what leaves, to whom, and whether the child was told first."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.emergency import emergency as prepare_emergency
from app.casework.errors import ReferralRefused
from app.casework.kit import new_id
from app.casework.open_case import open_case
from app.domain.desk_words import ReferralKind
from app.i18n.locales import gettext as _
from app.reads.referrals import read_recipients
from app.web import guards
from app.web.desk.forms import problems
from app.web.desk.refer import police_wishes
from app.web.desk.referral_forms import EmergencyForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.route("/case/<request_id>/emergency", methods=["GET", "POST"])
@guards.caseworker
def emergency(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """For whoever reads the case: it cannot wait for the colleague who has it."""
    form = EmergencyForm()
    if not form.is_submitted():
        return _show(actor, request_id, form)
    given = form.read_emergency(request_id)
    if given is None:
        return _show(actor, request_id, form, 422)
    try:
        referral_id = prepare_emergency(kit(), actor, given)
    except ReferralRefused as refused:
        form.refuse(refused.code)
        return _show(actor, request_id, form, 409)
    flash(_("It is prepared, and the case stands first. Now hand it over at once, and note that you did."))
    return redirect(url_for("desk.referral", referral_id=referral_id), 303)


def _show(actor: Caseworker, request_id: str, form: EmergencyForm, status: int = 200) -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not form.is_submitted():
        form.referral_id.data = new_id()
        form.location_ids.data = request.args.getlist("location_ids")  # chosen on the page before
    return page(
        "desk/emergency.html",
        status=status,
        case=case,
        form=form,
        places=tuple(place for place in case.places if place.url or place.place.app),
        recipients=read_recipients(kit(), actor, ReferralKind.EMERGENCY, case.places),
        wishes=police_wishes(case),
        calls=bool(kit().settings.on_call_email),
        problems=problems(form),
    )
