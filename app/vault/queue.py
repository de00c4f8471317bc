"""A bounded, fair queue for slow derivations.

Argon2id is the one thing a stranger can make this server work at. So few run at once, waiting is
fair between lanes (one lane per visitor, by a digest that changes with every start), and a full
queue answers Busy at once, so that a flood does not use up the threads that other pages need.

A flood slows its own lane, and nobody is locked out. Yet onion users share one address, and so one lane:
there who comes again with the very same code goes before what nobody asked for twice. A flood of guesses
never asks twice, so a holder of a good code gets in at the second try or the third.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


class QueueFull(Exception):
    """Too many derivations wait. Nothing was computed; try again in a few seconds."""


@dataclass(eq=False)
class _Turn:
    """Somebody who waits."""

    ticket: bytes
    patience: int
    comes: threading.Event = field(default_factory=threading.Event)
    is_lost: bool = False

    def lose(self) -> None:
        self.is_lost = True
        self.comes.set()


class FairQueue:
    """Runs callables, at most `at_once` together, taking turns between lanes.

    `per_lane` and `in_all` wait at most. Give a web server fewer places than it has threads.
    """

    def __init__(
        self,
        at_once: int = 2,
        per_lane: int = 16,
        in_all: int = 64,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once, self._per_lane, self._in_all = at_once, per_lane, in_all
        self._lanes: OrderedDict[str, deque[_Turn]] = OrderedDict()
        self._running = 0
        self._refused = _Refused(clock)
        self._lock = threading.Lock()

    def run(self, lane: str, work: Callable[[], T], ticket: bytes = b"") -> T:
        """Wait for a turn in `lane`, then do `work`. Raises QueueFull.

        `ticket` is a digest of what the work is for: with the same one a second try goes before first tries.
        """
        self._enter(lane, ticket)
        try:
            return work()
        finally:
            self._leave()

    def _enter(self, lane: str, ticket: bytes) -> None:
        with self._lock:
            if self._running < self._at_once and not self._lanes:
                self._running += 1
                self._refused.forget(ticket)
                return
            turn = self._line_up(lane, _Turn(ticket, self._refused.times(ticket)))
        turn.comes.wait()
        if turn.is_lost:
            raise QueueFull

    def _line_up(self, lane: str, turn: _Turn) -> _Turn:
        waiting = self._lanes.get(lane, deque())
        if len(waiting) >= self._per_lane:
            self._make_room(lane, turn, is_shorter=False)
        elif sum(map(len, self._lanes.values())) >= self._in_all:
            longest = max(self._lanes, key=lambda name: len(self._lanes[name]))
            self._make_room(longest, turn, is_shorter=len(waiting) + 1 < len(self._lanes[longest]))
        self._lanes.setdefault(lane, deque()).append(turn)
        return turn

    def _make_room(self, lane: str, turn: _Turn, is_shorter: bool) -> None:
        """The least patient of a crowded lane, the newest of them, loses its place to somebody more patient
        or from a shorter lane. Raises QueueFull."""
        waiting = self._lanes.get(lane, deque())
        same = [one.ticket for one in waiting if one.ticket]
        if turn.ticket in same:
            raise QueueFull  # it is waiting already: a double click, or one code sent over and over
        # What waits more than once has no reason to: it makes room before all else.
        ranks = [(-1 if same.count(one.ticket) > 1 else one.patience, one) for one in reversed(waiting)]
        rank, least = min(ranks, key=lambda ranked: ranked[0], default=(0, None))
        if least is None or not (is_shorter or turn.patience > rank):
            self._refused.note(turn.ticket)
            raise QueueFull
        waiting.remove(least)
        if not waiting:
            del self._lanes[lane]
        if rank >= 0:
            self._refused.note(least.ticket)
        least.lose()

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
            self._refused.forget(turn.ticket)
            turn.comes.set()


class _Refused:
    """How often a ticket was refused, counted once in five seconds: hammering is no patience."""

    _COUNTS_AGAIN_S = 5.0  # as long as people are asked to wait
    _REMEMBERED = 10_000

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: OrderedDict[bytes, tuple[int, float]] = OrderedDict()

    def times(self, ticket: bytes) -> int:
        return self._times.get(ticket, (0, 0.0))[0]

    def note(self, ticket: bytes) -> None:
        at = self._clock()
        times, last = self._times.get(ticket, (0, at - self._COUNTS_AGAIN_S))
        if not ticket or at - last < self._COUNTS_AGAIN_S:
            return
        self._times[ticket] = (times + 1, at)
        self._times.move_to_end(ticket)
        if len(self._times) > self._REMEMBERED:
            self._times.popitem(last=False)

    def forget(self, ticket: bytes) -> None:
        self._times.pop(ticket, None)


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
