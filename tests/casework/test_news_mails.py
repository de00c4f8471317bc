"""The courier and the mails to people: one in doubt is dropped, never sent twice; a refusal is shown."""

import mailbox
import threading
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from random import Random

import pytest
from sqlalchemy import func, select

from app.casework.actors import Courier, Requester
from app.casework.confirm_contact import confirm_contact
from app.casework.deliver_news import deliver_news, drop_lapsed
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_contact import ContactInput
from app.casework.kit import Kit, now
from app.casework.recent_numbers import RecentNumbers
from app.casework.stop_contact import stop_contact
from app.casework.take_case import take_case
from app.casework.unlock_courier import unlock_courier
from app.domain.letters import LEASE, MOST_TRIES
from app.domain.proof_words import ContactState
from app.domain.words import LetterState, Telling
from app.jobs import run_courier
from app.outbound.mailbox import NullMailbox
from app.outbound.ports import Doubtful, NotAccepted, NullMailer, Unreachable
from app.outbound.smtp import SmtpMailer, SmtpSettings
from app.persistence.contacts import contact_mails
from app.reads.contact import NumberState, OwnContact, read_contact
from tests.casework.contact_steps import (
    EMAIL,
    clock_of,
    contact_of,
    leave,
    mails_of,
    number_in,
    sent_by,
    told,
    with_courier,
)
from tests.casework.killable import killable
from tests.casework.killing import ROUND_MINUTES, arrived_count, until
from tests.casework.steps import FaultyMailer
from tests.conftest import MailServer
from tests.make import ADA, file_one


def with_a_number_due(kit: Kit) -> tuple[Courier, Requester]:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    return courier, actor


def with_news_due(kit: Kit) -> tuple[Courier, Requester]:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    clock_of(kit).move(minutes=1)
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(minutes=15)
    return courier, actor


def shown(kit: Kit, actor: Requester) -> OwnContact:
    contact = read_contact(kit, actor).contact
    assert contact is not None
    return contact


def states(kit: Kit, actor: Requester) -> list[LetterState]:
    return [mail.state for mail in mails_of(kit, actor)]


DUE = [with_a_number_due, with_news_due]


@pytest.mark.parametrize("due", DUE)
@pytest.mark.parametrize("fault", [NotAccepted(True, 451), Unreachable()])
def test_a_mail_not_taken_for_now_goes_later(
    kit: Kit, due: Callable[[Kit], tuple[Courier, Requester]], fault: Exception
) -> None:
    courier, actor = due(kit)
    mailer = FaultyMailer(fault, fault)
    assert deliver_news(kit, courier, mailer)
    assert not deliver_news(kit, courier, mailer)
    clock_of(kit).move(minutes=1)
    assert deliver_news(kit, courier, mailer)
    clock_of(kit).move(minutes=2)
    assert deliver_news(kit, courier, mailer)
    assert len(mailer.sent) == 1
    assert states(kit, actor)[-1] is LetterState.SENT


@pytest.mark.parametrize("due", DUE)
def test_a_mail_that_nobody_takes_for_a_day_is_given_up(
    kit: Kit, due: Callable[[Kit], tuple[Courier, Requester]]
) -> None:
    courier, actor = due(kit)
    for _ in range(MOST_TRIES):
        assert deliver_news(kit, courier, FaultyMailer(Unreachable()))
        clock_of(kit).move(hours=1)
    assert not deliver_news(kit, courier, NullMailer())
    assert states(kit, actor)[-1] is LetterState.DROPPED
    assert shown(kit, actor).state is not ContactState.UNDELIVERABLE
    assert due is with_news_due or shown(kit, actor).number is NumberState.FAILED


@pytest.mark.parametrize("due", DUE)
def test_an_address_that_is_refused_for_good_is_written_to_no_more_and_its_person_sees_it(
    kit: Kit, due: Callable[[Kit], tuple[Courier, Requester]]
) -> None:
    courier, actor = due(kit)
    assert deliver_news(kit, courier, FaultyMailer(NotAccepted(False, 550)))
    assert shown(kit, actor).state is ContactState.UNDELIVERABLE
    assert sent_by(kit, courier) == []
    leave(kit, actor)  # the same once more: it was put right elsewhere
    [mail] = sent_by(kit, courier)
    confirm_contact(kit, actor, number_in(mail))
    assert shown(kit, actor).state is ContactState.CONFIRMED


@pytest.mark.parametrize("due", DUE)
def test_a_mail_in_doubt_is_dropped(kit: Kit, due: Callable[[Kit], tuple[Courier, Requester]]) -> None:
    courier, actor = due(kit)
    assert deliver_news(kit, courier, FaultyMailer(Doubtful()))
    clock_of(kit).move(hours=1)
    assert not deliver_news(kit, courier, NullMailer())
    assert states(kit, actor)[-1] is LetterState.DROPPED


