"""Asking those who asked: each apart, the places wait, and any word of theirs brings them on."""

from dataclasses import replace

import pytest

from app.casework.ask_requester import AskInput, ask_requester
from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, NotFound, NotHolding, SecondCaseworkerNeeded, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.desk_words import Step
from app.domain.policy import Policy
from app.domain.words import Asker, LocationState
from app.reads.follow import read_follow
from tests.casework.party_steps import family
from tests.casework.steps import file_approved, places_of, trail_of
from tests.make import ADA, BEN, CSAM, URL, Filed, file_one

QUESTION = "Which of the two pages do you mean?"


def taken(kit: Kit, asker: Asker = Asker.PERSON) -> Filed:
    filed = file_one(kit, f"{URL}\nhttps://talkyard.example/t/9", asker)
    take_case(kit, ADA, filed.request_id)
    return filed


def asking(kit: Kit, request_id: str, party: int = 1, places: int = 1) -> AskInput:
    case = open_case(kit, ADA, request_id)
    chosen = case.places[:places]
    ids, versions = tuple(one.id for one in chosen), tuple(one.version for one in chosen)
    return AskInput(request_id, ids, versions, {case.parties[party - 1].id: QUESTION})


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [place.state for place in read_follow(kit, follow_with_code(kit, filed.code)).places]


def test_a_question_waits_for_its_answer_and_any_word_brings_it_on(kit: Kit) -> None:
    filed = taken(kit)
    ask_requester(kit, ADA, asking(kit, filed.request_id))
    assert states(kit, filed) == [LocationState.ASKED, LocationState.ASSESSING]
    page = read_follow(kit, follow_with_code(kit, filed.code))
    assert [(one.from_hotline, one.text) for one in page.messages] == [(True, QUESTION)]
    write_message(kit, follow_with_code(kit, filed.code), MessageInput("The first."))
    assert states(kit, filed) == [LocationState.ASSESSING] * 2
    trail = trail_of(kit, filed.request_id)
    assert (trail.count("requester_asked"), trail.count("requester_answered")) == (1, 1)


def test_a_word_when_nothing_was_asked_moves_nothing(kit: Kit) -> None:
    filed = file_approved(kit)
    before = places_of(kit, filed.request_id)
    write_message(kit, follow_with_code(kit, filed.code), MessageInput("Hello."))
    assert places_of(kit, filed.request_id) == before
    assert "requester_answered" not in trail_of(kit, filed.request_id)


def test_who_is_not_asked_sees_no_question_and_no_message(kit: Kit) -> None:
    known = family(kit)
    ask_requester(kit, ADA, asking(kit, known.request_id, party=2))
    parent = read_follow(kit, known.representative)
    assert LocationState.ASKED not in {place.state for place in parent.places}
    assert QUESTION not in {one.text for one in parent.messages}
    child = read_follow(kit, known.child)
    assert child.places[0].state is LocationState.ASKED
    assert QUESTION in {one.text for one in child.messages}


def test_only_who_can_answer_is_asked(kit: Kit) -> None:
    filed = taken(kit, Asker.BYSTANDER)
    with pytest.raises(NotAllowed):
        ask_requester(kit, ADA, asking(kit, filed.request_id))
    given = asking(kit, taken(kit).request_id)
    with pytest.raises(NotFound):
        ask_requester(kit, ADA, replace(given, questions={"0" * 32: QUESTION}))
    with pytest.raises(NotAllowed):
        ask_requester(kit, ADA, replace(given, questions=dict.fromkeys(given.questions, "  ")))


def test_a_question_needs_the_case_and_the_places_as_they_are(kit: Kit) -> None:
    filed = taken(kit)
    given = asking(kit, filed.request_id)
    with pytest.raises(NotHolding):
        ask_requester(kit, BEN, given)
    ask_requester(kit, ADA, given)
    with pytest.raises(Stale):
        ask_requester(kit, ADA, given)
    assert trail_of(kit, filed.request_id).count("message_written") == 1


def test_where_the_policy_says_so_who_assessed_does_not_ask(kit: Kit) -> None:
    filed = taken(kit)
    with kit.database.writing() as work:
        keep_policy(work, Policy(second_for=frozenset({Step.ASK})))
        work.commit()
    given = asking(kit, filed.request_id)
    assess(kit, ADA, AssessInput(filed.request_id, given.location_ids, given.versions, CSAM))
    with pytest.raises(SecondCaseworkerNeeded):
        ask_requester(kit, ADA, asking(kit, filed.request_id))
    kit.clock.move(minutes=31)  # type: ignore[attr-defined]
    take_case(kit, BEN, filed.request_id)
    ask_requester(kit, BEN, asking(kit, filed.request_id))
    assert states(kit, filed)[0] is LocationState.ASKED
