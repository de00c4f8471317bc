"""The session to the relay stays open from one letter to the next, and is never trusted to be still there."""

import asyncio
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.outbound import smtp
from app.outbound.ports import Doubtful, KeepsOpen, NotAccepted, Unreachable
from tests.unit.test_smtp import Desk, letter, mailer, outcome, running


class Counting(Desk):
    """Counts its sessions, and leaves at the step it is told, so often."""

    def __init__(self, leaves_at: str = "", times: int = 0) -> None:
        super().__init__()
        self.sessions, self.greeted_as = 0, list[str]()
        self.leaves_at, self.times = leaves_at, times

    async def _answer(self, server: SMTP, step: str) -> str:
        if step == self.leaves_at and self.taken and self.times > 0:
            self.times -= 1
            transport = server.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        return "250 OK"

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        self.greeted_as.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_NOOP(self, server: SMTP, session: Session, envelope: Envelope, arg: str) -> str:
        if self.leaves_at == "noop" and self.times > 0:
            self.times -= 1
            return "421 closing"
        return "250 OK"


def from_another_house() -> EmailMessage:
    message = letter()
    message.replace_header("From", "news@post.example")
    return message


def test_many_letters_leave_by_one_session_until_it_had_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Counting()
    monkeypatch.setattr(smtp, "_MOST_LETTERS", 4)
    with running(desk) as port:
        sender = mailer(port)
        assert isinstance(sender, KeepsOpen)
        for _ in range(6):
            sender.send(letter(), lambda: None)
        sender.close()
    assert (len(desk.taken), desk.sessions) == (6, 2)


def test_each_letter_is_marked_once_and_after_the_relay_was_found_there() -> None:
    desk, marks = Counting(), list[int]()
    with running(desk) as port:
        sender = mailer(port)
        for _ in range(3):
            sender.send(letter(), lambda: marks.append(len(desk.taken)))
    assert marks == [0, 1, 2]


@pytest.mark.parametrize("step", ["noop", "mail"])
def test_a_session_that_went_away_before_the_letter_is_replaced_and_the_letter_marked_once(step: str) -> None:
    desk, marks = Counting(leaves_at=step, times=1), list[int]()
    with running(desk) as port:
        sender = mailer(port)
        for _ in range(2):
            sender.send(letter(), lambda: marks.append(1))
        sender.close()
    assert (len(desk.taken), desk.sessions, len(marks)) == (2, 2, 2)


def test_where_the_new_session_ends_as_well_the_letter_waits() -> None:
    desk, marks = Counting(leaves_at="mail", times=2), list[int]()
    with running(desk) as port:
        sender = mailer(port)
        sender.send(letter(), lambda: None)
        assert isinstance(outcome(lambda: sender.send(letter(), lambda: marks.append(1))), Unreachable)
    assert (len(desk.taken), len(marks)) == (1, 1)


def test_a_relay_that_is_gone_by_the_next_letter_costs_nothing_but_time() -> None:
    marks: list[int] = []
    with running(Counting()) as port:
        sender = mailer(port)
        sender.send(letter(), lambda: None)
    assert isinstance(outcome(lambda: sender.send(letter(), lambda: marks.append(1))), Unreachable)
    assert marks == []


@pytest.mark.parametrize("said", ["550 no", "451 later", "421 closing"])
def test_after_a_refusal_the_next_letter_gets_a_session_of_its_own(said: str) -> None:
    desk = Desk(data=said)
    with running(desk) as port:
        sender = mailer(port)
        assert isinstance(outcome(lambda: sender.send(letter(), lambda: None)), NotAccepted)
        desk.at = {}
        sender.send(letter(), lambda: None)
    assert len(desk.taken) == 2


def test_a_doubt_in_a_session_that_was_used_before_stays_a_doubt_and_is_never_said_again() -> None:
    desk, marks = Desk(), list[int]()
    with running(desk) as port:
        sender = mailer(port)
        sender.send(letter(), lambda: marks.append(1))
        desk.at = {"data": "hang up"}
        assert isinstance(outcome(lambda: sender.send(letter(), lambda: marks.append(1))), Doubtful)
    assert (len(desk.taken), len(marks)) == (2, 2)


def test_mail_from_another_house_goes_by_a_session_of_its_own() -> None:
    desk = Counting()
    with running(desk) as port:
        sender = mailer(port)
        for message in (letter(), from_another_house(), letter()):
            sender.send(message, lambda: None)
        sender.close()
    assert desk.greeted_as == ["hotline.example", "post.example", "hotline.example"]


def test_a_session_is_ended_after_a_while_of_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Counting()
    with running(desk) as port:
        sender = mailer(port)
        sender.send(letter(), lambda: None)
        sender.rest()
        sender.send(letter(), lambda: None)
        assert desk.sessions == 1
        monkeypatch.setattr(smtp, "_IDLE_S", 0.0)
        sender.rest()
        sender.send(letter(), lambda: None)
        sender.close()
    assert desk.sessions == 2
