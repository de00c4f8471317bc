"""Who can take over a case: members by handle, never by name."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.domain.staff import StaffState
from app.reads.people import handle_of_member


@dataclass(frozen=True)
class Colleague:
    id: str
    handle: str


def read_colleagues(kit: Kit, actor: Caseworker, request_id: str) -> tuple[Colleague, ...]:
    """Active members who open cases, but for the reader and for who stepped back from this case."""
    with kit.database.reading() as work:
        recused = {*work.stepped_aside.recused_from(request_id), actor.id}
        members = work.staff.members(StaffState.ACTIVE)
    able = (one for one in members if one.role.opens_cases and one.id not in recused)
    return tuple(Colleague(one.id, handle_of_member(one.id)) for one in able)
