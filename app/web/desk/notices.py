"""Notices: the letter to each provider, read before it is approved."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.errors import SafetyCheckDue, Stale
from app.casework.open_case import open_case
from app.casework.preview_notice import preview_notices
from app.domain.words import LocationState, Matter, SafetyState
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.desk.sentences import party_words
from app.web.glue import kit, page


@blueprint.get("/case/<request_id>/notices")
@guards.caseworker
def notices(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """One letter for each provider; places without a provider are named with what helps."""
    return _show(actor, request_id)


def _show(actor: Caseworker, request_id: str, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me:
        return redirect(url_for("desk.case", request_id=request_id), 303)
    previews = preview_notices(kit(), actor, request_id)
    homeless = {
        place.place.host for preview in previews if preview.provider_id is None for place in preview.places
    }
    return page(
        "desk/notices.html",
        status=status,
        case=case,
        trouble=trouble,
        may_approve=case.safety in (SafetyState.NONE, SafetyState.CLEAR),
        reads_first=any(Matter.READ_FIRST in party.voice.wishes.matters for party in case.parties),
        names={party.id: party_words(party) for party in case.parties},
        without_address=tuple(
            place.number for place in case.places if place.state is LocationState.ASSESSED and not place.url
        ),
        letters=tuple(preview for preview in previews if preview.provider_id is not None),
        hosts_without_provider=sorted(homeless),
    )


@blueprint.post("/case/<request_id>/notices")
@guards.caseworker
def approve(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Approve one letter as it was shown; if a place changed since, show the letters anew."""
    letter = ApproveInput(
        request_id=request_id,
        provider_id=request.form.get("provider_id", ""),
        location_ids=tuple(request.form.getlist("location_ids")),
        seen=request.form.get("seen", ""),
        words_of=request.form.get("words_of", ""),
    )
    try:
        reference = approve_notice(kit(), actor, letter)
    except Stale:
        return _show(actor, request_id, status=409, trouble="stale")
    except SafetyCheckDue:
        return _show(actor, request_id, status=409, trouble="safety")
    flash(_("Notice %(reference)s is approved. It will be sent in the next minutes.", reference=reference))
    return redirect(url_for("desk.case", request_id=request_id), 303)
