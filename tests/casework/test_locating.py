"""Places that were told without an address: a caseworker writes down the one they found."""

from secrets import token_hex

import pytest

from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.file_request import Filing, file_request
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.locate_place import LocateInput, locate_place
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.asking import Voice
from app.domain.words import Asker, LocationState
from app.places.reading import Place
from app.reads.follow import read_follow
from app.vault.codes import new_code
from tests.casework.steps import approve_all, places_of, trail_of
from tests.make import ADA, BEN, CSAM, URL, Filed, file_one, request_id_of

ACCOUNT = Place("", "", "Some App, somebody", "Some App", "somebody")
WORDS = Place("", "", "a forum whose name I forgot")
FOUND = "https://talkyard.example/u/somebody"


def told(kit: Kit, *places: Place) -> Filed:
    """A request with places that have no address; Ada holds it."""
    filing = Filing(token_hex(16), new_code(), places, (), Voice(asker=Asker.PERSON))
    file_request(kit, filing)
    filed = Filed(filing.code, request_id_of(kit, filing))
    take_case(kit, ADA, filed.request_id)
    return filed


def locate(kit: Kit, filed: Filed, number: int, text: str) -> None:
    place = places_of(kit, filed.request_id)[number - 1]
    locate_place(kit, ADA, LocateInput(filed.request_id, place.id, text))


@pytest.mark.parametrize("place", [ACCOUNT, WORDS])
def test_the_address_stands_beside_what_was_told(kit: Kit, place: Place) -> None:
    filed = told(kit, place)
    before = places_of(kit, filed.request_id)[0]
    locate(kit, filed, 1, "hxxps://talkyard[.]example/u/somebody")
    after = places_of(kit, filed.request_id)[0]
    assert (after.url, after.place.host) == (FOUND, "talkyard.example")
    assert (after.place.typed, after.place.app) == (place.typed, place.app)
    assert (after.state, after.provider_name) == (before.state, "Talkyard")
    assert trail_of(kit, filed.request_id).count("place_located") == 1
    (shown,) = read_follow(kit, follow_with_code(kit, filed.code)).places
    assert shown.place == after.place


def test_a_place_without_an_address_is_in_no_notice_until_it_has_one(kit: Kit) -> None:
    filed = told(kit, ACCOUNT)
    (place,) = places_of(kit, filed.request_id)
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    assert preview_notices(kit, ADA, filed.request_id) == ()
    locate(kit, filed, 1, FOUND)
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSED
    assert len(approve_all(kit, filed.request_id)) == 1
    with pytest.raises(NotAllowed):
        locate(kit, filed, 1, URL)


def test_it_can_be_put_right_until_somebody_judged_the_place(kit: Kit) -> None:
    filed = told(kit, ACCOUNT)
    locate(kit, filed, 1, URL)
    locate(kit, filed, 1, FOUND)
    (place,) = places_of(kit, filed.request_id)
    assert place.url == FOUND
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    with pytest.raises(NotAllowed):
        locate(kit, filed, 1, URL)


@pytest.mark.parametrize(
    "text", ["", "no address", f"{URL} {FOUND}", "ftp://talkyard.example/x", "192.168.0.1"]
)
def test_it_is_one_address_of_the_open_internet(embedded_kit: Kit, text: str) -> None:
    filed = told(embedded_kit, WORDS)
    with pytest.raises(NotAllowed):
        locate(embedded_kit, filed, 1, text)
    assert places_of(embedded_kit, filed.request_id)[0].url == ""


def test_an_address_that_the_requester_gave_is_theirs(kit: Kit) -> None:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(NotAllowed):
        locate(kit, filed, 1, FOUND)
    assert places_of(kit, filed.request_id)[0].url == URL


def test_it_is_for_the_holder_and_for_places_of_the_case(kit: Kit) -> None:
    filed, other = told(kit, ACCOUNT), told(kit, WORDS)
    (place,) = places_of(kit, filed.request_id)
    with pytest.raises(NotHolding):
        locate_place(kit, BEN, LocateInput(filed.request_id, place.id, FOUND))
    for wrong in (new_id(), places_of(kit, other.request_id)[0].id):
        with pytest.raises(NotFound):
            locate_place(kit, ADA, LocateInput(filed.request_id, wrong, FOUND))
