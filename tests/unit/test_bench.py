"""The bench says what it found in one form, and the quick part of it runs."""

import json
from pathlib import Path

import pytest

from app.casework.kit import Kit
from tests.bench.figures import BenchBroken, Figure, line_of, write_rows
from tests.bench.portal_cpu import measure_portal
from tests.bench.queue_pages import measure_queue
from tests.bench.reading import code_on, loaded_by
from tests.bench.rotation import measure_rotation
from tests.bench.sealing import measure_sealing
from tests.bench.stopwatch import Pair, median_beside


def test_bench_json_has_one_row_per_figure(embedded_kit: Kit, tmp_path: Path) -> None:
    figures = [*measure_sealing(embedded_kit, rounds=1), *measure_portal(embedded_kit, "sqlite", rounds=1)]
    figures += measure_rotation(embedded_kit, 10, counts_lost=True)
    figures += measure_queue(embedded_kit, "sqlite", 4000, rounds=1)
    write_rows(figures, tmp_path / "bench.json")
    rows = json.loads((tmp_path / "bench.json").read_text())
    assert [list(row) for row in rows] == [["name", "value", "unit", "bar", "holds"]] * len(figures)
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names)
    assert {"hpke_seal_us", "submission_cpu_beside_argon2id_ms_sqlite"} <= set(names)
    assert [(row["value"], row["bar"]) for row in rows if row["name"] == "rotation_lost"] == [(0, 0)]
    for row in rows:
        assert isinstance(row["value"], int | float)
        assert row["bar"] is None or isinstance(row["bar"], int | float)
        assert isinstance(row["holds"], bool)
    assert list(tmp_path.glob("*.new")) == []


@pytest.mark.parametrize(
    ("value", "bar", "holds"), [(2.0, 3.0, True), (3.0, 3.0, True), (3.1, 3.0, False), (9.0, None, True)]
)
def test_a_figure_holds_up_to_its_bar(value: float, bar: float | None, holds: bool) -> None:
    figure = Figure("a_figure_ms", value, "ms", bar)
    assert figure.holds is holds
    assert ("DOES NOT HOLD" in line_of(figure)) is not holds


def test_what_does_not_count_is_taken_off_pair_by_pair() -> None:
    assert median_beside([Pair(30, 20), Pair(61, 50), Pair(90, 20)]) == 11


def test_a_page_without_a_code_breaks_the_bench() -> None:
    with pytest.raises(BenchBroken):
        code_on("<p>Nothing here.</p>")


def test_what_a_page_loads_is_counted_once() -> None:
    page = '<link rel="icon" type="image/svg+xml" href="/a.svg"><link rel="stylesheet" href="/a.css">'
    assert loaded_by(page + '<img alt="" src="/a.svg">') == ("/a.svg", "/a.css")
