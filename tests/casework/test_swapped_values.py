"""Sealed values of a whole case, moved, swapped and changed: not one opens anywhere but at home."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_keys import open_case_keys
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.write_message import MessageInput, write_message
from app.persistence.wraps import TEAM
from app.vault.pairs import open_with, ring_of
from app.vault.seal import NotOpened, Purpose, SecretKey, unlock
from tests.make import ADA, file_one
from tests.make import TEAM as TEAM_PAIR


@dataclass(frozen=True)
class Home:
    """Where a sealed value belongs, and how it is opened there."""

    name: str
    sealed: bytes
    open: Callable[[bytes], bytes]


def under(name: str, key: SecretKey, purpose: Purpose, row_id: str, sealed: bytes) -> Home:
    return Home(name, sealed, lambda given: unlock(key, purpose, row_id, given))


def homes_of(kit: Kit) -> list[Home]:
    """Every sealed value of two requests, of every table a request fills."""
    found = []
    for number in (1, 2):
        filed = file_one(kit, "https://a.example/1\nhttps://a.example/2", words="one two three")
        requester = follow_with_code(kit, filed.code)
        write_message(kit, requester, MessageInput("four five six"))
        with kit.database.reading() as work:
            keys = open_case_keys(work, ADA.team, filed.request_id)
            request = work.requests.load(filed.request_id)
            party = work.parties.of_request(filed.request_id)[0]
            voice = keys.voices[party.id]
            name, facts = f"facts {number}", Purpose.REQUEST_FACTS
            found.append(under(name, keys.request, facts, request.id, request.facts_sealed))
            found.append(under(f"own {number}", voice, Purpose.STATEMENT, party.id, party.facts_sealed))
            for one in work.requests.locations_of(request.id):
                place = f"place {number}.{one.number}"
                found.append(under(place, keys.request, Purpose.LOCATION, one.id, one.place_sealed))
            for message in work.messages.of_party(party.id):
                said = f"message {number}"
                found.append(under(said, voice, Purpose.MESSAGE, message.id, message.text_sealed))
            for (kind, owner), sealed in work.wraps.of(request.id, TEAM).items():
                found.append(Home(f"wrap {kind} {number}", sealed, _with_team(kind, owner)))
    return found


def _with_team(kind: str, owner: str) -> Callable[[bytes], bytes]:
    purpose = Purpose(f"{kind} key")
    return lambda given: open_with(ring_of(TEAM_PAIR), purpose, owner, given)


def test_every_value_opens_at_home_and_at_no_other_place(embedded_kit: Kit) -> None:
    homes = homes_of(embedded_kit)
    assert len(homes) == 16
    for home in homes:
        assert home.open(home.sealed)
        for other in homes:
            if other is not home:
                with pytest.raises(NotOpened):
                    home.open(other.sealed)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_with_one_changed_byte_opens_nowhere(embedded_kit: Kit, data: st.DataObject) -> None:
    homes = _kept_homes(embedded_kit)
    home = data.draw(st.sampled_from(homes))
    position = data.draw(st.integers(0, len(home.sealed) - 1))
    changed = bytearray(home.sealed)
    changed[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotOpened):
        home.open(bytes(changed))


_KEPT: dict[int, list[Home]] = {}


def _kept_homes(kit: Kit) -> list[Home]:
    """Made once: Hypothesis calls the test many times with the same kit."""
    if id(kit) not in _KEPT:
        _KEPT[id(kit)] = homes_of(kit)
    return _KEPT[id(kit)]
