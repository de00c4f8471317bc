"""Read back once more, sent, and the code shown until the person says that it is noted."""

from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.errors import Busy
from app.casework.file_request import file_request
from app.domain.words import Asker
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.drafts import Draft, Sent, forget_draft, keep_only_the_code, read_draft
from app.web.portal.filing import contact_to_send, filing_of
from app.web.portal.read_back import read_back
from app.web.portal.said_places import SaidPlace, read_said
from app.web.portal.wish_forms import is_agreed

BUSY_SECONDS = 5
PLACES_PER_PAGE = 5  # see place_forms.py


@dataclass(frozen=True)
class PlacesPage:
    """Some of the places, the numbers of the pages before and after, and how many there are in all."""

    places: tuple[SaidPlace, ...]
    count: int
    repeats: int
    number: int
    last: int


@portal.route("/ask/review", methods=["GET", "POST"])
@guards.anyone
def review() -> ResponseReturnValue:
    """What was read, the answers and the code. POST sends exactly what was shown."""
    draft = read_draft()
    if draft is None:
        return redirect(url_for("portal.ask", lost=1), 303)
    if isinstance(draft, Sent):
        return redirect(url_for("portal.sent"), 303)
    if request.method == "GET":
        return _review_page(draft)
    if request.form.get("seen") != draft.seen:
        return _review_page(draft, changed=True, status=409)
    try:
        file_request(kit(), filing_of(draft))
    except Busy:
        response = make_response(_review_page(draft, busy=True, status=503))
        response.headers["Retry-After"] = str(BUSY_SECONDS)
        return response
    keep_only_the_code(draft, will_hear=contact_to_send(draft.answers) is not None)
    return redirect(url_for("portal.sent"), 303)


@portal.route("/ask/sent", methods=["GET", "POST"])
@guards.anyone
def sent() -> ResponseReturnValue:
    """Received, and the code, at every reload until POST says that it is noted."""
    if request.method == "POST":
        if isinstance(read_draft(), Sent):
            forget_draft()
        return redirect(url_for("portal.sent"), 303)
    draft = read_draft()
    match draft:
        case Sent():
            return sent_page(draft)
        case Draft():
            return redirect(url_for("portal.review"), 303)
        case None:
            return page("portal/noted.html")


def _review_page(
    draft: Draft, status: int = 200, changed: bool = False, busy: bool = False
) -> ResponseReturnValue:
    answered = read_back(draft.answers)
    return page(
        "portal/review.html",
        status=status,
        draft=draft,
        listed=_places_page(draft),
        answered=[each for each in answered if each.lines],
        skipped=[each for each in answered if not each.lines],
        may_hear=is_agreed(draft.answers),
        changed=changed,
        busy=busy,
    )


def _places_page(draft: Draft) -> PlacesPage:
    said = read_said(draft.answers)
    last = -(-len(said.places) // PLACES_PER_PAGE)
    number = min(page_number(), last)
    shown = said.places[(number - 1) * PLACES_PER_PAGE : number * PLACES_PER_PAGE]
    return PlacesPage(shown, len(said.places), said.repeats, number, last)


def page_number() -> int:
    """Which of several pages of places is asked for; at least 1."""
    typed = request.args.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def sent_page(sent: Sent, status: int = 200, already: bool = False) -> ResponseReturnValue:
    """Received, with the code."""
    return page(
        "portal/sent.html",
        status=status,
        code=sent.code,
        already=already,
        is_bystander=sent.asker is Asker.BYSTANDER,
        will_hear=sent.will_hear,
        is_representative=sent.asker.is_representative,
    )
