"""What the bench says: one row per figure, as a table and as JSON.

Figures with a bar are counts, sizes, or differences between two things measured side by side in the
same run, medians of several: they say the same on a slow machine as on a fast one, within reason.
Rows without a bar only inform.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


class BenchBroken(RuntimeError):
    """The bench itself did not measure what it set out to: there is no figure to trust."""


@dataclass(frozen=True)
class Figure:
    """One measured value. `bar` is the most it may be; None informs and always holds."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def holds(self) -> bool:
        return self.bar is None or self.value <= self.bar


def rows_of(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """The rows of bench.json."""
    return [asdict(each) | {"holds": each.holds} for each in figures]


def write_rows(figures: Iterable[Figure], file: Path) -> None:
    """Whole or not at all: nobody reads half a file."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(rows_of(figures), indent=1) + "\n")
    fresh.replace(file)


def line_of(figure: Figure) -> str:
    """One line of the table."""
    bar = "" if figure.bar is None else f"{figure.bar:g}"
    verdict = "" if figure.bar is None else ("holds" if figure.holds else "DOES NOT HOLD")
    return f"{figure.name:50} {figure.value:>10g} {figure.unit:9} {bar:>6}  {verdict}".rstrip()


HEAD = f"{'figure':50} {'value':>10} {'unit':9} {'bar':>6}"
