"""Showing once more that it is still you, before what matters most."""

from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Staff
from app.casework.confirm_factor import confirm_factor
from app.casework.errors import Busy, SignInRefused
from app.casework.use_factor import ask_for_passkey
from app.web import guards, steps
from app.web.assets import passkey_script
from app.web.desk.people_forms import FactorForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.route("/confirm", methods=["GET", "POST"])
@guards.staff
def confirm(actor: Staff) -> ResponseReturnValue:
    """A second factor; then on to where the person wanted to go."""
    form = FactorForm()
    if not form.is_submitted():
        return _show(actor, form)
    factor = form.factor()
    if factor is None:
        return _show(actor, form, 422)
    try:
        used = confirm_factor(kit(), actor, factor)
    except SignInRefused:
        form.refuse()
        return _show(actor, form, 403)
    except Busy:
        answer = make_response(_show(actor, form, 503, is_busy=True))
        answer.headers["Retry-After"] = "5"
        return answer
    steps.note_confirmed(used)
    return redirect(steps.way_on() or url_for("desk.me"), 303)


def _show(actor: Staff, form: FactorForm, status: int = 200, *, is_busy: bool = False) -> ResponseReturnValue:
    options = steps.keep_question(ask_for_passkey(kit(), actor.id))
    return page(
        "desk/confirm.html",
        status=status,
        form=form,
        options=options,
        script=passkey_script() if options else "",
        is_busy=is_busy,
    )
