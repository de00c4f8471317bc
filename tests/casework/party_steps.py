"""A request in which somebody acts for a child, and the child has an access of their own."""

from dataclasses import dataclass, replace

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.check_authority import check_authority
from app.casework.follow_with_code import follow_with_code
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.casework.take_over_code import take_over_code
from app.casework.verify_child import verify_child
from app.domain.words import Asker, LocationState
from app.places.reading import Place, read_places
from app.vault.codes import new_code
from tests.make import ADA, URL, Filed, file_one

TWO_PLACES = f"{URL}\nhttps://talkyard.example/t/9"
NEW = "https://img.northlight.example/b/2"


@dataclass(frozen=True)
class Family:
    """`filed` is the representative's; Ada holds the case."""

    filed: Filed
    representative: Requester
    child: Requester
    child_code: str

    @property
    def request_id(self) -> str:
        return self.filed.request_id


def family(kit: Kit, checked: bool = True, verified: bool = False, places: str = TWO_PLACES) -> Family:
    """Both have come in; the child has chosen a code of their own."""
    filed = file_one(kit, places, asker=Asker.PARENT)
    take_case(kit, ADA, filed.request_id)
    if checked:
        check_authority(kit, ADA, filed.request_id)
    handed_over, own = issue_child_code(kit, ADA, filed.request_id), new_code()
    take_over_code(kit, follow_with_code(kit, handed_over), own)
    if verified:
        verify_child(kit, ADA, filed.request_id)
    return Family(filed, follow_with_code(kit, filed.code), follow_with_code(kit, own), own)


def places(text: str) -> tuple[Place, ...]:
    return read_places(text).places


def app_place(app: str, account: str) -> Place:
    return Place("", "", f"{app} {account}", app, account)


def put_in_state(kit: Kit, request_id: str, number: int, state: LocationState) -> None:
    """Where a whole way to this state would tell nothing more."""
    with kit.database.writing() as work:
        found = work.requests.locations_of(request_id)
        location = next(one for one in found if one.number == number)
        save_moves(work, work.requests.load(request_id), replace(location, state=state))
        work.commit()


def asides(kit: Kit, request_id: str) -> list[str]:
    """What the hotline reads of revoked parties, oldest first."""
    folder = open_case(kit, ADA, request_id)
    return [one.text for party in folder.parties for one in party.messages if one.is_aside]
