"""Our letter came back: believed only of a letter that is out, about the address it went to."""

from pathlib import Path

import pytest

from app.casework.kit import Kit
from app.casework.settle_mail import SettleMailInput, settle_mail
from app.domain.mails import MailCounted
from app.domain.notice_words import MailKind
from app.domain.trail import TrailKind
from app.domain.words import LocationState, Reply
from tests.casework.mail_steps import DESK, Out, answer, report, send_out
from tests.casework.steps import trail_of
from tests.make import ADA

SENT = [LocationState.NOTICE_SENT] * 2
BOUNCED = [LocationState.BOUNCED] * 2


@pytest.fixture
def out(embedded_kit: Kit, tmp_path: Path) -> Out:
    return send_out(embedded_kit, tmp_path)


def test_a_permanent_bounce_says_so_at_its_places(kit: Kit, tmp_path: Path) -> None:
    out = send_out(kit, tmp_path)
    out.drop(report(out))
    assert out.receive() == 1
    assert out.states == BOUNCED
    (mail,) = out.kept()
    assert (mail.kind, mail.is_settled) == (MailKind.BOUNCE, True)
    assert TrailKind.NOTICE_BOUNCED in trail_of(kit, out.filed.request_id)
    assert out.counts() == {MailCounted.KEPT: 1, MailCounted.BOUNCED: 1}


def test_one_that_gave_up_after_trying_is_a_bounce_too(out: Out) -> None:
    out.drop(report(out, "failed", "4.4.7"))
    out.receive()
    assert out.states == BOUNCED


def test_a_delay_is_noted_and_changes_nothing(out: Out) -> None:
    out.drop(report(out, "delayed", "4.4.1"))
    out.receive()
    assert out.states == SENT
    (mail,) = out.kept()
    assert (mail.kind, mail.is_settled) == (MailKind.DELAY, True)


def test_a_report_that_it_arrived_is_no_bounce(out: Out) -> None:
    out.drop(report(out, "delivered", "2.1.5"))
    out.receive()
    assert (out.states, out.kept()[0].kind) == (SENT, MailKind.AWAY)


def test_a_bounce_about_another_address_waits_for_a_person(out: Out) -> None:
    out.drop(report(out, about="somebody@elsewhere.example"))
    out.receive()
    assert out.states == SENT
    (mail,) = out.kept()
    assert (mail.kind, mail.is_settled) == (MailKind.BOUNCE, False)


def test_a_bounce_that_only_knows_the_reference_waits_for_a_person(out: Out) -> None:
    strange = report(out, message_id="<other@hotline.example>")
    out.drop(strange.replace(b"I could not", f"About {out.notice.reference}: could not".encode()))
    out.receive()
    assert (out.states, out.kept()[0].is_settled) == (SENT, False)


def test_a_bounce_after_an_answer_changes_nothing(out: Out) -> None:

    out.drop(answer(out))
    out.receive()
    settle_mail(out.kit, ADA, SettleMailInput(out.kept()[0].id, dict.fromkeys(out.places, Reply.HAS_IT)))
    out.drop(report(out))
    out.receive()
    assert out.states == [LocationState.HAS_IT] * 2
    assert sorted(mail.is_settled for mail in out.kept()) == [False, True]


def test_the_same_bounce_twice_bounces_once(out: Out) -> None:
    again = report(out).replace(b"I could not", b"Once more I could not")
    out.drop(report(out), again)
    out.receive()
    assert out.counts()[MailCounted.BOUNCED] == 1
    assert out.states == BOUNCED


@pytest.mark.parametrize(
    ("words", "became"),
    [
        (f"{DESK}: 550 5.1.1 User unknown", BOUNCED),
        (f"{DESK}: 451 4.4.1 still trying, no action is required", SENT),
        ("somebody@elsewhere.example: 550 5.1.1 User unknown", SENT),
        (f"{DESK}: something went wrong", SENT),
    ],
)
def test_a_postmaster_in_words_is_understood(out: Out, words: str, became: list[LocationState]) -> None:
    quoted = f"{words}\n\n--- the headers of your mail ---\nMessage-ID: {out.letter.message_id}\nTo: x"
    out.drop(answer(out, quoted, From="Mail Delivery System <MAILER-DAEMON@mx.example>", In_Reply_To=""))
    out.receive()
    assert out.states == became
    assert len(out.kept()) == 1
