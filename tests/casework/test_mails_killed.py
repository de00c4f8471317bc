"""kill -9 while mails are taken in: none is lost, and none is kept twice.

python -m tests.casework.test_mails_killed FOLDER DATABASE MOMENT: takes in mails and kills itself then.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.casework.kit import Kit
from app.casework.mail_records import open_mail
from app.casework.receive_mails import receive_mails
from app.outbound import maildir
from app.outbound.maildir import MaildirMailbox
from app.persistence.database import Work
from app.persistence.received_mails import ReceivedMails
from tests.casework.killable import ROOT
from tests.casework.mail_steps import answer, send_out
from tests.casework.steps import open_courier
from tests.make import TEAM, make_settings, open_database

MOMENTS = ("added", "committing", "committed", "deleted")


def killed_when(kit: Kit, folder: Path, moment: str) -> None:
    """Take in mails in a process of its own, which kills itself at the second one."""
    if kit.database.is_embedded:
        database = f"sqlite:///{kit.settings.database_path}"
    else:
        database = kit.database.engine.url.render_as_string(hide_password=False)
    argv = [sys.executable, "-m", "tests.casework.test_mails_killed", str(folder), database, moment]
    done = subprocess.run(argv, cwd=ROOT, check=False, timeout=180)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_courier_killed_while_it_takes_in_mails_loses_and_doubles_none(
    kit: Kit, tmp_path: Path, moment: str
) -> None:
    out = send_out(kit, tmp_path)
    said = {f"Mail number {number}." for number in range(5)}
    out.drop(*(answer(out, text) for text in said))
    killed_when(kit, tmp_path, moment)
    assert len(out.kept()) + len(out.box) >= 5
    while out.receive():
        pass
    kept = [open_mail(TEAM, mail.id, mail.mail_sealed).text for mail in out.kept()]
    assert sorted(kept) == sorted(said)
    assert len(out.box) == 0


def _main(folder: Path, database: str, moment: str) -> None:
    kit = Kit(open_database(database), make_settings(folder))
    courier = open_courier(kit)
    left = [1]

    def die() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    add, commit, delete = ReceivedMails.add, Work.commit, maildir._OpenMaildir.delete

    def added(self: ReceivedMails, *given: object) -> None:
        add(self, *given)  # type: ignore[arg-type]
        if moment == "added":
            die()

    def committed(self: Work) -> None:
        if moment == "committing":
            die()
        commit(self)
        if moment == "committed":
            die()

    def deleted(self: maildir._OpenMaildir, key: str) -> None:
        delete(self, key)
        if moment == "deleted":
            die()

    ReceivedMails.add, Work.commit, maildir._OpenMaildir.delete = added, committed, deleted  # type: ignore[method-assign, assignment]
    receive_mails(kit, courier, MaildirMailbox(folder / "answers"))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:4])
