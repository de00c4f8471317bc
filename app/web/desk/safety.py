"""The safety check: what to think of before a notice goes out, and what was found."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder
from app.casework.errors import NotHolding, TakenBySomeoneElse
from app.casework.open_case import open_case
from app.casework.record_safety_check import record_safety_check
from app.casework.take_case import take_case
from app.domain.words import SafetyState
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_forms import SafetyForm
from app.web.desk.case_page import back_to
from app.web.desk.forms import problems
from app.web.desk.routes import blueprint
from app.web.desk.sentences import party_words, safety_worries
from app.web.glue import kit, page
from app.web.trail_words import who


@blueprint.route("/case/<request_id>/safety", methods=["GET", "POST"])
@guards.caseworker
def safety(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Whatever goes wrong, what was written is still there."""
    form = SafetyForm()
    if not form.is_submitted():
        return _show(actor, request_id, form)
    given = form.read(request_id)
    if given is None:
        return _show(actor, request_id, form, 422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        record_safety_check(kit(), actor, given)
    except NotHolding:
        return _show(actor, request_id, form, 409, "lapsed")
    except TakenBySomeoneElse:
        return _show(actor, request_id, form, 409, "taken")
    if given.found is SafetyState.CLEAR:
        flash(_("The safety check is noted. Notices may go out."))
    else:
        flash(_("The safety check is noted. Nothing goes out until somebody notes that it may."))
    return back_to(request_id)


def _show(
    actor: Caseworker, request_id: str, form: SafetyForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me and not form.is_submitted():
        return back_to(request_id)
    return page(
        "desk/safety.html",
        status=status,
        case=case,
        form=form,
        problems=problems(form),
        trouble=trouble,
        worries=_worries(case),
        who=lambda by: who(by, actor.id),
    )


def _worries(case: CaseFolder) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What each of them said that calls for care; those who said nothing of it are left out."""
    said = ((party_words(party), safety_worries(party.voice)) for party in case.parties)
    return tuple((name, worries) for name, worries in said if worries)
