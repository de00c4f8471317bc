"""The queue for slow work: bounded, fair, and never stuck; and waits that lock nobody out."""

import threading
import time

import pytest

from app.vault.queue import FairQueue, QueueFull, Slowdown
from tests.unit.crowd import SOON_S, Crowd, running_in, waiting_in


def test_a_flood_in_one_lane_lets_the_others_have_their_turns() -> None:
    crowd = Crowd(FairQueue(at_once=1))
    crowd.enter("flood", waits=False)
    for _ in range(10):
        crowd.enter("flood")
    for lane in ("ada", "ben"):
        crowd.enter(lane)
    crowd.finish()
    assert crowd.done[:4] == ["flood", "flood", "ada", "ben"]
    assert crowd.done[4:] == ["flood"] * 9


def test_two_floods_take_turns() -> None:
    crowd = Crowd(FairQueue(at_once=1))
    crowd.enter("a", waits=False)
    for lane in ("a", "a", "a", "b", "b", "b"):
        crowd.enter(lane)
    crowd.finish()
    assert crowd.done == ["a", "a", "b", "a", "b", "a", "b"]


def test_a_full_lane_answers_at_once_and_another_lane_still_gets_in() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=2, in_all=10))
    crowd.enter("full", waits=False)
    crowd.enter("full")
    crowd.enter("full")
    with pytest.raises(QueueFull):
        crowd.queue.run("full", lambda: None)
    crowd.enter("other")
    crowd.finish()
    assert sorted(crowd.done) == ["full", "full", "full", "other"]


def test_a_full_queue_answers_at_once_whatever_the_lane() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=2, in_all=3))
    crowd.enter("a", waits=False)
    for lane in ("b", "c", "d"):
        crowd.enter(lane)
    with pytest.raises(QueueFull):
        crowd.queue.run("e", lambda: None)
    crowd.finish()
    assert crowd.queue.run("e", lambda: "works again") == "works again"


def test_work_that_fails_makes_room_for_the_next() -> None:
    queue = FairQueue(at_once=1)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            queue.run("a", lambda: 1 // 0)
    assert queue.run("a", lambda: 7) == 7
    assert (running_in(queue), waiting_in(queue)) == (0, 0)


def test_fifty_threads_all_get_through_and_never_more_than_allowed_at_once() -> None:
    queue, lock = FairQueue(at_once=3, per_lane=50, in_all=50), threading.Lock()
    now, most, done = 0, 0, 0

    def work() -> None:
        nonlocal now, most, done
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.0005)
        with lock:
            now, done = now - 1, done + 1

    def visitor(number: int) -> None:
        for _ in range(10):
            queue.run(f"lane {number % 7}", work)

    threads = [threading.Thread(target=visitor, args=(n,), daemon=True) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON_S)
    assert done == 500
    assert most == 3
    assert (running_in(queue), waiting_in(queue), len(queue._lanes)) == (0, 0, 0)


def test_the_first_tries_wait_not_at_all_and_later_ones_longer_up_to_a_limit() -> None:
    slept: list[float] = []
    slowdown = Slowdown(sleep=slept.append)
    for _ in range(12):
        slowdown.wait(b"ada")
        slowdown.wrong(b"ada")
    assert slept == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0, 4.0]
    slowdown.wait(b"ben")
    assert len(slept) == 9


def test_a_very_long_row_of_wrong_tries_still_only_waits() -> None:
    slept: list[float] = []
    slowdown = Slowdown(sleep=slept.append)
    for _ in range(5000):
        slowdown.wrong(b"ada")
    slowdown.wait(b"ada")
    assert slept == [4.0]


def test_a_right_answer_ends_the_waiting() -> None:
    slept: list[float] = []
    slowdown = Slowdown(sleep=slept.append)
    for _ in range(9):
        slowdown.wrong(b"ada")
    slowdown.right(b"ada")
    slowdown.wait(b"ada")
    assert slept == []


def test_only_few_wait_at_once_and_a_failing_sleep_gives_its_place_back() -> None:
    asleep, wake = threading.Semaphore(0), threading.Event()

    def sleep(_seconds: float) -> None:
        asleep.release()
        wake.wait(SOON_S)

    slowdown = Slowdown(waiting_at_once=2, sleep=sleep)
    for _ in range(4):
        slowdown.wrong(b"ada")
    threads = [threading.Thread(target=slowdown.wait, args=(b"ada",), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
        assert asleep.acquire(timeout=SOON_S)
    with pytest.raises(QueueFull):
        slowdown.wait(b"ada")
    slowdown.wait(b"ben")  # who was not wrong before does not wait, and needs no place
    wake.set()
    for thread in threads:
        thread.join(SOON_S)
    slowdown.wait(b"ada")


def test_memory_is_bounded_and_the_latest_names_are_the_ones_kept() -> None:
    slept: list[float] = []
    slowdown = Slowdown(sleep=slept.append)
    for number in range(25_000):
        slowdown.wrong(number.to_bytes(4, "big"))
    assert len(slowdown._wrong) == 10_000
    for _ in range(4):
        slowdown.wrong(b"last")
    slowdown.wait(b"last")
    assert slept == [0.5]
