"""Measure speed and size: `make bench`, or LONG=1 for the long run; QUEUE_REQUESTS=20000 for a short queue.

Prints a table and writes bench.json beside it. Exit code 1 when a figure does not hold.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import HEAD, Figure, line_of, write_rows
from tests.bench.letters import measure_letters
from tests.bench.pages import measure_pages
from tests.bench.portal_cpu import founded_kit, measure_portal
from tests.bench.queue_pages import how_many, measure_queue
from tests.bench.rotation import measure_rotation
from tests.bench.sealing import measure_sealing
from tests.bench.sites import empty_database, running_postgres, running_site
from tests.bench.together import measure_together
from tests.conftest import Postgres

FILE = Path("bench.json")


@dataclass(frozen=True)
class Lengths:
    """How long each part runs."""

    sealing_rounds: int
    portal_rounds: int
    letter_places: int
    rotated: int
    together_s: float
    open_all: bool
    counts_lost: bool


SHORT = Lengths(
    sealing_rounds=25,
    portal_rounds=40,
    letter_places=2_000,
    rotated=500,
    together_s=10,
    open_all=False,
    counts_lost=False,
)
LONG = Lengths(
    sealing_rounds=200,
    portal_rounds=200,
    letter_places=100_000,
    rotated=100_000,
    together_s=30,
    open_all=True,
    counts_lost=True,
)


def measure(lengths: Lengths, folder: Path, postgres: Postgres) -> Iterator[Figure]:
    """Every figure, in the order of the table."""
    with running_site() as site:
        yield from measure_pages(site.port)
        yield from measure_together(site, "sqlite", lengths.together_s, lengths.open_all)
    with empty_database(postgres) as url, running_site(url) as site:
        yield from measure_together(site, "postgres", lengths.together_s, lengths.open_all)
    with founded_kit(f"sqlite:///{folder / 'heard.db'}", folder) as kit:
        yield from measure_portal(kit, "sqlite", lengths.portal_rounds)
        yield from measure_sealing(kit, lengths.sealing_rounds)
    with empty_database(postgres) as url, founded_kit(url, folder) as kit:
        yield from measure_portal(kit, "postgres", lengths.portal_rounds)
    with founded_kit(f"sqlite:///{folder / 'letters.db'}", folder) as kit:
        yield from measure_letters(kit, "sqlite", folder / "sqlite-letters", lengths.letter_places)
    with empty_database(postgres) as url, founded_kit(url, folder) as kit:
        yield from measure_letters(kit, "postgres", folder / "postgres-letters", lengths.letter_places)
    with founded_kit(f"sqlite:///{folder / 'rotation.db'}", folder) as kit:
        yield from measure_rotation(kit, lengths.rotated, counts_lost=lengths.counts_lost)
    with founded_kit(f"sqlite:///{folder / 'queue.db'}", folder) as kit:
        yield from measure_queue(kit, "sqlite", how_many())
    (folder / "queue.db").unlink()  # some gigabytes
    with empty_database(postgres) as url, founded_kit(url, folder) as kit:
        yield from measure_queue(kit, "postgres", how_many())


def main() -> int:
    lengths = LONG if os.environ.get("LONG") == "1" else SHORT
    figures = []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as name, running_postgres() as postgres:
        for figure in measure(lengths, Path(name), postgres):
            figures.append(figure)
            print(line_of(figure), flush=True)
    write_rows(figures, FILE)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
