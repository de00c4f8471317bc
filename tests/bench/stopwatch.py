"""CPU time of this process, beside something else's measured in between."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app.persistence.database import Database


def cpu_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, of all threads of this process, that `work` took."""
    began = time.process_time_ns()
    work()
    return (time.process_time_ns() - began) / 1e6


class ServerTime:
    """Processor time of this process and of PostgreSQL's processes beside it: what somebody waits for on a
    machine that does nothing else, whatever else this one does. The kernel counts it in nanoseconds."""

    def __init__(self, database: Database) -> None:
        self._files: list[Path] = []
        if not database.is_embedded:
            mine = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            with database.reading() as work:
                self._files = [Path(f"/proc/{pid}/schedstat") for pid in work.connection.scalars(mine)]

    def ms(self, work: Callable[[], object]) -> float:
        """Milliseconds that `work` took."""
        beside = self._beside_ns()
        return cpu_ms(work) + (self._beside_ns() - beside) / 1e6

    def _beside_ns(self) -> int:
        return sum(int(file.read_text().split()[0]) for file in self._files)


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
