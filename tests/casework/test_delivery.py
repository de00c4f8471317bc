"""One whole delivery over real SMTP, by the courier's own loop, on both databases."""

import json
import threading
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.unlock_courier import unlock_courier
from app.domain.words import Asker, LetterState, LocationState
from app.jobs import run_courier
from app.outbound.mailbox import NullMailbox
from app.outbound.smtp import SmtpMailer, SmtpSettings
from app.reads.follow import read_follow
from tests.casework.steps import PATIENCE_S, all_letters, approve_all, assess_all, trail_of
from tests.conftest import MailServer
from tests.make import ADA, URL, file_one


def arrived(maildir: Path) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=default) for path in (maildir / "new").iterdir()]


def test_a_notice_leaves_by_smtp_with_its_report_and_says_nothing_of_who_asked(
    kit: Kit, maildir_server: MailServer
) -> None:
    filed = file_one(kit, f"{URL}\nhttps://talkyard.example/t/9", Asker.PARENT, words="Odd-word-42")
    assess_all(kit, filed.request_id)
    references = approve_all(kit, filed.request_id)
    mailer = SmtpMailer(SmtpSettings("127.0.0.1", maildir_server.port, "none", timeout_s=60))
    stop = threading.Event()
    courier = threading.Thread(target=run_courier, args=(kit, mailer, NullMailbox(), stop), daemon=True)
    courier.start()
    try:
        give_up_at = time.monotonic() + PATIENCE_S
        while {letter.state for letter in all_letters(kit)} != {LetterState.SENT}:
            assert time.monotonic() < give_up_at
            unlock_courier(kit, ADA)
            time.sleep(0.05)
    finally:
        stop.set()
        courier.join(PATIENCE_S)

    letters = sorted(arrived(maildir_server.maildir), key=lambda letter: str(letter["To"]))
    assert [str(letter["Delivered-To"]) for letter in letters] == [
        "abuse@northlight.example",
        "abuse@talkyard.example",
    ]
    assert {letter["Message-ID"] for letter in letters} == {letter.message_id for letter in all_letters(kit)}
    for letter in letters:
        assert any(reference in letter["Subject"] for reference in references)
        assert letter["Return-Path"] == "<notices@hotline.example>"
        for secret in ("Odd-word", filed.code, filed.request_id, ADA.name):
            assert secret not in letter.as_string()
    northlight, talkyard = letters
    (attached,) = northlight.iter_attachments()
    assert attached.get_filename() == "xarf.json"
    assert json.loads(attached.get_content())["source_identifier"]
    assert list(talkyard.iter_attachments()) == []
    body = northlight.get_body()
    assert body is not None
    assert URL in body.get_content()

    page = read_follow(kit, follow_with_code(kit, filed.code))
    assert page.places == () or {p.state for p in page.places} == {LocationState.NOTICE_SENT}
    assert trail_of(kit, filed.request_id).count("notice_sent") == 2


def test_letters_wait_while_no_mail_server_answers(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    stop, mailer = threading.Event(), SmtpMailer(SmtpSettings("127.0.0.1", 9, "none", timeout_s=2))
    courier = threading.Thread(target=run_courier, args=(kit, mailer, NullMailbox(), stop), daemon=True)
    courier.start()
    try:
        give_up_at = time.monotonic() + PATIENCE_S
        while all_letters(kit)[0].attempts == 0:
            assert time.monotonic() < give_up_at
            unlock_courier(kit, ADA)
            time.sleep(0.05)
    finally:
        stop.set()
        courier.join(PATIENCE_S)
    (letter,) = all_letters(kit)
    assert (letter.state, letter.lease) == (LetterState.WAITING, None)
    assert letter.due_at > kit.clock()
