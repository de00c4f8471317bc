"""A rotation that is killed goes on where it was; what people do meanwhile is not lost."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from app.casework import file_request as filing_verb
from app.casework import reseal_to_team as resealing
from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.case_keys import wrap_for_team
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.rotate_team_key import left_to_rotate, rotate_team_key
from app.casework.switch_team_key import switch_team_key
from app.domain.words import Reply
from app.persistence.requests import requests
from app.persistence.sessions import Sessions
from app.persistence.wraps import Wraps
from app.reads.follow import read_follow
from app.vault.pairs import fingerprint_of
from app.vault.seal import new_key
from tests.casework.key_steps import again, answered, hotline_lines, opened_by, pinning, prepared
from tests.casework.steps import PATIENCE_S, all_at_once
from tests.make import ADA, BEN, TEAM, Filed, file_one

ROOT = Path(__file__).parents[2]
# Runs the rotation and kills itself after so many batches, or within a transaction after so many rows.
KILLED = """
import os, signal, sys
from pathlib import Path
from app.casework import reseal_to_team
from app.casework.kit import Kit
from app.casework.rotate_team_key import left_to_rotate, rotate_team_key
from app.persistence.wraps import Wraps
from tests.casework.key_steps import again, answered, pinning
from tests.make import ADA, make_settings, open_database

address, where, count, *fingerprints = sys.argv[1:]
left = int(count)

def one_more(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

def reseal(self, *values, before=Wraps.reseal):
    one_more()
    return before(self, *values)

reseal_to_team.BATCH = 2
kit = pinning(Kit(open_database(address), make_settings(Path("."))), *fingerprints)
if where == "within":
    Wraps.reseal = reseal
rotate_team_key(kit, again(kit, ADA), on_batch=one_more if where == "between" else lambda _: None)
"""


def address_of(kit: Kit) -> str:
    if kit.database.is_embedded:
        return f"sqlite:///{kit.settings.database_path}"
    return kit.database.engine.url.render_as_string(hide_password=False)


def run_killed(kit: Kit, where: str, count: int) -> None:
    argv = [sys.executable, "-c", KILLED, address_of(kit), where, str(count), *kit.settings.team_fingerprints]
    ended = subprocess.run(argv, cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False)
    assert ended.returncode == -9, ended.stderr.decode()


def all_open(kit: Kit, filed: list[Filed]) -> None:
    """With the new key alone, and with every code."""
    kit = pinning(kit, kit.settings.team_fingerprints[-1])
    ada = again(kit, ADA)
    assert len(ada.team.pairs) == 1
    for one in filed:
        assert open_case(kit, ada, one.request_id).places
        assert read_follow(kit, follow_with_code(kit, one.code)).places
    assert opened_by(kit, TEAM) == set()


@pytest.mark.parametrize("where", ["between", "within"])
def test_killed_again_and_again_it_goes_on_where_it_was(kit: Kit, where: str) -> None:
    filed = [answered(kit), *(file_one(kit) for _ in range(3))]
    kit = prepared(kit)
    run_killed(kit, where, 0)
    first = left_to_rotate(kit)
    assert first is not None, "the switch was made"
    assert first.wraps >= 11
    filed.append(file_one(kit))
    run_killed(kit, where, 3)
    second = left_to_rotate(kit)
    assert second is not None
    assert 0 < second.wraps < first.wraps
    filed.append(file_one(kit))
    rotate_team_key(kit, again(kit, BEN))
    all_open(kit, filed)
    assert hotline_lines(kit).count("rotation_switched") == 1


def test_two_who_run_it_at_once_do_no_harm(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    filed = [file_one(kit) for _ in range(4)]
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    ada, ben = again(kit, ADA), again(kit, BEN)
    came_of = all_at_once(lambda: rotate_team_key(kit, ada), lambda: rotate_team_key(kit, ben))
    assert None in came_of
    all_open(kit, filed)
    assert hotline_lines(kit).count("rotation_finished") == 1


def test_what_is_filed_from_threads_during_a_rotation_opens_with_the_new_key_alone(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    filed = [file_one(kit) for _ in range(4)]
    kit, stop = prepared(kit), threading.Event()

    def person() -> list[Filed]:
        mine: list[Filed] = []
        while not stop.is_set() or not mine:
            mine.append(file_one(kit))
        return mine

    def turn() -> None:
        try:
            rotate_team_key(kit, ADA)
        finally:
            stop.set()

    turned, *people = all_at_once(turn, *[person] * 3)
    assert turned is None
    for mine in people:
        assert isinstance(mine, list)
        filed += mine
    all_open(kit, filed)


def test_a_request_that_was_sealed_just_before_the_switch_is_sealed_anew(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = prepared(kit)
    turned: list[bool] = []

    def rotate_first(*values: object) -> object:
        if not turned:
            turned.append(True)
            rotate_team_key(kit, ADA)
        return wrap_for_team(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(filing_verb, "wrap_for_team", rotate_first)
    all_open(kit, [file_one(kit)])


def test_the_switch_waits_for_who_is_writing_under_the_key_before(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = prepared(kit)
    add, writing, may_end = Wraps.add, threading.Event(), threading.Event()

    def slowly(self: Wraps, *made: object) -> None:
        add(self, *made)  # type: ignore[arg-type]
        writing.set()
        may_end.wait(PATIENCE_S)

    monkeypatch.setattr(Wraps, "add", slowly)

    def turn() -> None:
        assert writing.wait(PATIENCE_S)
        threading.Timer(0.5, may_end.set).start()
        rotate_team_key(kit, ADA)
        assert may_end.is_set()

    filed, turned = all_at_once(lambda: file_one(kit), turn)
    assert turned is None
    assert isinstance(filed, Filed)
    all_open(kit, [filed])


def test_who_files_while_the_switch_is_being_written_gets_the_new_key(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = prepared(kit)
    end, writing = Sessions.end_of_staff, threading.Event()

    def slowly(self: Sessions, staff_id: str | None = None) -> int:
        writing.set()
        threading.Event().wait(0.4)  # long enough for the filing to wait for this
        return end(self, staff_id)

    monkeypatch.setattr(Sessions, "end_of_staff", slowly)

    def person() -> Filed:
        assert writing.wait(PATIENCE_S)
        return file_one(kit)

    turned, filed = all_at_once(lambda: rotate_team_key(kit, ADA), person)
    assert turned is None
    assert isinstance(filed, Filed)
    all_open(kit, [filed])


def test_an_answer_that_comes_in_during_a_rotation_is_kept(kit: Kit) -> None:
    filed = answered(kit)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    with kit.database.reading() as work:
        request_id = work.connection.execute(select(requests.c.id)).scalar_one()
        notice = work.notices.of_request(request_id)[0]
    answer_notice(kit, Provider(notice.id, new_key()), AnswerInput(((1, Reply.REMOVED, "gone"),)))
    rotate_team_key(kit, again(kit, ADA))
    said = [answer.words for answer in open_case(kit, again(kit, BEN), filed.request_id).answers]
    assert sorted(said) == ["Which one?", "gone"]
    assert fingerprint_of(again(kit, ADA).team.current.public) == kit.settings.team_fingerprints[1]
