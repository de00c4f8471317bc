"""One place of a request: what it is called, putting it right, "it is back"; and adding places."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.correct_place import CorrectInput, correct_place
from app.casework.errors import NotAllowed, NotFound
from app.casework.note_place import NoteInput, note_place
from app.casework.say_back_again import say_back_again
from app.domain.asking import PlaceNote
from app.domain.words import Standing
from app.i18n.words import next_words
from app.places.reading import Place
from app.reads.follow import FollowPlace, read_follow, read_place
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.answers import Answers
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import follow_sentence
from app.web.portal.follow_ledger import is_late, whole_number
from app.web.portal.follow_steps import back_to_request, what_was_done
from app.web.portal.place_forms import DetailsForm, PlacesForm, details_form
from app.web.portal.said_places import SaidPlace, read_said

_CORRECTING = (Standing.OWN, Standing.CHILD)


@portal.get("/follow/place/<int:number>")
@guards.requester
def place(actor: Requester, number: int) -> ResponseReturnValue:
    """Everything about one place."""
    shown = _shown(actor, number)
    return _place_page(actor, shown, _note_form(shown), _correct_form(shown))


@portal.post("/follow/place/<int:number>")
@guards.requester
def change_place(actor: Requester, number: int) -> ResponseReturnValue:
    """`do` says which of the page's forms was sent."""
    shown = _shown(actor, number)
    match request.form.get("do"):
        case "note":
            return _note(actor, shown)
        case "correct":
            return _correct(actor, shown)
        case _other:
            return redirect(url_for("portal.place", number=number), 303)


@portal.post("/follow/back")
@guards.requester
def back(actor: Requester) -> ResponseReturnValue:
    """A volunteered "it is back", from the ledger or from the page of the place."""
    given = request.form.get("number", "")
    try:
        say_back_again(kit(), actor, whole_number(given))
    except NotFound:
        abort(404)
    except NotAllowed:  # it was not gone, or nobody is shown so: the ledger says how it stands
        return redirect(url_for("portal.request_page"), 303)
    return back_to_request("back")


@portal.route("/follow/add", methods=["GET", "POST"])
@guards.requester
def add(actor: Requester) -> ResponseReturnValue:
    """Name more places, in the same ways as when asking."""
    form = PlacesForm() if request.method == "POST" else PlacesForm.showing(Answers())
    if request.method == "GET":
        return _add_page(actor, form)
    answers = form.read(Answers())
    if answers is None:
        return _add_page(actor, form, status=422)
    said = read_said(answers).places
    try:
        added = add_places(kit(), actor, AddInput(tuple(each.place for each in said)))
    except NotAllowed:
        form.say("places", follow_sentence("too_many"))
        return _add_page(actor, form, status=422)
    return back_to_request("added" if added else "known")


def _shown(actor: Requester, number: int) -> FollowPlace:
    try:
        return read_place(kit(), actor, number)
    except NotFound:
        abort(404)


def _note(actor: Requester, shown: FollowPlace) -> ResponseReturnValue:
    [said] = _said(shown)
    form = details_form((said,))()
    answers = form.read(Answers())
    if answers is None:
        return _place_page(actor, shown, form, _correct_form(shown), status=422)
    note_place(kit(), actor, NoteInput(shown.number, answers.notes.get(said.key, PlaceNote())))
    return back_to_request("saved")


def _correct(actor: Requester, shown: FollowPlace) -> ResponseReturnValue:
    form = PlacesForm()
    answers = form.read(Answers())
    named = [] if answers is None else [each.place for each in read_said(answers).places]
    if (
        len(named) > 1 and not shown.place.url
    ):  # an address was found for what was told in words: the words may stand as they were
        named = [each for each in named if _as_typed(each, "") != _as_typed(shown.place, "")]
    if answers is not None and len(named) != 1:
        form.say("places", follow_sentence("one_address"))
    if len(named) != 1:
        return _place_page(actor, shown, _note_form(shown), form, status=422)
    try:
        correct_place(kit(), actor, CorrectInput(shown.number, named[0]))
    except NotAllowed:  # somebody judged it meanwhile: the page says how it stands now
        return redirect(url_for("portal.place", number=shown.number), 303)
    return back_to_request("saved")


def _said(shown: FollowPlace) -> tuple[SaidPlace]:
    return (SaidPlace(shown.number, "this", shown.place, shown.note),)


def _note_form(shown: FollowPlace) -> DetailsForm:
    [said] = _said(shown)
    return details_form((said,)).showing(Answers(notes={said.key: said.note}))


def _correct_form(shown: FollowPlace) -> PlacesForm:
    return PlacesForm.showing(_as_typed(shown.place, shown.whole))


def _as_typed(named: Place, whole: str) -> Answers:
    """The place as somebody would type it; an address so that no program makes a link of it."""
    if named.url:
        return Answers(places=whole or named.url)
    return Answers(accounts=((named.app, named.account),)) if named.app else Answers(unsure=named.typed)


def _place_page(
    actor: Requester, shown: FollowPlace, note: DetailsForm, correct: PlacesForm, status: int = 200
) -> ResponseReturnValue:
    follow = read_follow(kit(), actor)
    return page(
        "portal/place.html",
        status=status,
        place=shown,
        note=note,
        correct=correct,
        problems_said=[*note.all_problems(), *correct.all_problems()],
        can_correct=shown.can_be_corrected and follow.standing in _CORRECTING,
        may_end=follow.may_end,
        is_set_aside=follow.is_set_aside,
        is_late=is_late(shown.due_at, kit().clock()),
        next_words=next_words,
        done=what_was_done(),
    )


def _add_page(actor: Requester, form: PlacesForm, status: int = 200) -> ResponseReturnValue:
    is_represented = read_follow(kit(), actor).is_represented
    return page("portal/add.html", status=status, form=form, is_represented=is_represented)
