"""Coming back with the code: what happened at each place, and messages both ways."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.errors import Busy, CodeProblem
from app.casework.follow_with_code import follow_with_code
from app.casework.write_message import MessageInput, write_message
from app.domain.words import Standing
from app.reads.follow import read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.forms import CodeForm, MessageForm
from app.web.portal.sentences import form_sentence
from app.web.sessions import sign_in_requester

BUSY_SECONDS = 5


@portal.route("/follow", methods=["GET", "POST"])
@guards.anyone
def follow() -> ResponseReturnValue:
    """Type the code. Every code that opens nothing, for whatever reason, gets the same answer."""
    form = CodeForm()
    if request.method == "GET":
        return page("portal/follow.html", form=form, busy=False)
    typed = form.code.data or ""
    if not typed.strip():
        form.refuse(form_sentence("code_empty"), keep_typed=False)
        return page("portal/follow.html", status=422, form=form, busy=False)
    try:
        actor = follow_with_code(kit(), typed)
    except CodeProblem as problem:
        # A slip of one letter is put right in place; any other code does not come back on the page.
        form.refuse(form_sentence(f"code_{problem.code}"), keep_typed=problem.code == "mistyped")
        return page("portal/follow.html", status=422, form=form, busy=False)
    except Busy:
        form.code.data = ""
        response = make_response(page("portal/follow.html", status=503, form=form, busy=True))
        response.headers["Retry-After"] = str(BUSY_SECONDS)
        return response
    sign_in_requester(actor)
    return redirect(url_for("portal.request_page"), 303)


@portal.get("/follow/request")
@guards.requester
def request_page(actor: Requester) -> ResponseReturnValue:
    """The ledger and the messages."""
    return _request_page(actor, MessageForm())


@portal.post("/follow/message")
@guards.requester
def message(actor: Requester) -> ResponseReturnValue:
    """Write to the hotline."""
    form = MessageForm()
    text = form.message()
    if text is None:
        return _request_page(actor, form, status=422)
    write_message(kit(), actor, MessageInput(text=text))
    return redirect(url_for("portal.request_page", _anchor="messages"), 303)


@portal.get("/follow/message")
@guards.requester
def message_again(_actor: Requester) -> ResponseReturnValue:
    """Where the language links of a message that was not sent lead: back to the whole page."""
    return redirect(url_for("portal.request_page"), 303)


def _request_page(actor: Requester, form: MessageForm, status: int = 200) -> ResponseReturnValue:
    shown = read_follow(kit(), actor)
    return page(
        "portal/request.html",
        status=status,
        follow=shown,
        form=form,
        is_bystander=shown.standing is Standing.BYSTANDER,
        is_unchecked=shown.standing is Standing.UNCHECKED,
        is_own=shown.standing is Standing.OWN,
    )
