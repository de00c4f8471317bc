"""One's own access: sessions, passphrase, second factor, passkeys. For everybody at the hotline."""

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Staff
from app.casework.add_passkey import NewPasskeyInput, add_passkey, ask_for_new_passkey
from app.casework.change_factor import NewFactor, change_factor
from app.casework.change_passphrase import (
    change_passphrase,
    check_passphrase,
    is_typed_alike,
    new_passphrase,
)
from app.casework.errors import NotAllowed, SignInRefused
from app.casework.remove_passkey import remove_passkey as take_passkey_away
from app.casework.sign_out_everywhere import sign_out_everywhere
from app.casework.totp import new_totp_secret, totp_address
from app.i18n.locales import gettext as _
from app.reads.people import read_me
from app.web import guards, sessions, steps
from app.web.assets import passkey_script
from app.web.desk.people_forms import LabelForm, NumberForm, PassphraseForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page
from app.web.qr import in_fours, square_code
from app.web.steps import Change

PASSPHRASE, FACTOR = "passphrase", "factor"


@blueprint.get("/me")
@guards.staff
def me(actor: Staff) -> ResponseReturnValue:
    """How one comes in, and how to change it."""
    shown = read_me(kit(), actor)
    return page(
        "desk/me.html",
        me=shown,
        used_recovery=steps.used_recovery(),
        idle_minutes=shown.idle // timedelta(minutes=1),
        always_hours=shown.always // timedelta(hours=1),
    )


@blueprint.post("/me/sign-out")
@guards.staff
def me_sign_out(actor: Staff) -> ResponseReturnValue:
    """End every session of this person, this one too."""
    sign_out_everywhere(kit(), actor)
    sessions.end()
    return redirect(url_for("desk.sign_in"), 303)


@blueprint.route("/me/passphrase", methods=["GET", "POST"])
@guards.staff
def me_passphrase(actor: Staff) -> ResponseReturnValue:
    """The current one typed, the new one shown, the new one typed back."""
    form, change, step = PassphraseForm(), steps.read_change(PASSPHRASE), request.form.get("step", "")
    if request.method == "GET" or change is None:
        if not _is_themselves(actor, form, step):
            return page("desk/me_current.html", _status(form), form=form, what=PASSPHRASE)
        change = Change(PASSPHRASE, new_passphrase())
        steps.keep_change(change)
        step = "again"
    if step != "repeat":
        name = "desk/me_repeat.html" if step == "words" else "desk/me_words.html"
        return page(name, form=PassphraseForm(formdata=None), passphrase=change.secret)
    typed = form.typed()
    if typed is None or not is_typed_alike(change.secret, typed):
        if typed is not None:
            form.refuse_repeat()
        return page("desk/me_repeat.html", 422, form=form)
    change_passphrase(kit(), actor, change.secret)
    _go_on_alone()
    steps.forget_change()
    flash(_("Your new passphrase counts from now on. Destroy the sheet with the old one."))
    return redirect(url_for("desk.me"), 303)


@blueprint.route("/me/factor", methods=["GET", "POST"])
@guards.staff
def me_factor(actor: Staff) -> ResponseReturnValue:
    """The passphrase typed, the square code shown, a number typed back; then new recovery codes."""
    current, change, step = PassphraseForm(), steps.read_change(FACTOR), request.form.get("step", "")
    if request.method == "GET" or change is None:
        if not _is_themselves(actor, current, step):
            return page("desk/me_current.html", _status(current), form=current, what=FACTOR)
        change = Change(FACTOR, new_totp_secret())
        steps.keep_change(change)
        return _number_page(actor, change, NumberForm(formdata=None))
    if change.codes and step == "codes":
        steps.forget_change()
        return redirect(url_for("desk.me"), 303)
    if change.codes:
        return page("desk/me_codes.html", codes=change.codes)
    form = NumberForm()
    if step != "number":
        return _number_page(actor, change, NumberForm(formdata=None))
    typed = form.typed()
    if typed is None:
        return _number_page(actor, change, form, 422)
    try:
        codes = change_factor(kit(), actor, NewFactor(change.secret, typed))
    except SignInRefused:
        form.refuse()
        return _number_page(actor, change, form, 422)
    _go_on_alone()
    steps.forget_recovery_use()
    steps.keep_change(Change(FACTOR, "", codes))
    return page("desk/me_codes.html", codes=codes)


@blueprint.route("/me/passkeys", methods=["GET", "POST"])
@guards.staff
def me_passkeys(actor: Staff) -> ResponseReturnValue:
    """Those there are; adding the one that the browser just made."""
    if not steps.is_fresh():
        return guards.ask_factor()
    form, answer = LabelForm(), request.form.get("credential", "")
    if not form.is_submitted():
        return _passkeys_page(actor, LabelForm(formdata=None, data=steps.typed_before()))
    label, challenge = form.typed(), steps.take_challenge()
    if label is None:
        return _passkeys_page(actor, form, 422)
    try:
        add_passkey(kit(), actor, NewPasskeyInput(challenge, answer, label))
    except NotAllowed:
        return _passkeys_page(actor, form, 422, was_refused=True)
    flash(_("The passkey is added. Keep your app with the numbers, too: it works everywhere."))
    return redirect(url_for("desk.me_passkeys"), 303)


@blueprint.post("/me/passkeys/<passkey_id>", endpoint="me_passkey_remove")
@guards.staff
def remove_one(actor: Staff, passkey_id: str) -> ResponseReturnValue:
    """Take a passkey away."""
    if not steps.is_fresh():
        return guards.ask_factor()
    take_passkey_away(kit(), actor, passkey_id)
    flash(_("The passkey is removed."))
    return redirect(url_for("desk.me_passkeys"), 303)


def _is_themselves(actor: Staff, form: PassphraseForm, step: str) -> bool:
    """Whether the current passphrase was sent, and is right. On a wrong one the form says so."""
    steps.forget_change()
    if step != "current":
        form.process(None)  # an older page was sent: it asked for something else
        return False
    typed = form.typed()
    if typed is None:
        return False
    try:
        check_passphrase(kit(), actor, typed)
    except SignInRefused:
        form.refuse_current()
        return False
    return True


def _go_on_alone() -> None:
    """Every session of this person has just ended: this one goes on under a new token."""
    sessions.this_session().renew()


def _status(form: PassphraseForm) -> int:
    return 422 if form.errors else 200


def _number_page(actor: Staff, change: Change, form: NumberForm, status: int = 200) -> ResponseReturnValue:
    square = square_code(totp_address(change.secret, actor.name), _("A square code for your app"))
    secret = in_fours(change.secret)
    return page("desk/me_number.html", status, form=form, square=square, secret=secret)


def _passkeys_page(
    actor: Staff, form: LabelForm, status: int = 200, *, was_refused: bool = False
) -> ResponseReturnValue:
    shown = read_me(kit(), actor)
    options = steps.keep_question(ask_for_new_passkey(kit(), actor)) if shown.has_passkeys else ""
    return page(
        "desk/me_passkeys.html",
        status,
        me=shown,
        form=form,
        options=options,
        script=passkey_script() if options else "",
        was_refused=was_refused,
    )
