"""The framework's chart: how providers answered, by age band, kind and whether the child is identified, and
how long it took. From counts alone, which outlive forgetting.

Nobody may be told from it: whatever is shown is rounded down to tens, what is under ten is not shown, and
what follows from several numbers (a share, a middle) is worked out from those that are shown. So no small
number is the difference of two others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.casework.actors import Auditor, Caseworker
from app.casework.kit import Kit
from app.domain.counting import DAY_BANDS, UNKNOWN, Cell, Counted
from app.domain.words import AgeBand, Kind

FEWEST = 10
"""Fewer tell of single people. Advice for the figures of hotlines is to hide cells under 10."""
SHARES_FROM = 50
"""Of so many on, shares are shown: below, what was rounded away would be most of them."""
COLUMNS = (
    Counted.NOTICED,
    Counted.HAS_IT,
    Counted.REMOVED,
    Counted.GONE,
    Counted.ASKS,
    Counted.AGE_DOUBT,
    Counted.OVER_18,
    Counted.REFUSES,
    Counted.NOT_OURS,
)
_KINDS = (*(one.value for one in Kind), UNKNOWN)
_AGES = tuple(one.value for one in AgeBand)
_IDENTIFIED = ("yes", "no", UNKNOWN)


@dataclass(frozen=True)
class ChartRow:
    """One row of the framework's table. `counts` as in COLUMNS; None is under FEWEST. `kind` and `age_band`
    are None where nobody could tell."""

    kind: Kind | None
    age_band: AgeBand
    identified: bool | None
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Within:
    """So many places were gone within this band of days, all shorter ones counted in. `share`: of 100 that
    were asked for, in tens; None where too few were."""

    band: str
    count: int | None
    share: int | None


@dataclass(frozen=True)
class Speed:
    """How fast places went, by the word of `counted`. `asked`: places with a notice that nobody withdrew;
    those that are still up are counted in. `middle`: the band of days within which half of them had gone;
    None where half had not, or too few were asked for. `still`: those that are not known to be gone."""

    counted: Counted
    asked: int | None
    within: tuple[Within, ...]
    middle: str | None
    still: int | None
    has_shares: bool


@dataclass(frozen=True)
class Chart:
    """Of the notices of one year. `rows` has those with FEWEST notices or more; `totals` counts all."""

    year: int
    years: tuple[int, ...]
    rows: tuple[ChartRow, ...]
    totals: tuple[tuple[Counted, int | None], ...]
    speeds: tuple[Speed, ...]


def read_chart(kit: Kit, actor: Auditor | Caseworker, year: int | None = None) -> Chart:
    """The chart of that year; without one, or with one of which there is nothing, that of the newest."""
    with kit.database.reading() as work:
        years = work.outcome_counts.years() or (kit.clock().year,)
        chosen = year if year in years and year is not None else years[0]
        cells = work.outcome_counts.of_year(chosen)
    return chart_of(cells, chosen, years)


def chart_of(cells: dict[Cell, int], year: int, years: tuple[int, ...]) -> Chart:
    """Pure: what is shown of these counts."""

    def total(*outcomes: Counted, fits: Callable[[Cell], bool] = lambda _: True) -> int:
        return sum(count for cell, count in cells.items() if cell.outcome in outcomes and fits(cell))

    asked = max(0, total(Counted.NOTICED) - total(Counted.WITHDRAWN))
    return Chart(
        year=year,
        years=years,
        rows=tuple(_rows(cells)),
        totals=tuple((one, shown(total(one))) for one in Counted),
        speeds=tuple(
            _speed(one, asked, [total(one, fits=_in(band)) for band, _most in DAY_BANDS])
            for one in (Counted.REMOVED, Counted.GONE)
        ),
    )


def shown(count: int) -> int | None:
    """A count as it may be shown: in tens, rounded down."""
    return None if count < FEWEST else count // 10 * 10


def _in(band: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.days == band


def _rows(cells: dict[Cell, int]) -> Iterable[ChartRow]:
    for kind in _KINDS:
        for age_band in _AGES:
            for identified in _IDENTIFIED:
                found = dict.fromkeys(COLUMNS, 0)
                for cell, count in cells.items():
                    if (cell.kind, cell.age_band, cell.identified) == (kind, age_band, identified):
                        found[Counted(cell.outcome)] = found.get(Counted(cell.outcome), 0) + count
                if found[Counted.NOTICED] >= FEWEST:
                    yield ChartRow(
                        kind=None if kind == UNKNOWN else Kind(kind),
                        age_band=AgeBand(age_band),
                        identified={"yes": True, "no": False}.get(identified),
                        counts=tuple(shown(found[one]) for one in COLUMNS),
                    )


def _speed(counted: Counted, asked: int, by_band: list[int]) -> Speed:
    of = shown(asked)
    so_far = [shown(sum(by_band[: number + 1])) for number in range(len(by_band))]
    has_shares = of is not None and of >= SHARES_FROM
    shares = [_share(one, of) if has_shares else None for one in so_far]
    names = [band for band, _most in DAY_BANDS]
    halves = (name for name, count in zip(names, so_far, strict=True) if of and 2 * (count or 0) >= of)
    return Speed(
        counted=counted,
        asked=of,
        within=tuple(Within(*one) for one in zip(names, so_far, shares, strict=True)),
        middle=next(halves, None) if has_shares else None,
        still=shown(max(0, asked - sum(by_band))),
        has_shares=has_shares,
    )


def _share(count: int | None, of: int | None) -> int:
    """In tens of 100, from what is shown alone."""
    return min(100, round(10 * (count or 0) / (of or 1)) * 10)
