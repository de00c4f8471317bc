"""Processes for tests that kill them: a courier at work, and somebody who files one request after another.

python -m tests.casework.killable courier --folder … --database … --mail-port … --minutes-ahead …
"""

import argparse
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from app import jobs
from app.casework.file_request import Filing, file_request
from app.casework.kit import Kit, now
from app.casework.unlock_courier import unlock_courier
from app.domain.asking import Voice
from app.outbound.mailbox import NullMailbox
from app.outbound.smtp import SmtpMailer, SmtpSettings
from app.places.reading import read_places
from app.vault.codes import new_code
from tests.make import ADA, URL, make_settings, open_database

ROOT = Path(__file__).parents[2]


@contextmanager
def killable(
    kit: Kit, what: str, mail_port: int = 9, minutes_ahead: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """Start one, on the database of `kit`; SIGKILL it at the end, if nobody did before."""
    if kit.database.is_embedded:
        database = f"sqlite:///{kit.settings.database_path}"
    else:
        database = kit.database.engine.url.render_as_string(hide_password=False)
    argv = [sys.executable, "-m", "tests.casework.killable", what, f"--folder={kit.settings.folder}"]
    argv += [f"--database={database}", f"--mail-port={mail_port}", f"--minutes-ahead={minutes_ahead}"]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def deliver(kit: Kit, mail_port: int) -> None:
    """The courier's own loop. Another thread stands for Ada, who signs in."""
    jobs._LOOK_EVERY_S = 0.02  # a test does not sit through the pauses

    def sign_in() -> None:
        while not unlock_courier(kit, ADA):
            threading.Event().wait(0.01)

    threading.Thread(target=sign_in, daemon=True).start()
    mailer = SmtpMailer(SmtpSettings("127.0.0.1", mail_port, "none", timeout_s=60))
    jobs.run_courier(kit, mailer, NullMailbox(), threading.Event())


def file_on_and_on(kit: Kit) -> None:
    """Each code is printed only after its request was acknowledged."""
    while True:
        code, places = new_code(), read_places(f"{URL}\nhttps://talkyard.example/t/9").places
        file_request(kit, Filing(token_hex(16), code, places, (), Voice()))
        print(code, flush=True)


def main() -> None:
    """What the process does until it is killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("courier", "filer"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--mail-port", type=int, default=9)
    parser.add_argument("--minutes-ahead", type=int, default=0)
    given = parser.parse_args()
    ahead = timedelta(minutes=given.minutes_ahead)

    def clock() -> datetime:
        return now() + ahead

    kit = Kit(open_database(given.database), make_settings(given.folder), clock=clock)
    if given.what == "courier":
        deliver(kit, given.mail_port)
    else:
        file_on_and_on(kit)


if __name__ == "__main__":
    main()
