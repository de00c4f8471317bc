"""Reading what a caseworker brought for a request that the hotline opens itself. Nothing is opened yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.staged_lists import ListKind, Staged, StageInput, keep_rows
from app.domain.words import Content
from app.places.glance import read_one
from app.places.list_files import LineProblem, ListRefused, ListRow, ListRows, read_rows
from app.places.reading import Place, read_places

ADDRESS_NAMES = ("url", "urls", "address", "link", "uri")
LABEL_NAMES = ("label", "note")
LONGEST_LABEL = 200
_SEPARATORS = (",", ";")
_CONTROL = re.compile("[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class OwnMotionInput:
    """`raw` is a list as a file or as typed. `reason`: why it is in the best interests of the child.
    `contents`: what is there."""

    raw: bytes | memoryview
    reason: str
    contents: tuple[Content, ...]

    def __repr__(self) -> str:
        return "OwnMotionInput(…)"


@dataclass(frozen=True)
class ListedPlaces:
    """What a staged list of places holds, in its order."""

    places: tuple[Place, ...]
    labels: tuple[str, ...]

    def __repr__(self) -> str:
        return f"ListedPlaces({len(self.places)})"


def stage_own_motion(kit: Kit, actor: Caseworker, given: OwnMotionInput) -> Staged:
    """Read every line, one after another member's (Busy), and keep what can be used until it is confirmed.

    Equal places are one, and counted. Raises ListRefused: picture, empty, no_column (names of columns, and
    none of them is of an address), no_names (cells without names), no_place; NotAllowed, Busy.
    """
    read = kit.take_turns(kit.documents, lambda: _read(read_rows(given.raw)))
    if not read.rows.rows and not read.rows.problems:
        raise ListRefused("no_place")
    more = {"reason": given.reason, "contents": list(given.contents), "repeats": read.repeats}
    return keep_rows(kit, actor, StageInput(ListKind.OWN_MOTION, b"", more=more), read.rows)


def listed_places(staged: Staged) -> ListedPlaces:
    """What `stage_own_motion` kept."""
    places, labels = [], []
    for row in staged.rows.rows:
        url, host, typed, label = row.values
        places.append(Place(url, host, typed or url))
        labels.append(label)
    return ListedPlaces(tuple(places), tuple(labels))


@dataclass(frozen=True)
class _Read:
    rows: ListRows
    repeats: int


def _read(found: ListRows) -> _Read:
    address, label, problems = _columns(found)
    rows: list[ListRow] = []
    seen: set[str] = set()
    repeats = 0
    for row in found.rows:
        said = _CONTROL.sub(" ", row.values[label]).strip() if label is not None else ""
        if len(said) > LONGEST_LABEL:
            problems.append(LineProblem(row.line, "label_long"))
            continue
        for one in _places_in(row.values[address], is_typed=not found.header):
            if isinstance(one, str):
                problems.append(LineProblem(row.line, one))
            elif one.url in seen:
                repeats += 1
            else:
                seen.add(one.url)
                typed = "" if one.typed == one.url else one.typed
                rows.append(ListRow(row.line, (one.url, one.host, typed, said)))
    problems.sort(key=lambda one: one.line)
    return _Read(ListRows((), tuple(rows), tuple(dict.fromkeys(problems)), found.is_json), repeats)


def _columns(found: ListRows) -> tuple[int, int | None, list[LineProblem]]:
    """Where the address and the label of a row are, and what is wrong with lines so far."""
    problems = list(found.problems)
    if not found.header:
        width = len(found.rows[0].values) if found.rows else 1
        _refuse_unnamed(found)
        return 0, 1 if width > 1 else None, problems
    address = found.column(*ADDRESS_NAMES)
    if address is not None:
        return address, found.column(*LABEL_NAMES), problems
    if len(found.header) > 1 or found.is_json:
        raise ListRefused("no_column")
    return 0, None, [LineProblem(1, "no_host"), *problems]  # no name of a column, and no address


def _refuse_unnamed(found: ListRows) -> None:
    """Where every line has cells and none is named, nobody can tell a comma of an address from one after it:
    a wrong address must not go out for want of a name."""
    cells = [row.values[0] for row in found.rows if len(row.values) == 1]
    if len(cells) < 2 or found.is_json:
        return
    for one in _SEPARATORS:
        counts = {cell.count(one) for cell in cells[:50]}
        if len(counts) == 1 and counts != {0} and not all(map(_is_address, cells[0].split(one))):
            raise ListRefused("no_names")


def _is_address(cell: str) -> bool:
    return not isinstance(read_one(cell.strip()), str)


def _places_in(cell: str, is_typed: bool) -> Iterator[Place | str]:
    """The places of one cell, or the code of what is wrong. A line that a person typed may hold several."""
    one = read_one(cell)
    if one != "several" or not is_typed:
        yield one
        return
    found = read_places(cell)
    yield from found.places
