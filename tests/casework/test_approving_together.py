"""Approving where more than one person, or a referral, has a say."""

from dataclasses import replace

import pytest

from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, PoliceHoldRuns, SecondCaseworkerNeeded
from app.casework.kit import Kit
from app.casework.notice_gate import GateReason
from app.casework.policy import keep_policy
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.desk_words import Step
from app.domain.policy import Policy
from app.domain.words import LocationState
from tests.casework.party_steps import put_in_state
from tests.casework.steps import all_letters, approvals, approve_all, assess_all, places_of
from tests.make import ADA, BEN, CSAM, URL, file_one

BOTH = f"{URL}\nhttps://talkyard.example/t/9"


def two_people(kit: Kit, *steps: Step) -> None:
    with kit.database.writing() as work:
        keep_policy(work, Policy(second_for=frozenset(steps)))
        work.commit()


def after_the_lease(kit: Kit, request_id: str) -> None:
    kit.clock.move(minutes=31)  # type: ignore[attr-defined]
    take_case(kit, BEN, request_id)


def test_where_the_policy_says_so_who_assessed_does_not_approve(kit: Kit) -> None:
    two_people(kit, Step.NOTICE)
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    (preview,) = preview_notices(kit, ADA, filed.request_id)
    assert preview.needs_second
    assert not preview.may_be_approved
    with pytest.raises(SecondCaseworkerNeeded):
        approve_all(kit, filed.request_id)
    assert all_letters(kit) == []
    after_the_lease(kit, filed.request_id)
    (preview,) = preview_notices(kit, BEN, filed.request_id)
    assert preview.may_be_approved
    assert len(approve_all(kit, filed.request_id, BEN)) == 1


def test_the_newest_finding_says_who_assessed(kit: Kit) -> None:
    two_people(kit, Step.NOTICE)
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    after_the_lease(kit, filed.request_id)
    (place,) = places_of(kit, filed.request_id, BEN)
    finding = replace(CSAM, identified=True)
    assess(kit, BEN, AssessInput(filed.request_id, (place.id,), (place.version,), finding))
    with pytest.raises(SecondCaseworkerNeeded):
        approve_all(kit, filed.request_id, BEN)


def test_a_first_no_waits_for_a_second_where_the_policy_says_so(kit: Kit) -> None:
    two_people(kit, Step.OUTSIDE)
    filed = file_one(kit, BOTH)
    take_case(kit, ADA, filed.request_id)
    places, no = places_of(kit, filed.request_id), replace(CSAM, is_child=False)
    ids, versions = tuple(one.id for one in places), tuple(one.version for one in places)
    assert assess(kit, ADA, AssessInput(filed.request_id, ids, versions, no)).for_second == 2
    again = AssessInput(filed.request_id, ids, tuple(one + 1 for one in versions), no)
    assert assess(kit, ADA, again).for_second == 2, "the same person twice is one person"
    assert {one.state for one in places_of(kit, filed.request_id)} == {LocationState.ASSESSING}
    assert preview_notices(kit, ADA, filed.request_id) == ()
    after_the_lease(kit, filed.request_id)
    seen = AssessInput(filed.request_id, ids, tuple(one + 2 for one in versions), no)
    assert assess(kit, BEN, seen).for_second == 0
    assert {one.state for one in places_of(kit, filed.request_id)} == {LocationState.HEARING_DUE}


def test_no_letter_goes_while_police_asked_to_wait(kit: Kit) -> None:
    filed = file_one(kit, BOTH)
    assess_all(kit, filed.request_id)
    with kit.database.writing() as work:
        held, _ = work.requests.load(filed.request_id).start_police_hold(kit.clock())
        work.requests.save(held)
        work.commit()
    previews = preview_notices(kit, ADA, filed.request_id)
    assert {one.may_be_approved for one in previews} == {False}
    assert {one.gate.reason for one in previews} == {GateReason.POLICE_HOLD}
    with pytest.raises(PoliceHoldRuns):
        approve_all(kit, filed.request_id)
    kit.clock.move(hours=24)  # type: ignore[attr-defined]
    take_case(kit, ADA, filed.request_id)
    assert len(approve_all(kit, filed.request_id)) == 2


def test_a_place_with_another_hotline_gets_a_first_letter_and_no_second(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    put_in_state(kit, filed.request_id, 1, LocationState.REFERRED)
    (given,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, given)
    put_in_state(kit, filed.request_id, 1, LocationState.REFERRED)
    assert preview_notices(kit, ADA, filed.request_id) == ()
    (place,) = places_of(kit, filed.request_id)
    assert place.ready
    with pytest.raises(NotAllowed):
        approve_notice(kit, ADA, given)
    assert len(all_letters(kit)) == 1
