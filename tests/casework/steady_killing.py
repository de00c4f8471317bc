"""Letters that keep coming, while couriers and the mail server are killed at any moment."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.casework.kit import Kit
from app.casework.policy import keep_policy
from app.domain.letters import BACK_OFF
from app.domain.policy import Policy
from tests.casework.killable import killable
from tests.casework.killing import (
    ROUND_MINUTES,
    arrived_count,
    check_that_none_is_lost_or_doubled,
    is_worked_off,
    letters_due,
    until,
)
from tests.casework.steps import PATIENCE_S
from tests.conftest import MailServer, free_port, wait_for_port

_MOST_ROUNDS = 300
"""Each round's clock is past the leases of the one before. After a day of it reminders would be due."""


@dataclass
class Tally:
    """What was done, and what came of it."""

    letters: int = 0
    couriers_killed: int = 0
    servers_killed: int = 0
    in_doubt: int = 0

    def __str__(self) -> str:
        killed = f"{self.couriers_killed} couriers and {self.servers_killed} mail servers killed"
        return f"{self.letters} letters, {killed}: none lost, none twice, {self.in_doubt} in doubt"


class MortalServer:
    """The demo's mail server on a port of its own, which can be killed and comes up again."""

    def __init__(self, maildir: Path) -> None:
        self.address = MailServer(free_port(), maildir)
        self._start()

    def _start(self) -> None:
        port, maildir = self.address.port, self.address.maildir
        argv = [sys.executable, "-m", "app.demo.mail_sink", f"--port={port}", f"--maildir={maildir}"]
        self._process = subprocess.Popen(argv)
        wait_for_port(port, self._process)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE_S)

    def kill_and_restart(self, pause_s: float) -> None:
        self.kill()
        time.sleep(pause_s)
        self._start()


@contextmanager
def _filer(kit: Kit, tally: Tally) -> Iterator[None]:
    """Somebody who approves one notice after the other until the end. Fails when that failed."""
    stop, faults = threading.Event(), list[BaseException]()

    def file_on() -> None:
        try:
            while not stop.is_set():
                letters_due(kit, 1)
                tally.letters += 1
        except BaseException as fault:  # noqa: BLE001, whatever it is, the test fails by it
            faults.append(fault)

    thread = threading.Thread(target=file_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_S)
    assert faults == []


def kill_while_sending(kit: Kit, maildir: Path, seconds: float, random: Random) -> Tally:
    """For so long; then others finish the work, and every letter is looked up."""
    tally, server = Tally(), MortalServer(maildir)
    _lift_limits(kit)
    try:
        ends_at, number = time.monotonic() + seconds, 0
        with _filer(kit, tally):
            until(lambda: tally.letters > 0)
            while time.monotonic() < ends_at and number < _MOST_ROUNDS:
                _kill_round(kit, server, number * ROUND_MINUTES, random, tally)
                number += 1
        _finish(kit, server, number)
        tally.in_doubt = check_that_none_is_lost_or_doubled(kit, server.address, tally.letters)
    finally:
        server.kill()
    return tally


def _kill_round(kit: Kit, server: MortalServer, minutes: int, random: Random, tally: Tally) -> None:
    """One to three couriers begin to send; at some moment the mail server goes, or one of them, then all."""
    before = arrived_count(server.address.maildir)
    with ExitStack() as stack:
        couriers = [
            stack.enter_context(killable(kit, "courier", server.address.port, minutes))
            for _ in range(random.choice((1, 2, 3)))
        ]
        until(lambda: arrived_count(server.address.maildir) > before or is_worked_off(kit))
        time.sleep(random.uniform(0, 0.6))
        for _ in range(random.choice((0, 0, 1, 2))):
            server.kill_and_restart(random.uniform(0, 0.3))
            tally.servers_killed += 1
            time.sleep(random.uniform(0, 0.4))
        for courier in couriers:
            time.sleep(random.uniform(0, 0.15))
            courier.kill()
            tally.couriers_killed += 1


def _finish(kit: Kit, server: MortalServer, rounds: int) -> None:
    """With a clock that is past every lease and every wait for another try."""
    minutes = rounds * ROUND_MINUTES + 2 * int(max(BACK_OFF).total_seconds()) // 60
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(killable(kit, "courier", server.address.port, minutes))
        until(lambda: is_worked_off(kit))


def _lift_limits(kit: Kit) -> None:
    """One caseworker approves more here than in any working day."""
    with kit.database.writing() as work:
        keep_policy(work, Policy(soft_limit=10**6, hard_limit=10**6))
        work.commit()
