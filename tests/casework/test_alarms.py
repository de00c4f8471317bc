"""Whoever is on call is called once for what rings together, and the mail says nothing."""

from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.casework.deliver_alarm import deliver_alarm, sweep_alarms
from app.casework.file_request import Filing, file_request
from app.casework.kit import Kit, new_id
from app.casework.ring_alarm import ring_alarm
from app.domain.asking import Acting, Safety, Voice
from app.domain.words import Content, LetterState, YesNo
from app.jobs import run_courier
from app.outbound.mailbox import NullMailbox
from app.outbound.ports import Doubtful, NotAccepted, NullMailer, Unreachable
from app.persistence.alarms import alarms
from app.places.reading import read_places
from app.settings import SettingsError, read_settings
from app.vault.codes import new_code
from tests.casework.referral_steps import clock_of, raise_emergency
from tests.casework.steps import FaultyMailer, Looks, all_at_once
from tests.make import file_one
from tests.unit.test_contact_settings import environment

__all__ = ["environment"]
ON_CALL = "night@oncall.example"
NEAR = Voice(safety=Safety(lives_near=YesNo.YES))


@pytest.fixture
def called(kit: Kit) -> Kit:
    return replace(kit, settings=replace(kit.settings, on_call_email=ON_CALL))


def states(kit: Kit) -> list[str]:
    with kit.database.reading() as work:
        return list(work.connection.execute(select(alarms.c.state).order_by(alarms.c.due_at)).scalars())


def ring(kit: Kit) -> None:
    with kit.database.writing() as work:
        ring_alarm(kit, work, kit.clock())
        work.commit()


def sent_by(kit: Kit, mailer: NullMailer) -> list[EmailMessage]:
    while deliver_alarm(kit, mailer):
        pass
    return mailer.sent


def test_the_mail_says_that_somebody_should_look_and_nothing_else(called: Kit) -> None:
    filed = file_one(called)
    raise_emergency(called, filed, words="grelbwords")
    [mail] = sent_by(called, NullMailer())
    assert mail["To"] == ON_CALL
    assert mail["Subject"] == "A reminder"
    assert mail.get_content().strip() == "Please sign in to the desk."
    whole = mail.as_string()
    for odd in ("grelbwords", filed.request_id, filed.request_id[:8], "/desk", "emergency", "child"):
        assert odd not in whole
    assert sent_by(called, NullMailer()) == []


def test_who_files_in_danger_rings_and_nobody_else(called: Kit) -> None:
    file_one(called)
    assert states(called) == []
    file_one(called, voice=NEAR)
    assert states(called) == ["waiting"]
    clock_of(called).move(minutes=20)
    file_one(called, voice=Voice(acting=Acting(is_unsafe=True)))
    assert states(called) == ["waiting", "waiting"]


def test_a_request_sent_twice_rings_once(called: Kit) -> None:
    places = read_places("https://img.northlight.example/a/1").places
    filing = Filing(new_id(), new_code(), places, (Content.ABUSE,), NEAR)
    file_request(called, filing)
    sent_by(called, NullMailer())
    clock_of(called).move(minutes=20)
    file_request(called, filing)
    assert sent_by(called, NullMailer()) == []


def test_without_an_address_nothing_rings(kit: Kit) -> None:
    file_one(kit, voice=NEAR)
    raise_emergency(kit, file_one(kit))
    assert states(kit) == []


def test_what_rings_together_is_one_mail(called: Kit) -> None:
    all_at_once(*[lambda: ring(called)] * 6)
    assert states(called) == ["waiting"]
    mailer = NullMailer()
    assert len(sent_by(called, mailer)) == 1
    for _ in range(4):
        ring(called)  # more, while they are on their way
    assert len(sent_by(called, mailer)) == 1
    clock_of(called).move(minutes=10)
    assert len(sent_by(called, mailer)) == 2
    assert states(called) == ["sent", "sent"]


def test_two_couriers_send_one(called: Kit) -> None:
    ring(called)
    mailer = NullMailer()
    all_at_once(*[lambda: deliver_alarm(called, mailer)] * 3)
    assert len(mailer.sent) == 1


def test_one_in_doubt_is_dropped_and_one_not_taken_is_tried_again(called: Kit) -> None:
    ring(called)
    assert deliver_alarm(called, FaultyMailer(Doubtful()))
    assert states(called) == ["dropped"]
    clock_of(called).move(minutes=10)
    ring(called)
    assert deliver_alarm(called, FaultyMailer(Unreachable(), before=True))
    assert states(called) == ["dropped", "waiting"]
    assert not deliver_alarm(called, NullMailer())
    clock_of(called).move(minutes=2)
    assert len(sent_by(called, NullMailer())) == 1


def test_one_refused_for_good_is_not_tried_again(called: Kit) -> None:
    ring(called)
    assert deliver_alarm(called, FaultyMailer(NotAccepted(transient=False, code=550)))
    assert states(called) == ["refused"]


def test_one_whose_courier_died_is_dropped_and_old_rows_go(called: Kit) -> None:
    ring(called)
    with called.database.writing() as work:
        alarm = work.alarms.claim_one(new_id(), called.clock())
        assert alarm is not None
        work.alarms.hand_over(alarm, called.clock())
        work.commit()
    assert states(called) == [LetterState.SENDING]
    clock_of(called).move(minutes=4)
    sweep_alarms(called)
    assert states(called) == ["dropped"]
    clock_of(called).move(days=2)
    sweep_alarms(called)
    assert states(called) == []


def test_it_leaves_while_nobody_has_opened_the_courier(called: Kit) -> None:
    ring(called)
    mailer = NullMailer()
    run_courier(called, mailer, NullMailbox(), stop=Looks(3))
    assert len(mailer.sent) == 1


@pytest.mark.parametrize("typed", ["nobody", "two@a.example,b@c.example", "a b@c.example"])
def test_the_address_is_checked_at_start(environment: pytest.MonkeyPatch, typed: str) -> None:
    environment.setenv("HEARD_ON_CALL_EMAIL", typed)
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert error.value.faults == ["HEARD_ON_CALL_EMAIL: not a mail address"]
    environment.setenv("HEARD_ON_CALL_EMAIL", ON_CALL)
    assert read_settings().on_call_email == ON_CALL
