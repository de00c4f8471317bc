"""Several couriers, and each provider's pace: every letter goes once, and none holds up another."""

import mailbox
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import update

from app.casework.claim_letters import claim_letters
from app.casework.deliver_letter import deliver_letter, deliver_letters
from app.casework.kit import Kit
from app.domain.letters import gap
from app.domain.words import LetterState
from app.outbound.ports import NullMailer
from app.outbound.smtp import SmtpMailer, SmtpSettings
from app.persistence.providers import providers
from tests.casework.killable import killable
from tests.casework.killing import in_maildir, is_worked_off, letters_due, until
from tests.casework.steps import all_at_once, all_letters, file_approved, open_courier
from tests.conftest import MailServer
from tests.make import URL, Clock

ELSEWHERE = "https://talkyard.example/t/9"
ON_POSTGRES = pytest.mark.parametrize("kit", ["postgres"], indirect=True)


def recipients(sent: list[EmailMessage]) -> list[str]:
    return [one["To"].addresses[0].domain for one in sent]


def with_pace(kit: Kit, per_hour: int, **own: int) -> Kit:
    """The same hotline, which sends so many an hour; and providers with a number of their own."""
    with kit.database.writing() as work:
        for name, number in own.items():
            chosen = providers.c.name.startswith(name)
            work.connection.execute(update(providers).where(chosen).values(letters_per_hour=number))
        work.commit()
    return replace(kit, settings=replace(kit.settings, letters_per_hour=per_hour))


def test_the_least_time_between_two_letters_keeps_to_the_number_in_an_hour() -> None:
    assert gap(0) is None
    for number in (1, 7, 240, 3600, 100_000):
        wait = gap(number)
        assert wait is not None
        assert wait >= timedelta(seconds=1)
        assert number * wait >= timedelta(hours=1)


def test_a_letter_that_waits_for_its_pace_costs_no_try_and_holds_up_nobody(kit: Kit) -> None:
    for _ in range(3):
        file_approved(kit)
    file_approved(kit, places=ELSEWHERE)
    slow, courier, mailer = with_pace(kit, 240), open_courier(kit), NullMailer()
    while deliver_letter(slow, courier, mailer):
        pass
    assert sorted(recipients(mailer.sent)) == ["northlight.example", "talkyard.example"]
    left = [one for one in all_letters(kit) if one.state is LetterState.WAITING]
    assert [(one.attempts, one.lease, one.due_at <= kit.clock()) for one in left] == [(0, None, True)] * 2
    assert isinstance(kit.clock, Clock)
    for sent in (2, 3, 4):
        kit.clock.move(seconds=14)
        assert not deliver_letter(slow, courier, mailer) or sent == 4
        kit.clock.move(seconds=1)
        deliver_letter(slow, courier, mailer)
        assert len(mailer.sent) == min(sent + 1, 4)


def test_a_providers_own_number_goes_before_the_setting(kit: Kit) -> None:
    for _ in range(3):
        file_approved(kit)
        file_approved(kit, places=ELSEWHERE)
    courier, mailer = open_courier(kit), NullMailer()
    own = with_pace(kit, 1, Northlight=100_000)
    assert isinstance(kit.clock, Clock)
    for _ in range(5):
        while deliver_letter(own, courier, mailer):
            pass
        kit.clock.move(seconds=1)
    assert Counter(recipients(mailer.sent)) == {"northlight.example": 3, "talkyard.example": 1}


def test_a_letter_that_was_not_taken_keeps_its_providers_pace_all_the_same(kit: Kit) -> None:
    file_approved(kit, places=f"{URL}\n{ELSEWHERE}")
    slow = with_pace(kit, 240)
    assert len(claim_letters(slow, 20)) == 2
    assert claim_letters(slow, 20) == ()


def test_of_several_couriers_one_gets_each_turn_of_a_provider(kit: Kit) -> None:
    for _ in range(4):
        file_approved(kit)
    slow, courier, mailer = with_pace(kit, 240), open_courier(kit), NullMailer()

    def work_off() -> None:
        while deliver_letters(slow, courier, mailer):
            pass

    assert all_at_once(*[work_off] * 4) == [None] * 4
    assert len(mailer.sent) == 1


@ON_POSTGRES
def test_four_couriers_on_postgresql_share_the_letters_and_send_each_once(
    kit: Kit, maildir_server: MailServer
) -> None:
    letters_due(kit, 40)
    courier, counts = open_courier(kit), Counter[int]()

    def work_off(number: int) -> None:
        mailer = SmtpMailer(SmtpSettings("127.0.0.1", maildir_server.port, "none", timeout_s=60))
        while done := deliver_letters(kit, courier, mailer, most=4):
            counts[number] += done
        mailer.close()

    assert all_at_once(*[lambda n=n: work_off(n) for n in range(4)]) == [None] * 4
    assert counts.total() == 40
    assert len(counts) > 1, "one courier did all the work"
    assert in_maildir(maildir_server) == Counter(letter.message_id for letter in all_letters(kit))
    assert {letter.state for letter in all_letters(kit)} == {LetterState.SENT}


@ON_POSTGRES
def test_four_courier_processes_on_postgresql_send_each_letter_once(
    kit: Kit, maildir_server: MailServer
) -> None:
    letters_due(kit, 60)
    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(killable(kit, "courier", maildir_server.port))
        until(lambda: is_worked_off(kit))
    assert {letter.state for letter in all_letters(kit)} == {LetterState.SENT}
    assert in_maildir(maildir_server) == Counter(letter.message_id for letter in all_letters(kit))
    assert len(mailbox.Maildir(maildir_server.maildir)) == 60
