"""Taking places back, or asking the hotline to stop: what cannot be called back is said first."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.ask_to_end import EndInput, ask_to_end
from app.casework.errors import NotAllowed, NotFound
from app.casework.second_word import has_second_word
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.words import Standing
from app.reads.ending import read_ending
from app.reads.follow import ALL, PAGE, FollowPage, read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import EndForm, follow_sentence, refuse
from app.web.portal.follow_ledger import called, whole_number
from app.web.portal.follow_steps import again_soon, back_to_request, with_word


@portal.get("/follow/withdraw")
@guards.requester
def withdraw(actor: Requester) -> ResponseReturnValue:
    """Which places; who does not speak for themselves asks a caseworker on the same page."""
    form = EndForm(formdata=None, data={"numbers": request.args.getlist("place")})
    return _page(actor, form)


@portal.post("/follow/withdraw")
@guards.requester
def withdraw_now(actor: Requester) -> ResponseReturnValue:
    """The places, and the second word where one was chosen."""
    form = EndForm()
    numbers = form.chosen()
    if numbers is None:
        return _page(actor, form, status=422)
    shown = read_follow(kit(), actor, per_page=ALL)
    if not shown.may_end:
        return _ask(actor, form, numbers)
    if form.is_everything:
        numbers = tuple(place.number for place in shown.places if place.can_be_withdrawn)
    if not numbers:
        return back_to_request("withdrawn")
    given = WithdrawInput(numbers, form.word)
    try:
        came_of = with_word(form, lambda: withdraw_places(kit(), actor, given))
    except (NotAllowed, NotFound):
        return redirect(url_for("portal.withdraw"), 303)
    if isinstance(came_of, int):
        return again_soon(_page(actor, form, came_of), came_of)
    return back_to_request("withdrawn")


def _ask(actor: Requester, form: EndForm, numbers: tuple[int, ...]) -> ResponseReturnValue:
    try:
        ask_to_end(kit(), actor, EndInput(numbers, everything=form.is_everything))
    except NotFound:
        refuse(form.numbers, follow_sentence("none_chosen"))
        return _page(actor, form, status=422)
    return back_to_request("asked")


def _page(actor: Requester, form: EndForm, status: int = 200) -> ResponseReturnValue:
    every = read_follow(kit(), actor, per_page=ALL)
    if every.may_end and every.is_represented:
        return page("portal/access_first.html", status=status)
    ending = read_ending(kit(), actor)
    shown = read_follow(kit(), actor, _page_to_show(form, every))
    first = (shown.page - 1) * PAGE + 1
    return page(
        "portal/withdraw.html" if every.may_end else "portal/ask_to_end.html",
        status=status,
        form=form,
        follow=shown,
        first=first,
        last=first + len(shown.places) - 1,
        options=[(str(one.number), one.name, "") for one in shown.places if one.can_be_withdrawn],
        gone_out=called(one for one in every.places if one.number in ending.gone_out),
        on_its_way=called(one for one in every.places if one.number in ending.on_its_way),
        asks_word=has_second_word(kit(), actor),
        is_child=every.standing is Standing.CHILD,
    )


def _page_to_show(form: EndForm, every: FollowPage) -> int:
    """The page of places that was asked for, or the one with the place that was chosen."""
    asked, chosen = request.values.get("page", ""), form.numbers.data or ()
    if asked or not chosen:
        return whole_number(asked)
    found = (at for at, place in enumerate(every.places) if str(place.number) == chosen[0])
    return 1 + next(found, 0) // PAGE
