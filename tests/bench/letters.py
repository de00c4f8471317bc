"""What delivering one notice costs beside handing the very same message over with bare smtplib."""

import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from app.casework.actors import Courier
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.policy import Policy
from app.outbound.ports import Mailer
from app.outbound.smtp import SmtpMailer, SmtpSettings
from tests.bench.figures import BenchBroken, Figure
from tests.bench.stopwatch import Pair, cpu_ms, median_beside
from tests.conftest import free_port, wait_for_port
from tests.make import ADA, CSAM, file_one

LETTER_BAR = None  # informs only: composing, XARF and settling are in it
WARM_UP = 4
# One letter with a machine-readable part, one without: each request makes two letters.
PLACES = "https://img.northlight.example/a/1\nhttps://talkyard.example/t/2"


class Watching:
    """A mailer that also keeps the last message it handed on."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self._last: EmailMessage | None = None

    def take_last(self) -> EmailMessage:
        """The last message, once. Raises BenchBroken when nothing was sent since."""
        message, self._last = self._last, None
        if message is None:
            raise BenchBroken("a letter that was approved is not due")
        return message

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        self._last = message
        self._mailer.send(message, before_handing_over)


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


def measure_letters(kit: Kit, folder: Path, count: int) -> Iterator[Figure]:
    """Approve `count` notices, then deliver each, and its message once more without Heard."""
    courier = _approve(kit, count + WARM_UP)
    with running_mail_server(folder / "mail") as port:
        mailer = Watching(SmtpMailer(SmtpSettings("127.0.0.1", port, "none")))
        pairs = [_deliver(kit, courier, mailer, port) for _ in range(count + WARM_UP)]
    kept = sum(1 for _ in (folder / "mail" / "new").iterdir())
    if kept != 2 * len(pairs) or deliver_letter(kit, courier, mailer):
        raise BenchBroken(f"the mail server kept {kept} messages of {2 * len(pairs)}")
    yield Figure("deliver_letter_cpu_ms", median_beside(pairs[WARM_UP:]), "ms", LETTER_BAR)


def _deliver(kit: Kit, courier: Courier, mailer: Watching, port: int) -> Pair:
    whole = cpu_ms(lambda: deliver_letter(kit, courier, mailer))
    message = mailer.take_last()

    def bare() -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="hotline.example") as session:
            session.send_message(message)

    return Pair(whole, cpu_ms(bare))


def _approve(kit: Kit, count: int) -> Courier:
    """At least `count` notices wait for the courier, which is open."""
    door = CourierDoor(kit)
    with kit.database.writing() as work:  # more than one caseworker's working day
        keep_policy(work, Policy(soft_limit=10**6, hard_limit=10**6))
        work.commit()
    for _ in range(-(-count // 2)):
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
