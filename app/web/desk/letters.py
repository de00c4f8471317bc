"""Letters that need a person: perhaps sent, or refused by the mail system."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import PoliceHoldRuns, SafetyCheckDue
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.i18n.locales import gettext as _
from app.reads.courier_state import read_courier_state
from app.reads.letters import read_letters
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.get("/letters")
@guards.caseworker
def letters(actor: Caseworker) -> ResponseReturnValue:
    """Letters in doubt and letters refused, of all cases."""
    return _page(actor)


@blueprint.post("/letters/<letter_id>")
@guards.caseworker
def settle(actor: Caseworker, letter_id: str) -> ResponseReturnValue:
    """Send once more, or not: only a person decides, so that no letter goes twice by itself."""
    try:
        choice = Choice(request.form.get("choice", ""))
    except ValueError:
        return _page(actor, missing=letter_id)
    try:
        settle_letter(kit(), actor, SettleInput(letter_id=letter_id, choice=choice))
    except SafetyCheckDue:
        flash(_("Nothing was sent: the case of this letter needs a safety check first."))
        return redirect(url_for("desk.letters"), 303)
    except PoliceHoldRuns:
        flash(_("Nothing was sent: police asked to wait with notices in this case."))
        return redirect(url_for("desk.letters"), 303)
    match choice:
        case Choice.AGAIN:
            flash(_("The letter waits to be sent again."))
        case Choice.ARRIVED:
            flash(_("Noted: the letter had gone out."))
        case Choice.DROP:
            flash(_("The letter is not sent again."))
    return redirect(url_for("desk.letters"), 303)


def _page(actor: Caseworker, missing: str | None = None) -> ResponseReturnValue:
    """`missing`: the letter for which nothing was chosen."""
    return page(
        "desk/letters.html",
        status=422 if missing else 200,
        letters=read_letters(kit(), actor),
        courier=read_courier_state(kit()),
        missing=missing,
    )
