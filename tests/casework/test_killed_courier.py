"""kill -9, in short: couriers and filers killed at work lose and double nothing (long: tests/soak)."""

from pathlib import Path
from random import Random
from time import sleep

from sqlalchemy import func, select

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.domain.words import LocationState
from app.persistence.requests import requests
from app.reads.follow import read_follow
from tests.casework.killable import killable
from tests.casework.killing import (
    check_that_none_is_lost_or_doubled,
    kill_couriers,
    letters_due,
    past_all_rounds,
    settle_and_check,
)
from tests.casework.steady_killing import kill_while_sending
from tests.conftest import MailServer

LETTERS, KILLS = 20, 3
SECONDS = 8.0


def test_couriers_killed_at_work_lose_no_letter_and_send_none_twice(
    kit: Kit, maildir_server: MailServer
) -> None:
    letters_due(kit, LETTERS)
    kill_couriers(kit, maildir_server, KILLS, together=1, random=Random())
    check_that_none_is_lost_or_doubled(kit, maildir_server, LETTERS)
    past_all_rounds(kit, KILLS)
    settle_and_check(kit, maildir_server)


def test_couriers_and_mail_server_killed_while_letters_keep_coming_lose_none_and_send_none_twice(
    kit: Kit, tmp_path: Path
) -> None:
    tally = kill_while_sending(kit, tmp_path / "steady", SECONDS, Random())
    assert tally.couriers_killed > 0


def test_what_was_acknowledged_before_a_kill_is_there_whole(kit: Kit) -> None:
    with killable(kit, "filer") as filer:
        assert filer.stdout is not None
        codes = [filer.stdout.readline().strip()]
        sleep(Random().uniform(0.2, 0.6))
        filer.kill()
        codes += [line.strip() for line in filer.stdout if line.endswith("\n")]
    with kit.database.reading() as work:
        kept = work.connection.execute(select(func.count()).select_from(requests)).scalar_one()
    assert len(codes) <= kept <= len(codes) + 1
    for code in codes:
        states = [place.state for place in read_follow(kit, follow_with_code(kit, code)).places]
        assert states == [LocationState.RECEIVED] * 2
