"""One case: reading it, writing to the person, noting what a provider replied."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.check_authority import check_authority
from app.casework.errors import NotHolding, TakenBySomeoneElse
from app.casework.open_case import CasePlace, open_case
from app.casework.record_reply import record_reply
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.words import LocationState, Reply
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.web import guards
from app.web.desk.forms import MessageForm, ReplyForm, problems
from app.web.desk.routes import blueprint
from app.web.desk.sentences import trail_words, who
from app.web.glue import kit, page


@dataclass(frozen=True)
class NextSteps:
    """How many places wait for what."""

    to_assess: int
    to_notice: int
    hearings: int
    with_courier: int

    @property
    def anything(self) -> bool:
        """False when only providers can move things on."""
        return any(vars(self).values())


def next_steps(places: tuple[CasePlace, ...]) -> NextSteps:
    """Count the places of a case by what they wait for."""
    states = [place.state for place in places]
    return NextSteps(
        to_assess=states.count(LocationState.RECEIVED) + states.count(LocationState.ASSESSING),
        to_notice=states.count(LocationState.ASSESSED),
        hearings=states.count(LocationState.HEARING_DUE),
        with_courier=states.count(LocationState.APPROVED),
    )


def _show(
    actor: Caseworker,
    request_id: str,
    *,
    status: int = 200,
    message_form: MessageForm | None = None,
    reply_form: ReplyForm | None = None,
) -> ResponseReturnValue:
    """The whole case; a form that was refused comes back with what was typed in it."""
    case = open_case(kit(), actor, request_id)
    message_form = message_form or MessageForm(formdata=None)
    reply_form = reply_form or ReplyForm(formdata=None)
    return page(
        "desk/case.html",
        status=status,
        case=case,
        next=next_steps(case.places),
        noticed=tuple(place for place in case.places if place.state is LocationState.NOTICE_SENT),
        message_form=message_form,
        reply_form=reply_form,
        replies=tuple((each.value, desk_words(each), "") for each in Reply),
        problems=problems(message_form, reply_form),
        trail=tuple((line.at, trail_words(line.kind), who(line.by, actor.id)) for line in case.trail),
    )


def _back(request_id: str) -> ResponseReturnValue:
    """To the top of the case, where what was just done is said."""
    return redirect(url_for("desk.case", request_id=request_id), 303)


@blueprint.get("/case/<request_id>")
@guards.caseworker
def case(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Opening a case is written to its trail, by the verb."""
    return _show(actor, request_id)


@blueprint.post("/case/<request_id>/message")
@guards.caseworker
def message(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Write to the person who asked."""
    form = MessageForm()
    if not form.validate():
        return _show(actor, request_id, status=422, message_form=form)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        write_message(kit(), actor, MessageInput(request_id=request_id, text=form.text.data))
    except (NotHolding, TakenBySomeoneElse):
        return _show(actor, request_id, status=409, message_form=form)
    flash(_("Your message is saved. The person sees it when they come back."))
    return _back(request_id)


@blueprint.post("/case/<request_id>/reply")
@guards.caseworker
def reply(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Note what a provider replied by mail or phone; it stays the provider's word."""
    form = ReplyForm()
    given = form.read(request_id)
    if given is None:
        return _show(actor, request_id, status=422, reply_form=form)
    record_reply(kit(), actor, given)
    flash(_("The reply is noted."))
    return _back(request_id)


@blueprint.post("/case/<request_id>/authority")
@guards.caseworker
def authority(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Say that the authority of a representative was checked; they then see the places."""
    check_authority(kit(), actor, request_id)
    flash(_("Noted: their authority was checked. They now see where each place stands."))
    return _back(request_id)
