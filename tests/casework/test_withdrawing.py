"""Withdrawing places: letters that wait stop, what is out cannot be called back, and nobody else does it."""

import pytest
from sqlalchemy import select

from app.casework.approve_notice import approve_notice
from app.casework.ask_to_end import EndInput, ask_to_end
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, NotFound, SecondWordNeeded
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.revoke_party import revoke_party
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.words import Asker, LetterState, LocationState, NoticeState
from app.outbound.ports import Doubtful, NotAccepted, NullMailer
from app.persistence.notices import chase_packs
from app.reads.ending import Ending, read_ending
from app.reads.follow import read_follow
from tests.casework.party_steps import family
from tests.casework.steps import FaultyMailer, all_letters, approvals, file_approved, open_courier, trail_of
from tests.make import ADA, URL, Clock, file_one

THREE = f"{URL}\nhttps://img.northlight.example/a/2\nhttps://talkyard.example/t/9"
"""Two places in one notice, and one in another."""


def states(kit: Kit, request_id: str) -> list[str]:
    with kit.database.reading() as work:
        return [str(one.state) for one in work.requests.locations_of(request_id)]


def packs(kit: Kit) -> int:
    with kit.database.reading() as work:
        return len(work.connection.execute(select(chase_packs)).all())


def withdraw(kit: Kit, code: str, *numbers: int, word: str = "") -> None:
    withdraw_places(kit, follow_with_code(kit, code), WithdrawInput(numbers, word))


def test_a_letter_that_waits_is_dropped_and_the_places_beside_wait_for_a_new_approval(kit: Kit) -> None:
    filed = file_approved(kit, places=THREE)
    courier, mailer = open_courier(kit), NullMailer()
    withdraw(kit, filed.code, 1)
    assert states(kit, filed.request_id) == ["withdrawn", "assessed", "approved"]
    assert packs(kit) == 1
    assert deliver_letter(kit, courier, mailer)
    assert not deliver_letter(kit, courier, mailer)
    assert [message["To"] for message in mailer.sent] == ["Talkyard <abuse@talkyard.example>"]
    assert trail_of(kit, filed.request_id).count("place_withdrawn") == 1
    (again,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, again)
    assert deliver_letter(kit, courier, mailer)
    numbers = [notice.numbers for notice in open_case(kit, ADA, filed.request_id).notices]
    assert sorted(numbers) == [(1, 2), (2,), (3,)]
    assert states(kit, filed.request_id) == ["withdrawn", "notice_sent", "notice_sent"]


def test_all_places_at_once_leave_nothing_to_do_and_twice_does_no_harm(kit: Kit) -> None:
    filed = file_approved(kit, places=THREE)
    for _ in range(2):
        withdraw(kit, filed.code, 1, 2, 3, 3)
    assert states(kit, filed.request_id) == ["withdrawn"] * 3
    assert {letter.state for letter in all_letters(kit)} == {LetterState.DROPPED}
    assert packs(kit) == 0
    with kit.database.reading() as work:
        request = work.requests.load(filed.request_id)
    assert (request.open_places, request.due_by) == (0, None)
    assert not deliver_letter(kit, open_courier(kit), NullMailer())
    assert trail_of(kit, filed.request_id).count("place_withdrawn") == 3


def test_a_notice_that_is_out_stays_out_and_keeps_its_pack_while_a_place_in_it_is_open(kit: Kit) -> None:
    filed = file_approved(kit, places=THREE)
    courier, mailer = open_courier(kit), NullMailer()
    while deliver_letter(kit, courier, mailer):
        pass
    me = follow_with_code(kit, filed.code)
    assert read_ending(kit, me) == Ending((1, 2, 3), ())
    withdraw_places(kit, me, WithdrawInput((1,)))
    assert states(kit, filed.request_id) == ["withdrawn", "notice_sent", "notice_sent"]
    assert packs(kit) == 2
    assert read_ending(kit, me) == Ending((1, 2, 3), ())
    withdraw_places(kit, me, WithdrawInput((2,)))
    assert packs(kit) == 1
    assert {one.state for one in open_case(kit, ADA, filed.request_id).notices} == {NoticeState.SENT}


def during_the_hand_over(kit: Kit, code: str, fault: Exception | None) -> tuple[Ending, NullMailer]:
    """Withdraw place 1 while the letter is being handed over; what could not be called back then."""
    seen: list[Ending] = []

    class Late(FaultyMailer):
        def send(self, message, before_handing_over):  # type: ignore[no-untyped-def]
            before_handing_over()
            withdraw(kit, code, 1)
            seen.append(read_ending(kit, follow_with_code(kit, code)))
            if fault is not None:
                raise fault

    courier = open_courier(kit)
    deliver_letter(kit, courier, Late())
    assert isinstance(kit.clock, Clock)
    kit.clock.move(hours=2)
    after = NullMailer()
    while deliver_letter(kit, courier, after):
        pass
    return seen[0], after


