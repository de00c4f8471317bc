"""Referrals that are open, one referral, its package as a file, and what became of it."""

import json

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import (
    CaseworkError,
    NotAllowed,
    PoliceHoldRuns,
    ReferralRefused,
    SafetyCheckDue,
    SecondCaseworkerNeeded,
    Stale,
)
from app.casework.move_referral import move_referral
from app.casework.open_case import open_case
from app.casework.referral_package import csv_of, record_of, text_of
from app.casework.take_referral_out import take_referral_out
from app.domain.desk_words import ReferralState
from app.domain.referrals import ReferralFacts
from app.i18n import locales
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.referrals import read_referral_case, read_referrals
from app.web import guards
from app.web.desk.forms import problems
from app.web.desk.refer import police_wishes
from app.web.desk.referral_forms import CHASED, MoveForm, refusal
from app.web.desk.routes import blueprint
from app.web.glue import kit, page
from app.web.trail_words import who

FILE_NAME = "list"
"""Says nothing of what it holds: it stands in a list of downloads."""


@blueprint.get("/referrals")
@guards.caseworker
def referrals(actor: Caseworker) -> ResponseReturnValue:
    """All that are open, the longest overdue first; nothing sealed is opened for it."""
    shown = read_referrals(kit(), actor, request.args.get("after"))
    return page("desk/referrals.html", shown=shown)


@blueprint.get("/referral/<referral_id>")
@guards.caseworker
def referral(actor: Caseworker, referral_id: str) -> ResponseReturnValue:
    """One of them. Opening its case is written to the trail, by the verb."""
    return _show(actor, referral_id, MoveForm(formdata=None))


@blueprint.post("/referral/<referral_id>/file")
@guards.caseworker
def referral_file(actor: Caseworker, referral_id: str) -> ResponseReturnValue:
    """The package: counted, and written to the trail. By POST alone."""
    try:
        facts = take_referral_out(kit(), actor, referral_id)
    except _REFUSED as refused:
        return _show(actor, referral_id, MoveForm(formdata=None), 409, _why_not(refused))
    is_json, code = request.form.get("form") == "json", request.form.get("language", "")
    with locales.use(code if code in locales.LOCALES else locales.SOURCE):
        written = _as_json(facts) if is_json else _as_text(facts)
    kind, end = ("application/json", "json") if is_json else ("text/plain", "txt")
    response = Response(written, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}.{end}"'
    return response


def _as_text(facts: ReferralFacts) -> str:
    table = _("The same as a table, for programs") + "\n" + csv_of(facts) if facts.places else ""
    return f"{text_of(facts)}\n{table}"


def _as_json(facts: ReferralFacts) -> str:
    record = record_of(facts) | {"text": text_of(facts), "csv": csv_of(facts)}
    return json.dumps(record, ensure_ascii=False, indent=1)


@blueprint.post("/referral/<referral_id>/move")
@guards.caseworker
def referral_move(actor: Caseworker, referral_id: str) -> ResponseReturnValue:
    """What happened to it, outside of this program."""
    form = MoveForm()
    given = form.read(referral_id)
    if given is None:
        return _show(actor, referral_id, form, 422)
    try:
        move_referral(kit(), actor, given)
    except _REFUSED as refused:
        return _show(actor, referral_id, form, 409, _why_not(refused))
    flash(_("It is noted."))
    return redirect(url_for("desk.referral", referral_id=referral_id), 303)


_REFUSED = (Stale, NotAllowed, ReferralRefused, SecondCaseworkerNeeded, SafetyCheckDue, PoliceHoldRuns)


def _why_not(refused: CaseworkError) -> str:
    match refused:
        case ReferralRefused():
            return refusal(refused.code)
        case SecondCaseworkerNeeded():
            return _("You prepared it. By the rules of this hotline a colleague hands it over.")
        case SafetyCheckDue():
            return _("Nothing leaves before a safety check says that it may.")
        case PoliceHoldRuns():
            return _("Police asked to wait. Until then nothing goes to another hotline.")
        case _:
            return _("Nothing was saved: it changed while you were reading. This is how it stands now.")


def _show(
    actor: Caseworker, referral_id: str, form: MoveForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    case = open_case(kit(), actor, read_referral_case(kit(), actor, referral_id))
    [shown] = [one for one in case.referrals if one.id == referral_id]
    moves = [(one.value, desk_words(one), _hint(one)) for one in shown.may_become]
    if shown.may_be_chased:
        moves.append((CHASED, _("We asked them how it goes"), _("Only the day to ask again moves.")))
    return page(
        "desk/referral.html",
        status=status,
        case=case,
        one=shown,
        places={place.number: place for place in case.places},
        form=form,
        moves=moves,
        wishes=police_wishes(case),
        is_late=shown.due_at is not None and shown.due_at <= kit().clock(),
        problems=problems(form),
        trouble=trouble,
        who=lambda by: who(by, actor.id),
    )


def _hint(state: ReferralState) -> str:
    hints = {
        ReferralState.SENT: _("You gave it to them yourself, in the way they use."),
        ReferralState.RECEIVED: _("They said so."),
        ReferralState.ACTED: _("They did what they can. What became of the places is noted in the case."),
        ReferralState.DECLINED: _("They will not act. Please write why."),
        ReferralState.DROPPED: _("It does not leave. Please write why."),
    }
    return hints.get(state, "")
