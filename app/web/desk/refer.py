"""Preparing a referral to the hotline of the provider's country, or to police: which places, and whom for."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder, CasePlace
from app.casework.errors import NotHolding, ReferralRefused, TakenBySomeoneElse
from app.casework.kit import new_id
from app.casework.open_case import open_case
from app.casework.prepare_referral import prepare_referral
from app.casework.take_case import take_case
from app.domain.desk_words import ReferralKind
from app.domain.referrals import TO_HOTLINE_FROM
from app.domain.words import LocationState, Matter
from app.i18n.locales import gettext as _
from app.reads.referrals import Recipients, read_recipients
from app.web import guards
from app.web.desk.case_page import back_to
from app.web.desk.forms import member_of, problems
from app.web.desk.referral_forms import ReferForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.route("/case/<request_id>/refer", methods=["GET", "POST"])
@guards.caseworker
def refer(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Nothing leaves by this: the package waits for a person to hand it over."""
    kind = member_of(ReferralKind, request.values.get("kind")) or ReferralKind.HOTLINE
    if kind is ReferralKind.EMERGENCY:
        return redirect(url_for("desk.emergency", request_id=request_id), 303)
    form = ReferForm()
    if not form.is_submitted():
        return _show(actor, request_id, kind, form)
    given = form.read(request_id, kind)
    if given is None:
        return _show(actor, request_id, kind, form, 422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        referral_id = prepare_referral(kit(), actor, given)
    except NotHolding:
        return _show(actor, request_id, kind, form, 409, "lapsed")
    except TakenBySomeoneElse:
        return _show(actor, request_id, kind, form, 409, "taken")
    except ReferralRefused as refused:
        form.refuse(refused.code)
        return _show(actor, request_id, kind, form, 409)
    flash(_("The referral is prepared. Take it out, hand it over, and note that you did."))
    return redirect(url_for("desk.referral", referral_id=referral_id), 303)


def _show(
    actor: Caseworker,
    request_id: str,
    kind: ReferralKind,
    form: ReferForm,
    status: int = 200,
    trouble: str = "",
) -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me and not form.is_submitted():
        return back_to(request_id)
    recipients = read_recipients(kit(), actor, kind, case.places)
    places = tuple(place for place in case.places if _may_go(place, kind))
    if not form.is_submitted():
        form.referral_id.data = new_id()
        form.to.data = recipients.usual
        form.location_ids.data = _ticked(places, recipients)
    return page(
        "desk/refer.html",
        status=status,
        case=case,
        kind=kind,
        form=form,
        places=places,
        recipients=recipients,
        wishes=police_wishes(case),
        problems=problems(form),
        trouble=trouble,
    )


def _ticked(places: tuple[CasePlace, ...], recipients: Recipients) -> list[str]:
    """Those chosen on the page before, as far as they may go there; else those of the usual country."""
    wanted = frozenset(request.args.getlist("location_ids"))
    picked = [place for place in places if place.id in wanted]
    fitting = [place for place in picked or places if recipients.fits(place)]
    return [place.id for place in fitting or picked]


def _may_go(place: CasePlace, kind: ReferralKind) -> bool:
    if kind is ReferralKind.POLICE:
        return place.state is not LocationState.WITHDRAWN and bool(place.url or place.place.app)
    is_found = place.finding is not None and place.finding.asks_removal
    return is_found and place.state in TO_HOTLINE_FROM and bool(place.url)


@dataclass(frozen=True)
class PoliceWishes:
    """Whether anybody in the case asked for police, or asked that they are not told."""

    wanted: bool
    unwanted: bool


def police_wishes(case: CaseFolder) -> PoliceWishes:
    said = {matter for party in case.parties for matter in party.voice.wishes.matters}
    return PoliceWishes(Matter.POLICE in said, Matter.NO_POLICE in said)
