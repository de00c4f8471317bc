"""Messages between the person who asked and the hotline."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.write_message import MessageInput, write_message
from app.reads.follow import read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import MessageForm

NEWEST = 10
"""How many messages one page shows, unless all are asked for: a long talk must not slow the page down."""


@portal.get("/follow/message")
@guards.requester
def message(actor: Requester) -> ResponseReturnValue:
    """What was said, oldest first, and a place to write."""
    return _page(actor, MessageForm())


@portal.post("/follow/message")
@guards.requester
def send_message(actor: Requester) -> ResponseReturnValue:
    """Write to the hotline."""
    form = MessageForm()
    text = form.message()
    if text is None:
        return _page(actor, form, status=422)
    write_message(kit(), actor, MessageInput(text=text))
    return redirect(url_for("portal.message", _anchor="newest"), 303)


def _page(actor: Requester, form: MessageForm, status: int = 200) -> ResponseReturnValue:
    messages = read_follow(kit(), actor).messages
    shown = messages if "all" in request.args else messages[-NEWEST:]
    return page(
        "portal/message.html", status=status, form=form, messages=shown, earlier=len(messages) - len(shown)
    )
