"""How the courier gets on, told in numbers: to whoever runs the server, and at the desk."""

import pytest

from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit, new_id
from app.casework.post_courier import CourierDoor
from app.casework.unlock_courier import unlock_courier
from app.domain.notice_words import MailKind
from app.outbound.ports import Doubtful, NotAccepted, NullMailer, Unreachable
from app.persistence.received_mails import received_mails
from app.reads.courier_state import CourierState, read_courier_state
from tests.casework.steps import FaultyMailer, file_approved, open_courier
from tests.casework.test_sharing_letters import with_pace
from tests.command_line import run
from tests.make import ADA, Clock


def seen(kit: Kit) -> CourierState:
    return read_courier_state(kit)


def later(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)


def test_no_courier_and_a_shut_one_need_a_person(kit: Kit) -> None:
    assert (seen(kit).alive, seen(kit).open, seen(kit).needs_a_person) == (0, 0, True)
    CourierDoor(kit)
    assert (seen(kit).alive, seen(kit).open, seen(kit).needs_a_person) == (1, 0, True)
    unlock_courier(kit, ADA)
    assert (seen(kit).alive, seen(kit).open, seen(kit).needs_a_person) == (1, 1, False)


def test_letters_that_wait_fail_or_are_late_are_counted(kit: Kit) -> None:
    courier = open_courier(kit)
    due_at = kit.clock()
    for _ in range(3):
        file_approved(kit)
    assert (seen(kit).waiting, seen(kit).overdue, seen(kit).failing) == (3, 0, 0)
    assert seen(kit).oldest == due_at.replace(microsecond=0)
    deliver_letter(kit, courier, FaultyMailer(Unreachable()))
    assert (seen(kit).waiting, seen(kit).overdue, seen(kit).failing) == (3, 0, 1)
    later(kit, minutes=15.5)
    assert seen(kit).overdue == 2
    later(kit, minutes=1)
    assert seen(kit).overdue == 3
    while deliver_letter(kit, courier, NullMailer()):
        pass
    assert (seen(kit).waiting, seen(kit).overdue, seen(kit).oldest) == (0, 0, None)


def test_letters_that_keep_their_providers_pace_are_not_late(kit: Kit) -> None:
    courier = open_courier(kit)
    for _ in range(3):
        file_approved(kit)
    slow = with_pace(kit, 1)
    later(kit, minutes=20)
    assert deliver_letter(slow, courier, NullMailer())
    assert (seen(slow).waiting, seen(slow).overdue) == (2, 0)


@pytest.mark.parametrize(
    ("fault", "counts"), [(Doubtful(), (1, 0)), (NotAccepted(False, 550), (0, 1))], ids=["doubt", "refused"]
)
def test_a_letter_that_needs_a_decision_is_counted(
    kit: Kit, fault: Exception, counts: tuple[int, int]
) -> None:
    file_approved(kit)
    deliver_letter(kit, open_courier(kit), FaultyMailer(fault))
    assert (seen(kit).in_doubt, seen(kit).refused, seen(kit).needs_a_person) == (*counts, True)


def test_a_mail_that_belongs_to_no_notice_is_counted(kit: Kit) -> None:
    open_courier(kit)
    row = {"id": new_id(), "kind": MailKind.ANSWER, "arrived_at": kit.clock(), "dropped_parts": 0}
    row |= {"raw_digest": b"d", "mail_sealed": b"s"}
    with kit.database.writing() as work:
        work.connection.execute(received_mails.insert().values(**row))
        work.commit()
    assert (seen(kit).unmatched, seen(kit).needs_a_person) == (1, True)


def test_the_command_says_so_and_ends_with_1_when_somebody_is_needed(embedded_kit: Kit) -> None:
    courier = open_courier(embedded_kit)
    fine = run(embedded_kit, "courier", "status")
    assert (fine.exit_code, fine.output.splitlines()[0]) == (0, "couriers: 1 running, 1 open")
    assert "oldest due: none" in fine.output
    file_approved(embedded_kit)
    deliver_letter(embedded_kit, courier, FaultyMailer(Doubtful()))
    wrong = run(embedded_kit, "courier", "status")
    assert wrong.exit_code == 1
    assert "in doubt: 1\n" in wrong.output
    assert "northlight" not in wrong.output.lower()


def test_the_command_without_another_word_runs_the_courier(
    embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[object, ...]] = []
    monkeypatch.setattr("app.jobs.run_courier", lambda *parts: ran.append(parts))
    assert run(embedded_kit, "courier").exit_code == 0
    assert len(ran) == 1
