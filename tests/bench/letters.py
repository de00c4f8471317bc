"""What delivering grouped notices costs beside handing the very same messages over with bare smtplib.

Opening, sending and recording are the courier's own part and have a bar. Composing the letter and validating
its reports (XARF) are counted apart: they grow with the places in it.
"""

import smtplib
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Any

from app.casework import write_letter
from app.casework.actors import Courier
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letters
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.policy import Policy
from app.outbound.smtp import SmtpMailer, SmtpSettings
from tests.bench.figures import BenchBroken, Figure
from tests.bench.stopwatch import cpu_ms
from tests.conftest import free_port, wait_for_port
from tests.make import ADA, CSAM, file_one

DELIVERY_BAR = 6.0
"""Times bare smtplib, in the same run: 3 ms beside the 0.5 ms of one small message on a quiet machine.
A ratio says the same on a slow machine, and on a busy one."""
GROUPED = 10
"""Places in one notice."""
WARM_UP = 20
# Each request makes two letters: one with machine-readable reports, one without.
_HOSTS = ("https://img.northlight.example/a", "https://talkyard.example/t")
PLACES = "\n".join(f"{host}/{number}" for host in _HOSTS for number in range(GROUPED))
_PARTS = {"open_pack": "open", "reports_for": "xarf", "compose_notice": "compose", "build_message": "compose"}


class Watching:
    """A mailer that keeps the messages it handed on, and counts what that took."""

    def __init__(self, port: int, spent: Counter[str]) -> None:
        self._mailer, self._spent = SmtpMailer(SmtpSettings("127.0.0.1", port, "none")), spent
        self.messages: list[EmailMessage] = []

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        marked = 0

        def mark() -> None:
            nonlocal marked
            began = time.process_time_ns()
            before_handing_over()
            marked = time.process_time_ns() - began

        began = time.process_time_ns()
        self._mailer.send(message, mark)
        self._spent["send"] += time.process_time_ns() - began - marked
        self.messages.append(message)


@dataclass(frozen=True)
class Batch:
    """Milliseconds of one round of the courier, for each letter of it; `bare`: the same by bare smtplib."""

    whole: float
    bare: float
    parts: dict[str, float]

    @property
    def delivery(self) -> float:
        """All but composing: claimed, opened, marked, sent, recorded."""
        return self.whole - self.parts["compose"] - self.parts["xarf"]

    @property
    def record(self) -> float:
        return self.delivery - self.parts["open"] - self.parts["send"]


@contextmanager
def running_mail_server(maildir: Path) -> Iterator[int]:
    """The demo's mail server; its port."""
    port = free_port()
    argv = [sys.executable, "-m", "app.demo.mail_sink", f"--port={port}", f"--maildir={maildir}"]
    with subprocess.Popen(argv) as server:
        try:
            wait_for_port(port, server)
            yield port
        finally:
            server.terminate()


