"""Finding the caseworker who waits for a grant, by the fingerprint that was read out."""

from app.casework.actors import Caseworker
from app.casework.errors import NotFound
from app.domain.staff import StaffState
from app.persistence.database import Work
from app.persistence.staff import Member
from app.setting_values import read_fingerprint
from app.vault.pairs import fingerprint_of


def waiting_member(work: Work, actor: Caseworker, typed: str) -> Member:
    """Every group of the fingerprint must fit. Raises NotFound, also for one's own."""
    wanted = read_fingerprint(typed)
    for member in work.staff.members(StaffState.WAITING):
        is_theirs = wanted and fingerprint_of(member.public) == wanted
        if is_theirs and member.role.opens_cases and member.id != actor.id:
            return member
    raise NotFound
