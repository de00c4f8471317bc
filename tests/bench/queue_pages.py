"""A page of the desk's queue at a hotline with a million requests: each list, its first page and deep ones.

Once as the read makes it, once as the whole page comes from the app (session, guard, template). The bars are
of the server's time: the processor's, here and in PostgreSQL. What the clock on the wall said is beside it.
Of several rounds the least disturbed counts.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import func, select

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.requests import requests
from app.reads.queue import PAGE, Which, read_queue
from app.web.desk.queue import FILTERS
from app.web.site import make_site
from tests.bench.figures import BenchBroken, Figure
from tests.bench.many_cases import make_many
from tests.bench.stopwatch import ServerTime
from tests.make import ADA
from tests.walks import Desk

REQUESTS = 1_000_000
BARS = {"sqlite": 100.0, "postgres": 60.0}
ROUNDS, DEEP = 3, 12


def how_many() -> int:
    """QUEUE_REQUESTS makes it smaller, for a quick look."""
    return int(os.environ.get("QUEUE_REQUESTS", REQUESTS))


def measure_queue(kit: Kit, database: str, count: int, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Make the hotline, then turn its pages."""
    places = make_many(kit, count)
    yield Figure(f"queue_requests_{database}", count, "requests")
    yield Figure(f"queue_places_{database}", places, "places")
    desk = Desk(make_site(kit, load_site_texts(DEMO_TEXTS)), ADA)
    keys = {which: _keys(kit, which) for which in FILTERS}
    pages = [(which, key) for which in FILTERS for key in keys[which]]
    taken: dict[str, list[list[float]]] = {"read": [], "page": [], "wall": []}
    for _ in range(1 + rounds):  # the first one opens connections, and fills caches
        server = ServerTime(kit.database)
        taken["read"].append([server.ms(_reading(kit, *one)) for one in pages])
        taken["page"].append([server.ms(_showing(desk, *one)) for one in pages])
        taken["wall"].append([_wall_ms(_showing(desk, *one)) for one in pages])
    read, page, wall = (taken[name][1:] for name in ("read", "page", "wall"))
    yield Figure(f"queue_read_p95_ms_{database}", _p95(read), "ms", BARS[database])
    yield Figure(f"queue_page_p95_ms_{database}", _p95(page), "ms", BARS[database])
    yield Figure(f"queue_page_median_ms_{database}", _median(page), "ms")
    yield Figure(f"queue_page_wall_p95_ms_{database}", _p95(wall), "ms")


def _keys(kit: Kit, which: Which) -> list[str | None]:
    """The first page, many times over, and pages from all depths of the list."""
    order = requests.c.due_by if which == "due" else requests.c.queue_at
    with kit.database.reading() as work:
        low, high = work.connection.execute(
            select(func.min(order), func.max(order)).where(requests.c.queue_at.is_not(None))
        ).one()
    if low is None:
        raise BenchBroken("nothing is open")
    low, high = (int(one.timestamp()) for one in (low, min(high, datetime.now(UTC))))
    deep = [f"{low + (high - low) * step // (DEEP + 1)}-0" for step in range(1, DEEP + 1)]
    return [*(None for _ in range(DEEP)), *deep]


def _reading(kit: Kit, which: Which, key: str | None) -> Callable[[], None]:
    def read() -> None:
        page = read_queue(kit, ADA, which, key)
        if key is None and len(page.rows) != PAGE and which != "mine":
            raise BenchBroken(f"the list of what is {which} has no full page")

    return read


def _showing(desk: Desk, which: Which, key: str | None) -> Callable[[], None]:
    def show() -> None:
        answer = desk.go(f"/desk/?which={which}" + (f"&after={key}" if key else ""))
        desk.seen.clear()
        if answer.status_code != 200 or ("</table>" not in answer.text and key is None):
            raise BenchBroken(f"the page of what is {which} is not there")

    return show


def _wall_ms(work: Callable[[], None]) -> float:
    began = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - began) / 1e6


def _p95(rounds: list[list[float]]) -> float:
    return round(min(statistics.quantiles(each, n=20)[-1] for each in rounds), 1)


def _median(rounds: list[list[float]]) -> float:
    return round(min(statistics.median(each) for each in rounds), 1)
