"""Who else can see the request, and ending that in silence. Only the child's own access reaches this."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.errors import NotAllowed, NotFound
from app.casework.revoke_party import revoke_party
from app.casework.second_word import has_second_word
from app.reads.follow import read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import MeantForm
from app.web.portal.follow_steps import again_soon, back_to_request, with_word
from app.web.sessions import sign_in_requester


@portal.get("/follow/access")
@guards.requester
def access(actor: Requester) -> ResponseReturnValue:
    """That somebody else can see and write, what ending it means, and what they go on seeing."""
    return _page(actor, MeantForm(formdata=None))


@portal.post("/follow/access")
@guards.requester
def end_access(actor: Requester) -> ResponseReturnValue:
    """They go on seeing the page as it stands now; nobody tells them."""
    form = MeantForm()
    if not form.is_meant():
        return _page(actor, form, status=422)
    try:
        came_of = with_word(form, lambda: revoke_party(kit(), actor, form.word))
    except (NotAllowed, NotFound):  # nobody else is there, or it is not theirs to end
        return redirect(url_for("portal.request_page"), 303)
    if isinstance(came_of, int):
        return again_soon(_page(actor, form, came_of), came_of)
    sign_in_requester(came_of)
    return back_to_request("ended")


def _page(actor: Requester, form: MeantForm, status: int = 200) -> ResponseReturnValue:
    if not read_follow(kit(), actor).is_represented:
        return redirect(url_for("portal.request_page"), 303)
    asks_word = has_second_word(kit(), actor)
    return page("portal/access.html", status=status, form=form, asks_word=asks_word)
