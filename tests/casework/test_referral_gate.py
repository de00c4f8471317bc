"""What was agreed with a country's hotline decides whether a notice may go out, and when."""

import pytest

from app.casework.errors import PoliceHoldRuns, ReferFirst
from app.casework.kit import Kit
from app.casework.notice_gate import Gate, GateReason, gate_of, may_notify
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.domain.desk_words import ReferralPolicy, ReferralState
from tests.casework.referral_steps import (
    HERE,
    THERE,
    agree,
    clock_of,
    move,
    move_providers,
    prepare,
    refer,
    referral,
)
from tests.casework.steps import approve_all, assess_all, places_of
from tests.make import ADA, URL, Filed, file_one

P, S = ReferralPolicy, ReferralState
TWO = f"{URL}\nhttps://x.northlight.example/b"


def assessed(kit: Kit) -> Filed:
    move_providers(kit)
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    return filed


def gate(kit: Kit, filed: Filed, *numbers: int, country: str = THERE) -> Gate:
    ids = [one.id for one in places_of(kit, filed.request_id) if not numbers or one.number in numbers]
    with kit.database.reading() as work:
        request = work.requests.load(filed.request_id)
        found = gate_of(kit, work, request, country, ids, kit.clock())
        if found.is_open:
            may_notify(kit, work, request, country, ids, kit.clock())
        else:
            refused = PoliceHoldRuns if found.reason is GateReason.POLICE_HOLD else ReferFirst
            with pytest.raises(refused):
                may_notify(kit, work, request, country, ids, kit.clock())
    return found


@pytest.mark.parametrize("country", ["", HERE, "FR"])
def test_where_nothing_was_agreed_and_at_home_notices_are_free(kit: Kit, country: str) -> None:
    agree(kit)
    agree(kit, code=HERE)
    assert gate(kit, assessed(kit), country=country).is_open


def test_beside_a_referral_notices_are_free(kit: Kit) -> None:
    agree(kit, P.PARALLEL)
    filed = assessed(kit)
    assert gate(kit, filed).is_open
    refer(kit, filed)
    assert gate(kit, filed).is_open
    assert len(approve_all(kit, filed.request_id)) == 1


def test_where_they_write_it_ours_waits_until_they_decline(kit: Kit) -> None:
    agree(kit, P.REFER_ONLY)
    filed = assessed(kit)
    assert gate(kit, filed) == Gate(GateReason.REFER_ONLY, None, "Far Hotline")
    referral_id = refer(kit, filed)
    clock_of(kit).move(days=30)
    assert gate(kit, filed).reason is GateReason.REFER_ONLY
    move(kit, referral_id, S.DECLINED, "Not theirs.")
    assert gate(kit, filed).is_open


def test_it_waits_its_hours_from_when_the_referral_was_handed_over(kit: Kit) -> None:
    agree(kit, P.AFTER_HOURS, 24)
    filed = assessed(kit)
    assert gate(kit, filed).reason is GateReason.REFER_FIRST
    referral_id = prepare(kit, filed)
    clock_of(kit).move(hours=48)
    assert gate(kit, filed).reason is GateReason.REFER_FIRST  # nothing was handed over
    move(kit, referral_id, S.SENT)
    sent_at = referral(kit, referral_id).sent_at
    assert sent_at is not None
    waits = gate(kit, filed)
    assert waits.reason is GateReason.HOURS
    assert waits.until is not None
    assert (waits.until - sent_at).total_seconds() == 24 * 3600
    clock_of(kit).move(hours=23, minutes=58)
    assert not gate(kit, filed).is_open
    clock_of(kit).move(minutes=2)
    assert gate(kit, filed).is_open


def test_what_they_did_has_the_same_hours_to_take_effect(kit: Kit) -> None:
    agree(kit, P.AFTER_HOURS, 24)
    filed = assessed(kit)
    referral_id = refer(kit, filed)
    clock_of(kit).move(hours=20)
    move(kit, referral_id, S.ACTED)
    clock_of(kit).move(hours=20)
    assert gate(kit, filed).reason is GateReason.HOURS
    clock_of(kit).move(hours=5)
    assert gate(kit, filed).is_open


def test_one_place_that_was_not_referred_holds_its_letter(kit: Kit) -> None:
    agree(kit, P.AFTER_HOURS, 24)
    filed = assessed(kit)
    refer(kit, filed, 1)
    assert gate(kit, filed, 1).reason is GateReason.HOURS
    assert gate(kit, filed).reason is GateReason.REFER_FIRST
    clock_of(kit).move(hours=25)
    assert gate(kit, filed, 1).is_open
    assert gate(kit, filed).reason is GateReason.REFER_FIRST


def test_police_come_before_everything(kit: Kit) -> None:
    filed = assessed(kit)
    police_hold(kit, ADA, HoldInput(filed.request_id, HoldAct.START, "They called."))
    assert gate(kit, filed, country=HERE).reason is GateReason.POLICE_HOLD
    clock_of(kit).move(hours=24)
    assert gate(kit, filed, country=HERE).is_open


@pytest.mark.parametrize("policy", [P.REFER_ONLY, P.AFTER_HOURS])
def test_no_notice_is_approved_before_its_gate_opens(kit: Kit, policy: ReferralPolicy) -> None:
    agree(kit, policy, 24)
    filed = assessed(kit)
    with pytest.raises(ReferFirst):
        approve_all(kit, filed.request_id)
