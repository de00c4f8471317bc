"""A new code in place of the old one, shown and noted before it counts."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.errors import NotAllowed
from app.casework.new_code import new_code as draw_code
from app.casework.replace_code import ReplaceInput, replace_code
from app.casework.second_word import has_second_word
from app.casework.take_over_code import take_over_code
from app.reads.follow import read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import WordForm
from app.web.portal.follow_steps import again_soon, back_to_request, with_word
from app.web.sessions import sign_in_requester

_KEY = "new_code"


@portal.get("/follow/code")
@guards.requester
def code(actor: Requester) -> ResponseReturnValue:
    """The new code, the same at every reload. The old one goes on working until POST."""
    return _code_page(actor, WordForm(formdata=None))


@portal.post("/follow/code")
@guards.requester
def use_code(actor: Requester) -> ResponseReturnValue:
    """It is written down: it works from now on, and the old one opens nothing."""
    form, drawn = WordForm(), session.get(_KEY)
    if drawn is None:  # nobody was shown a code yet
        return redirect(url_for("portal.code"), 303)
    given = ReplaceInput(drawn, form.word)
    came_of = with_word(form, lambda: replace_code(kit(), actor, given))
    if isinstance(came_of, int):
        return again_soon(_code_page(actor, form, came_of), came_of)
    sign_in_requester(came_of)
    return back_to_request("code")


@portal.route("/follow/new-code", methods=["GET", "POST"])
@guards.requester
def new_code(actor: Requester) -> ResponseReturnValue:
    """Somebody else gave the code out and may know it: one's own comes before all else.

    POST says that it is written down: from then on the request opens with it.
    """
    drawn = session.get(_KEY)
    if request.method == "GET" or drawn is None:
        return _new_code_page(actor)
    try:
        came_of = with_word(WordForm(), lambda: take_over_code(kit(), actor, drawn))
    except NotAllowed:  # done before, in another window
        return redirect(url_for("portal.request_page"), 303)
    if isinstance(came_of, int):
        return again_soon(_new_code_page(actor, came_of), came_of)
    sign_in_requester(came_of)
    return back_to_request("own_code")


def _drawn() -> str:
    """The new code, kept in the sealed session so that a reload shows the same."""
    drawn: str = session.setdefault(_KEY, draw_code())
    return drawn


def _code_page(actor: Requester, form: WordForm, status: int = 200) -> ResponseReturnValue:
    asks_word = has_second_word(kit(), actor)
    return page("portal/code.html", status=status, code=_drawn(), form=form, asks_word=asks_word)


def _new_code_page(actor: Requester, status: int = 200) -> ResponseReturnValue:
    if not read_follow(kit(), actor).is_handed_over:
        return redirect(url_for("portal.request_page"), 303)
    return page("portal/new_code.html", status=status, code=_drawn(), busy=status == 503)
