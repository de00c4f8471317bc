"""Where a rotation of the team key stands, from plain columns: nobody needs to sign in to see it."""

from dataclasses import dataclass

from app.casework.kit import Kit
from app.casework.reseal_to_team import Left, left_under
from app.domain.staff import KeyState
from app.vault.pairs import fingerprint_of


@dataclass(frozen=True)
class RotationState:
    """`current`: fingerprint of the key in use, checked against the settings.

    `prepared`: fingerprint of a key that was prepared, as the database has it, and whether it is pinned.

    `left`: what is still under the key before, once the switch was made.
    """

    current: str
    prepared: str
    is_pinned: bool
    left: Left | None


def read_rotation(kit: Kit) -> RotationState:
    """Raises KeyNotTrusted."""
    with kit.database.reading() as work:
        current = fingerprint_of(kit.team_key(work).public)
        prepared = work.team_keys.in_state(KeyState.NEXT)
        old = work.team_keys.in_state(KeyState.OLD)
        left = None if old is None else left_under(work, old)
    fingerprint = "" if prepared is None else fingerprint_of(prepared.public)
    return RotationState(current, fingerprint, fingerprint in kit.settings.team_fingerprints, left)
