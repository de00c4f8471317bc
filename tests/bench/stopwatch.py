"""CPU time of this process, beside something else's measured in between."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


def cpu_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, of all threads of this process, that `work` took."""
    began = time.process_time_ns()
    work()
    return (time.process_time_ns() - began) / 1e6


@dataclass(frozen=True)
class Pair:
    """The whole of a step and, measured right after it, the part that does not count, in milliseconds."""

    whole: float
    part: float


def median_beside(pairs: list[Pair]) -> float:
    """Median of what each step took beside its part; the pair's closeness in time cancels a busy machine."""
    return round(statistics.median(pair.whole - pair.part for pair in pairs), 3)


def median_cpu(work: Callable[[], object], rounds: int, per_round: int = 1) -> float:
    """Median CPU of one `work`, in milliseconds, over `rounds` of `per_round` each."""

    def several() -> None:
        for _ in range(per_round):
            work()

    return statistics.median(cpu_ms(several) for _ in range(rounds)) / per_round
