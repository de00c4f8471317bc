"""The list of cases, and taking the one that stands first. Opens nothing sealed."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import TakenBySomeoneElse
from app.casework.many_cases import Act
from app.casework.take_next import take_next
from app.casework.unlock_courier import unlock_courier
from app.i18n.locales import gettext as _
from app.reads.desk_state import read_desk_state
from app.reads.queue import Which, read_queue
from app.web import guards
from app.web.desk.queue_words import act_words, length_words
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

FILTERS: tuple[Which, ...] = ("free", "mine", "due", "open")


@blueprint.get("/")
@guards.caseworker
def queue(actor: Caseworker) -> ResponseReturnValue:
    """By the rules of the order, or the longest overdue first. `which` is one of FILTERS; anything else shows
    the free cases."""
    return show_queue(actor, request.args.get("which", ""), request.args.get("after", ""))


def show_queue(
    actor: Caseworker, wanted: str, after: str, chosen: tuple[str, ...] = (), problem: str = ""
) -> ResponseReturnValue:
    """The page; with `problem`, why nothing can be done with the `chosen` cases, which stay chosen."""
    at = kit().clock()
    which = next((one for one in FILTERS if one == wanted), FILTERS[0])
    return page(
        "desk/queue.html",
        status=422 if problem else 200,
        queue=read_queue(kit(), actor, which, after or None),
        which=which,
        filters=FILTERS,
        after=after,
        state=read_desk_state(kit(), actor),
        length=lambda moment: length_words(moment - at),
        acts=tuple((act.value, act_words(act)) for act in Act),
        chosen=chosen,
        problems=(("act", problem),) if problem else (),
    )


@blueprint.post("/next", endpoint="next")
@guards.caseworker
def take_first(actor: Caseworker) -> ResponseReturnValue:
    """Take the case that stands first: nobody has to choose among what is hard to read."""
    try:
        request_id = take_next(kit(), actor)
    except TakenBySomeoneElse:
        flash(_("Colleagues took the first cases at the same moment. Please press it again."))
        return redirect(url_for("desk.queue"), 303)
    if request_id is None:
        flash(_("No case waits now. Nothing is left to do here."))
        return redirect(url_for("desk.queue"), 303)
    flash(_("You have taken this case."))
    return redirect(url_for("desk.case", request_id=request_id), 303)


@blueprint.post("/unlock")
@guards.caseworker
def unlock(actor: Caseworker) -> ResponseReturnValue:
    """Open the courier with this caseworker's key, so that waiting letters can leave."""
    if unlock_courier(kit(), actor):
        flash(_("The courier is open. Waiting letters go out in the next minutes."))
    else:
        flash(_("No courier is waiting for a key. If letters stay, please tell whoever runs the server."))
    return redirect(url_for("desk.queue"), 303)
