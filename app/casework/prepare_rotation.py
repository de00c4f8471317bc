"""Preparing a new team key: made and granted, not used yet. Its fingerprint is pinned before it is."""

from app.casework.actors import Caseworker
from app.casework.current_team import current_team
from app.casework.errors import RotationRefused
from app.casework.hotline_trail import note
from app.casework.key_holders import grant_to_all, grant_to_recovery, trusted_members, trusted_recovery
from app.casework.kit import Kit, new_id
from app.casework.second_person import require_second
from app.domain.staff import KeyState
from app.domain.trail import TrailKind
from app.persistence.team_keys import TeamKey
from app.vault.pairs import fingerprint_of, new_pair, seal_to
from app.vault.seal import Purpose


def prepare_rotation(
    kit: Kit, actor: Caseworker, second: Caseworker | None = None, is_again: bool = False
) -> str:
    """The new key's fingerprint, for the settings: written down from here, never from the database.

    `is_again` drops a key that was prepared and not used, and prepares another. Raises RotationRefused
    (under_way, second_person), Stale, KeyNotTrusted naming whose key nobody vouches for.
    """
    people, at = require_second(kit, actor, second), kit.clock()
    before, after, key_id = actor.team.current, new_pair(), new_id()
    # Only who knows the key before can make this: it shows later that the new key was made by the team.
    bridge = seal_to(after.public, Purpose.TEAM_KEY_BEFORE, key_id, before.seed)
    with kit.database.writing() as work:
        work.team_keys.hold()
        current_team(kit, work, actor)
        prepared = work.team_keys.in_state(KeyState.NEXT)
        if prepared is not None and is_again:
            work.staff.destroy_grants(team_key_id=prepared.id)
            work.team_keys.destroy(prepared.id)
        elif prepared is not None or work.team_keys.in_state(KeyState.OLD) is not None:
            raise RotationRefused("under_way")
        members, recovery = trusted_members(work, before), trusted_recovery(work, before)
        work.team_keys.add(TeamKey(key_id, after.public, at, KeyState.NEXT, bridge))
        grant_to_all(work, members, key_id, after)
        grant_to_recovery(work, recovery, key_id, after)
        for person in people:
            note(work, TrailKind.ROTATION_PREPARED, person, at, key_id)
        work.commit()
    return fingerprint_of(after.public)
