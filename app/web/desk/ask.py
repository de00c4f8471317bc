"""A question to those who asked, before a finding: each of them is written to apart."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.casework.actors import Caseworker
from app.casework.ask_requester import AskInput, ask_requester, may_be_asked
from app.casework.canned_replies import CannedReply, in_order_for, read_canned_replies
from app.casework.case_folder import CaseFolder, CaseParty
from app.casework.errors import (
    NotAllowed,
    NotHolding,
    SecondCaseworkerNeeded,
    Stale,
    TakenBySomeoneElse,
)
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.assess_part import open_places
from app.web.desk.forms import AssessForm, MessageForm
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence, party_words
from app.web.glue import kit, page


@dataclass(frozen=True)
class Question:
    """One of those who can be asked, with what is typed for them."""

    party: CaseParty
    form: MessageForm
    canned: tuple[CannedReply, ...]


@blueprint.route("/case/<request_id>/ask", methods=["GET", "POST"])
@guards.caseworker
def ask(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Ask about the chosen places. Nothing that was typed is lost, whatever comes between."""
    if request.method == "GET":
        return show_questions(actor, request_id, ())
    chosen = tuple(dict.fromkeys(request.form.getlist("location_ids")))
    if "insert" in request.form:
        return show_questions(actor, request_id, chosen)
    forms = _typed()
    asked = {party_id: form for party_id, form in forms.items() if _is_written(form)}
    if not chosen or not asked or any(not form.validate() for form in asked.values()):
        return show_questions(actor, request_id, chosen, status=422, is_sent=True)
    seen = AssessForm().versions_seen()
    versions = tuple(seen.get(one, -1) for one in chosen)
    texts = {party_id: form.text.data or "" for party_id, form in asked.items()}
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        ask_requester(kit(), actor, AskInput(request_id, chosen, versions, texts))
    except (Stale, NotAllowed):
        return show_questions(actor, request_id, chosen, status=409, trouble="stale")
    except (NotHolding, TakenBySomeoneElse):
        return show_questions(actor, request_id, chosen, status=409, trouble="lapsed")
    except SecondCaseworkerNeeded:
        return show_questions(actor, request_id, chosen, status=409, trouble="second")
    flash(
        _("Your question is saved. The person sees it when they come back; the places wait for the answer.")
    )
    return redirect(url_for("desk.case", request_id=request_id), 303)


def show_questions(
    actor: Caseworker,
    request_id: str,
    chosen: tuple[str, ...],
    *,
    status: int = 200,
    trouble: str = "",
    is_sent: bool = False,
) -> ResponseReturnValue:
    """The page, with what was typed. `is_sent`: it was to be saved, so what is missing is said."""
    case = open_case(kit(), actor, request_id)
    if request.method == "GET" and not case.taken_by_me:
        return redirect(url_for("desk.case", request_id=request_id), 303)
    questions = _questions(case)
    problems = _problems(chosen, questions) if is_sent else ()
    return page(
        "desk/ask.html",
        status=status,
        case=case,
        places=open_places(case),
        chosen=frozenset(chosen),
        questions=questions,
        problems=problems,
        trouble=trouble,
        party_words=party_words,
    )


def _is_written(form: MessageForm) -> bool:
    """A picture that was taken out again counts: it is said."""
    return bool((form.text.data or "").strip()) or getattr(form.text, "had_picture", False)


def _typed() -> dict[str, MessageForm]:
    """By party id. The fields of one name stand in the order of the parties, as the page had them."""
    ids, texts = request.form.getlist("party_id"), request.form.getlist("text")
    return {
        party_id: MessageForm(formdata=MultiDict({"text": text}))
        for party_id, text in zip(ids, texts, strict=False)
    }


def _questions(case: CaseFolder) -> tuple[Question, ...]:
    typed, canned = _typed(), read_canned_replies(kit())
    picks = dict(zip(request.form.getlist("party_id"), request.form.getlist("canned"), strict=False))
    found = []
    for party in case.parties:
        if not may_be_asked(party.standing, party.is_revoked):
            continue
        form = typed.get(party.id) or MessageForm(formdata=None)
        picked = next((one for one in canned if one.id == picks.get(party.id)), None)
        if picked is not None and request.form.get("insert") == party.id:
            form.put_in(picked.text)
        found.append(Question(party, form, in_order_for(party.voice.language, canned)))
    return tuple(found)


def _problems(chosen: tuple[str, ...], questions: tuple[Question, ...]) -> tuple[tuple[str, str], ...]:
    said = [] if chosen else [("location_ids", form_sentence("choose_places"))]
    if not any(_is_written(one.form) for one in questions):
        where = f"text-{questions[0].party.number}" if questions else "main"
        said.append((where, form_sentence("ask_empty")))
    for one in questions:
        if _is_written(one.form) and not one.form.validate():
            said += [(f"text-{one.party.number}", sentence) for sentence in one.form.text.errors]
    return tuple(said)
