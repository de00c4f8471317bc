"""Answers by mail: taken in once, sealed, tied to the notice they belong to, and never answered."""

from pathlib import Path

import pytest

from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.mail_records import open_mail
from app.casework.open_case import open_case
from app.casework.receive_mails import receive_mails
from app.domain.mails import MailCounted, MatchedBy
from app.domain.notice_words import MailKind
from app.domain.trail import TrailKind
from app.outbound.maildir import MaildirMailbox
from app.outbound.read_mail import read_mail
from tests.casework.mail_steps import Out, answer, report, send_out
from tests.casework.steps import all_at_once, kinds, trail_of
from tests.make import ADA, TEAM


@pytest.fixture
def out(kit: Kit, tmp_path: Path) -> Out:
    return send_out(kit, tmp_path)


def test_an_answer_is_kept_with_its_notice_and_leaves_the_mailbox(out: Out) -> None:
    out.drop(answer(out))
    assert out.receive() == 1
    (mail,) = out.kept()
    words = open_mail(TEAM, mail.id, mail.mail_sealed)
    assert (mail.kind, mail.is_settled, words.matched_by) == (MailKind.ANSWER, False, MatchedBy.THREAD)
    assert words.text == "We have taken it down."
    assert len(out.box) == 0
    assert trail_of(out.kit, out.filed.request_id)[-1] == TrailKind.MAIL_RECEIVED
    assert out.counts() == {MailCounted.KEPT: 1}


def test_nothing_of_a_mail_lies_open_in_the_database(out: Out) -> None:
    out.drop(
        answer(out, "An odd-word-in-text here", "An odd-word-in-subject", From="odd-sender@desk.example")
    )
    out.receive()
    (mail,) = out.kept()
    for word in (b"odd-word", b"odd-sender", b"desk.example"):
        assert word not in mail.mail_sealed
    assert "odd" not in repr(mail)


def test_an_answer_moves_no_place_by_itself(out: Out) -> None:
    before = out.states
    out.drop(answer(out))
    out.receive()
    assert out.states == before


def test_an_answer_that_only_knows_the_reference_is_matched_by_it(out: Out) -> None:
    reference = out.notice.reference
    plain = {"In-Reply-To": ""}
    out.drop(
        answer(out, "gone", f"Re: {reference.lower()}", **plain),
        answer(out, f"About {reference}: gone", "Hello", **plain),
        answer(
            out, "gone", "Re: nothing", References=f"<other@desk.example> {out.letter.message_id}", **plain
        ),
    )
    out.receive()
    found = [open_mail(TEAM, mail.id, mail.mail_sealed).matched_by for mail in out.kept()]
    assert sorted(found) == [MatchedBy.REFERENCE, MatchedBy.REFERENCE, MatchedBy.THREAD]


def test_a_mail_that_matches_nothing_waits_in_a_queue_of_its_own(out: Out) -> None:
    out.drop(answer(out, "Hello", "Hello", **{"In-Reply-To": "<somebody@else.example>"}))
    out.receive()
    assert out.kept() == ()
    (mail,) = out.unmatched()
    assert mail.notice_id is None
    assert out.counts() == {MailCounted.UNMATCHED: 1}


def test_references_of_two_cases_match_neither(out: Out, tmp_path: Path) -> None:
    other = send_out(out.kit, tmp_path, "https://img.northlight.example/b/1")
    text = f"About {out.notice.reference} and {other.notice.reference}"
    out.drop(answer(out, text, "Hello", **{"In-Reply-To": ""}))
    out.receive()
    assert (out.kept(), other.kept(), len(out.unmatched())) == ((), (), 1)


def test_the_same_mail_is_kept_once(out: Out) -> None:
    out.drop(answer(out), answer(out))
    assert out.receive() == 2
    out.drop(answer(out))
    out.receive()
    assert len(out.kept()) == 1
    assert out.counts()[MailCounted.TWICE] == 2


def test_couriers_that_look_at_the_same_moment_keep_each_mail_once(out: Out) -> None:
    for number in range(8):
        out.drop(answer(out, f"Mail {number}"))
    came_of = all_at_once(*[lambda: receive_mails(out.kit, out.courier, MaildirMailbox(out.folder))] * 3)
    assert kinds(came_of) == ["int"] * 3
    assert (len(out.kept()), len(out.box)) == (8, 0)


def test_one_of_our_own_letters_is_counted_and_not_kept(out: Out) -> None:
    out.drop(answer(out, **{"Message-ID": out.letter.message_id, "In-Reply-To": ""}))
    assert out.receive() == 1
    assert out.kept() == ()
    assert out.unmatched() == ()
    assert out.counts() == {MailCounted.OWN: 1}


