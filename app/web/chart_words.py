"""The words of the framework's chart, for auditors and supervisors."""

from types import MappingProxyType
from typing import Any

from app.domain.counting import Counted
from app.i18n.locales import N_
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.outcome_chart import COLUMNS, Chart, ChartRow

_COUNTED = MappingProxyType(
    {
        Counted.ASSESSED: N_("Assessed"),
        Counted.NOTICED: N_("Had a notice"),
        Counted.HAS_IT: N_("Receipt"),
        Counted.REMOVED: N_("Said to be removed"),
        Counted.NOT_OURS: N_("Not theirs"),
        Counted.ASKS: N_("Asked a question"),
        Counted.REFUSES: N_("Refused"),
        Counted.AGE_DOUBT: N_("Doubted the age"),
        Counted.OVER_18: N_("Claimed 18 or older"),
        Counted.GONE: N_("Confirmed gone"),
        Counted.BACK: N_("Came back"),
        Counted.STALLED: N_("Stalled"),
        Counted.WITHDRAWN: N_("Taken back by the person"),
    }
)
_WITHIN = MappingProxyType(
    {
        "0-1": N_("Within 1 day"),
        "2-3": N_("Within 3 days"),
        "4-7": N_("Within 7 days"),
        "8-42": N_("Within 42 days"),
        "43+": N_("However long it took"),
    }
)


def year_of(typed: str) -> int | None:
    """The year that an address asks for; None for anything that is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None


def chart_values(chart: Chart) -> dict[str, Any]:
    """What the page of the chart needs."""
    return {
        "chart": chart,
        "chart_columns": tuple(_(_COUNTED[one]) for one in COLUMNS),
        "chart_rows": tuple((_row_words(row), row.counts) for row in chart.rows),
        "chart_totals": tuple((_(_COUNTED[one]), count) for one, count in chart.totals),
        "chart_words": lambda counted: _(_COUNTED[counted]),
        "chart_within": lambda band: _(_WITHIN[band]),
    }


def _row_words(row: ChartRow) -> str:
    """Kind, age band and whether the child is identified, as the heading of a row."""
    kind = _("Kind not known here") if row.kind is None else desk_words(row.kind)
    known = {True: _("identified"), False: _("not identified"), None: _("not known whether identified")}
    return f"{kind} · {desk_words(row.age_band)} · {known[row.identified]}"
