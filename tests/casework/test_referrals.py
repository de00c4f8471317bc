"""Referrals: what can be referred, who hands it over, where the places stand then."""

import pytest

from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import (
    NotAllowed,
    NotFound,
    PoliceHoldRuns,
    ReferralRefused,
    SafetyCheckDue,
    SecondCaseworkerNeeded,
    Stale,
)
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit, new_id
from app.casework.letter_moves import mark_sent
from app.casework.move_referral import MoveInput, move_referral
from app.casework.open_case import open_case
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.casework.policy import keep_policy
from app.casework.prepare_referral import PrepareInput, Whom, prepare_referral
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.referral_package import text_of
from app.casework.take_case import take_case
from app.casework.take_referral_out import take_referral_out
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.asking import Safety, Voice
from app.domain.desk_words import ReferralKind, ReferralPolicy, ReferralState, Step
from app.domain.policy import Policy
from app.domain.words import Asker, LocationState, SafetyState, YesNo
from app.persistence.errors import NotThere
from app.reads.joinable import read_joinable
from tests.casework.referral_steps import (
    agree,
    clock_of,
    move,
    move_providers,
    prepare,
    refer,
    referral,
)
from tests.casework.steps import all_at_once, approve_all, assess_all, kinds, places_of, trail_of
from tests.make import ADA, BEN, URL, Filed, file_one

S, K = ReferralState, ReferralKind
TWO = f"{URL}\nhttps://x.northlight.example/b"
WORDS = "grelbwords grelbstory"


def assessed(kit: Kit, places: str = TWO, policy: ReferralPolicy = ReferralPolicy.REFER_ONLY) -> Filed:
    agree(kit, policy)
    move_providers(kit)
    filed = file_one(kit, places, words=WORDS)
    assess_all(kit, filed.request_id)
    return filed


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [place.state for place in places_of(kit, filed.request_id)]


def test_handing_over_moves_the_places_to_the_other_hotline(kit: Kit) -> None:
    filed = assessed(kit)
    referral_id = prepare(kit, filed, numbers=(2,))
    assert states(kit, filed) == [LocationState.ASSESSED] * 2
    move(kit, referral_id, S.SENT)
    assert states(kit, filed) == [LocationState.ASSESSED, LocationState.REFERRED]
    folder = open_case(kit, ADA, filed.request_id)
    assert [(one.numbers, one.state, one.recipient) for one in folder.referrals] == [
        ((2,), S.SENT, "Far Hotline")
    ]


def test_declined_the_places_stand_as_they_did(kit: Kit) -> None:
    filed = assessed(kit)
    before = places_of(kit, filed.request_id)
    referral_id = refer(kit, filed)
    clock_of(kit).move(days=2)
    with pytest.raises(ReferralRefused):
        move(kit, referral_id, S.DECLINED)
    move(kit, referral_id, S.DECLINED, "They say it is not theirs.")
    after = places_of(kit, filed.request_id)
    assert [(one.state, one.state_at) for one in after] == [(one.state, one.state_at) for one in before]
    assert all(one.due_at is not None and one.due_at > kit.clock() for one in after)
    notes = open_case(kit, ADA, filed.request_id).notes
    assert notes[-1].text.endswith("They say it is not theirs.")


def test_with_a_notice_beside_it_a_place_keeps_telling_of_the_notice(kit: Kit) -> None:
    filed = assessed(kit, policy=ReferralPolicy.PARALLEL)
    approve_all(kit, filed.request_id)
    with kit.database.writing() as work:
        [notice] = work.notices.of_request(filed.request_id)
        mark_sent(kit, work, notice, kit.clock())
        work.commit()
    referral_id = refer(kit, filed)
    assert states(kit, filed) == [LocationState.NOTICE_SENT] * 2
    facts = take_referral_out(kit, ADA, referral_id)
    assert [one.numbers for one in facts.notices] == [(1, 2)]
    assert facts.notices[0].reference in text_of(facts)


def test_police_get_places_and_no_place_moves(kit: Kit) -> None:
    filed = assessed(kit)
    move(kit, prepare(kit, filed, K.POLICE), S.SENT)
    assert states(kit, filed) == [LocationState.ASSESSED] * 2


def test_nobody_gets_a_place_twice(kit: Kit) -> None:
    filed = assessed(kit)
    first = prepare(kit, filed, numbers=(1,))
    with pytest.raises(ReferralRefused) as refused:
        prepare(kit, filed)
    assert refused.value.code == "under_way"
    prepare(kit, filed, K.POLICE)  # another kind is another matter
    move(kit, first, S.DROPPED, "Not yet.")
    prepare(kit, filed)


def test_the_same_page_sent_twice_is_one_referral(kit: Kit) -> None:
    filed = assessed(kit)
    ids = tuple(place.id for place in places_of(kit, filed.request_id))
    given = PrepareInput(new_id(), filed.request_id, K.HOTLINE, ids, Whom(country="NL"))
    all_at_once(*[lambda: prepare_referral(kit, ADA, given)] * 3)
    assert len(open_case(kit, ADA, filed.request_id).referrals) == 1


