"""Sign in and sign out, for caseworkers and admins alike."""

from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework import sign_in as signing_in
from app.casework.actors import Admin
from app.casework.errors import Busy, SignInRefused
from app.web import guards, sessions
from app.web.desk.forms import SignInForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

SECONDS_TO_WAIT = "5"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guards.anyone
def sign_in() -> ResponseReturnValue:
    """One refusal for every cause: a wrong name, passphrase or code cannot be told apart."""
    form = SignInForm()
    if not form.is_submitted():
        return page("desk/sign_in.html", form=form, problem=None)
    if not form.is_whole():
        return page("desk/sign_in.html", status=422, form=form, problem=None)
    try:
        actor = signing_in.sign_in(kit(), form.as_typed())
    except SignInRefused:
        return page("desk/sign_in.html", status=403, form=form, problem="refused")
    except Busy:
        answer = make_response(page("desk/sign_in.html", status=503, form=form, problem="busy"))
        answer.headers["Retry-After"] = SECONDS_TO_WAIT
        return answer
    sessions.sign_in_staff(actor)
    start = "admin.providers" if isinstance(actor, Admin) else "desk.queue"
    return redirect(url_for(start), 303)


@blueprint.post("/sign-out")
@guards.anyone
def sign_out() -> ResponseReturnValue:
    """End the session of whoever is signed in; harmless when nobody is."""
    sessions.end()
    return redirect(url_for("desk.sign_in"), 303)
