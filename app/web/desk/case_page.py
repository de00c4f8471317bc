"""The page of one case, and what it is made of: for every view that shows it or comes back to it."""

from dataclasses import dataclass, field
from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder, CaseParty, CasePlace
from app.casework.locate_place import is_told
from app.casework.open_case import open_case
from app.casework.revoke_party_at_desk import may_be_revoked
from app.domain.locations import GONE_OUT, NOTICED
from app.domain.words import LocationState, Outcome, Reply, YesNo
from app.i18n.words import desk_words
from app.web.desk.case_forms import LocateForm, OutcomeForm
from app.web.desk.forms import MessageForm, ReplyForm, problems
from app.web.desk.sentences import outcome_hint, party_words, trail_words, who, write_to
from app.web.forms import Form
from app.web.glue import kit, page


@dataclass(frozen=True)
class NextSteps:
    """How many places wait for what."""

    to_assess: int
    to_notice: int
    to_find: int
    hearings: int
    with_courier: int
    refused: int
    back: int

    @property
    def anything(self) -> bool:
        """False when only providers can move things on."""
        return any(vars(self).values())

    @property
    def may_assess(self) -> bool:
        return bool(self.to_assess or self.to_notice or self.hearings or self.refused or self.back)


def next_steps(places: tuple[CasePlace, ...]) -> NextSteps:
    """Count the places of a case by what they wait for."""
    states = [place.state for place in places]
    return NextSteps(
        to_assess=states.count(LocationState.RECEIVED) + states.count(LocationState.ASSESSING),
        to_notice=sum(place.state is LocationState.ASSESSED and bool(place.url) for place in places),
        to_find=sum(is_open_without_address(place) for place in places),
        hearings=states.count(LocationState.HEARING_DUE),
        with_courier=states.count(LocationState.APPROVED),
        refused=states.count(LocationState.REFUSED),
        back=states.count(LocationState.BACK),
    )


def is_open_without_address(place: CasePlace) -> bool:
    """Told as an app and an account, or in words, and nobody has found its address."""
    return not place.url and place.state is not LocationState.WITHDRAWN


def may_be_located(place: CasePlace) -> bool:
    """Whether the page offers to write its address, or to put right the one that was written."""
    if not place.url:
        return is_open_without_address(place)
    return place.state in (LocationState.RECEIVED, LocationState.ASSESSING) and is_told(place.place)


@dataclass(frozen=True)
class Threat:
    """Somebody threatens to post it, or asks for something. `on`: the day they gave."""

    number: int
    on: date | None
    is_sure: bool


def threats(case: CaseFolder) -> tuple[Threat, ...]:
    """At places that are still open, the nearest day first; those without a day come last."""
    found = [
        Threat(place.number, note.threat_on, note.threat is YesNo.YES)
        for party in case.parties
        for place in case.places
        if (note := party.notes.get(place.id)) is not None
        and (note.threat in (YesNo.YES, YesNo.UNSURE) or note.threat_on is not None)
        and place.state is not LocationState.WITHDRAWN
    ]
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.number)))


@dataclass(frozen=True)
class CaseForms:
    """The forms of the page; one that was refused comes back with what was typed in it."""

    message: MessageForm = field(default_factory=lambda: MessageForm(formdata=None))
    reply: ReplyForm = field(default_factory=lambda: ReplyForm(formdata=None))
    outcome: OutcomeForm = field(default_factory=lambda: OutcomeForm(formdata=None))
    locate: LocateForm = field(default_factory=lambda: LocateForm(formdata=None))


def show_case(
    actor: Caseworker, request_id: str, forms: CaseForms | None = None, status: int = 200
) -> ResponseReturnValue:
    """The whole case, opened: the verb writes that to its trail."""
    case = open_case(kit(), actor, request_id)
    forms = forms or CaseForms()
    message_to = next((one for one in case.parties if one.id == request.form.get("party_id")), case.filer)
    located = next((one for one in case.places if one.id == forms.locate.location_id.data), None)
    return page(
        "desk/case.html",
        status=status,
        case=case,
        next=next_steps(case.places),
        threats=threats(case),
        noticed=tuple(place for place in case.places if place.state in NOTICED),
        gone_out=tuple(place for place in case.places if place.state in GONE_OUT),
        may_be_located=may_be_located,
        revocable=tuple(one for one in case.parties if _may_be_revoked(one)),
        child=next((one for one in case.parties if one.number > 1), None),
        forms=forms,
        message_to=message_to.id,
        party_words=party_words,
        write_to=write_to,
        who=lambda by: who(by, actor.id),
        replies=tuple((each.value, desk_words(each), "") for each in Reply),
        outcomes=tuple((each.value, desk_words(each), outcome_hint(each)) for each in Outcome),
        problems=_problems(forms, message_to, located),
        trail=tuple((line.at, trail_words(line.kind), who(line.by, actor.id)) for line in case.trail),
    )


def _may_be_revoked(party: CaseParty) -> bool:
    return may_be_revoked(party.standing, party.number, party.is_revoked)


def _problems(
    forms: CaseForms, message_to: CaseParty, located: CasePlace | None
) -> tuple[tuple[str, str], ...]:
    """The page has a field of one name several times, so the ids say which one is meant."""
    renamed = {"text": f"text-{message_to.number}", "address": f"address-{located.number if located else 0}"}
    outcome_names = {"location_ids": "outcome-location_ids"}
    said = [(renamed.get(name, name), sentence) for name, sentence in _said(forms.message, forms.locate)]
    said += _said(forms.reply)
    said += [(outcome_names.get(name, name), sentence) for name, sentence in _said(forms.outcome)]
    return tuple(said)


def _said(*forms: Form) -> tuple[tuple[str, str], ...]:
    return problems(*forms)


def back_to(request_id: str) -> ResponseReturnValue:
    """To the top of the case, where what was just done is said."""
    return redirect(url_for("desk.case", request_id=request_id), 303)
