"""kill -9 for minutes: several couriers at once, killed at random, on both databases."""

import os
import time
from random import Random

import pytest

from app.casework.kit import Kit
from app.casework.policy import keep_policy
from app.domain.policy import Policy
from app.persistence.letters import letters
from tests.casework.killing import (
    check_that_none_is_lost_or_doubled,
    kill_couriers,
    letters_due,
    past_all_rounds,
    settle_and_check,
)
from tests.conftest import MailServer

LETTERS, KILLS = 60, 6


@pytest.mark.soak
def test_couriers_killed_for_minutes_lose_no_letter_and_send_none_twice(
    kit: Kit, maildir_server: MailServer
) -> None:
    seed = Random().randrange(2**32)
    random, minutes = Random(seed), float(os.environ.get("HEARD_SOAK_MINUTES", "3"))
    _lift_limits(kit)
    end_at = time.monotonic() + 60 * minutes
    sent = doubted = rounds = 0
    while time.monotonic() < end_at:
        letters_due(kit, LETTERS)
        sent, rounds = sent + LETTERS, rounds + 1
        kill_couriers(kit, maildir_server, KILLS, together=random.choice((1, 2, 3)), random=random)
        doubted += check_that_none_is_lost_or_doubled(kit, maildir_server, LETTERS)
        past_all_rounds(kit, KILLS)
        settle_and_check(kit, maildir_server)
        empty(kit, maildir_server)
    print(f"seed {seed}: {sent} letters, {rounds * KILLS} kills, {doubted} in doubt, none lost, none doubled")


def _lift_limits(kit: Kit) -> None:
    """One caseworker approves more here than in any working day."""
    with kit.database.writing() as work:
        keep_policy(work, Policy(soft_limit=10**6, hard_limit=10**6))
        work.commit()


def empty(kit: Kit, mail: MailServer) -> None:
    """Start the next round with an empty outbox and an empty Maildir."""
    with kit.database.writing() as work:
        work.connection.execute(letters.delete())
        work.commit()
    for letter in (mail.maildir / "new").iterdir():
        letter.unlink()
