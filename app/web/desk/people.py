"""Colleagues: who waits, who is here, and granting the key to somebody whose voice one knows."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotFound, SecondPersonNeeded, Stale
from app.casework.make_grant import make_grant
from app.casework.propose_grant import propose_grant
from app.i18n.locales import gettext as _
from app.reads.people import handle_of_member, read_people
from app.web import guards, steps
from app.web.desk.people_forms import GrantForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page
from app.web.people_words import state_words


@blueprint.route("/people", methods=["GET", "POST"])
@guards.caseworker
def people(actor: Caseworker) -> ResponseReturnValue:
    """Everybody by handle; and granting the team key to the one who waits with a fingerprint."""
    form = GrantForm()
    if not form.is_submitted():
        before = steps.typed_before()
        return _show(actor, GrantForm(formdata=None, data=before), was_confirmed=bool(before))
    typed = form.typed()
    if typed is None:
        return _show(actor, form, 422)
    if not steps.is_fresh():
        return guards.ask_factor()
    try:
        flash(_grant(actor, typed))
    except NotFound:
        form.refuse()
        return _show(actor, form, 422)
    except Stale:
        flash(_("Nothing was saved: it changed while you were reading. Please look again."))
    return redirect(url_for("desk.people"), 303)


def _grant(actor: Caseworker, typed: str) -> str:
    """What was done, in a sentence. Raises NotFound."""
    try:
        granted = make_grant(kit(), actor, typed)
    except SecondPersonNeeded:
        proposed = propose_grant(kit(), actor, typed)
        return _(
            "You compared the key of %(handle)s. Another caseworker has to compare it, too.",
            handle=handle_of_member(proposed),
        )
    return _("%(handle)s can sign in now. Please tell them.", handle=handle_of_member(granted))


def _show(
    actor: Caseworker, form: GrantForm, status: int = 200, *, was_confirmed: bool = False
) -> ResponseReturnValue:
    return page(
        "desk/people.html",
        status=status,
        people=read_people(kit(), actor),
        form=form,
        state_words=state_words,
        two_person=kit().settings.two_person,
        was_confirmed=was_confirmed,
    )
