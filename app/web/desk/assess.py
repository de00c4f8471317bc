"""The assessment: one finding for the places it is true of."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework import assess as assessing
from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.errors import NotHolding, Stale, TakenBySomeoneElse
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.words import AgeBand, Kind, LocationState
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.web import guards
from app.web.desk.forms import AssessForm, problems
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

NOT_YET = (LocationState.RECEIVED, LocationState.ASSESSING)
OPEN_TO_A_FINDING = (
    *NOT_YET,
    LocationState.ASSESSED,
    LocationState.HEARING_DUE,
    LocationState.REFUSED,
    LocationState.BACK,
)


@blueprint.route("/case/<request_id>/assess", methods=["GET", "POST"])
@guards.caseworker
def assess(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Whatever goes wrong, everything chosen and typed is still there."""
    form = AssessForm()
    if not form.is_submitted():
        return _show(actor, request_id, form)
    finding = form.finding()
    if finding is None:
        return _show(actor, request_id, form, status=422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        assessing.assess(kit(), actor, _wanted(request_id, form, finding))
    except Stale:
        return _show(actor, request_id, form, status=409, trouble="stale")
    except NotHolding:
        return _show(actor, request_id, form, status=409, trouble="lapsed")
    except TakenBySomeoneElse:
        return _show(actor, request_id, form, status=409, trouble="taken")
    if finding.asks_removal:
        flash(_("The finding is saved. The next step is the notice."))
    else:
        flash(_("The finding is saved. Nothing is decided before the person has been heard."))
    return redirect(url_for("desk.case", request_id=request_id), 303)


def _wanted(request_id: str, form: AssessForm, finding: Finding) -> assessing.AssessInput:
    chosen, seen = tuple(form.location_ids.data), form.versions_seen()
    versions = tuple(seen.get(one, -1) for one in chosen)
    return assessing.AssessInput(request_id, chosen, versions, finding)


def _show(
    actor: Caseworker, request_id: str, form: AssessForm, *, status: int = 200, trouble: str | None = None
) -> ResponseReturnValue:
    """The page with what was typed; where a place changed meanwhile, its newer state stands beside."""
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me and not form.is_submitted():
        return redirect(url_for("desk.case", request_id=request_id), 303)
    places = tuple(place for place in case.places if place.state in OPEN_TO_A_FINDING)
    return page(
        "desk/assess.html",
        status=status,
        case=case,
        form=form,
        problems=problems(form),
        trouble=trouble,
        places=places,
        settled=len(case.places) - len(places),
        chosen=_chosen(form, places),
        changed=_changed(form, places) if form.is_submitted() else frozenset(),
        kinds=Kind,
        bands=tuple((band.value, desk_words(band), "") for band in AgeBand),
    )


def _chosen(form: AssessForm, places: tuple[CasePlace, ...]) -> frozenset[str]:
    """What was ticked; on a fresh page every place that has no finding yet."""
    if form.is_submitted():
        return frozenset(form.location_ids.data or ())
    return frozenset(place.id for place in places if place.state in NOT_YET)


def _changed(form: AssessForm, places: tuple[CasePlace, ...]) -> frozenset[str]:
    seen = form.versions_seen()
    return frozenset(place.id for place in places if seen.get(place.id) != place.version)
