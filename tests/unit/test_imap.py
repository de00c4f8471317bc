"""The IMAP mailbox against a small server on this machine: over TLS, with what goes wrong there."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.outbound.imap import ImapMailbox, ImapSettings
from app.outbound.mailbox import MOST_BYTES, MailboxUnreachable, is_reached
from tests.imap_server import FakeImap, certificate

A, B, C = (f"Subject: {name}\r\n\r\n{name}\r\n".encode() for name in ("one", "two", "three"))


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of 127.0.0.1."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(trusted: Path) -> Iterator[FakeImap]:
    with FakeImap(trusted, [A, B, C]) as running:
        yield running


def box_of(
    server: FakeImap, trusted: Path, password: str = "odd-password", seconds: float = 20
) -> ImapMailbox:
    settings = ImapSettings("127.0.0.1", server.port, "odd-user", password, "INBOX", seconds)
    return ImapMailbox(settings, ssl.create_default_context(cafile=str(trusted)))


def test_mails_are_read_oldest_first_and_stay_until_they_are_deleted(server: FakeImap, trusted: Path) -> None:
    with box_of(server, trusted).look() as box:
        found = list(box.mails(10))
        assert [mail.content for mail in found] == [A, B, C]
        assert not any(mail.is_cut for mail in found)
        assert len(server.mails) == 3
        box.delete(found[1].key)
    assert list(server.mails.values()) == [A, C]
    assert "PEEK" in " ".join(server.said)


def test_deleting_names_the_mail_where_the_server_can(server: FakeImap, trusted: Path) -> None:
    """Or what a person marked in the same folder would go, too."""
    server.marked.add(1)
    with box_of(server, trusted).look() as box:
        [mail, *_] = list(box.mails(1))
        assert mail.content == B
        box.delete(mail.key)
    assert list(server.mails.values()) == [A, C]


def test_a_server_without_that_deletes_all_the_same(trusted: Path) -> None:
    with FakeImap(trusted, [A, B], names_deleted=False) as server:
        with box_of(server, trusted).look() as box:
            box.delete(next(iter(box.mails(1))).key)
        assert list(server.mails.values()) == [B]


def test_of_a_huge_mail_only_the_first_part_is_asked_for(trusted: Path) -> None:
    huge = b"Subject: x\r\n\r\n" + b"a" * MOST_BYTES
    with FakeImap(trusted, [huge]) as server, box_of(server, trusted).look() as box:
        [mail] = list(box.mails(5))
    assert (len(mail.content), mail.size, mail.is_cut) == (MOST_BYTES, len(huge), True)


def test_what_is_left_lying_is_not_handed_out_again(server: FakeImap, trusted: Path) -> None:
    mailbox = box_of(server, trusted)
    with mailbox.look() as box:
        box.leave(next(iter(box.mails(1))).key)
    with mailbox.look() as box:
        assert [mail.content for mail in box.mails(10)] == [B, C]


def test_more_mails_than_are_asked_for_at_once(trusted: Path) -> None:
    many = [f"Subject: {number}\r\n\r\n".encode() for number in range(450)]
    with FakeImap(trusted, many) as server, box_of(server, trusted).look() as box:
        assert [mail.content for mail in box.mails(3)] == many[:3]
    assert [line for line in server.said if "SEARCH" in line][-1].split("SEARCH")[1].split()[0] == "401:450"


def test_an_empty_folder_is_no_fault(trusted: Path) -> None:
    with FakeImap(trusted, []) as server, box_of(server, trusted).look() as box:
        assert list(box.mails(10)) == []


def test_a_wrong_password_is_said_without_it(server: FakeImap, trusted: Path) -> None:
    with pytest.raises(MailboxUnreachable) as told, box_of(server, trusted, "other-password").look():
        pass
    chained = (told.value.__cause__, told.value.__context__)
    assert chained == (None, None)
    assert "password" not in str(told.value)


def test_a_password_that_is_not_ascii_is_no_crash(server: FakeImap, trusted: Path) -> None:
    assert not is_reached(box_of(server, trusted, "pässword"))


def test_a_stranger_with_another_certificate_is_told_nothing(server: FakeImap, trusted: Path) -> None:
    settings = ImapSettings("127.0.0.1", server.port, "odd-user", "odd-password")
    assert not is_reached(ImapMailbox(settings))
    assert server.said == []


def test_a_server_that_falls_silent_is_given_up(trusted: Path) -> None:
    with FakeImap(trusted, [A], silent_at="SELECT") as server:
        assert not is_reached(box_of(server, trusted, seconds=0.5))


def test_nobody_there(server: FakeImap, trusted: Path) -> None:
    box = box_of(server, trusted)
    server.close()
    assert not is_reached(box)


def test_settings_show_nothing() -> None:
    assert "odd" not in repr(ImapSettings("odd-host", 993, "odd-user", "odd-password"))