def test_a_letter_that_is_being_handed_over_cannot_be_called_back(kit: Kit) -> None:
    filed = file_approved(kit, places="\n".join(THREE.split()[:2]))
    ending, _ = during_the_hand_over(kit, filed.code, None)
    assert ending == Ending((), (1, 2))
    assert states(kit, filed.request_id) == ["withdrawn", "notice_sent"]
    assert [letter.state for letter in all_letters(kit)] == [LetterState.SENT]


@pytest.mark.parametrize("fault", [NotAccepted(True, 450), NotAccepted(False, 550), Doubtful()])
def test_a_withdrawn_place_never_goes_out_at_a_second_try(kit: Kit, fault: Exception) -> None:
    filed = file_approved(kit, places="\n".join(THREE.split()[:2]))
    _, after = during_the_hand_over(kit, filed.code, fault)
    assert after.sent == []
    (letter,) = all_letters(kit)
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.AGAIN))
    deliver_letter(kit, open_courier(kit), after)
    assert after.sent == []
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.DROP))
    assert states(kit, filed.request_id) == ["withdrawn", "assessed"]


def test_only_who_speaks_for_themselves_withdraws(kit: Kit) -> None:
    both = family(kit)
    bystander = follow_with_code(kit, file_one(kit, asker=Asker.BYSTANDER).code)
    for actor in (both.representative, both.child, bystander):
        with pytest.raises(NotAllowed):
            withdraw_places(kit, actor, WithdrawInput((1,)))
        with pytest.raises(NotAllowed):
            forget_request(kit, actor, actor.request_id)
    verified = family(kit, verified=True)
    withdraw_places(kit, revoke_party(kit, verified.child), WithdrawInput((1,)))
    assert states(kit, verified.request_id) == ["withdrawn", "assessing"]


def test_a_place_that_is_not_there_or_none_withdraws_nothing(kit: Kit) -> None:
    filed = file_one(kit, THREE)
    for numbers in ((), (4,), (1, 4)):
        with pytest.raises(NotFound):
            withdraw(kit, filed.code, *numbers)
    assert states(kit, filed.request_id) == ["received"] * 3


def test_the_second_word_is_asked_for(kit: Kit) -> None:
    filed = file_one(kit, THREE, second_word="Blue  Boat")
    for word in ("", "blue moon"):
        with pytest.raises(SecondWordNeeded):
            withdraw(kit, filed.code, 1, word=word)
        with pytest.raises(SecondWordNeeded):
            forget_request(kit, follow_with_code(kit, filed.code), filed.request_id, word)
    assert states(kit, filed.request_id) == ["received"] * 3
    withdraw(kit, filed.code, 1, word=" blue BOAT ")
    assert states(kit, filed.request_id)[0] == "withdrawn"
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id, "blue boat")
    with kit.database.reading() as work:
        assert work.requests.load(filed.request_id).is_forgotten
    forget_request(kit, ADA, taken(kit))  # nobody asks a caseworker for it


def taken(kit: Kit) -> str:
    return family(kit).request_id


@pytest.mark.parametrize("checked", [True, False])
def test_asking_to_end_ends_nothing_and_reaches_the_hotline(kit: Kit, checked: bool) -> None:
    both = family(kit, checked=checked)
    ask_to_end(kit, both.representative, EndInput(everything=True))
    ask_to_end(kit, both.child, EndInput((1, 2)))
    assert states(kit, both.request_id) == ["assessing", "assessing"]
    said = [m.text for party in open_case(kit, ADA, both.request_id).parties for m in party.messages]
    assert said == [
        "My wish: please forget everything that was told to you here.",
        "My wish: please stop asking for places 1, 2.",
    ]
    assert [m.text for m in read_follow(kit, both.child).messages] == said[1:]
    for given in (EndInput(), EndInput((7,))):
        with pytest.raises(NotFound):
            ask_to_end(kit, both.child, given)
    if not checked:
        with pytest.raises(NotFound):
            ask_to_end(kit, both.representative, EndInput((1,)))
    with pytest.raises(NotAllowed):
        ask_to_end(kit, follow_with_code(kit, file_one(kit).code), EndInput(everything=True))


def test_a_child_ends_nothing_while_a_representative_would_see_it(kit: Kit) -> None:
    both = family(kit, verified=True)
    with pytest.raises(NotAllowed):
        withdraw_places(kit, both.child, WithdrawInput((1,)))
    with pytest.raises(NotAllowed):
        forget_request(kit, both.child, both.request_id)
    alone = revoke_party(kit, both.child)
    before = read_follow(kit, follow_with_code(kit, both.filed.code))
    withdraw_places(kit, alone, WithdrawInput((1,)))
    assert read_follow(kit, follow_with_code(kit, both.filed.code)) == before
    assert read_follow(kit, alone).places[0].state is LocationState.WITHDRAWN
    forget_request(kit, alone, both.request_id)
