"""Abuse that goes on now: what police or child protection must know is written down, the case goes before all
others, and whoever is on call is called."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import ReferralRefused
from app.casework.kit import Kit
from app.casework.open_case import places_of
from app.casework.prepare_referral import Draft, Whom, add_referral, chosen_of, is_prepared
from app.casework.ring_alarm import ring_alarm
from app.domain.desk_words import NoteKind, ReferralKind
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.i18n.locales import gettext as _
from app.persistence.database import Work


@dataclass(frozen=True)
class EmergencyInput:
    """`must_leave`: all that they are told beside the places, in the caseworker's own words. `is_told`: the
    child was told first; where that is not safe, `why_not` says why, for the desk alone."""

    referral_id: str
    request_id: str
    whom: Whom
    location_ids: tuple[str, ...]
    must_leave: str
    is_told: bool
    why_not: str = ""

    def __repr__(self) -> str:
        return f"EmergencyInput({self.request_id})"


def emergency(kit: Kit, actor: Caseworker, given: EmergencyInput) -> str:
    """Prepare it, to be handed over at once; the referral's id. Nobody need hold the case: it cannot wait for
    who does. There may be no place in it at all.

    Raises ReferralRefused (no_words, no_reason, no_address, no_recipient), NotFound, Stale.
    """
    if not given.must_leave.strip():
        raise ReferralRefused("no_words")
    if not given.is_told and not given.why_not.strip():
        raise ReferralRefused("no_reason")
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        if is_prepared(work, request, given.referral_id):
            return given.referral_id
        keys = open_case_keys(work, actor.team, request.id)
        places = chosen_of(places_of(work, request, keys), given.location_ids)
        if not all(place.url or place.place.app for place in places):
            raise ReferralRefused("no_address")
        draft = Draft(given.referral_id, ReferralKind.EMERGENCY, places, given.whom, given.must_leave)
        referral = add_referral(work, actor, request, keys, draft, kit.settings.hotline, at)
        _note_told(work, actor, request, keys, referral.reference, given, at)
        save_moves(work, _first(work, actor, request, at))
        ring_alarm(kit, work, at)
        work.commit()
    return given.referral_id


def _first(work: Work, actor: Caseworker, request: Request, at: datetime) -> Request:
    """In danger, and before every other case."""
    if not request.danger:
        work.trail.append(request.trail_id, Entry(TrailKind.DANGER_SET), actor.id, at)
    request, entry = request.in_danger(True).put_first(at)
    work.trail.append(request.trail_id, entry, actor.id, at)
    return request


def _note_told(
    work: Work,
    actor: Caseworker,
    request: Request,
    keys: CaseKeys,
    reference: str,
    given: EmergencyInput,
    at: datetime,
) -> None:
    why = given.why_not.strip()
    said = _("the child was told first") if given.is_told else _("the child was not told, it is not safe")
    text = f"{reference}: {said}" + (f". {why}" if why else "")
    keep_note(work, request.id, keys, NoteKind.REFERRAL, text, actor.id, at)
