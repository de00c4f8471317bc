"""Police ask to wait: a day, once longer by a second person, never more than three, and it ends by itself."""

import pytest

from app.casework.errors import (
    NotAllowed,
    NotFound,
    PoliceHoldRuns,
    ReferralRefused,
    SecondCaseworkerNeeded,
)
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.casework.take_case import take_case
from app.domain.words import LetterState, LocationState
from tests.casework.referral_steps import clock_of
from tests.casework.steps import (
    all_at_once,
    all_letters,
    approvals,
    approve_all,
    assess_all,
    file_approved,
    kinds,
    places_of,
    trail_of,
)
from tests.make import ADA, BEN, Filed, file_one


def hold(kit: Kit, filed: Filed, act: HoldAct, actor: object = ADA, reason: str = "They called.") -> None:
    police_hold(kit, actor, HoldInput(filed.request_id, act, reason))  # type: ignore[arg-type]


def runs(kit: Kit, filed: Filed) -> bool:
    with kit.database.reading() as work:
        return work.requests.load(filed.request_id).is_on_police_hold(kit.clock())


def ready(kit: Kit) -> Filed:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    return filed


def test_it_ends_by_itself_after_a_day(kit: Kit) -> None:
    filed = ready(kit)
    given = approvals(kit, filed.request_id)
    hold(kit, filed, HoldAct.START)
    from app.casework.approve_notice import approve_notice

    with pytest.raises(PoliceHoldRuns):
        approve_notice(kit, ADA, given[0])
    clock_of(kit).move(hours=23, minutes=59)
    assert runs(kit, filed)
    clock_of(kit).move(minutes=1)
    assert not runs(kit, filed)
    take_case(kit, ADA, filed.request_id)
    assert len(approve_all(kit, filed.request_id)) == 1


def test_a_second_person_makes_it_longer_once_and_three_days_is_all(kit: Kit) -> None:
    filed = ready(kit)
    hold(kit, filed, HoldAct.START)
    with pytest.raises(SecondCaseworkerNeeded):
        hold(kit, filed, HoldAct.EXTEND)
    clock_of(kit).move(hours=20)
    hold(kit, filed, HoldAct.EXTEND, BEN, "They need two days more.")
    with pytest.raises(NotAllowed):
        hold(kit, filed, HoldAct.EXTEND, BEN)
    clock_of(kit).move(hours=51, minutes=59)
    assert runs(kit, filed)
    clock_of(kit).move(minutes=1)
    assert not runs(kit, filed)
    with pytest.raises(NotAllowed):
        hold(kit, filed, HoldAct.EXTEND, BEN)
    notes = [note.text for note in open_case(kit, ADA, filed.request_id).notes]
    assert notes == ["They called.", "They need two days more."]


def test_nobody_keeps_notices_back_alone_by_beginning_again(kit: Kit) -> None:
    filed = ready(kit)
    hold(kit, filed, HoldAct.START)
    with pytest.raises(NotAllowed):
        hold(kit, filed, HoldAct.START)
    clock_of(kit).move(hours=25)
    with pytest.raises(SecondCaseworkerNeeded):
        hold(kit, filed, HoldAct.START)
    hold(kit, filed, HoldAct.START, BEN)
    assert runs(kit, filed)


def test_it_can_end_before_its_time(kit: Kit) -> None:
    filed = ready(kit)
    hold(kit, filed, HoldAct.START)
    hold(kit, filed, HoldAct.END, reason="They have what they need.")
    assert not runs(kit, filed)
    with pytest.raises(NotAllowed):
        hold(kit, filed, HoldAct.END)
    assert trail_of(kit, filed.request_id).count("police_hold_ended") == 1


def test_letters_that_wait_are_stopped_and_need_a_new_approval(kit: Kit) -> None:
    filed = file_approved(kit)
    hold(kit, filed, HoldAct.START, BEN)  # who does not hold the case
    assert [one.state for one in all_letters(kit)] == [LetterState.DROPPED]
    assert [one.state for one in places_of(kit, filed.request_id)] == [LocationState.ASSESSED]


def test_a_letter_in_doubt_does_not_go_again_meanwhile(kit: Kit) -> None:
    filed = file_approved(kit)
    [letter] = all_letters(kit)
    with kit.database.writing() as work:
        work.letters.move(letter, LetterState.DOUBT)
        work.commit()
    hold(kit, filed, HoldAct.START)
    with pytest.raises(PoliceHoldRuns):
        settle_letter(kit, ADA, SettleInput(letter.id, Choice.AGAIN))
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.ARRIVED))


@pytest.mark.parametrize("act", HoldAct)
def test_it_needs_a_reason(kit: Kit, act: HoldAct) -> None:
    filed = ready(kit)
    with pytest.raises(ReferralRefused):
        hold(kit, filed, act, reason=" \n")
    assert not runs(kit, filed)


def test_two_at_once_begin_one(kit: Kit) -> None:
    filed = ready(kit)
    came = all_at_once(
        lambda: hold(kit, filed, HoldAct.START, ADA), lambda: hold(kit, filed, HoldAct.START, BEN)
    )
    assert kinds(came) == ["NoneType", "NotAllowed"]


def test_a_case_that_is_not_there_has_none(kit: Kit) -> None:
    with pytest.raises(NotFound):
        police_hold(kit, ADA, HoldInput(new_id(), HoldAct.START, "They called."))
