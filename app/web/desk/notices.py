"""Notices: the letter to each provider, read before it is approved; several are approved in one go."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.errors import CaseworkError
from app.casework.open_case import open_case
from app.casework.preview_notice import NoticePreview, preview_notices
from app.casework.show_in_case import ShowInput, show_in_case
from app.domain.behaviour import may_have_own_words
from app.domain.notice_words import NoticeKind
from app.domain.words import LocationState, Matter, SafetyState
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.desk.sentences import LETTER_REFUSED, form_sentence, letter_refused, party_words
from app.web.glue import kit, page


@blueprint.get("/case/<request_id>/notices")
@guards.caseworker
def notices(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """One letter for each provider; places that no letter can reach are named with what helps."""
    return _show(actor, request_id)


@blueprint.post("/case/<request_id>/notices")
@guards.caseworker
def approve(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Approve the ticked letters as they were shown, each by itself; what is refused stays, and is named.

    A letter is named by its print: `letter` holds those that were ticked, `rung-<print>` the further ones of
    its ladder, `show` the one whose addresses are wanted. Nothing is approved then, and what was ticked stays
    so.
    """
    if "show" in request.form:
        ids = tuple(request.form.getlist(f"location_ids-{request.form['show']}"))
        show_in_case(kit(), actor, ShowInput(request_id, ids, "addresses"))
        return _show(actor, request_id, shown=frozenset(ids))
    chosen = tuple(_letter(request_id, seen) for seen in dict.fromkeys(request.form.getlist("letter")))
    if not chosen:
        return _show(actor, request_id, status=422, refused=(form_sentence("choose_letters"),))
    approved, refused = [], []
    for letter in chosen:
        try:
            approved.append((letter, approve_notice(kit(), actor, letter)))
        except CaseworkError as error:
            if type(error) not in LETTER_REFUSED:
                raise
            refused.append((letter.provider_id, error))
    sentences = _refused(actor, request_id, refused)
    if not approved:
        return _show(actor, request_id, status=409, refused=sentences)
    for letter, reference in approved:
        flash(_approved(reference, is_by_hand=f"by_hand-{letter.seen}" in request.form))
    for sentence in sentences:
        flash(sentence)
    return redirect(url_for("desk.notices" if refused else "desk.case", request_id=request_id), 303)


def _approved(reference: str, *, is_by_hand: bool) -> str:
    if is_by_hand:
        return _(
            "Notice %(reference)s is approved. Now take it there: see Notices below.", reference=reference
        )
    return _("Notice %(reference)s is approved. It will be sent in the next minutes.", reference=reference)


def _refused(actor: Caseworker, request_id: str, refused: list[tuple[str, CaseworkError]]) -> tuple[str, ...]:
    """Which letters were not approved, and why; by the name of who they were to."""
    if not refused:
        return ()
    names = {one.provider_id: one.provider_name for one in preview_notices(kit(), actor, request_id)}
    return tuple(
        letter_refused(names.get(provider_id) or _("a provider"), error) for provider_id, error in refused
    )


def _letter(request_id: str, seen: str) -> ApproveInput:
    """What the form says of one letter."""
    return ApproveInput(
        request_id=request_id,
        provider_id=request.form.get(f"provider_id-{seen}", ""),
        location_ids=tuple(request.form.getlist(f"location_ids-{seen}")),
        seen=seen,
        words_of=request.form.get(f"words_of-{seen}", ""),
        names_of=request.form.get(f"names_of-{seen}", ""),
        tells_mandate=f"mandate-{seen}" in request.form,
        rungs=tuple(dict.fromkeys(request.form.getlist(f"rung-{seen}"))),
        is_search=f"search-{seen}" in request.form,
    )


def _show(
    actor: Caseworker,
    request_id: str,
    *,
    status: int = 200,
    refused: tuple[str, ...] = (),
    shown: frozenset[str] = frozenset(),
) -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me:
        return redirect(url_for("desk.case", request_id=request_id), 303)
    previews = preview_notices(kit(), actor, request_id, shown)
    letters = tuple(one for one in previews if one.is_letter)
    homeless = {
        place.place.host for preview in previews if preview.provider_id is None for place in preview.places
    }
    return page(
        "desk/notices.html",
        status=status,
        case=case,
        refused=refused,
        shown=shown,
        may_approve=case.safety in (SafetyState.NONE, SafetyState.CLEAR),
        reads_first=any(Matter.READ_FIRST in party.voice.wishes.matters for party in case.parties),
        names={party.id: party_words(party) for party in case.parties},
        without_address=tuple(
            place.number for place in case.places if place.state is LocationState.ASSESSED and not place.url
        ),
        letters=letters,
        ticked=_ticked(letters),
        chosen=lambda name, letter: request.form.get(f"{name}-{letter.seen}", ""),
        without_way=tuple(one for one in previews if one.provider_id and not one.is_letter),
        hosts_without_provider=sorted(homeless),
    )


def _ticked(letters: tuple[NoticePreview, ...]) -> frozenset[str]:
    """Prints of what was ticked before; on a fresh page of every letter that may go, and of those that follow
    it. None by itself to a supplier who ignores notices, or sides with whoever posted it; nor to a search
    engine: one more who is told where it is, so a person decides."""
    if request.method == "POST":
        further = (request.form.getlist(f"rung-{letter.seen}") for letter in letters)
        return frozenset(request.form.getlist("letter")).union(*further)
    may_go = [letter for letter in letters if letter.may_be_approved and not letter.is_search]
    return frozenset(letter.seen for letter in may_go) | frozenset(
        rung.seen
        for letter in may_go
        for rung in letter.rungs
        if rung.may_be_approved
        and (rung.kind is not NoticeKind.UPSTREAM or may_have_own_words(rung.behaviours))
    )
