"""Who has a case: take it, give it back, hand it over, let it wait, skip it, step back from it; its notes."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.doubt_request import doubt_request
from app.casework.errors import NotAllowed, NotHolding, Stale, TakenBySomeoneElse
from app.casework.give_back import give_back as give_case_back
from app.casework.hand_over_case import hand_over_case
from app.casework.hold_case import hold_case
from app.casework.lift_recusal import LiftInput, lift_recusal
from app.casework.put_in_order import put_in_order
from app.casework.recuse import recuse as step_back
from app.casework.set_danger import set_danger
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.casework.write_note import write_note
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.holding_forms import (
    DangerForm,
    DoubtForm,
    HandOverForm,
    HoldForm,
    HoldingForms,
    NoteForm,
    OrderForm,
)
from app.web.desk.routes import blueprint
from app.web.glue import kit

LAPSED = (NotHolding, TakenBySomeoneElse)


@blueprint.post("/case/<request_id>/take")
@guards.caseworker
def take(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Take a case, so that only one person at a time changes it."""
    take_case(kit(), actor, request_id)
    flash(_("You have taken this case."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/give-back")
@guards.caseworker
def give_back(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Give a case back without a reason: nobody has to explain a pause."""
    give_case_back(kit(), actor, request_id)
    return _away(_("You have given the case back. Somebody else can take it now."))


@blueprint.post("/case/<request_id>/hand-over")
@guards.caseworker
def hand_over(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """To one colleague's list; anybody may take it all the same."""
    form = HandOverForm()
    forms, given = HoldingForms(hand_over=form), form.read(request_id)
    if given is None:
        return _again(actor, request_id, forms, 422)
    try:
        _take_if_asked(actor, request_id)
        hand_over_case(kit(), actor, given)
    except LAPSED:
        return _again(actor, request_id, forms, 409)
    except NotAllowed:
        form.refuse_colleague()
        return _again(actor, request_id, forms, 422)
    return _away(_("The case is in your colleague’s list. Until they take it, anybody can."))


@blueprint.post("/case/<request_id>/hold")
@guards.caseworker
def hold(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Out of the queue until a day, with the reason."""
    form = HoldForm()
    forms, given = HoldingForms(hold=form), form.read(request_id)
    if given is None:
        return _again(actor, request_id, forms, 422)
    try:
        _take_if_asked(actor, request_id)
        hold_case(kit(), actor, given)
    except LAPSED:
        return _again(actor, request_id, forms, 409)
    except NotAllowed:
        form.refuse_day()
        return _again(actor, request_id, forms, 422)
    return _away(_("The case waits. It is in the queue again on the day you chose, or when they write."))


@blueprint.post("/case/<request_id>/skip")
@guards.caseworker
def skip(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Not this one, not today. Nobody asks why, and no trail tells of it."""
    skip_case(kit(), actor, request_id)
    return _away(_("You will not be shown this case for 12 hours. A colleague can take it."))


@blueprint.post("/case/<request_id>/recuse")
@guards.caseworker
def recuse(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """I know this person: for good, and nobody asks why."""
    step_back(kit(), actor, request_id)
    return _away(_("Thank you for saying so. This case is closed to you from now on."))


@blueprint.post("/case/<request_id>/recusal")
@guards.supervisor
def lift(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """The case opens for that colleague again. Never for oneself."""
    lift_recusal(kit(), actor, LiftInput(request_id, request.form.get("member_id", "")))
    flash(_("The case is open to your colleague again."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/put")
@guards.caseworker
def put(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Elsewhere in the queue than the rules put it, with the reason."""
    form = OrderForm()
    forms, given = HoldingForms(order=form), form.read(request_id)
    if given is None:
        return _again(actor, request_id, forms, 422)
    try:
        put_in_order(kit(), actor, given)
    except Stale:
        form.refuse_stale()
        return _again(actor, request_id, forms, 409)
    flash(_("The case stands where you put it. Your reason is in the notes."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/note")
@guards.caseworker
def note(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """For colleagues alone."""
    form = NoteForm()
    given = form.read(request_id)
    if given is None:
        return _again(actor, request_id, HoldingForms(note=form), 422)
    write_note(kit(), actor, given)
    flash(_("Your note is saved. Only colleagues read it."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/danger")
@guards.caseworker
def danger(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Somebody is in danger now, or no longer."""
    form = DangerForm()
    forms, given = HoldingForms(danger=form), form.read(request_id)
    if given is None:
        return _again(actor, request_id, forms, 422)
    try:
        set_danger(kit(), actor, given)
    except Stale:
        form.refuse_stale()
        return _again(actor, request_id, forms, 409)
    flash(_("It is noted. The case stands first now.") if given.is_so else _("It is noted."))
    return back_to(request_id)


@blueprint.post("/case/<request_id>/doubt")
@guards.caseworker
def doubt(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Not a request: another caseworker decides."""
    form = DoubtForm()
    forms, given = HoldingForms(doubt=form), form.read(request_id)
    if given is None:
        return _again(actor, request_id, forms, 422)
    try:
        _take_if_asked(actor, request_id)
        doubt_request(kit(), actor, given)
    except LAPSED:
        return _again(actor, request_id, forms, 409)
    except NotAllowed:
        form.refuse_now()
        return _again(actor, request_id, forms, 409)
    return _away(_("It is noted. Another caseworker looks at it before anything happens."))


def _take_if_asked(actor: Caseworker, request_id: str) -> None:
    """The button of a form whose time ran out takes the case once more."""
    if "take" in request.form:
        take_case(kit(), actor, request_id)


def _again(actor: Caseworker, request_id: str, forms: HoldingForms, status: int) -> ResponseReturnValue:
    """The case as it stands now, and beside it what was typed."""
    return show_case(actor, request_id, CaseForms(holding=forms), status)


def _away(sentence: str) -> ResponseReturnValue:
    """The case is not one's own any more."""
    flash(sentence)
    return redirect(url_for("desk.queue"), 303)
