"""A notice that a person takes to a form, or to a partner: its text, and that it was done."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.by_hand import HandText, drop_by_hand, read_by_hand, record_by_hand, show_by_hand
from app.casework.errors import NotAllowed, NotHolding, PoliceHoldRuns, SafetyCheckDue
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import back_to
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.route("/notice/<notice_id>/by-hand", methods=["GET", "POST"])
@guards.caseworker
def by_hand(actor: Caseworker, notice_id: str) -> ResponseReturnValue:
    """Nothing of the text, until it is asked for by a button: then on an answer without an address of its
    own. Or note what was done with it."""
    if request.method == "GET":
        return _show(actor, notice_id)
    notice = read_by_hand(kit(), actor, notice_id)
    try:
        match request.form.get("act"):
            case "show":
                return _show(actor, notice_id, text=show_by_hand(kit(), actor, notice_id))
            case "done":
                record_by_hand(kit(), actor, notice_id)
                flash(_("Noted: notice %(reference)s is out.", reference=notice.reference))
            case "drop":
                drop_by_hand(kit(), actor, notice_id)
                flash(_("Its places wait for a notice again."))
            case _:
                return _show(actor, notice_id, _("Please choose one of the buttons."), 422)
    except SafetyCheckDue:
        return _show(actor, notice_id, _("The safety check comes first."), 409)
    except PoliceHoldRuns:
        return _show(actor, notice_id, _("Police asked to wait with notices."), 409)
    except NotHolding:
        return _show(actor, notice_id, _("Nothing was saved: please take the case first."), 409)
    except NotAllowed:
        return _show(actor, notice_id, _("Nothing was done: none of its places waits for it any more."), 409)
    return back_to(notice.request_id)


def _show(
    actor: Caseworker, notice_id: str, trouble: str = "", status: int = 200, text: HandText | None = None
) -> ResponseReturnValue:
    notice = read_by_hand(kit(), actor, notice_id)
    return page("desk/by_hand.html", status=status, notice=notice, trouble=trouble, text=text)
