"""The Maildir mailbox: files, and what else may lie there."""

import mailbox
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.outbound.mailbox import MOST_BYTES, MailboxUnreachable, NullMailbox, is_reached
from app.outbound.maildir import MaildirMailbox
from app.setting_values import Mailbox
from app.wiring import make_mailbox
from tests.make import make_settings


@pytest.fixture
def box(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "odd-answers", create=True)


def test_mails_stay_until_they_are_deleted(box: mailbox.Maildir, tmp_path: Path) -> None:
    for text in (b"one", b"two"):
        box.add(text)
    with MaildirMailbox(tmp_path / "odd-answers").look() as opened:
        found = list(opened.mails(10))
        assert sorted(mail.content for mail in found) == [b"one", b"two"]
        assert len(box) == 2
        opened.delete(found[0].key)
        opened.delete(found[0].key)  # another courier did
    assert len(box) == 1


def test_of_a_huge_mail_only_the_first_part_is_read(box: mailbox.Maildir, tmp_path: Path) -> None:
    box.add(b"a" * (MOST_BYTES + 5))
    with MaildirMailbox(tmp_path / "odd-answers").look() as opened:
        [mail] = opened.mails(10)
    assert (len(mail.content), mail.size, mail.is_cut) == (MOST_BYTES, MOST_BYTES + 5, True)
    assert "a" * 10 not in repr(mail)


def test_what_is_no_file_is_passed_over(box: mailbox.Maildir, tmp_path: Path) -> None:
    new = tmp_path / "odd-answers" / "new"
    os.mkfifo(new / "1.pipe")
    (new / "2.link").symlink_to("/etc/hostname")
    box.add(b"one")
    with MaildirMailbox(tmp_path / "odd-answers").look() as opened:
        assert [mail.content for mail in opened.mails(10)] == [b"one"]


def test_what_is_left_lying_is_not_handed_out_again(box: mailbox.Maildir, tmp_path: Path) -> None:
    box.add(b"one")
    answers = MaildirMailbox(tmp_path / "odd-answers")
    with answers.look() as opened:
        opened.leave(next(iter(opened.mails(1))).key)
    box.add(b"two")
    with answers.look() as opened:
        assert [mail.content for mail in opened.mails(10)] == [b"two"]


def test_a_missing_folder_is_said_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(MailboxUnreachable) as told, MaildirMailbox(tmp_path / "odd-answers").look() as opened:
        list(opened.mails(1))
    assert "odd" not in str(told.value)
    assert told.value.__context__ is None


def test_the_settings_choose_the_mailbox(box: mailbox.Maildir, tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    none = make_mailbox(settings)
    assert isinstance(none, NullMailbox)
    assert is_reached(none)
    answers = make_mailbox(replace(settings, mailbox=Mailbox(tmp_path / "odd-answers")))
    assert isinstance(answers, MaildirMailbox)
    assert is_reached(answers)
    assert not is_reached(make_mailbox(replace(settings, mailbox=Mailbox(None, "127.0.0.1", 9, "u", "p"))))
