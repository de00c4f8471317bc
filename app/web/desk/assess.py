"""The assessment: one finding for the places it is true of, and on to what happens next."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework import assess as assessing
from app.casework.actors import Caseworker
from app.casework.errors import NotHolding, Stale, TakenBySomeoneElse
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.desk_words import ReferralKind, Step
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.web import guards
from app.web.desk.ask import show_questions
from app.web.desk.assess_part import case_values, open_places
from app.web.desk.forms import AssessForm, problems
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

MOST_IN_ADDRESS = 40
REFERRED_TO = {Step.HOTLINE: ReferralKind.HOTLINE, Step.POLICE: ReferralKind.POLICE}


@blueprint.route("/case/<request_id>/assess", methods=["GET", "POST"])
@guards.caseworker
def assess(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Whatever goes wrong, everything chosen and typed is still there."""
    form = AssessForm()
    if not form.is_submitted():
        return _show(actor, request_id, form)
    step, chosen = form.step(), tuple(form.location_ids.data or ())
    if step is Step.ASK and chosen:
        return show_questions(actor, request_id, chosen)
    finding = form.finding()
    if finding is None:
        if step is Step.EMERGENCY:
            flash(_("The finding is not saved yet: come back to it when you have seen to this."))
            return _refer(request_id, step, chosen)
        return _show(actor, request_id, form, status=422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        assessed = assessing.assess(kit(), actor, _wanted(request_id, form, finding))
    except Stale:
        return _show(actor, request_id, form, status=409, trouble="stale")
    except NotHolding:
        return _show(actor, request_id, form, status=409, trouble="lapsed")
    except TakenBySomeoneElse:
        return _show(actor, request_id, form, status=409, trouble="taken")
    return _go_on(request_id, step, chosen, finding, assessed)


def _wanted(request_id: str, form: AssessForm, finding: Finding) -> assessing.AssessInput:
    chosen, seen = tuple(form.location_ids.data), form.versions_seen()
    versions = tuple(seen.get(one, -1) for one in chosen)
    return assessing.AssessInput(request_id, chosen, versions, finding)


def _go_on(
    request_id: str, step: Step, chosen: tuple[str, ...], finding: Finding, assessed: assessing.Assessed
) -> ResponseReturnValue:
    """To the page of the next step; back to the case while places wait for a finding."""
    if assessed.for_second:
        flash(_("The finding is saved. A colleague has to find the same before a hearing begins."))
    elif not finding.asks_removal:
        flash(_("The finding is saved. Nothing is decided before the person has been heard."))
    else:
        flash(_("The finding is saved."))
    if step in REFERRED_TO or step is Step.EMERGENCY:
        return _refer(request_id, step, chosen)
    if assessed.left:
        left = assessed.left
        flash(ngettext("%(count)s place is left.", "%(count)s places are left.", left, count=left))
        return redirect(url_for("desk.case", request_id=request_id), 303)
    onward = "desk.notices" if assessed.to_notice else "desk.case"
    return redirect(url_for(onward, request_id=request_id), 303)


def _refer(request_id: str, step: Step, chosen: tuple[str, ...]) -> ResponseReturnValue:
    """With the places ticked there, unless they are too many for an address: then that page chooses."""
    named = chosen if len(chosen) <= MOST_IN_ADDRESS else ()
    if step is Step.EMERGENCY:
        return redirect(url_for("desk.emergency", request_id=request_id, location_ids=named), 303)
    kind = REFERRED_TO[step].value
    return redirect(url_for("desk.refer", request_id=request_id, kind=kind, location_ids=named), 303)


def _show(
    actor: Caseworker, request_id: str, form: AssessForm, *, status: int = 200, trouble: str | None = None
) -> ResponseReturnValue:
    """The page with what was typed; where a place changed meanwhile, its newer state stands beside."""
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me and not form.is_submitted():
        return redirect(url_for("desk.case", request_id=request_id), 303)
    places = open_places(case)
    return page(
        "desk/assess.html",
        status=status,
        case=case,
        problems=problems(form),
        trouble=trouble,
        settled=len(case.places) - len(places),
        **case_values(case, form, places),
    )
