"""A child asked alone while somebody acts for them: one case of both, and nothing of it for the other."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.check_authority import check_authority
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.give_proof import give_proof
from app.casework.issue_child_code import issue_child_code
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit, new_id
from app.casework.note_place import NoteInput, note_place
from app.casework.open_case import open_case
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import PlaceNote, Voice
from app.domain.proof_words import AgeResult
from app.domain.words import Asker, Content, LocationState, SafetyState, Standing
from app.persistence.forgetting import of_a_request
from app.persistence.joining import of_a_party
from app.persistence.requests import requests
from app.reads.follow import read_follow
from app.reads.joinable import read_joinable
from tests.casework.proof_steps import DECLARED, WORD, decide, own
from tests.casework.steps import all_at_once, approvals, kinds, places_of, trail_of
from tests.make import ADA, BEN, CSAM, URL, Filed, file_one

OWN_PLACE = "https://talkyard.example/t/own"
BOTH = f"{URL}\n{OWN_PLACE}"


def two_cases(kit: Kit, child_places: str = BOTH) -> tuple[Filed, Filed]:
    """A parent asks about one place, the child about that one and another; Ada holds both."""
    parent = file_one(kit, URL, voice=Voice(asker=Asker.PARENT, words="Odd-word-1"))
    child = file_one(kit, child_places, voice=Voice(asker=Asker.PERSON, words="Odd-word-2"))
    for filed in (parent, child):
        take_case(kit, ADA, filed.request_id)
    check_authority(kit, ADA, parent.request_id)
    return parent, child


def join(kit: Kit, parent: Filed, child: Filed, is_verified: bool = False) -> None:
    join_requests(kit, ADA, JoinInput(parent.request_id, child.request_id, is_verified))


def urls(kit: Kit, code: str) -> list[str]:
    return [place.place.url for place in read_follow(kit, follow_with_code(kit, code)).places]


@pytest.mark.parametrize(("is_verified", "standing"), [(False, Standing.CHILD), (True, Standing.OWN)])
def test_the_child_keeps_code_words_and_messages(kit: Kit, is_verified: bool, standing: Standing) -> None:
    parent, child = two_cases(kit)
    session = follow_with_code(kit, child.code)
    write_message(kit, session, MessageInput("from the child"))
    write_message(kit, ADA, MessageInput("to the child", child.request_id))
    note_place(kit, session, NoteInput(2, PlaceNote(label="my own name for it")))
    join(kit, parent, child, is_verified)
    assert not is_current(kit, session)
    page = read_follow(kit, follow_with_code(kit, child.code))
    assert (page.standing, page.voice.words) == (standing, "Odd-word-2")
    assert [one.text for one in page.messages] == ["from the child", "to the child"]
    assert [one.note.label for one in page.places] == ["", "my own name for it"]
    assert page.is_represented
    assert not page.is_handed_over


def test_a_place_that_both_named_stands_there_once(kit: Kit) -> None:
    parent, child = two_cases(kit)
    note_place(kit, follow_with_code(kit, child.code), NoteInput(1, PlaceNote(label="the first")))
    join(kit, parent, child)
    assert [place.url for place in places_of(kit, parent.request_id)] == [URL, OWN_PLACE]
    shown = read_follow(kit, follow_with_code(kit, child.code)).places
    assert [(one.place.url, one.note.label) for one in shown] == [(URL, "the first"), (OWN_PLACE, "")]


def test_the_representative_is_shown_nothing_of_it(kit: Kit) -> None:
    parent, child = two_cases(kit)
    write_message(kit, follow_with_code(kit, child.code), MessageInput("from the child"))
    session = follow_with_code(kit, parent.code)
    before = read_follow(kit, session)
    join(kit, parent, child)
    assert is_current(kit, session)
    assert read_follow(kit, session) == before
    assert urls(kit, parent.code) == [URL]


def test_the_emptied_request_is_found_by_nobody_and_destroyed_at_the_next_sweep(kit: Kit) -> None:
    parent, child = two_cases(kit)
    join(kit, parent, child)
    with pytest.raises(NotFound):
        open_case(kit, ADA, child.request_id)
    with pytest.raises(NotFound):
        take_case(kit, ADA, child.request_id)
    destroy_forgotten(kit)
    with kit.database.reading() as work:
        count = select(func.count()).select_from(requests)
        assert work.connection.execute(count).scalar() == 1
    assert urls(kit, child.code) == [URL, OWN_PLACE]
    assert len(open_case(kit, ADA, parent.request_id).parties) == 2


def test_both_trails_say_so_and_the_one_that_ended_names_nobody(kit: Kit) -> None:
    parent, child = two_cases(kit)
    with kit.database.reading() as work:
        ended = work.requests.load(child.request_id).trail_id
    join(kit, parent, child)
    assert trail_of(kit, parent.request_id)[-1] == "requests_joined"
    with kit.database.reading() as work:
        last = work.trail.lines(ended)[-1][0]
    assert (last.entry.kind, last.entry.subject) == ("requests_joined", "")


def test_findings_come_along_so_that_nobody_looks_twice(kit: Kit) -> None:
    parent, child = two_cases(kit)
    found = places_of(kit, child.request_id)
    for place in found:
        assess(kit, ADA, AssessInput(child.request_id, (place.id,), (place.version,), CSAM))
    join(kit, parent, child)
    places = places_of(kit, parent.request_id)
    assert [(place.state, place.finding) for place in places] == [(LocationState.ASSESSED, CSAM)] * 2
    for given in approvals(kit, parent.request_id):
        record_safety_check(kit, ADA, SafetyInput(parent.request_id, SafetyState.CLEAR, "why"))
        approve_notice(kit, ADA, given)


def test_what_the_child_said_is_there_stays_with_the_child(kit: Kit) -> None:
    parent, child = two_cases(kit)
    join(kit, parent, child)
    folder = open_case(kit, ADA, parent.request_id)
    assert folder.parties[1].voice.contents == (Content.ABUSE,)


def test_the_more_careful_of_both_safety_checks_counts(kit: Kit) -> None:
    parent, child = two_cases(kit)
    record_safety_check(kit, ADA, SafetyInput(parent.request_id, SafetyState.CLEAR, "fine"))
    record_safety_check(kit, ADA, SafetyInput(child.request_id, SafetyState.HOLD, "not fine"))
    join(kit, parent, child)
    folder = open_case(kit, ADA, parent.request_id)
    assert folder.safety is SafetyState.HOLD
    assert [note.note for note in folder.safety_notes] == ["fine", "not fine"]


def test_a_proof_of_the_child_goes_with_them(kit: Kit) -> None:
    parent, child = two_cases(kit)
    actor = follow_with_code(kit, child.code)
    give_proof(kit, actor, WORD)
    give_proof(kit, actor, WORD)
    decide(kit, child, own(kit, actor)[0].id, AgeResult.LIKELY, DECLARED)
    join(kit, parent, child)
    destroy_forgotten(kit)
    assert len(own(kit, follow_with_code(kit, child.code))) == 2
    assert len(open_case(kit, ADA, parent.request_id).parties) == 2


def _with_notice(kit: Kit) -> tuple[Filed, Filed]:
    parent, child = two_cases(kit)
    place = places_of(kit, child.request_id)[0]
    assess(kit, ADA, AssessInput(child.request_id, (place.id,), (place.version,), CSAM))
    (given,) = approvals(kit, child.request_id)
    approve_notice(kit, ADA, given)
    return parent, child


def _with_code(kit: Kit) -> tuple[Filed, Filed]:
    parent, child = two_cases(kit)
    issue_child_code(kit, ADA, parent.request_id)
    return parent, child


def _upside_down(kit: Kit) -> tuple[Filed, Filed]:
    parent, child = two_cases(kit)
    return child, parent


def _with_itself(kit: Kit) -> tuple[Filed, Filed]:
    parent, _child = two_cases(kit)
    return parent, parent


@pytest.mark.parametrize("made", [_with_notice, _with_code, _upside_down, _with_itself])
def test_what_cannot_be_joined_is_left_as_it_is(kit: Kit, made: Callable[[Kit], tuple[Filed, Filed]]) -> None:
    parent, child = made(kit)
    before = urls(kit, child.code)
    with pytest.raises(NotAllowed):
        join(kit, parent, child)
    assert urls(kit, child.code) == before


def test_only_who_holds_both_joins_them(kit: Kit) -> None:
    parent = file_one(kit, asker=Asker.PARENT)
    child = file_one(kit, OWN_PLACE)
    take_case(kit, ADA, parent.request_id)
    with pytest.raises(NotHolding):
        join(kit, parent, child)
    take_case(kit, BEN, child.request_id)
    with pytest.raises(NotHolding):
        join(kit, parent, child)
    for pair in ((parent.request_id, new_id()), (new_id(), child.request_id)):
        with pytest.raises((NotFound, NotHolding)):
            join_requests(kit, ADA, JoinInput(*pair))


def test_joined_twice_at_once_it_is_done_once(kit: Kit) -> None:
    parent, child = two_cases(kit)
    came_of = all_at_once(*[lambda: join(kit, parent, child)] * 3)
    assert kinds(came_of) == ["NoneType", "NotFound", "NotFound"]
    assert urls(kit, child.code) == [URL, OWN_PLACE]


def test_the_list_offers_only_what_may_be_the_childs(kit: Kit) -> None:
    parent, child = two_cases(kit)
    others = [file_one(kit, asker=asker) for asker in (Asker.AUTHORISED, Asker.BYSTANDER, Asker.PERSON)]
    for filed in others[:2]:
        take_case(kit, ADA, filed.request_id)
    take_case(kit, BEN, others[2].request_id)
    assert [one.request_id for one in read_joinable(kit, ADA, parent.request_id)] == [child.request_id]


def test_every_table_of_a_request_is_moved_on_purpose() -> None:
    """A new table must be thought of: does it name the party, or is it in app/persistence/joining.py?"""
    known = {"locations", "assessments", "parties", "safety_notes", "wraps", "notices"}
    known |= {"desk_notes", "stepped_aside", "series_links", "referrals"}
    known |= {"series_links"}  # app/casework/joined_series.py
    named = {table.name for table in of_a_party()}
    of_requests = {
        table.name for table in of_a_request() if "request_id" in table.c and table.name != requests.name
    }
    assert of_requests == known | named
