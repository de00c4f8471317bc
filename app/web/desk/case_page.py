"""The page of one case, and what it is made of: for every view that shows it or comes back to it."""

from dataclasses import dataclass, field
from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.canned_replies import in_order_for, read_canned_replies
from app.casework.case_folder import CaseFolder, CaseParty, CasePlace
from app.casework.locate_place import is_told
from app.casework.note_mandate import mandate_of
from app.casework.open_case import open_case
from app.casework.revoke_party_at_desk import may_be_revoked
from app.domain.desk_words import Outcome
from app.domain.moves import NOTICED
from app.domain.words import LocationState, Reply, YesNo
from app.i18n.words import desk_words
from app.web.desk.assess_part import NOT_YET, case_values, unassessed_places
from app.web.desk.case_forms import LocateForm, OutcomeForm, SignalForm
from app.web.desk.forms import AssessForm, MessageForm, ReplyForm, problems
from app.web.desk.holding_forms import HoldingForms
from app.web.desk.holding_panel import holding_panel
from app.web.desk.mandate_form import MandateForm
from app.web.desk.sentences import outcome_hint, party_words, write_to
from app.web.desk.series_forms import LinkForm
from app.web.desk.watch_part import watch_part
from app.web.forms import Form
from app.web.glue import kit, page
from app.web.trail_words import trail_words, who


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
    asked: int
    whose: int

    @property
    def anything(self) -> bool:
        """False when only providers can move things on."""
        return any(vars(self).values())

    @property
    def may_assess_anew(self) -> bool:
        """Beside those that wait for their first finding, which the page itself asks for."""
        return bool(self.to_notice or self.hearings or self.refused or self.back or self.asked)

    @property
    def may_ask(self) -> bool:
        return bool(self.to_assess or self.may_assess_anew)


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
        asked=states.count(LocationState.ASKED),
        whose=states.count(LocationState.MOVED) + states.count(LocationState.BOUNCED),
    )


def is_open_without_address(place: CasePlace) -> bool:
    """Told as an app and an account, or in words, and nobody has found its address."""
    return not place.url and place.state is not LocationState.WITHDRAWN


def waits_for_second(place: CasePlace) -> bool:
    """A first "no", where the hotline's policy asks for two people: it leads nowhere by itself."""
    return place.state in NOT_YET and place.finding is not None and not place.finding.asks_removal


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
    signal: SignalForm = field(default_factory=lambda: SignalForm(formdata=None))
    locate: LocateForm = field(default_factory=lambda: LocateForm(formdata=None))
    holding: HoldingForms = field(default_factory=HoldingForms)
    series: LinkForm = field(default_factory=lambda: LinkForm(formdata=None))
    mandate: MandateForm = field(default_factory=lambda: MandateForm(formdata=None))


@dataclass(frozen=True)
class Shown:
    """What this one page shows beyond what a case page always does: whole addresses by location id, the
    story, one exact address by its location id. The next page has it covered again."""

    addresses: frozenset[str] = frozenset()
    story: bool = False
    live: str = ""


NOTHING = Shown()


def show_case(
    actor: Caseworker,
    request_id: str,
    forms: CaseForms | None = None,
    status: int = 200,
    shown: Shown = NOTHING,
    case: CaseFolder | None = None,
) -> ResponseReturnValue:
    """The whole case, opened: the verb writes that to its trail. `case`: when a verb has opened it."""
    case = case or open_case(kit(), actor, request_id)
    forms = forms or CaseForms()
    message_to = next((one for one in case.parties if one.id == request.form.get("party_id")), case.filer)
    located = next((one for one in case.places if one.id == forms.locate.location_id.data), None)
    canned = read_canned_replies(kit())
    at = kit().clock()
    return page(
        "desk/case.html",
        status=status,
        case=case,
        shown=shown,
        next=next_steps(case.places),
        threats=threats(case),
        noticed=tuple(place for place in case.places if place.state in NOTICED),
        may_be_located=may_be_located,
        waits_for_second=waits_for_second,
        canned_for=lambda party: in_order_for(party.voice.language, canned),
        revocable=tuple(one for one in case.parties if _may_be_revoked(one)),
        child=next((one for one in case.parties if one.number > 1), None),
        forms=forms,
        mandate=mandate_of(case.notes),
        holding=holding_panel(actor, case, forms.holding),
        message_to=message_to.id,
        party_words=party_words,
        write_to=write_to,
        who=lambda by: who(by, actor.id),
        replies=tuple((each.value, desk_words(each), "") for each in Reply),
        watch=watch_part(case, at),
        outcomes=tuple((each.value, desk_words(each), outcome_hint(each)) for each in Outcome),
        problems=_problems(forms, message_to, located),
        **case_values(case, _assess_form(), unassessed_places(case)),
        trail=tuple((line.at, trail_words(line.kind), who(line.by, actor.id)) for line in case.trail),
    )


def _assess_form() -> AssessForm:
    """With what was chosen in it, where the page answers to one of its buttons."""
    return AssessForm() if "versions" in request.form else AssessForm(formdata=None)


def _may_be_revoked(party: CaseParty) -> bool:
    return may_be_revoked(party.standing, party.number, party.is_revoked)


def _problems(
    forms: CaseForms, message_to: CaseParty, located: CasePlace | None
) -> tuple[tuple[str, str], ...]:
    """The page has a field of one name several times, so the ids say which one is meant."""
    renamed = {"text": f"text-{message_to.number}", "address": f"address-{located.number if located else 0}"}
    reply_names, outcome_names = ({"location_ids": f"{one}-location_ids"} for one in ("reply", "outcome"))
    said = [(renamed.get(name, name), sentence) for name, sentence in _said(forms.message, forms.locate)]
    said += [(reply_names.get(name, name), sentence) for name, sentence in _said(forms.reply)]
    said += _said(*forms.holding.all, forms.series, forms.mandate)
    said += [(f"signal-{name}", sentence) for name, sentence in _said(forms.signal)]
    said += [(outcome_names.get(name, name), sentence) for name, sentence in _said(forms.outcome)]
    return tuple(said)


def _said(*forms: Form) -> tuple[tuple[str, str], ...]:
    return problems(*forms)


def back_to(request_id: str) -> ResponseReturnValue:
    """To the top of the case, where what was just done is said."""
    return redirect(url_for("desk.case", request_id=request_id), 303)
