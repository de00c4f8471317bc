"""Sixteen people ask at once: nobody is turned away with an error, and nothing acknowledged is lost."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.bench.browsing import Browsing, ServerFailed
from tests.bench.figures import BenchBroken, Figure
from tests.bench.reading import places
from tests.bench.sites import RunningSite

CLIENTS = 16
MOST_PER_CLIENT = 250  # whatever the time: the bench stays bounded
OPENED_AT_LEAST = 100
OPENERS = 4
TRIES = 3
SHOWN = "hxxps://img[.]northlight[.]example/a/0"


@dataclass
class Tally:
    """What one client met. `codes` are those the server acknowledged."""

    codes: list[str] = field(default_factory=list)
    failures: int = 0


def measure_together(site: RunningSite, database: str, run_s: float, open_all: bool) -> Iterator[Figure]:
    """Ask for `run_s` seconds, then look for every acknowledged request."""
    before = site.requests_kept()
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        tallies = list(pool.map(lambda _: _ask_until(site.port, began + run_s), range(CLIENTS)))
    took_s = time.monotonic() - began
    codes = [code for tally in tallies for code in tally.codes]
    if len(codes) < CLIENTS:
        raise BenchBroken(f"only {len(codes)} submissions were acknowledged in {took_s:.0f} s")
    missing = max(0, len(codes) - (site.requests_kept() - before))
    looked_at = codes if open_all else random.sample(codes, min(len(codes), OPENED_AT_LEAST))
    with ThreadPoolExecutor(OPENERS) as pool:
        unopened = sum(not opened for opened in pool.map(lambda code: _opens(site.port, code), looked_at))
    failures = sum(tally.failures for tally in tallies)
    yield Figure(f"concurrent_submissions_5xx_{database}", failures, "answers", 0)
    yield Figure(f"concurrent_submissions_lost_{database}", max(missing, unopened), "requests", 0)
    yield Figure(f"concurrent_submissions_acknowledged_{database}", len(codes), "requests")
    yield Figure(f"concurrent_submissions_opened_again_{database}", len(looked_at) - unopened, "requests")
    yield Figure(f"concurrent_submissions_per_s_{database}", round(len(codes) / took_s, 1), "per s")


def _ask_until(port: int, end: float) -> Tally:
    """One person after another, until `end`; who began before goes on to the last page."""
    tally = Tally()
    for _ in range(MOST_PER_CLIENT):
        if time.monotonic() >= end:
            break
        with Browsing(port) as person:
            try:
                code = person.ask(places(1))
                tally.codes.append(code)
                person.read_sent(code)
            except ServerFailed:
                tally.failures += 1
    return tally


def _opens(port: int, code: str) -> bool:
    """A server that is busy just now has lost nothing: ask again, a few times."""
    for _ in range(TRIES):
        try:
            with Browsing(port) as person:
                return person.opens(code, SHOWN)
        except ServerFailed:
            time.sleep(1)
    return False
