"""Joining by an invitation, one page for each step. All of it works without a script.

Secrets stand only in answers to a form, never in what an address alone brings: programs that follow
links, and a browser that goes back, see a button. Nothing is kept before the last step, so the same
link begins again after whatever went wrong.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from app.casework.change_passphrase import is_typed_alike
from app.casework.enrol_member import draw_member
from app.casework.errors import NotFound
from app.casework.join_hotline import Joining, join_hotline, open_invitation
from app.casework.recovery_codes import draw_recovery_codes
from app.casework.totp import totp_address, totp_step
from app.domain.staff import StaffState
from app.i18n.locales import gettext as _
from app.reads.people import handle_of_member
from app.web import guards, joins
from app.web.desk.people_forms import NameForm, NumberForm, PassphraseForm
from app.web.desk.routes import blueprint
from app.web.glue import kit, page
from app.web.joins import Half, Step
from app.web.qr import in_fours, square_code


@blueprint.route("/join/<link>", methods=["GET", "POST"])
@guards.anyone
def join(link: str) -> ResponseReturnValue:
    """Who invites, and a button; then one step after another."""
    half = joins.read(link)
    if half is not None and half.step is Step.DONE:
        return _done(half)
    invitation = open_invitation(kit(), link)
    if request.method == "POST":
        return _show(joins.begin(link)) if half is None else _take_step(half)
    return page(
        "desk/join.html",
        role=invitation.role,
        invited_by="" if invitation.made_by == "command" else handle_of_member(invitation.made_by),
        ends_at=invitation.ends_at,
        is_begun=half is not None,
    )


def _take_step(half: Half) -> ResponseReturnValue:
    """Sent twice, or from an older page, it shows the page that is due."""
    sent = request.form.get("step")
    if sent == "again" and half.step is Step.REPEAT:
        return _go(half, Step.WORDS)
    return STEPS[half.step](half) if sent == half.step else _show(half)


def _name(half: Half) -> ResponseReturnValue:
    form = NameForm()
    name = form.typed()
    if name is None:
        return page("desk/join_name.html", status=422, form=form)
    return _go(replace(half, joining=Joining(draw_member(name), 0, ())), Step.WORDS)


def _words(half: Half) -> ResponseReturnValue:
    return _go(half, Step.REPEAT)


def _repeat(half: Half) -> ResponseReturnValue:
    form = PassphraseForm()
    typed = form.typed()
    if typed is not None and is_typed_alike(_joining(half).drawn.passphrase, typed):
        return _go(half, Step.NUMBER)
    if typed is not None:
        form.refuse_repeat()
    return page("desk/join_repeat.html", status=422, form=form)


def _number(half: Half) -> ResponseReturnValue:
    form, joining = NumberForm(), _joining(half)
    typed = form.typed()
    step = None if typed is None else totp_step(joining.drawn.totp_secret, typed, kit().clock())
    if step is None:
        if typed is not None:
            form.refuse()
        return _show_number(half, form, 422)
    proven = replace(joining, totp_step=step, recovery_codes=draw_recovery_codes())
    return _go(replace(half, joining=proven), Step.CODES)


def _codes(half: Half) -> ResponseReturnValue:
    """The last step: only now is anything kept."""
    joined = join_hotline(kit(), half.link, _joining(half))
    done = Half(half.link, Step.DONE, joined=joined)
    joins.keep(done)
    return _done(done)


STEPS: dict[Step, Callable[[Half], ResponseReturnValue]] = {
    Step.NAME: _name,
    Step.WORDS: _words,
    Step.REPEAT: _repeat,
    Step.NUMBER: _number,
    Step.CODES: _codes,
}


def _go(half: Half, step: Step) -> ResponseReturnValue:
    half = replace(half, step=step)
    joins.keep(half)
    return _show(half)


def _show(half: Half) -> ResponseReturnValue:
    """The page that is due."""
    match half.step:
        case Step.NAME:
            return page("desk/join_name.html", form=NameForm(formdata=None))
        case Step.WORDS:
            return page("desk/join_words.html", passphrase=_joining(half).drawn.passphrase)
        case Step.REPEAT:
            return page("desk/join_repeat.html", form=PassphraseForm(formdata=None))
        case Step.NUMBER:
            return _show_number(half, NumberForm(formdata=None))
        case Step.CODES:
            return page("desk/join_codes.html", codes=_joining(half).recovery_codes)
        case Step.DONE:
            return _done(half)


def _show_number(half: Half, form: NumberForm, status: int = 200) -> ResponseReturnValue:
    drawn = _joining(half).drawn
    square = square_code(totp_address(drawn.totp_secret, drawn.name), _("A square code for your app"))
    secret = in_fours(drawn.totp_secret)
    return page("desk/join_number.html", status=status, form=form, square=square, secret=secret)


def _done(half: Half) -> ResponseReturnValue:
    if half.joined is None:
        raise NotFound
    return page(
        "desk/join_done.html",
        fingerprint=half.joined.fingerprint,
        waits=half.joined.state is StaffState.WAITING,
        joined_as=half.joined.role,
        two_person=kit().settings.two_person,
    )


def _joining(half: Half) -> Joining:
    if half.joining is None:
        raise NotFound
    return half.joining