@pytest.mark.parametrize(
    ("places", "kind", "whom", "code"),
    [
        (TWO, K.POLICE, Whom(country="FR"), "no_recipient"),
        (TWO, K.HOTLINE, Whom(country="BE"), "other_country"),
        (TWO, K.HOTLINE, Whom(), "no_recipient"),
        (TWO, K.EMERGENCY, Whom(country="NL"), "no_recipient"),
    ],
)
def test_a_referral_needs_whom_it_is_for(
    kit: Kit, places: str, kind: ReferralKind, whom: Whom, code: str
) -> None:
    filed = assessed(kit, places)
    agree(kit, code="BE")
    with pytest.raises(ReferralRefused) as refused:
        prepare(kit, filed, kind, whom=whom)
    assert refused.value.code == code


def test_another_hotline_gets_only_what_was_assessed(kit: Kit) -> None:
    agree(kit)
    move_providers(kit)
    filed = file_one(kit, TWO)
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(ReferralRefused) as refused:
        prepare(kit, filed)
    assert refused.value.code == "not_assessed"
    facts = take_referral_out(kit, ADA, prepare(kit, filed, K.POLICE))
    assert "Nobody has assessed it yet" in text_of(facts)


def test_who_prepared_it_does_not_hand_it_over_where_it_takes_two(kit: Kit) -> None:
    filed = assessed(kit)
    with kit.database.writing() as work:
        keep_policy(work, Policy(second_for=frozenset({Step.HOTLINE})))
        work.commit()
    referral_id = prepare(kit, filed)
    with pytest.raises(SecondCaseworkerNeeded):
        take_referral_out(kit, ADA, referral_id)
    with pytest.raises(SecondCaseworkerNeeded):
        move(kit, referral_id, S.SENT)
    take_referral_out(kit, BEN, referral_id)  # who need not hold the case
    move(kit, referral_id, S.SENT, actor=BEN)
    move(kit, referral_id, S.RECEIVED)
    assert referral(kit, referral_id).state is S.RECEIVED


def test_whoever_moves_it_first_is_the_one(kit: Kit) -> None:
    filed = assessed(kit)
    referral_id = prepare(kit, filed)
    given = MoveInput(referral_id, 1, S.SENT)
    came = all_at_once(lambda: move_referral(kit, ADA, given), lambda: move_referral(kit, BEN, given))
    assert kinds(came) == ["NoneType", "Stale"]
    with pytest.raises(Stale):
        move_referral(kit, ADA, MoveInput(referral_id, 1, None))
    with pytest.raises(NotAllowed):
        move(kit, referral_id, S.DROPPED, "Too late.")
    assert trail_of(kit, filed.request_id).count("referral_sent") == 1


def test_it_waits_for_the_safety_check_and_for_police_as_a_notice_does(kit: Kit) -> None:
    filed = assessed(kit)
    referral_id = prepare(kit, filed)
    police_hold(kit, BEN, HoldInput(filed.request_id, HoldAct.START, "They called."))
    for act in (lambda: take_referral_out(kit, ADA, referral_id), lambda: move(kit, referral_id, S.SENT)):
        with pytest.raises(PoliceHoldRuns):
            act()
    police_hold(kit, ADA, HoldInput(filed.request_id, HoldAct.END, "They called again."))
    record_safety_check(kit, ADA, SafetyInput(filed.request_id, SafetyState.HOLD, "Not now."))
    with pytest.raises(SafetyCheckDue):
        take_referral_out(kit, ADA, referral_id)
    assert states(kit, filed) == [LocationState.ASSESSED] * 2


def test_a_place_that_was_taken_back_does_not_leave(kit: Kit) -> None:
    filed = assessed(kit)
    referral_id = prepare(kit, filed)
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1,)))
    with pytest.raises(ReferralRefused):
        take_referral_out(kit, ADA, referral_id)
    move(kit, referral_id, S.SENT)  # where it had been handed over before
    assert states(kit, filed) == [LocationState.WITHDRAWN, LocationState.REFERRED]


def test_a_forgotten_requests_referrals_are_hidden_and_destroyed(kit: Kit) -> None:
    filed = assessed(kit)
    referral_id = prepare(kit, filed)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    with pytest.raises(NotFound):
        take_referral_out(kit, ADA, referral_id)
    clock_of(kit).move(days=8)
    destroy_forgotten(kit)
    with kit.database.reading() as work, pytest.raises(NotThere):
        work.referrals.load(referral_id)


def test_a_case_of_somebody_at_risk_is_referred_after_its_check(kit: Kit) -> None:
    agree(kit)
    move_providers(kit)
    filed = file_one(kit, TWO, voice=Voice(safety=Safety(lives_near=YesNo.YES)))
    assess_all(kit, filed.request_id)
    refer(kit, filed)
    assert states(kit, filed) == [LocationState.REFERRED] * 2


def test_a_childs_request_that_others_know_by_its_referral_is_not_joined(kit: Kit) -> None:
    parent, child = file_one(kit, asker=Asker.PARENT), assessed(kit)
    take_case(kit, ADA, parent.request_id)
    assert [one.request_id for one in read_joinable(kit, ADA, parent.request_id)] == [child.request_id]
    prepare(kit, child, K.POLICE)
    assert read_joinable(kit, ADA, parent.request_id) == ()
    with pytest.raises(NotAllowed):
        join_requests(kit, ADA, JoinInput(parent.request_id, child.request_id))
