"""Cutting the text of a list into its lines and cells: CSV that may be broken, JSON entry by entry."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LINE_END = re.compile(r"\r\n|\r|\n")
_SPACE = re.compile(r"[ \t\r\n]*")
_DELIMITERS = ("\t", ";", ",")
_MOST_LINES_OF_A_CELL = 50
_LONGEST_LINE = 100_000  # the csv module refuses a cell of 131,072 characters
_SAMPLE = 50
_MOST_NAMES = 50


@dataclass(frozen=True)
class Cut:
    """One line, or one entry. `names` are those of all entries (JSON); `pieces` is all that stood there."""

    line: int
    values: tuple[str, ...] = ()
    problem: str = ""
    pieces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Cut({self.line}, {self.problem!r})"


def cut_csv(text: str, most: int) -> list[Cut]:
    """Each line that is not empty. A cell in quotes may go over several lines; quotes that are never closed
    spoil their own line only."""
    lines = _LINE_END.split(text)
    delimiter = _delimiter(lines)
    cuts: list[Cut] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip(" \t\r\n" + delimiter):
            at += 1
        elif len(cuts) == most:
            cuts.append(Cut(at + 1, problem="too_many", pieces=tuple(lines[at:])))
            break
        else:
            cut, at = _cut_line(lines, at, delimiter)
            cuts.append(cut)
    return cuts


def _cut_line(lines: list[str], at: int, delimiter: str) -> tuple[Cut, int]:
    """The line that begins there, and where the next one does."""
    line = lines[at]
    if len(line) > _LONGEST_LINE:
        return Cut(at + 1, problem="too_long", pieces=(line,)), at + 1
    if '"' not in line:
        values = tuple(line.split(delimiter)) if delimiter else (line,)
        return Cut(at + 1, values, pieces=values), at + 1
    for more in range(1, _MOST_LINES_OF_A_CELL + 1):
        whole = "\n".join(lines[at : at + more])
        values = _quoted(whole, delimiter)
        if values:
            return Cut(at + 1, values, pieces=values), at + more
        if at + more >= len(lines) or len(whole) > _LONGEST_LINE:
            break
    return Cut(at + 1, problem="quoting", pieces=(line,)), at + 1


def _quoted(whole: str, delimiter: str) -> tuple[str, ...]:
    """The cells; none when the quotes do not fit."""
    try:
        [cells] = csv.reader([whole], delimiter=delimiter or "\x1f", strict=True)
    except (csv.Error, ValueError):
        return ()
    return tuple(cells)


def _delimiter(lines: list[str]) -> str:
    """What stands between cells; empty where each line is one cell, whatever is in it.

    The names of the columns say it. Without names only a tab can be told from the signs of an address.
    """
    sample = [line for line in lines[: 4 * _SAMPLE] if line.strip()][:_SAMPLE]
    if not sample:
        return ""
    first = _outside_quotes(sample[0])
    if "://" in first or "." in first:
        counts = {line.count("\t") for line in sample}
        return "\t" if len(counts) == 1 and counts != {0} else ""
    most = max(_DELIMITERS, key=first.count)
    return most if most in first else ""


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def cut_json(text: str, most: int) -> list[Cut]:
    """Each entry of a list, also of one that stands under the only list of an object. Broken: one Cut."""
    try:
        entries = list(_entries(text, most))
    except (ValueError, RecursionError) as error:
        return [Cut(_line_of_error(text, error), problem="json", pieces=tuple(_LINE_END.split(text)))]
    names = tuple(dict.fromkeys(name for one in entries if isinstance(one, dict) for name in one))
    if len(names) > _MOST_NAMES:
        return [Cut(1, problem="columns", pieces=tuple(_LINE_END.split(text)))]
    return [_cut_entry(number, one, names, most) for number, one in enumerate(entries, start=1)]


def _entries(text: str, most: int) -> Iterator[Any]:
    """At most one more than `most`. Raises ValueError, RecursionError."""
    whole = json.loads(text)
    if isinstance(whole, dict):
        lists = [one for one in whole.values() if isinstance(one, list)]
        whole = lists[0] if len(lists) == 1 and len(whole) < _MOST_NAMES else [whole]
    yield from whole[: most + 1]


def _cut_entry(number: int, entry: Any, names: tuple[str, ...], most: int) -> Cut:
    pieces = tuple(_all_text(entry))
    if number > most:
        return Cut(number, problem="too_many", pieces=pieces, names=names)
    if isinstance(entry, dict) and names:
        found = [_as_text(entry.get(name)) for name in names]
    elif names:  # text among objects: nobody can say which column it is
        return Cut(number, problem="value", pieces=pieces, names=names)
    else:
        found = [_as_text(entry)]
    if None in found:
        return Cut(number, problem="value", pieces=pieces, names=names)
    return Cut(number, tuple(one or "" for one in found), pieces=pieces, names=names)


def _as_text(value: Any) -> str | None:
    """None for what is neither text, a number, yes or no, nor nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else None


def _all_text(value: Any) -> Iterator[str]:
    """Every text in an entry, however deep: a picture may hide anywhere."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _all_text(one)
    elif isinstance(value, list):
        for one in value:
            yield from _all_text(one)


def _line_of_error(text: str, error: Exception) -> int:
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    return text.count("\n", 0, at) + 1
