"""Not requests: what one caseworker found, for another one to agree to or not, several at a time."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.decide_doubts import MOST_AT_ONCE, Decided, DecideInput, decide_doubts
from app.casework.errors import SecondCaseworkerNeeded
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.reads.doubted import DoubtedWhich, read_doubted
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

LISTS: tuple[DoubtedWhich, ...] = ("waiting", "aside")


@blueprint.get("/not-requests")
@guards.caseworker
def doubted(actor: Caseworker) -> ResponseReturnValue:
    """`which`: what waits for a decision, or what was set aside."""
    return _show(actor)


@blueprint.post("/not-requests", endpoint="decide_doubts")
@guards.caseworker
def decide(actor: Caseworker) -> ResponseReturnValue:
    """Agree, or put back into the queue: what was ticked."""
    chosen = tuple(dict.fromkeys(request.form.getlist("request_ids")))[:MOST_AT_ONCE]
    agreed = request.form.get("agree", "")
    if not chosen:
        return _show(actor, 422, _("Please tick at least one case."))
    if agreed not in ("yes", "no"):
        return _show(actor, 422, _("Please choose what to do with them."))
    try:
        came_of = decide_doubts(kit(), actor, DecideInput(chosen, agreed == "yes"))
    except SecondCaseworkerNeeded:
        return _show(actor, 409, _("One of them is your own finding. A colleague has to agree to that."))
    flash(_said(came_of, agreed == "yes"))
    return redirect(url_for("desk.doubted", which=_which()), 303)


def _said(came_of: Decided, is_agreed: bool) -> str:
    count = came_of.done
    if is_agreed:
        said = ngettext("One case is set aside.", "%(count)s cases are set aside.", count, count=count)
    else:
        said = ngettext("One case is in the queue.", "%(count)s cases are in the queue.", count, count=count)
    if came_of.left:
        left = ngettext(
            "One changed meanwhile and stays as it is.",
            "%(count)s changed meanwhile and stay as they are.",
            came_of.left,
            count=came_of.left,
        )
        return f"{said} {left}" if count else left
    return said


def _which() -> DoubtedWhich:
    wanted = request.values.get("which", "")
    return next((one for one in LISTS if one == wanted), LISTS[0])


def _show(actor: Caseworker, status: int = 200, problem: str = "") -> ResponseReturnValue:
    return page(
        "desk/doubted.html",
        status=status,
        doubted=read_doubted(kit(), actor, _which(), request.args.get("after", "")),
        which=_which(),
        lists=LISTS,
        chosen=frozenset(request.form.getlist("request_ids")),
        problem=problem,
    )
