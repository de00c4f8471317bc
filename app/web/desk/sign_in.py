"""Sign in and sign out, for everybody at the hotline.

One page takes name, passphrase and number. Left without a number, a second page asks for one, or for a
passkey: only after the right passphrase, so that no stranger learns whether a name or a passkey exists.
"""

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.errors import Busy, SignInRefused
from app.casework.sign_in import SignedIn, begin_sign_in, finish_sign_in
from app.casework.use_factor import TypedCode, Used, ask_for_passkey
from app.domain.words import Role
from app.i18n.locales import gettext as _
from app.web import guards, sessions, steps
from app.web.assets import passkey_script
from app.web.desk.forms import SignInForm
from app.web.desk.people_forms import FactorForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

SECONDS_TO_WAIT = "5"
STARTS = {Role.ADMIN: "admin.providers", Role.AUDITOR: "audit.trail"}
"""Where a member's day begins. Who opens cases begins with the queue."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guards.anyone
def sign_in() -> ResponseReturnValue:
    """One refusal for every cause: a wrong name, passphrase or code cannot be told apart."""
    form = SignInForm()
    if not form.is_submitted():
        return page("desk/sign_in.html", form=form, problem=None)
    if not form.is_whole():
        return page("desk/sign_in.html", status=422, form=form, problem=None)
    typed = form.as_typed()
    try:
        half = begin_sign_in(kit(), typed)
        if not typed.totp:
            steps.keep_half(half)
            return redirect(url_for("desk.second"), 303)
        signed_in = finish_sign_in(kit(), half, TypedCode(typed.totp))
    except SignInRefused:
        return page("desk/sign_in.html", status=403, form=form, problem="refused")
    except Busy:
        return _later(page("desk/sign_in.html", status=503, form=form, problem="busy"))
    return _welcome(signed_in)


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
@guards.anyone
def second() -> ResponseReturnValue:
    """The second factor, for who left it out: a number, a recovery code, or a passkey."""
    half = steps.read_half()
    if half is None:
        return redirect(url_for("desk.sign_in"), 303)
    form = FactorForm()
    if not form.is_submitted():
        return _second(half.member_id, form)
    factor = form.factor()
    if factor is None:
        return _second(half.member_id, form, 422)
    try:
        signed_in = finish_sign_in(kit(), half, factor)
    except SignInRefused:
        if steps.note_wrong():
            flash(_("That did not work a few times. Please begin again."))
            return redirect(url_for("desk.sign_in"), 303)
        form.refuse()
        return _second(half.member_id, form, 403)
    except Busy:
        return _later(_second(half.member_id, form, 503, is_busy=True))
    return _welcome(signed_in)


@blueprint.post("/sign-out")
@guards.anyone
def sign_out() -> ResponseReturnValue:
    """End the session of whoever is signed in; harmless when nobody is."""
    sessions.end()
    return redirect(url_for("desk.sign_in"), 303)


def _second(
    member_id: str, form: FactorForm, status: int = 200, *, is_busy: bool = False
) -> ResponseReturnValue:
    options = steps.keep_question(ask_for_passkey(kit(), member_id))
    return page(
        "desk/confirm_sign_in.html",
        status=status,
        form=form,
        options=options,
        script=passkey_script() if options else "",
        is_busy=is_busy,
    )


def _welcome(signed_in: SignedIn) -> ResponseReturnValue:
    sessions.sign_in_staff(signed_in.actor)
    steps.note_confirmed(signed_in.used)
    if signed_in.used is Used.RECOVERY:
        return redirect(url_for("desk.me"), 303)
    start = STARTS.get(signed_in.actor.role, "desk.queue")
    return redirect(url_for(start), 303)


def _later(answer: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(answer)
    response.headers["Retry-After"] = SECONDS_TO_WAIT
    return response