def measure_letters(kit: Kit, database: str, folder: Path, places: int) -> Iterator[Figure]:
    """Approve grouped notices about so many places, then deliver them, and each message once more bare."""
    courier = _approve(kit, places // len(PLACES.split()) + WARM_UP // 2)
    with running_mail_server(folder / "mail") as port, _timed_parts() as spent:
        first = Watching(port, spent)
        while len(first.messages) < WARM_UP:
            deliver_letters(kit, courier, first, most=WARM_UP - len(first.messages))
        mailer, batches, began = Watching(port, spent), list[Batch](), time.monotonic()
        while batch := _deliver(kit, courier, mailer, port, spent):
            batches.append(batch)
        seconds = time.monotonic() - began
    count = len(mailer.messages)
    kept = sum(1 for _ in (folder / "mail" / "new").iterdir())
    if kept != 2 * count + WARM_UP or count < places // GROUPED:
        raise BenchBroken(f"the mail server kept {kept} messages of {2 * count + WARM_UP}")
    yield from _figures(database, batches)
    yield Figure(f"letters_{database}_delivered", count, "")
    yield Figure(f"letters_{database}_with_bare_ones_a_second", round(2 * count / seconds, 1), "")


def _figures(database: str, batches: list[Batch]) -> Iterator[Figure]:
    def median(of: Callable[[Batch], float]) -> float:
        return round(statistics.median(of(batch) for batch in batches), 3)

    beside = median(lambda batch: batch.delivery - batch.bare)
    times = median(lambda batch: batch.delivery / batch.bare)
    yield Figure(f"letter_{database}_delivery_times_bare_smtplib", times, "", DELIVERY_BAR)
    yield Figure(f"letter_{database}_delivery_beside_smtplib_cpu_ms", beside, "ms")
    for part in ("open", "send"):
        yield Figure(f"letter_{database}_{part}_cpu_ms", median(lambda one, p=part: one.parts[p]), "ms")  # type: ignore[misc]
    yield Figure(f"letter_{database}_record_cpu_ms", median(lambda batch: batch.record), "ms")
    yield Figure(f"letter_{database}_bare_smtplib_cpu_ms", median(lambda batch: batch.bare), "ms")
    yield Figure(f"letter_{database}_compose_cpu_ms", median(lambda one: one.parts["compose"]), "ms")
    xarf = median(lambda one: one.parts["xarf"] * 2 / GROUPED)  # every other letter has reports
    yield Figure(f"letter_{database}_xarf_a_place_cpu_ms", xarf, "ms")


def _deliver(kit: Kit, courier: Courier, mailer: Watching, port: int, spent: Counter[str]) -> Batch | None:
    """One round; None when nothing was due."""
    spent.clear()
    before = len(mailer.messages)
    whole = cpu_ms(lambda: deliver_letters(kit, courier, mailer))
    messages = mailer.messages[before:]
    if not messages:
        return None
    parts = {part: spent[part] / 1e6 / len(messages) for part in ("open", "xarf", "compose", "send")}

    def bare() -> None:
        for message in messages:
            with smtplib.SMTP("127.0.0.1", port, local_hostname="hotline.example") as session:
                session.send_message(message)

    return Batch(whole / len(messages), cpu_ms(bare) / len(messages), parts)


@contextmanager
def _timed_parts() -> Iterator[Counter[str]]:
    """Count the time of what a letter is made by, where the courier calls it."""
    spent, before = Counter[str](), {name: getattr(write_letter, name) for name in _PARTS}
    for name, work in before.items():
        setattr(write_letter, name, _timed(work, _PARTS[name], spent))
    try:
        yield spent
    finally:
        for name, work in before.items():
            setattr(write_letter, name, work)


def _timed(work: Callable[..., Any], part: str, spent: Counter[str]) -> Callable[..., Any]:
    @wraps(work)
    def timed(*given: Any, **named: Any) -> Any:
        began = time.process_time_ns()
        try:
            return work(*given, **named)
        finally:
            spent[part] += time.process_time_ns() - began

    return timed


def _approve(kit: Kit, requests: int) -> Courier:
    """Two notices of each of so many requests wait for the courier, which is open."""
    door = CourierDoor(kit)
    with kit.database.writing() as work:  # more than one caseworker's working day
        keep_policy(work, Policy(soft_limit=10**6, hard_limit=10**6))
        work.commit()
    for _ in range(requests):
        request_id = file_one(kit, PLACES).request_id
        take_case(kit, ADA, request_id)
        seen = open_case(kit, ADA, request_id).places
        ids, versions = tuple(place.id for place in seen), tuple(place.version for place in seen)
        assess(kit, ADA, AssessInput(request_id, ids, versions, CSAM))
        for letter in preview_notices(kit, ADA, request_id):
            if letter.provider_id is None:
                raise BenchBroken("a place of the bench has no provider")
            given = ApproveInput(request_id, letter.provider_id, letter.location_ids, letter.seen)
            approve_notice(kit, ADA, given)
    courier = door.knock()
    if courier is None:
        raise BenchBroken("approving did not open the courier")
    return courier
