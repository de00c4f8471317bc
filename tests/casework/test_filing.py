"""Filing: kept once, whole, sealed, and only for the one who asked."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex

import pytest
from sqlalchemy import func, select

from app.casework.errors import KeyNotTrusted
from app.casework.file_request import Filing, file_request
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.domain.asking import Voice
from app.domain.staff import KeyState
from app.domain.words import Asker, Content, LocationState, Standing
from app.persistence.requests import locations, requests
from app.persistence.team_keys import TeamKey
from app.places.reading import read_places
from app.reads.follow import read_follow
from app.vault.codes import new_code
from app.vault.pairs import new_pair
from tests.casework.steps import all_at_once, trail_of
from tests.make import URL, request_id_of


def make_filing(places: str = URL) -> Filing:
    return Filing(
        filing_id=token_hex(16),
        code=new_code(),
        places=read_places(places).places,
        contents=(Content.ABUSE,),
        voice=Voice(asker=Asker.PERSON),
    )


def counted(kit: Kit) -> tuple[int, int]:
    """Requests and locations in the database."""
    with kit.database.reading() as work:
        one, other = (
            work.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (requests, locations)
        )
    return one, other


def test_sending_the_same_filing_twice_is_one_request(kit: Kit) -> None:
    filing = make_filing(f"{URL}\nhttps://talkyard.example/t/9")
    file_request(kit, filing)
    file_request(kit, filing)
    assert counted(kit) == (1, 2)
    assert trail_of(kit, request_id_of(kit, filing)) == ["request_filed"]


def test_two_filings_are_two_requests_even_with_the_same_places(kit: Kit) -> None:
    first, second = make_filing(), make_filing()
    file_request(kit, first)
    file_request(kit, second)
    assert counted(kit) == (2, 2)
    ids = {follow_with_code(kit, filing.code).request_id for filing in (first, second)}
    assert len(ids) == 2


def test_eight_threads_that_send_the_same_filing_make_one_request(kit: Kit) -> None:
    filing = make_filing()
    assert all_at_once(*[lambda: file_request(kit, filing)] * 8) == [None] * 8
    assert counted(kit) == (1, 1)
    assert len(read_follow(kit, follow_with_code(kit, filing.code)).places) == 1


def test_sixteen_people_who_file_at_once_are_all_heard(kit: Kit) -> None:
    filings = [[make_filing() for _ in range(3)] for _ in range(16)]

    def person(mine: list[Filing]) -> Callable[[], None]:
        def work() -> None:
            for filing in mine:
                file_request(kit, filing)

        return work

    assert all_at_once(*map(person, filings)) == [None] * 16
    assert counted(kit) == (48, 48)
    for filing in (one for mine in filings for one in mine):
        page = read_follow(kit, follow_with_code(kit, filing.code))
        assert [place.state for place in page.places] == [LocationState.RECEIVED]


@pytest.mark.parametrize(
    ("asker", "standing"),
    [
        (Asker.PERSON, Standing.OWN),
        (Asker.UNSAID, Standing.OWN),
        (Asker.PARENT, Standing.UNCHECKED),
        (Asker.AUTHORISED, Standing.UNCHECKED),
        (Asker.BYSTANDER, Standing.BYSTANDER),
    ],
)
def test_who_asks_decides_what_they_may_see_at_first(
    embedded_kit: Kit, asker: Asker, standing: Standing
) -> None:
    filing = replace(make_filing(), voice=Voice(asker=asker))
    file_request(embedded_kit, filing)
    assert follow_with_code(embedded_kit, filing.code).standing is standing


def test_nothing_is_sealed_to_a_team_key_that_somebody_slipped_in(kit: Kit) -> None:
    with kit.database.writing() as work:
        mine = work.team_keys.current()
        work.team_keys.set_state(mine.id, KeyState.OLD)
        work.team_keys.add(TeamKey(new_id(), new_pair().public, kit.clock(), KeyState.CURRENT))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        file_request(kit, make_filing())
    assert counted(kit) == (0, 0)


def test_a_filing_that_stops_half_way_leaves_nothing(kit: Kit) -> None:
    filing = make_filing()
    with pytest.raises(AttributeError):
        file_request(kit, replace(filing, places=(*filing.places, None)))  # type: ignore[arg-type]
    assert counted(kit) == (0, 0)
    file_request(kit, filing)
    assert counted(kit) == (1, 1)


def test_a_filing_shows_nothing_of_itself() -> None:
    assert repr(make_filing()) == "Filing(…)"
