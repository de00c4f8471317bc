"""A new request key, when one party's access ends: for `revoke_party`, and for the same at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.case_keys import wrap_for_team, wrap_under
from app.casework.cases import save_moves
from app.casework.errors import NotAllowed
from app.casework.frozen_page import freeze, page_of
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.persistence.parties import Party
from app.persistence.wraps import TEAM
from app.vault.seal import Purpose, Sealed, SecretKey, lock, new_key, unlock


@dataclass(frozen=True)
class Rekeying:
    """What it takes. `team_public` was asked for before the request was loaded (`kit.team_key`, or
    `current_team`); `voices` are the voice keys of all parties that stay, by party id: more does no harm."""

    team_public: bytes
    old_key: SecretKey
    voices: Mapping[str, SecretKey]

    def __repr__(self) -> str:
        return "Rekeying(…)"


def rekey_request(
    work: Work, request: Request, revoked: Party, keys: Rekeying, by: str, at: datetime
) -> SecretKey:
    """Within the caller's writing transaction: freeze the party's page, seal the request anew, end sessions.

    Saves request, locations, parties, wraps and the trail's line; the caller only commits. The new key.
    Raises NotAllowed when the party is revoked already, NotOpened when `old_key` is not the request's, Stale.
    """
    if revoked.is_revoked:
        raise NotAllowed
    after = new_key()
    locations = work.requests.locations_of(request.id)
    page = page_of(request, revoked, locations, keys.old_key)
    frozen = freeze(revoked.id, page, keys.old_key)
    work.parties.save(replace(revoked, revoked_at=to_minute(at), frozen_sealed=frozen))
    # A revoked party keeps its wrap of the old key, which opens its frozen page and nothing else.
    staying = [one.id for one in work.parties.of_request(request.id) if not one.is_revoked]
    # Set aside, not destroyed: were an older backup restored, nobody could open the request without it.
    work.wraps.set_aside(request.id, revoked.number, (TEAM, *staying))
    work.wraps.add(
        wrap_for_team(keys.team_public, Purpose.REQUEST_KEY, request.id, request.id, after),
        *(
            wrap_under(keys.voices[one], one, Purpose.REQUEST_KEY, request.id, request.id, after)
            for one in staying
        ),
    )
    work.parties.end_sessions(request.id)
    facts = _anew(keys.old_key, after, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)
    work.trail.append(request.trail_id, Entry(TrailKind.PARTY_REVOKED, revoked.id), by, at)
    save_moves(
        work,
        replace(request, facts_sealed=facts),
        *(_location_anew(location, keys.old_key, after) for location in locations),
    )
    return after


def _location_anew(location: Location, before: SecretKey, after: SecretKey) -> Location:
    sealed = _anew(before, after, Purpose.LOCATION, location.id, location.place_sealed)
    return replace(location, place_sealed=sealed)


def _anew(before: SecretKey, after: SecretKey, purpose: Purpose, row_id: str, sealed: bytes) -> Sealed:
    return lock(after, purpose, row_id, unlock(before, purpose, row_id, sealed))
