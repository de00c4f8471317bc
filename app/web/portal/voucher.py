"""For somebody who was asked to confirm that a person was under 18.

A GET shows nothing but a field, and asks the database nothing: programs that follow the links in mail see
no difference between links. Nothing of any request is shown here, at any step.
"""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.answer_voucher import answer_voucher
from app.casework.errors import Busy, NotFound, Stale
from app.casework.open_voucher import open_voucher
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_steps import again_soon
from app.web.portal.proof_forms import PhraseForm, SayForm, role_options
from app.web.voucher_session import end_voucher, keep_voucher, read_voucher


@portal.route("/v/<link>", methods=["GET", "POST"])
@guards.anyone
def voucher(link: str) -> ResponseReturnValue:
    """The words that go with the link."""
    form = PhraseForm()
    if request.method == "GET":
        return _phrase_page(link, form, 200)
    phrase = form.typed()
    if not phrase:
        return _phrase_page(link, form, 422)
    try:
        actor = open_voucher(kit(), link, phrase)
    except NotFound:
        form.refuse_phrase("not_open")
        return _phrase_page(link, form, 422)
    except Busy:
        form.refuse_phrase("busy")
        return _phrase_page(link, form, 503)
    keep_voucher(link, actor)
    return redirect(url_for("portal.voucher_say", link=link), 303)


def _phrase_page(link: str, form: PhraseForm, status: int) -> ResponseReturnValue:
    return again_soon(page("portal/voucher.html", status=status, link=link, form=form), status)


@portal.route("/v/<link>/say", methods=["GET", "POST"])
@guards.anyone
def voucher_say(link: str) -> ResponseReturnValue:
    """What they know, once."""
    actor, form = read_voucher(link), SayForm()
    door = url_for("portal.voucher", link=link)
    if actor is None:
        form.validate()  # takes pictures out of what was typed
        if request.method == "POST" and form.texts():
            return page("errors/ended.html", status=403, texts=form.texts(), door=door)
        return redirect(door, 303)
    if request.method == "GET":
        return page("portal/voucher_say.html", link=link, form=form, roles=role_options())
    said = form.confirmation()
    if said is None:
        return page("portal/voucher_say.html", status=422, link=link, form=form, roles=role_options())
    end_voucher()
    try:
        answer_voucher(kit(), actor, said)
    except (
        NotFound,
        Stale,
    ):  # used in another window, ended, or taken back: the door says what it always says
        return page("errors/ended.html", status=403, texts=form.texts(), door=door)
    return redirect(url_for("portal.voucher_sent", link=link), 303)


@portal.get("/v/<link>/sent")
@guards.anyone
def voucher_sent(link: str) -> ResponseReturnValue:
    """Thank you. The same for every link."""
    return page("portal/voucher_sent.html", link=link)
