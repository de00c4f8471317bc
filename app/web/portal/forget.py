"""Forgetting everything: what can no longer be called back is said first."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.forget_request import forget_request
from app.casework.second_word import has_second_word
from app.domain.requests import GRACE
from app.reads.ending import read_ending
from app.reads.follow import ALL, read_follow
from app.web import guards, sessions
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import MeantForm
from app.web.portal.follow_ledger import called
from app.web.portal.follow_steps import again_soon, with_word


@portal.get("/follow/forget")
@guards.requester
def forget(actor: Requester) -> ResponseReturnValue:
    """Only for who speaks for themselves: nobody else destroys anything for a child."""
    return _page(actor, MeantForm(formdata=None))


@portal.post("/follow/forget")
@guards.requester
def forget_now(actor: Requester) -> ResponseReturnValue:
    """Once it was said that it is meant, and with the second word where one was chosen."""
    form = MeantForm()
    if not form.is_meant():
        return _page(actor, form, status=422)
    shown = read_follow(kit(), actor)
    if not shown.may_end or shown.is_represented:
        return redirect(url_for("portal.withdraw"), 303)
    came_of = with_word(form, lambda: forget_request(kit(), actor, actor.request_id, form.word))
    if isinstance(came_of, int):
        return again_soon(_page(actor, form, came_of), came_of)
    sessions.end()
    return redirect(url_for("portal.forgotten"), 303)


@portal.get("/forgotten")
@guards.anyone
def forgotten() -> ResponseReturnValue:
    """Says nothing of any request: it opens without one, too."""
    return page("portal/forgotten.html", days=GRACE.days)


def _page(actor: Requester, form: MeantForm, status: int = 200) -> ResponseReturnValue:
    shown = read_follow(kit(), actor, per_page=ALL)
    if not shown.may_end:
        return redirect(url_for("portal.withdraw"), 303)
    if shown.is_represented:
        return page("portal/access_first.html", status=status)
    ending = read_ending(kit(), actor)
    return page(
        "portal/forget.html",
        status=status,
        form=form,
        gone_out=called(one for one in shown.places if one.number in ending.gone_out),
        on_its_way=called(one for one in shown.places if one.number in ending.on_its_way),
        asks_word=has_second_word(kit(), actor),
        was_represented=shown.was_represented,
        days=GRACE.days,
    )
