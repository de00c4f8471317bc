"""Threads that want to work in one queue, and what the queue holds."""

import threading
import time
from collections.abc import Callable

from app.vault.queue import FairQueue, QueueFull

SOON_S = 120.0


class Crowd:
    """Threads that want to work in one queue, held back at a gate until a test opens it."""

    def __init__(self, queue: FairQueue) -> None:
        self.queue, self.gate = queue, threading.Event()
        self.done: list[str] = []
        self.tickets: list[bytes] = []
        self.refused = 0
        self._threads: list[threading.Thread] = []

    def enter(
        self, lane: str, *, waits: bool = True, ticket: bytes = b"", takes_a_place: bool = False
    ) -> None:
        """Send one more thread in, and return when it works or waits, or has taken somebody's place."""
        before, refused = waiting_in(self.queue), self.refused
        thread = threading.Thread(target=self._work, args=(lane, ticket), daemon=True)
        self._threads.append(thread)
        thread.start()
        if takes_a_place:
            until(lambda: self.refused > refused)
        else:
            until(lambda: waiting_in(self.queue) > before if waits else running_in(self.queue) > 0)

    def _work(self, lane: str, ticket: bytes) -> None:
        def work() -> None:
            self.gate.wait(SOON_S)
            self.done.append(lane)
            self.tickets.append(ticket)

        try:
            self.queue.run(lane, work, ticket)
        except QueueFull:
            self.refused += 1

    def finish(self) -> None:
        self.gate.set()
        for thread in self._threads:
            thread.join(SOON_S)
            assert not thread.is_alive()


def waiting_in(queue: FairQueue) -> int:
    return sum(map(len, queue._lanes.values()))


def running_in(queue: FairQueue) -> int:
    return queue._running


def until(true: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + SOON_S
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.001)
