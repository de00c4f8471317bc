"""What is said of lists: why one cannot be used, and what is wrong with which of its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from app.casework.staged_lists import ListKind
from app.i18n.locales import N_
from app.i18n.locales import gettext as _
from app.places.list_files import LineProblem

_REFUSED = MappingProxyType(
    {
        "picture": N_(
            "There was a picture or a file in this. We never take pictures: nothing of it was kept."
        ),
        "empty": N_("Please choose a file, or paste the list."),
        "too_large": N_("This file is too large. Please bring at most 16 megabytes at once."),
        "no_place": N_("We found no place in this."),
        "no_column": N_(
            "The first line names columns, and we miss one. Please look at the names that are listed here."
        ),
        "no_names": N_(
            "Every line holds a comma or a semicolon, and we cannot tell whether it belongs to the address. "
            "Please write the names of the columns into the first line: only “url” when each line is one "
            "address."
        ),
        "too_many": N_("Ten of your lists are waiting. Please go on with one of them, or drop one."),
        "reason_empty": N_("Please write why this is in the best interests of the child."),
        "reason_long": N_("This is too long. Please make it shorter."),
        "choose_contents": N_("Please choose what is there."),
        "choose_lines": N_("Please choose at least one line."),
    }
)
_LINE = MappingProxyType(
    {
        "encoding": N_("Not readable as text (save the file as UTF-8)"),
        "quoting": N_("A quotation mark that is opened and never closed"),
        "nul": N_("Signs that no text has"),
        "too_long": N_("Too long"),
        "formula": N_("A cell that begins like a formula of a spreadsheet"),
        "columns": N_("More or fewer cells than the first line"),
        "value": N_("Not a text"),
        "too_many": N_("Reading stopped here: too many lines"),
        "label_long": N_("The label is too long"),
        "no_host": N_("No address in it"),
        "spaces": N_("Not clear where the address ends"),
        "scheme": N_("Not an address of the web"),
        "not_public": N_("An address that is not on the open Internet"),
        "unreadable": N_("Not readable as an address"),
        "several": N_("More than one address in one cell"),
        "reference": N_("A reference that is not of this case"),
        "repeated": N_("A second line for the same place"),
        "kind": N_("Not clear which kind was found"),
        "child": N_("No answer to: is it a child?"),
        "harmed": N_("No answer to: is the child harmed?"),
        "principle": N_("No principle (1, 2 or 3) where one is needed, or one too many"),
        "age": N_("No age band"),
        "identified": N_("No answer to: have the police identified the child?"),
        "assessed_by": N_("The name of the partner is too long"),
        "seen": N_("Not clear whether it was seen gone or there"),
    }
)
_KIND = MappingProxyType(
    {
        ListKind.OWN_MOTION: N_("Places for a request of the hotline’s own"),
        ListKind.FINDINGS: N_("Findings for a case"),
        ListKind.PROVIDERS: N_("Providers"),
    }
)


@dataclass(frozen=True)
class BadLines:
    """Lines with one and the same fault. `numbers`: "3, 17, 20–35"."""

    sentence: str
    numbers: str
    count: int


def list_refused(code: str) -> str:
    """Why a whole list, or the form that brings it, cannot be used."""
    return _(_REFUSED[code])


def list_kind(kind: ListKind) -> str:
    """What a list is for."""
    return _(_KIND[kind])


def bad_lines(problems: Iterable[LineProblem]) -> tuple[BadLines, ...]:
    """Every bad line by its number, under what is wrong with it. What is broken as a whole stands apart."""
    by_code: dict[str, list[int]] = {}
    for one in problems:
        if one.code != "json":
            by_code.setdefault(one.code, []).append(one.line)
    return tuple(
        BadLines(_(_LINE[code]), _joined(sorted(set(lines))), len(set(lines)))
        for code, lines in by_code.items()
    )


def broken_at(problems: Iterable[LineProblem]) -> int:
    """The line at which a JSON list is broken, so that nothing of it could be read; 0 when it is whole."""
    return next((one.line for one in problems if one.code == "json"), 0)


def _joined(lines: list[int]) -> str:
    """Runs of neighbours become a range."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
