"""Abuse that goes on now: written down for police or child protection, and before all else in the queue."""

from dataclasses import replace

import pytest

from app.casework.emergency import EmergencyInput, emergency
from app.casework.errors import NotFound, ReferralRefused, SecondCaseworkerNeeded
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.casework.prepare_referral import Whom
from app.casework.referral_package import text_of
from app.casework.take_case import take_case
from app.casework.take_referral_out import take_referral_out
from app.domain.asking import Voice
from app.domain.desk_words import ReferralKind, ReferralState, Step, Why
from app.domain.policy import Policy
from app.domain.words import SafetyState
from app.reads.desk_state import read_desk_state
from tests.casework.referral_steps import POLICE, agree, clock_of, move, raise_emergency, referral
from tests.casework.steps import all_at_once, places_of, trail_of
from tests.make import ADA, BEN, URL, file_one

GIVEN = EmergencyInput("", "", POLICE, (), "The child is at risk.", is_told=True)


def test_the_case_goes_before_all_others_and_the_trail_says_so(kit: Kit) -> None:
    older, filed = file_one(kit), file_one(kit)
    clock_of(kit).move(days=2)
    take_case(kit, BEN, filed.request_id)
    raise_emergency(kit, filed)  # Ada does not hold the case
    with kit.database.reading() as work:
        mine, other = work.requests.load(filed.request_id), work.requests.load(older.request_id)
    assert mine.queue_at is not None
    assert other.queue_at is not None
    assert mine.queue_at < other.queue_at
    assert mine.is_held_by(BEN.id, kit.clock())
    assert Why.DANGER in open_case(kit, ADA, filed.request_id).why
    assert trail_of(kit, filed.request_id)[2:5] == ["referral_prepared", "danger_set", "order_changed"]


def test_only_the_caseworkers_words_and_the_chosen_places_leave(kit: Kit) -> None:
    filed = file_one(kit, f"{URL}\nhttps://x.northlight.example/b", voice=Voice(words="grelbwords"))
    second = places_of(kit, filed.request_id)[1].id
    given = replace(GIVEN, referral_id=new_id(), request_id=filed.request_id, location_ids=(second,))
    emergency(kit, ADA, given)
    text = text_of(take_referral_out(kit, BEN, given.referral_id))
    assert "The child is at risk." in text
    assert "https://x.northlight.example/b" in text
    assert URL not in text
    assert "grelbwords" not in text


def test_whether_the_child_was_told_is_a_note_of_the_desk(kit: Kit) -> None:
    filed = file_one(kit)
    given = replace(GIVEN, referral_id=new_id(), request_id=filed.request_id, is_told=False)
    with pytest.raises(ReferralRefused) as refused:
        emergency(kit, ADA, given)
    assert refused.value.code == "no_reason"
    emergency(kit, ADA, replace(given, why_not="They live together."))
    [note] = open_case(kit, ADA, filed.request_id).notes
    assert "not told" in note.text
    assert note.text.endswith("They live together.")
    facts = take_referral_out(kit, ADA, given.referral_id)
    assert "They live together." not in text_of(facts)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"must_leave": " "}, "no_words"), ({"whom": Whom()}, "no_recipient"), ({"whom": Whom("NL")}, "")],
)
def test_it_needs_words_and_somebody_to_give_them_to(kit: Kit, change: dict[str, object], code: str) -> None:
    agree(kit)
    filed = file_one(kit)
    given = replace(GIVEN, referral_id=new_id(), request_id=filed.request_id, **change)  # type: ignore[arg-type]
    if not code:
        emergency(kit, ADA, given)
        assert open_case(kit, ADA, filed.request_id).referrals[0].recipient == "Far Police"
        return
    with pytest.raises(ReferralRefused) as refused:
        emergency(kit, ADA, given)
    assert refused.value.code == code
    assert open_case(kit, ADA, filed.request_id).referrals == ()


def test_a_double_click_is_one_emergency(kit: Kit) -> None:
    filed = file_one(kit)
    given = replace(GIVEN, referral_id=new_id(), request_id=filed.request_id)
    all_at_once(*[lambda: emergency(kit, ADA, given)] * 3)
    assert len(open_case(kit, ADA, filed.request_id).referrals) == 1
    with pytest.raises(NotFound):  # an id that is another case's
        emergency(kit, ADA, replace(given, request_id=file_one(kit).request_id))


def test_everybody_at_the_desk_sees_that_one_waits(kit: Kit) -> None:
    filed = file_one(kit)
    assert read_desk_state(kit, BEN).emergencies == 0
    referral_id = raise_emergency(kit, filed)
    assert read_desk_state(kit, BEN).emergencies == 1
    move(kit, referral_id, ReferralState.SENT, actor=BEN)
    assert read_desk_state(kit, BEN).emergencies == 0
    assert referral(kit, referral_id).kind is ReferralKind.EMERGENCY


def test_a_hold_for_safety_does_not_keep_it_but_a_second_person_can_be_asked_for(kit: Kit) -> None:
    filed = file_one(kit)
    referral_id = raise_emergency(kit, filed)
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        work.requests.save(replace(request, safety=SafetyState.HOLD))
        keep_policy(work, Policy(second_for=frozenset({Step.EMERGENCY})))
        work.commit()
    with pytest.raises(SecondCaseworkerNeeded):
        move(kit, referral_id, ReferralState.SENT)
    move(kit, referral_id, ReferralState.SENT, actor=BEN)
