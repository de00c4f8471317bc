"""kill -9 for minutes: couriers and mail server at random, while letters keep coming, on both databases."""

import os
from pathlib import Path
from random import Random

import pytest

from app.casework.kit import Kit
from tests.casework.killing import settle_and_check
from tests.casework.steady_killing import kill_while_sending
from tests.conftest import MailServer


@pytest.mark.soak
def test_couriers_and_mail_server_killed_for_minutes_lose_no_letter_and_send_none_twice(
    kit: Kit, maildir_server: MailServer
) -> None:
    """What is in doubt is settled at the end: a second copy only where somebody chose it."""
    seed, minutes = Random().randrange(2**32), float(os.environ.get("HEARD_SOAK_MINUTES", "10"))
    kept: Path = maildir_server.maildir
    tally = kill_while_sending(kit, kept, 60 * minutes, Random(seed))
    kind = "embedded" if kit.database.is_embedded else "PostgreSQL"
    print(f"{kind}, seed {seed}, {minutes:g} minutes: {tally}")
    settle_and_check(kit, maildir_server)
