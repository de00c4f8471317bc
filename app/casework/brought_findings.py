"""Findings, and what was seen on a day of the watch, as they come back from the hotline's authorised system:
one line of a list for each place."""

from dataclasses import dataclass

from app.domain.assessments import PRINCIPLES, Finding, FindingError
from app.domain.notice_words import Seen, SignalSource
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.places.list_files import ListRefused, ListRow, ListRows

COLUMNS = ("reference", "kind", "child", "harmed", "principle", "age", "identified", "assessed_by", "seen")
REFERENCE = COLUMNS.index("reference")
LONGEST_PARTNER = 200
_GROUNDS = {str(number): ground for ground, number in PRINCIPLES.items()}
_YES_NO = {"yes": True, "no": False, "y": True, "n": False, "true": True, "false": False}
_KINDS = {one.value: one for one in Kind}
# Spreadsheets make a date of "9-12", so each band has a name, too.
_AGES = {one.value: one for one in AgeBand} | {
    "prepubescent": AgeBand.PREPUBESCENT,
    "pubescent": AgeBand.PUBESCENT,
    "post-pubescent": AgeBand.POST_PUBESCENT,
    "postpubescent": AgeBand.POST_PUBESCENT,
}
_FIELDS = {"is_child": "child", "is_harmed": "harmed", "ground": "principle", "age_band": "age"}


@dataclass(frozen=True)
class Brought:
    """What one line says: a finding, what was seen, or both. `source`: who looked."""

    finding: Finding | None
    seen: Seen | None
    source: SignalSource


class LineUnread(Exception):
    """A line that is no finding. `code` is the name of the column that cannot be read."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def in_our_columns(found: ListRows) -> ListRows:
    """The rows with a cell for each of COLUMNS, empty where the list has none.

    Raises ListRefused("no_column") when it does not say which place, or neither what was found nor what was
    seen.
    """
    where = [found.column(name, name.replace("_", " ")) for name in COLUMNS]
    has = {name for name, at in zip(COLUMNS, where, strict=True) if at is not None}
    if "reference" not in has or not has & {"kind", "seen"}:
        raise ListRefused("no_column")
    rows = tuple(
        ListRow(row.line, tuple("" if at is None else row.values[at].strip() for at in where))
        for row in found.rows
    )
    return ListRows(COLUMNS, rows, found.problems, found.is_json)


def read_brought(row: ListRow) -> Brought:
    """One row of `in_our_columns`. Without a kind it says only what was seen. Raises LineUnread."""
    said = dict(zip(COLUMNS, row.values, strict=False))  # staged before there was the last column
    typed = said.get("seen", "").casefold()
    if typed and typed not in set(Seen):
        raise LineUnread("seen")
    seen = Seen(typed) if typed else None
    if len(said["assessed_by"]) > LONGEST_PARTNER:
        raise LineUnread("assessed_by")
    source = SignalSource.PARTNER if said["assessed_by"] else SignalSource.US
    return Brought(None if seen and not said["kind"] else read_finding(row), seen, source)


def read_finding(row: ListRow) -> Finding:
    """The finding of one row of `in_our_columns`. Its basis is always that somebody looked: we in our own
    system, or the partner whose name stands there. Raises LineUnread."""
    said = dict(zip(COLUMNS, row.values, strict=False))
    kind = _KINDS.get(said["kind"].casefold())
    if kind is None:
        raise LineUnread("kind")
    if len(said["assessed_by"]) > LONGEST_PARTNER:
        raise LineUnread("assessed_by")
    partner = said["assessed_by"]
    is_tested = kind is not Kind.IDENTITY  # identity and safety has no child test
    try:
        return Finding(
            kind=kind,
            is_child=_yes_or_no(said, "child") if is_tested else None,
            is_harmed=_yes_or_no(said, "harmed") if is_tested else None,
            ground=_ground(said) if is_tested else None,
            age_band=_age(said) if is_tested else None,
            identified=_identified(said) if is_tested else None,
            basis=Basis.OTHER if partner else Basis.US,
            basis_by=partner,
        ).whole()
    except FindingError as error:
        raise LineUnread(_FIELDS.get(error.field, error.field)) from None


def _yes_or_no(said: dict[str, str], name: str) -> bool:
    found = _YES_NO.get(said[name].casefold())
    if found is None:
        raise LineUnread(name)
    return found


def _identified(said: dict[str, str]) -> bool | None:
    return None if said["identified"].casefold() == "unknown" else _yes_or_no(said, "identified")


def _ground(said: dict[str, str]) -> Ground | None:
    if not said["principle"]:
        return None
    if said["principle"] not in _GROUNDS:
        raise LineUnread("principle")
    return _GROUNDS[said["principle"]]


def _age(said: dict[str, str]) -> AgeBand:
    found = _AGES.get(said["age"].casefold().replace("–", "-"))
    if found is None:
        raise LineUnread("age")
    return found