def test_a_number_that_arrived_in_spite_of_a_doubt_is_good(kit: Kit) -> None:
    courier, actor = with_a_number_due(kit)

    class Mumbling(NullMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            super().send(message, before_handing_over)
            raise Doubtful

    mailer = Mumbling()
    assert deliver_news(kit, courier, mailer)
    confirm_contact(kit, actor, number_in(mailer.sent[0]))


@pytest.mark.parametrize("due", DUE)
def test_a_mail_whose_courier_died_in_the_middle_never_goes_again(
    kit: Kit, due: Callable[[Kit], tuple[Courier, Requester]]
) -> None:
    courier, actor = due(kit)

    class Gone(BaseException):
        pass

    with pytest.raises(Gone):
        deliver_news(kit, courier, FaultyMailer(Gone()))  # type: ignore[arg-type]
    drop_lapsed(kit)
    assert states(kit, actor)[-1] is LetterState.SENDING
    clock_of(kit).move(seconds=LEASE.total_seconds() + 1)
    assert not deliver_news(kit, courier, NullMailer())
    drop_lapsed(kit)
    assert states(kit, actor)[-1] is LetterState.DROPPED
    assert not deliver_news(kit, courier, NullMailer())


def test_who_stops_before_the_very_hand_over_is_written_to_no_more(kit: Kit) -> None:
    courier, actor = with_news_due(kit)

    class Slow(NullMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            stop_contact(kit, actor)
            super().send(message, before_handing_over)

    mailer = Slow()
    assert deliver_news(kit, courier, mailer)
    assert mailer.sent == []
    assert contact_of(kit, actor) is None


def test_an_address_changed_during_the_hand_over_keeps_its_own_number(kit: Kit) -> None:
    courier, actor = with_a_number_due(kit)

    class Slow(NullMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            super().send(message, before_handing_over)
            leave(kit, actor, "other@mail.example")

    mailer = Slow()
    assert deliver_news(kit, courier, mailer)
    contact = contact_of(kit, actor)
    assert contact is not None
    assert contact.number_until is None
    [mail] = sent_by(kit, courier)
    assert mail["To"] == "other@mail.example"
    confirm_contact(kit, actor, number_in(mail))


def test_nobody_can_have_a_strangers_mailbox_flooded(kit: Kit) -> None:
    courier = with_courier(kit)
    for _ in range(9):
        file_one(kit, contact=ContactInput("Stranger@mail.example", Telling.END))
    file_one(kit, contact=ContactInput(EMAIL, Telling.END))
    sent = Counter(str(mail["To"]).lower() for mail in sent_by(kit, courier))
    assert sent == {"stranger@mail.example": 6, EMAIL: 1}


def test_what_is_remembered_of_it_names_no_address() -> None:
    recent, at = RecentNumbers(), now()
    assert [recent.may_send(EMAIL, at) for _ in range(7)] == [True] * 6 + [False]
    assert EMAIL not in repr(vars(recent))


def test_the_couriers_own_loop_sends_by_smtp_and_nothing_of_it_is_logged(
    kit: Kit, maildir_server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    clock_of(kit).at = now()
    actor = follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    mailer = SmtpMailer(SmtpSettings("127.0.0.1", maildir_server.port, "none", timeout_s=10))
    stop = threading.Event()
    courier = threading.Thread(target=run_courier, args=(kit, mailer, NullMailbox(), stop), daemon=True)
    courier.start()
    try:
        give_up_at = time.monotonic() + 20
        while shown(kit, actor).number is not NumberState.OUT:
            assert time.monotonic() < give_up_at
            unlock_courier(kit, ADA)
            time.sleep(0.05)
    finally:
        stop.set()
        courier.join(10)
    [file] = (maildir_server.maildir / "new").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["Return-Path"] == "<news@post.example>"
    assert mail["Delivered-To"] == EMAIL
    assert "hotline" not in file.read_text().lower()
    confirm_contact(kit, actor, number_in(mail))
    assert shown(kit, actor).state is ContactState.CONFIRMED
    said = "".join(capfd.readouterr())
    assert EMAIL not in said
    assert "mail.example" not in said


def test_couriers_killed_at_work_send_no_mail_twice(kit: Kit, maildir_server: MailServer) -> None:
    count, kills, random = 16, 2, Random()
    clock_of(kit).at = now()
    for number in range(count):
        file_one(kit, contact=ContactInput(f"someone{number}@mail.example", Telling.END))

    def is_worked_off() -> bool:
        under_way = contact_mails.c.state.in_((LetterState.WAITING, LetterState.SENDING))
        with kit.database.reading() as work:
            query = select(func.count()).select_from(contact_mails).where(under_way)
            return not work.connection.execute(query).scalar()

    for round_number in range(kills + 1):
        with killable(kit, "courier", maildir_server.port, round_number * ROUND_MINUTES) as courier:
            before = arrived_count(maildir_server.maildir)
            if round_number == kills:
                until(is_worked_off)
            else:
                until(lambda before=before: arrived_count(maildir_server.maildir) > before or is_worked_off())  # type: ignore[misc]
                time.sleep(random.uniform(0, 0.1))
                courier.kill()
    arrived = Counter(str(mail["To"]) for mail in mailbox.Maildir(maildir_server.maildir))
    assert set(arrived.values()) == {1}
    assert len(arrived) >= count - kills
