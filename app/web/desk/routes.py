"""The desk's blueprint, and what every desk page does when the case is not one's own any more."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.errors import NotHolding, Recused, Stale, TakenBySomeoneElse
from app.i18n.locales import gettext as _
from app.web.glue import page

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.errorhandler(TakenBySomeoneElse)
def taken_by_someone_else(_error: TakenBySomeoneElse) -> ResponseReturnValue:
    """Two people reached for one case: say that a colleague has it, blame nobody."""
    return page("desk/taken.html", status=409)


@blueprint.errorhandler(Recused)
def recused(_error: Recused) -> ResponseReturnValue:
    """Whoever stepped back from a case is shown nothing of it, not even that a form was right."""
    return page("desk/recused.html", status=403)


@blueprint.errorhandler(NotHolding)
def not_holding(_error: NotHolding) -> ResponseReturnValue:
    """The time with a case ran out before a button was pressed: back to the case, to take it again.

    Pages on which something was typed do not come here: they keep it.
    """
    return _look_again(_("Nothing was saved: your time with this case ran out. Please take it again."))


@blueprint.errorhandler(Stale)
def stale(_error: Stale) -> ResponseReturnValue:
    """Somebody moved first, and nothing was typed that could be lost."""
    return _look_again(_("Nothing was saved: it changed while you were reading. Please look again."))


def _look_again(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    where = request.view_args or {}
    if "request_id" in where:
        return redirect(url_for("desk.case", request_id=where["request_id"]), 303)
    return redirect(url_for("desk.letters"), 303)
