"""Asking: one form, read back once, sent, and the code shown until the person says it is noted."""

from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.errors import Busy
from app.casework.file_request import Filing, file_request
from app.domain.words import Asker, Content
from app.i18n.locales import LOCALES, Locale
from app.places.reading import read_places
from app.places.showing import defang, mask
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.drafts import Draft, Sent, forget_draft, keep_answers, keep_only_the_code, read_draft
from app.web.portal.forms import AskForm

BUSY_SECONDS = 5


@dataclass(frozen=True)
class PlaceReadBack:
    """One place as the review shows it: its host in sight, the whole never as a link."""

    masked: str
    defanged: str


@dataclass(frozen=True)
class ReadBack:
    """What will be sent, for the person to read once more."""

    places: tuple[PlaceReadBack, ...]
    repeats: int
    asker: Asker
    contents: tuple[Content, ...]
    words: str
    language: Locale
    code: str
    seen: str


@portal.route("/ask", methods=["GET", "POST"])
@guards.anyone
def ask() -> ResponseReturnValue:
    """The form. GET shows a draft again, so that going back works; it sets no cookie by itself."""
    draft = read_draft()
    if isinstance(draft, Sent):
        # What was sent stays sent: a changed form must not seem to change it.
        if request.method == "GET":
            return redirect(url_for("portal.sent"), 303)
        return _sent_page(draft, already=True, status=409)
    if request.method == "GET":
        form = AskForm.showing(draft.answers if draft else None)
        return page("portal/ask.html", form=form, lost="lost" in request.args and draft is None)
    form = AskForm()
    answers = form.answers()
    if answers is None:
        return page("portal/ask.html", status=422, form=form, lost=False)
    keep_answers(answers)
    return redirect(url_for("portal.review"), 303)


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
        file_request(kit(), _filing(draft))
    except Busy:
        response = make_response(_review_page(draft, busy=True, status=503))
        response.headers["Retry-After"] = str(BUSY_SECONDS)
        return response
    keep_only_the_code(draft)
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
            return _sent_page(draft)
        case Draft():
            return redirect(url_for("portal.review"), 303)
        case None:
            return page("portal/noted.html")


def _review_page(
    draft: Draft, status: int = 200, changed: bool = False, busy: bool = False
) -> ResponseReturnValue:
    return page("portal/review.html", status=status, draft=_read_back(draft), changed=changed, busy=busy)


def _sent_page(sent: Sent, status: int = 200, already: bool = False) -> ResponseReturnValue:
    return page(
        "portal/sent.html",
        status=status,
        code=sent.code,
        already=already,
        is_bystander=sent.asker is Asker.BYSTANDER,
        is_representative=sent.asker.is_representative,
    )


def _read_back(draft: Draft) -> ReadBack:
    answers, reading = draft.answers, read_places(draft.answers.places)
    return ReadBack(
        places=tuple(PlaceReadBack(mask(each.url), defang(each.url)) for each in reading.places),
        repeats=reading.repeats,
        asker=answers.asker,
        contents=answers.contents,
        words=answers.words,
        language=LOCALES[answers.language],
        code=draft.code,
        seen=draft.seen,
    )


def _filing(draft: Draft) -> Filing:
    answers = draft.answers
    return Filing(
        filing_id=draft.filing_id,
        code=draft.code,
        places=read_places(answers.places).places,
        asker=answers.asker,
        contents=answers.contents,
        words=answers.words,
        language=answers.language,
    )