def test_robots_that_answer_each_other_are_soon_only_counted(out: Out) -> None:
    for number in range(20):
        out.drop(answer(out, f"Thank you, {number}", Auto_Submitted="auto-replied"))
    assert out.receive() == 20
    assert len(out.kept()) == 3
    assert out.counts()[MailCounted.TOO_MANY] == 17


def test_a_notice_takes_ten_mails_a_day_and_fifty_in_all(out: Out) -> None:
    for day in range(7):
        out.drop(*(answer(out, f"Mail {number} of day {day}") for number in range(15)))
        while out.receive():
            pass
        assert len(out.kept()) == min((day + 1) * 10, 50)
        out.move(days=1, minutes=1)
    assert len(out.box) == 0


def test_when_too_many_wait_unmatched_more_stay_in_the_mailbox(
    out: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.casework.receive_mails.MOST_UNMATCHED", 2)
    strange = {"In-Reply-To": ""}
    out.drop(*(answer(out, f"Mail {number}", "Hello", **strange) for number in range(5)), answer(out))
    box = MaildirMailbox(out.folder)
    assert receive_mails(out.kit, out.courier, box) == 3
    assert receive_mails(out.kit, out.courier, box) == 0
    assert (len(out.unmatched()), len(out.kept()), len(out.box)) == (2, 1, 3)
    assert out.counts()[MailCounted.NO_ROOM] == 3


def test_a_mail_that_nobody_can_read_holds_up_no_other(out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(Exception):
        pass

    def stumbles(content: bytes, size: int) -> object:
        if b"poison" in content:
            raise Odd
        return read_mail(content, size)

    monkeypatch.setattr("app.casework.receive_mails.read_mail", stumbles)
    out.drop(answer(out, "poison"), answer(out))
    box = MaildirMailbox(out.folder)
    came_of = []
    for _ in range(2):
        try:
            came_of.append(receive_mails(out.kit, out.courier, box))
        except Odd:
            came_of.append(-1)
    assert -1 in came_of
    assert len(out.kept()) == 1
    assert len(out.box) == 1


def test_what_is_dropped_and_cut_is_counted(out: Out) -> None:
    parts = "--x\nContent-Type: image/png\n\nnever read\n" * 3
    body = f"--x\nContent-Type: text/plain\n\nSee below.\n{parts}--x--"
    out.drop(answer(out, body, Content_Type="multipart/mixed; boundary=x"), answer(out, "word " * 9000))
    out.receive()
    assert sorted(mail.dropped_parts for mail in out.kept()) == [0, 3]
    assert out.counts() == {MailCounted.KEPT: 2, MailCounted.PARTS_DROPPED: 3, MailCounted.CUT: 1}


def test_a_mail_of_a_forgotten_request_is_hidden_and_goes_with_it(out: Out) -> None:
    requester = follow_with_code(out.kit, out.filed.code)
    forget_request(out.kit, requester, requester.request_id)
    out.drop(answer(out), report(out), answer(out, "stays", "Hello", **{"In-Reply-To": ""}))
    assert out.receive() == 3
    with out.kit.database.reading() as work:
        assert work.received_mails.waiting(10, is_matched=True) == ()
    out.move(days=8)
    assert destroy_forgotten(out.kit).count == 1
    assert out.kept() == ()
    assert len(out.unmatched()) == 1


def test_a_ticket_goes_into_the_pack_so_that_reminders_name_it(out: Out) -> None:
    out.drop(answer(out, "We got your mail.", "[#48213] received", Auto_Submitted="auto-replied"))
    out.receive()
    assert out.kept()[0].kind is MailKind.TICKET
    assert out.facts.ticket == "[#48213]"


def test_who_only_knows_the_reference_replaces_no_ticket(out: Out) -> None:
    reference = out.notice.reference
    by_reference = {"In-Reply-To": ""}
    out.drop(answer(out, "x", f"[#11111] {reference}", **by_reference))
    out.receive()
    assert out.facts.ticket == "[#11111]"
    out.drop(answer(out, "y", f"[#22222] {reference}", **by_reference))
    out.receive()
    assert out.facts.ticket == "[#11111]"
    out.drop(answer(out, "z", "[#33333]"))
    out.receive()
    assert out.facts.ticket == "[#33333]"


def test_the_case_says_that_a_mail_came_without_its_words(out: Out) -> None:
    out.drop(answer(out, "Odd-words-of-a-desk"))
    out.receive()
    (mail,) = open_case(out.kit, ADA, out.filed.request_id).mails
    assert (mail.reference, mail.kind, mail.is_settled) == (out.notice.reference, MailKind.ANSWER, False)
    assert "Odd" not in repr(mail)
