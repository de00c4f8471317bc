"""Ending somebody's access from the desk, in silence: they go on seeing their page as it last stood."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.rekey_request import Rekeying, rekey_request
from app.domain.words import Standing
from app.persistence.parties import Party

_REPRESENTATIVE = (Standing.UNCHECKED, Standing.CHECKED)


@dataclass(frozen=True)
class RevokeInput:
    request_id: str
    party_id: str


def may_be_revoked(standing: Standing, number: int, is_revoked: bool) -> bool:
    """A representative, or the second access (should it not be the child's after all). Never the person who
    asked for themselves: nobody else would be left."""
    return not is_revoked and (standing in _REPRESENTATIVE or number > 1)


def revoke_party_at_desk(kit: Kit, actor: Caseworker, given: RevokeInput) -> None:
    """Give the request a new key that this party does not get, and keep their page as it is.

    Raises NotAllowed for a party that may not be revoked, NotFound, NotHolding, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = current_team(kit, work, actor)
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        parties = work.parties.of_request(request.id)
        party = next((one for one in parties if one.id == given.party_id), None)
        if party is None:
            raise NotFound
        if not may_be_revoked(party.standing, party.number, party.is_revoked):
            raise NotAllowed
        staying = {one.id: keys.voices[one.id] for one in parties if _stays(one, party)}
        rekey_request(work, request, party, Rekeying(team_public, keys.request, staying), actor.id, at)
        work.commit()


def _stays(one: Party, revoked: Party) -> bool:
    return one.id != revoked.id and not one.is_revoked
