"""Whether and where to write to somebody. Coming back with the code is what happens else."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.ask_number import ask_number
from app.casework.confirm_contact import confirm_contact
from app.casework.errors import ContactRefused, NotFound
from app.casework.keep_contact import keep_contact
from app.casework.stop_contact import stop_contact
from app.domain.proof_words import ContactState
from app.reads.contact import NumberState, read_contact
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.contact_forms import ContactForm, NumberForm


@portal.get("/follow/contact")
@guards.requester
def contact(actor: Requester) -> ResponseReturnValue:
    """What is kept, what a mail would say, and whether it is safe."""
    shown = read_contact(kit(), actor)
    return page("portal/contact.html", shown=shown, form=ContactForm.showing(shown))


@portal.post("/follow/contact")
@guards.requester
def keep(actor: Requester) -> ResponseReturnValue:
    """Keep or change it. Another address needs its number first."""
    shown, form = read_contact(kit(), actor), ContactForm()
    given = form.given(shown.contact)
    if given is not None:
        try:
            keep_contact(kit(), actor, given)
        except ContactRefused as refusal:
            form.refuse(refusal)
        else:
            return _after_change(actor)
    return page("portal/contact.html", status=422, shown=shown, form=form)


@portal.post("/follow/contact/stop")
@guards.requester
def stop_mail(actor: Requester) -> ResponseReturnValue:
    """At once, and without a question: whoever must stop it may be in a hurry."""
    stop_contact(kit(), actor)
    return redirect(url_for("portal.contact"), 303)


@portal.get("/follow/contact/number")
@guards.requester
def contact_number(actor: Requester) -> ResponseReturnValue:
    """Where the number from the mail is typed."""
    return _number_page(actor, NumberForm(formdata=None))


@portal.post("/follow/contact/number")
@guards.requester
def confirm_number(actor: Requester) -> ResponseReturnValue:
    """The right number: from now on there are mails with news."""
    form = NumberForm()
    try:
        confirm_contact(kit(), actor, form.number.data or "")
    except ContactRefused as refusal:
        form.refuse(refusal)
        return _number_page(actor, form, status=422)
    except NotFound:  # stopped meanwhile, in another window
        pass
    return redirect(url_for("portal.contact"), 303)


@portal.post("/follow/contact/number/again")
@guards.requester
def another_number(actor: Requester) -> ResponseReturnValue:
    """The one before is no longer good."""
    try:
        ask_number(kit(), actor)
    except ContactRefused:  # enough for today, and the page says so
        return _number_page(actor, NumberForm(formdata=None), status=422)
    except NotFound:
        pass
    return _after_change(actor)


def _after_change(actor: Requester) -> ResponseReturnValue:
    kept = read_contact(kit(), actor).contact
    is_open = kept is not None and kept.state is ContactState.UNCONFIRMED
    return redirect(url_for("portal.contact_number" if is_open else "portal.contact"), 303)


def _number_page(actor: Requester, form: NumberForm, status: int = 200) -> ResponseReturnValue:
    shown = read_contact(kit(), actor)
    if shown.contact is None or shown.contact.state is not ContactState.UNCONFIRMED:
        return redirect(url_for("portal.contact"), 303)
    is_asked = shown.contact.number in (NumberState.WAITS, NumberState.OUT)
    problems = form.all_problems() if is_asked else []
    return page(
        "portal/contact_number.html",
        status=status,
        shown=shown,
        contact=shown.contact,
        form=form,
        is_asked=is_asked,
        wrong=problems,
    )
