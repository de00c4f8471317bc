"""Reading the lists that hotlines pass around: CSV and JSON, in whatever way some program wrote them.

Every line that cannot be used is named by its number, and the good ones go on. Nothing is looked up, nothing
is kept, and of a picture nothing is read. Formulas: OWASP, "CSV Injection".
"""

import re
from dataclasses import dataclass

from app.places.glance import is_plainly_address
from app.places.list_lines import Cut, cut_csv, cut_json
from app.places.picture_marks import is_picture
from app.places.pictures import has_picture
from app.places.refang import refang

MOST_LINES = 200_000
LONGEST_CELL = 8000
_HEAD_BYTES = 64
_SAMPLE_BYTES = 4000
_JSON_START = re.compile(r"\s*[\[{]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"\w[\w /()#-]{0,60}")
_FORMULA = re.compile(r"[=@\t\r\n]|[+-](?![\d ().+/-]*\Z)")
_MARKS = "+-\t\r\n "


class ListRefused(Exception):
    """The whole list is refused and nothing of it kept. `code`: picture, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ListRow:
    """One line (of a JSON list: one entry), counted from 1. `values` are as many as the header has names."""

    line: int
    values: tuple[str, ...]

    def __repr__(self) -> str:
        return f"ListRow({self.line})"


@dataclass(frozen=True)
class LineProblem:
    """A line that cannot be used. It holds nothing of the line.

    Codes: "encoding", "quoting", "nul", "too_long", "formula", "columns" (more or fewer than the others),
    "value" (of an entry: neither text nor a number), "json" (broken there: nothing was read), "too_many"
    (reading stopped at this line).
    """

    line: int
    code: str


@dataclass(frozen=True)
class ListRows:
    """What was read. `header` is empty when the first line is no names of columns. `is_json`: then `line`
    counts entries, but at the problem "json" it counts lines."""

    header: tuple[str, ...]
    rows: tuple[ListRow, ...]
    problems: tuple[LineProblem, ...]
    is_json: bool = False

    def __repr__(self) -> str:
        return f"ListRows({len(self.rows)}, {len(self.problems)})"

    def column(self, *names: str) -> int | None:
        """Where the first of these names stands in the header, in whatever case."""
        there = [one.casefold() for one in self.header]
        return next((there.index(one.casefold()) for one in names if one.casefold() in there), None)


def read_rows(raw: bytes | memoryview) -> ListRows:
    """The rows of a CSV (comma, semicolon or tab) or JSON list, in UTF-8 or UTF-16. Raises ListRefused."""
    if is_picture(bytes(raw[:_HEAD_BYTES])):
        raise ListRefused("picture")
    text = _decoded(raw)
    if not text.strip():
        raise ListRefused("empty")
    is_json = _JSON_START.match(text) is not None
    cuts = cut_json(text, MOST_LINES) if is_json else cut_csv(text, MOST_LINES)
    if _has_picture(text, cuts):
        raise ListRefused("picture")
    header = _header(cuts, is_json)
    width = len(header) or next((len(cut.values) for cut in cuts if not cut.problem), 1)
    rows: list[ListRow] = []
    problems: list[LineProblem] = []
    for cut in cuts[1:] if header and not is_json else cuts:
        values = cut.values[:width] if not any(cut.values[width:]) else cut.values
        code = cut.problem or _problem(values, width)
        if code:
            problems.append(LineProblem(cut.line, code))
        else:
            rows.append(ListRow(cut.line, values))
    return ListRows(header, tuple(rows), tuple(problems), is_json)


def _decoded(raw: bytes | memoryview) -> str:
    """The text. A byte that is none stays as a lone surrogate, so that its line can be named."""
    head = bytes(raw[:_SAMPLE_BYTES])
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return str(raw, "utf-16", "replace").replace("\ufffd", "\udcff")
    evens, odds = head[::2], head[1::2]
    if len(head) > 3 and odds.count(0) > 0.7 * len(odds) and evens.count(0) < 0.1 * len(evens):
        return str(raw, "utf-16-le", "replace").replace("\ufffd", "\udcff")
    if len(head) > 3 and evens.count(0) > 0.7 * len(evens) and odds.count(0) < 0.1 * len(odds):
        return str(raw, "utf-16-be", "replace").replace("\ufffd", "\udcff")
    return str(raw, "utf-8", "surrogateescape").removeprefix("\ufeff")


def _header(cuts: list[Cut], is_json: bool) -> tuple[str, ...]:
    """The names of the columns. Without any, the first line is a line like the others."""
    if not cuts or cuts[0].problem:
        return ()
    if is_json:
        return cuts[0].names
    names = tuple(one.strip() for one in cuts[0].values)
    return names if any(names) and all(not one or _NAME.fullmatch(one) for one in names) else ()


def _problem(values: tuple[str, ...], width: int) -> str:
    """Why a line cannot be used; empty when it can."""
    whole = "".join(values)
    if _SURROGATE.search(whole):
        return "encoding"
    if "\x00" in whole:
        return "nul"
    if len(whole) > LONGEST_CELL and any(len(one) > LONGEST_CELL for one in values):
        return "too_long"
    if len(values) != width:
        return "columns"
    return "formula" if any(map(is_formula, values)) else ""


def is_formula(cell: str) -> bool:
    """Whether a program that opens tables would calculate this cell. A bullet before an address is none, and
    neither is a telephone number."""
    if _FORMULA.match(cell) is None:
        return False
    return cell[0] in "=@" or refang(cell.strip(_MARKS)) is None


def _has_picture(text: str, cuts: list[Cut]) -> bool:
    """Looked for in everything that does not show at a glance to be one address."""
    rest = "\n".join(one for cut in cuts for one in cut.pieces if not is_plainly_address(one))
    return has_picture(_SURROGATE.sub("\ufffd", rest))
