"""Under a flood of well-formed guesses from the same lane, the holder of a good code gets in soon."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask

from app import cli
from app.casework.errors import Busy, CodeProblem
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.vault.codes import new_code
from app.vault.queue import FairQueue
from app.web.site import make_site
from app.wiring import make_kit
from tests.make import file_one

FLOOD = 48
MOST_TRIES = 4
WITHIN_S = 20.0  # on a machine with nothing else to do: about two seconds


def as_served(kit: Kit) -> Kit:
    """With the queue a web server's worker has."""
    return replace(kit, codes=FairQueue(per_lane=cli.THREADS // 2, in_all=cli.THREADS - 4))


@contextmanager
def flooded(attempt: Callable[[], bool]) -> Iterator[list[bool]]:
    """Threads that try on and on; what came of each try (True: it had its turn)."""
    over, came_of = threading.Event(), list[bool]()

    def hammer() -> None:
        while not over.is_set():
            came_of.append(attempt())

    threads = [threading.Thread(target=hammer, daemon=True) for _ in range(FLOOD)]
    for thread in threads:
        thread.start()
    try:
        give_up_at = time.monotonic() + WITHIN_S
        while came_of.count(True) < 5:
            assert time.monotonic() < give_up_at
            time.sleep(0.01)
        yield came_of
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


def guess(kit: Kit, code: str | None = None) -> bool:
    try:
        follow_with_code(kit, code or new_code())
    except Busy:
        return False
    except CodeProblem:
        return True
    return True


def tries(attempt: Callable[[], bool]) -> int:
    """How many it takes; somebody who is told to wait waits a moment."""
    for number in range(1, MOST_TRIES + 1):
        if attempt():
            return number
        time.sleep(0.3)
    pytest.fail(f"not in after {MOST_TRIES} tries")


def test_a_good_code_opens_within_seconds_and_few_tries(embedded_kit: Kit) -> None:
    kit = as_served(embedded_kit)
    codes = [file_one(kit).code for _ in range(3)]
    with flooded(lambda: guess(kit)) as came_of:
        for code in codes:
            began = time.monotonic()
            assert tries(lambda code=code: guess(kit, code)) <= MOST_TRIES  # type: ignore[misc]
            assert time.monotonic() - began < WITHIN_S
        so_far = came_of.count(True)
    assert so_far > 5  # the flood was served beside
    assert False in came_of  # and it was one
    assert tries(lambda: guess(kit, codes[0])) == 1  # nobody is locked out when it is over
    assert (kit.codes._running, kit.codes._lanes) == (0, {})


def test_on_the_site_too_and_the_other_pages_go_on(embedded_kit: Kit) -> None:
    kit = as_served(embedded_kit)
    site = make_site(kit, load_site_texts(DEMO_TEXTS))
    code = file_one(kit).code
    with flooded(lambda: enter(site, new_code()) != 503):
        began = time.monotonic()
        assert site.test_client().get("/").status_code == 200
        tries(lambda: enter(site, code) == 303)
        assert time.monotonic() - began < WITHIN_S


def enter(site: Flask, code: str) -> int:
    response = site.test_client().post("/follow", data={"code": code}, headers={"Origin": "http://localhost"})
    assert response.status_code in (303, 422, 503)
    return response.status_code


def test_one_code_sent_by_all_of_them_holds_one_place_at_a_time(embedded_kit: Kit) -> None:
    kit, same = as_served(embedded_kit), new_code()
    code = file_one(kit).code
    with flooded(lambda: guess(kit, same)):
        tries(lambda: guess(kit, code))


def test_a_worker_keeps_threads_for_its_other_pages(embedded_kit: Kit) -> None:
    made = make_kit(embedded_kit.settings)
    made.database.engine.dispose()
    assert made.codes._at_once + made.codes._in_all < cli.THREADS
    # Sixteen people behind one address, all served by one worker, wait for their turn: nobody is refused.
    assert made.codes._at_once + made.codes._per_lane >= 16
    assert made.codes._per_lane < made.codes._in_all
