"""A bounded, fair queue for slow derivations.

Argon2id is the one thing a stranger can make this server work at. So few run at once, waiting is
fair between lanes (one lane per visitor, by a digest that changes with every start), and a full
queue answers Busy at once: a flood in one lane slows that lane, and nobody is locked out.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class QueueFull(Exception):
    """Too many derivations wait. Nothing was computed; try again in a few seconds."""


class FairQueue:
    """Runs callables, at most `at_once` together, taking turns between lanes."""

    def __init__(self, at_once: int = 2, per_lane: int = 16, in_all: int = 64) -> None:
        self._at_once, self._per_lane, self._in_all = at_once, per_lane, in_all
        self._lanes: OrderedDict[str, deque[threading.Event]] = OrderedDict()
        self._running = 0
        self._lock = threading.Lock()

    def run(self, lane: str, work: Callable[[], T]) -> T:
        """Wait for a turn in `lane`, then do `work`. Raises QueueFull."""
        self._enter(lane)
        try:
            return work()
        finally:
            self._leave()

    def _enter(self, lane: str) -> None:
        with self._lock:
            if self._running < self._at_once and not self._lanes:
                self._running += 1
                return
            waiting = self._lanes.get(lane, deque())
            if len(waiting) >= self._per_lane or sum(map(len, self._lanes.values())) >= self._in_all:
                raise QueueFull
            turn = threading.Event()
            waiting.append(turn)
            self._lanes[lane] = waiting
        turn.wait()

    def _leave(self) -> None:
        with self._lock:
            self._running -= 1
            if not self._lanes:
                return
            lane, waiting = self._lanes.popitem(last=False)
            turn = waiting.popleft()
            if waiting:
                self._lanes[lane] = waiting  # to the back: the next turn is another lane's
            self._running += 1
            turn.set()


class Slowdown:
    """Waits that grow with wrong tries at one name, and never a lock-out.

    Kept in memory, per process. A right answer after the wait always counts; only few may wait at
    once (QueueFull otherwise), so that waiting cannot use up a server's threads.
    """

    _FREE_TRIES = 3
    _LONGEST_S = 4.0
    _REMEMBERED = 10_000

    def __init__(self, waiting_at_once: int = 4, sleep: Callable[[float], None] = time.sleep) -> None:
        self._slots = threading.BoundedSemaphore(waiting_at_once)
        self._sleep = sleep
        self._wrong: OrderedDict[bytes, int] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name_digest: bytes) -> None:
        """Wait as long as the wrong tries at this name ask for. Raises QueueFull."""
        extra = self._wrong.get(name_digest, 0) - self._FREE_TRIES
        if extra < 0:
            return
        if not self._slots.acquire(blocking=False):
            raise QueueFull
        try:
            self._sleep(min(0.25 * 2 ** min(extra, 10), self._LONGEST_S))
        finally:
            self._slots.release()

    def wrong(self, name_digest: bytes) -> None:
        with self._lock:
            self._wrong[name_digest] = self._wrong.pop(name_digest, 0) + 1
            if len(self._wrong) > self._REMEMBERED:
                self._wrong.popitem(last=False)

    def right(self, name_digest: bytes) -> None:
        with self._lock:
            self._wrong.pop(name_digest, None)
