"""The courier: shut until somebody opens it, patient, and never sending twice by itself."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import update

from app.casework.actors import Courier
from app.casework.deliver_letter import deliver_letter, doubt_lapsed
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.post_courier import CourierDoor
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.casework.unlock_courier import unlock_courier
from app.domain.letters import LEASE, MOST_TRIES
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from app.outbound.ports import Doubtful, Mailer, NotAccepted, NullMailer, Unreachable
from app.persistence.notices import chase_packs
from app.reads.desk_state import read_desk_state
from app.reads.letters import read_letters
from app.vault.records import seal_record_to
from app.vault.seal import Purpose
from tests.casework.steps import (
    FaultyMailer,
    all_at_once,
    all_letters,
    approve_all,
    file_approved,
    open_courier,
    places_of,
    trail_of,
)
from tests.make import ADA, BEN, Clock, Filed


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def died_while_sending(kit: Kit, courier: Courier) -> None:
    """The courier is gone after the mark and before the answer."""

    class Gone(BaseException):
        pass

    class Killer:
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            before_handing_over()
            raise Gone

    mailer: Mailer = Killer()
    with pytest.raises(Gone):
        deliver_letter(kit, courier, mailer)


def state_of_all(kit: Kit, filed: Filed) -> tuple[LetterState | None, NoticeState, LocationState]:
    folder = open_case(kit, BEN, filed.request_id)
    return folder.notices[0].letter_state, folder.notices[0].state, folder.places[0].state


def settled(kit: Kit, choice: Choice) -> None:
    (letter,) = all_letters(kit)
    settle_letter(kit, ADA, SettleInput(letter.id, choice))


def test_a_shut_courier_sends_nothing_and_letters_wait_until_somebody_signs_in(kit: Kit) -> None:
    file_approved(kit)
    door = CourierDoor(kit)
    assert door.knock() is None
    assert (read_desk_state(kit, ADA).courier_open, read_desk_state(kit, ADA).letters_waiting) == (False, 1)
    assert unlock_courier(kit, ADA) == 1
    assert unlock_courier(kit, ADA) == 0
    courier = door.knock()
    assert courier is not None
    assert read_desk_state(kit, ADA).courier_open
    assert deliver_letter(kit, courier, NullMailer())
    assert read_desk_state(kit, ADA).letters_waiting == 0


@pytest.mark.parametrize("fault", [NotAccepted(True, 451), Unreachable()])
def test_a_letter_that_was_not_taken_for_now_goes_later(kit: Kit, fault: Exception) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    mailer = FaultyMailer(fault, fault)
    for attempts, minutes in ((1, 1), (2, 2)):
        assert deliver_letter(kit, courier, mailer)
        (letter,) = all_letters(kit)
        assert (letter.state, letter.attempts, letter.lease) == (LetterState.WAITING, attempts, None)
        assert not deliver_letter(kit, courier, mailer)
        clock_of(kit).move(minutes=minutes)
    assert deliver_letter(kit, courier, mailer)
    assert len(mailer.sent) == 1
    assert state_of_all(kit, filed) == (LetterState.SENT, NoticeState.SENT, LocationState.NOTICE_SENT)


def test_after_about_a_day_of_not_for_now_a_caseworker_looks(kit: Kit) -> None:
    courier, tries = (file_approved(kit), open_courier(kit))[1], 0
    began = clock_of(kit).at
    while all_letters(kit)[0].state is LetterState.WAITING:
        clock_of(kit).move(hours=1)
        assert deliver_letter(kit, courier, FaultyMailer(NotAccepted(True, 451)))
        tries += 1
    assert (all_letters(kit)[0].state, tries) == (LetterState.REFUSED, MOST_TRIES)
    assert clock_of(kit).at - began > timedelta(hours=20)
    settled(kit, Choice.AGAIN)
    assert all_letters(kit)[0].attempts == 0


def test_a_server_that_was_not_reached_costs_only_time(kit: Kit) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    assert deliver_letter(kit, courier, FaultyMailer(Unreachable(), before=True))
    assert all_letters(kit)[0].state is LetterState.WAITING
    assert "notice_in_doubt" not in trail_of(kit, filed.request_id)


def test_a_letter_refused_for_good_waits_for_a_caseworker(kit: Kit) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    assert deliver_letter(kit, courier, FaultyMailer(NotAccepted(False, 550)))
    assert state_of_all(kit, filed) == (LetterState.REFUSED, NoticeState.APPROVED, LocationState.BOUNCED)
    assert trail_of(kit, filed.request_id).count("notice_refused") == 1
    assert [row.state for row in read_letters(kit, ADA)] == [LetterState.REFUSED]
    with pytest.raises(NotAllowed):
        settled(kit, Choice.ARRIVED)
    assert not deliver_letter(kit, courier, NullMailer())


def test_a_doubtful_letter_waits_for_a_caseworker(kit: Kit) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    assert deliver_letter(kit, courier, FaultyMailer(Doubtful()))
    clock_of(kit).move(days=2)
    assert not deliver_letter(kit, courier, NullMailer())
    assert state_of_all(kit, filed) == (LetterState.DOUBT, NoticeState.APPROVED, LocationState.APPROVED)
    assert read_desk_state(kit, ADA).in_doubt == 1


def test_a_letter_whose_courier_died_in_the_middle_is_doubted_and_never_resent_by_itself(kit: Kit) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    died_while_sending(kit, courier)
    assert doubt_lapsed(kit) == 0
    clock_of(kit).move(seconds=LEASE.total_seconds() + 1)
    assert not deliver_letter(kit, courier, NullMailer())
    assert doubt_lapsed(kit) == 1
    assert doubt_lapsed(kit) == 0
    assert not deliver_letter(kit, courier, NullMailer())
    assert all_letters(kit)[0].state is LetterState.DOUBT
    assert trail_of(kit, filed.request_id).count("notice_in_doubt") == 1


def test_a_letter_sent_again_keeps_its_message_id(kit: Kit) -> None:
    _, courier, mailer = file_approved(kit), open_courier(kit), NullMailer()
    (before,) = all_letters(kit)
    deliver_letter(kit, courier, FaultyMailer(Doubtful()))
    settled(kit, Choice.AGAIN)
    assert deliver_letter(kit, courier, mailer)
    assert mailer.sent[0]["Message-ID"] == before.message_id == all_letters(kit)[0].message_id
    with pytest.raises(NotAllowed):
        settled(kit, Choice.AGAIN)


def test_a_doubtful_letter_found_to_have_arrived_counts_as_sent(kit: Kit) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    deliver_letter(kit, courier, FaultyMailer(Doubtful()))
    settled(kit, Choice.ARRIVED)
    assert state_of_all(kit, filed) == (LetterState.SENT, NoticeState.SENT, LocationState.NOTICE_SENT)
    place = places_of(kit, filed.request_id)[0]
    record_reply(kit, ADA, ReplyInput(filed.request_id, (place.id,), Reply.REMOVED))


@pytest.mark.parametrize("fault", [NotAccepted(False, 550), Doubtful()])
def test_a_dropped_letter_gives_its_places_back_for_another_notice(kit: Kit, fault: Exception) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    deliver_letter(kit, courier, FaultyMailer(fault))
    settled(kit, Choice.DROP)
    assert state_of_all(kit, filed) == (LetterState.DROPPED, NoticeState.UNDELIVERED, LocationState.ASSESSED)
    with kit.database.reading() as work:
        assert work.connection.execute(chase_packs.select()).all() == []
    (reference,) = approve_all(kit, filed.request_id)
    mailer = NullMailer()
    assert deliver_letter(kit, courier, mailer)
    assert reference in mailer.sent[0]["Subject"]


def test_a_letter_is_settled_once(kit: Kit) -> None:
    file_approved(kit)
    with pytest.raises(NotAllowed):
        settled(kit, Choice.AGAIN)
    with pytest.raises(NotFound):
        settle_letter(kit, ADA, SettleInput(new_id(), Choice.AGAIN))
    deliver_letter(kit, open_courier(kit), FaultyMailer(Doubtful()))
    came_of = all_at_once(lambda: settled(kit, Choice.DROP), lambda: settled(kit, Choice.ARRIVED))
    assert came_of.count(None) == 1
    (other,) = [one for one in came_of if one is not None]
    assert isinstance(other, NotAllowed | Stale)


def test_of_many_couriers_one_gets_each_letter(kit: Kit) -> None:
    for _ in range(3):
        file_approved(kit)
    courier, mailer = open_courier(kit), NullMailer()

    def work_off() -> None:
        while deliver_letter(kit, courier, mailer):
            pass

    assert all_at_once(*[work_off] * 5) == [None] * 5
    ids = [message["Message-ID"] for message in mailer.sent]
    assert sorted(ids) == sorted(letter.message_id for letter in all_letters(kit))
    assert {letter.state for letter in all_letters(kit)} == {LetterState.SENT}


def test_a_courier_that_lost_its_lease_while_connecting_sends_nothing(kit: Kit) -> None:
    file_approved(kit)
    courier, quick = open_courier(kit), NullMailer()

    class Slow(NullMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            clock_of(kit).move(seconds=LEASE.total_seconds() + 1)
            assert deliver_letter(kit, courier, quick)  # another courier takes it meanwhile
            super().send(message, before_handing_over)

    slow = Slow()
    assert deliver_letter(kit, courier, slow)
    assert (len(quick.sent), len(slow.sent)) == (1, 0)
    assert all_letters(kit)[0].state is LetterState.SENT


def test_handing_over_takes_a_fresh_lease(kit: Kit) -> None:
    file_approved(kit)
    courier = open_courier(kit)

    class Connects(FaultyMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            clock_of(kit).move(seconds=LEASE.total_seconds() - 5)
            before_handing_over()
            clock_of(kit).move(seconds=30)
            assert doubt_lapsed(kit) == 0

    assert deliver_letter(kit, courier, Connects())
    assert all_letters(kit)[0].state is LetterState.SENT


@pytest.mark.parametrize("record", [{}, {"places": 1}, {"reference": "H-1", "made_at": "never"}])
def test_a_pack_that_is_no_notice_sends_nothing_and_waits_for_a_caseworker(
    kit: Kit, record: dict[str, object]
) -> None:
    file_approved(kit)
    courier = open_courier(kit)
    (letter,) = all_letters(kit)
    slipped_in = seal_record_to(courier.ring.current.public, Purpose.CHASE_PACK, letter.notice_id, record)
    for pack in (slipped_in, b"garbage"):
        with kit.database.writing() as work:
            work.connection.execute(update(chase_packs).values(pack_sealed=pack))
            work.commit()
        mailer = NullMailer()
        assert deliver_letter(kit, courier, mailer)
        assert mailer.sent == []
        assert all_letters(kit)[0].state is LetterState.REFUSED
        settled(kit, Choice.AGAIN)
