"""What of the chart's counts is shown, and what nobody can work out from it."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.counting import DAY_BANDS, Cell, Counted
from app.domain.words import AgeBand, Kind
from app.reads.outcome_chart import COLUMNS, FEWEST, Chart, Speed, chart_of, shown

BANDS = [name for name, _most in DAY_BANDS]


def cell(outcome: Counted, days: str = "", kind: str = "csam", age: str = "9-12", known: str = "no") -> Cell:
    return Cell(2027, kind, age, known, outcome.value, days)


def chart(cells: dict[Cell, int]) -> Chart:
    return chart_of(cells, 2027, (2027,))


def test_a_row_has_its_answers_in_tens() -> None:
    cells = {cell(Counted.NOTICED): 57, cell(Counted.REMOVED, "0-1"): 31, cell(Counted.REMOVED, "4-7"): 8}
    [row] = chart(cells | {cell(Counted.REFUSES): 9}).rows
    assert (row.kind, row.age_band, row.identified) == (Kind.CSAM, AgeBand.PUBESCENT, False)
    assert dict(zip(COLUMNS, row.counts, strict=True)) == dict.fromkeys(COLUMNS) | {
        Counted.NOTICED: 50,
        Counted.REMOVED: 30,
    }


def test_a_row_of_few_notices_is_left_out() -> None:
    assert chart({cell(Counted.NOTICED): 9, cell(Counted.REMOVED, "0-1"): 9}).rows == ()


def test_what_nobody_could_open_has_a_row_of_its_own() -> None:
    unknown = {"kind": "unknown", "age": "unknown", "known": "unknown"}
    [row] = chart({cell(Counted.NOTICED, **unknown): 10}).rows
    assert (row.kind, row.age_band, row.identified) == (None, AgeBand.UNKNOWN, None)


def test_those_that_are_still_up_are_counted_in() -> None:
    removed = {"0-1": 40, "2-3": 15, "4-7": 20, "8-42": 5, "43+": 0}
    cells = {cell(Counted.REMOVED, band): count for band, count in removed.items()}
    speed, gone = chart(cells | {cell(Counted.NOTICED): 110, cell(Counted.WITHDRAWN): 10}).speeds
    assert (speed.asked, speed.still, speed.middle) == (100, 20, "2-3")
    assert [(one.band, one.count, one.share) for one in speed.within] == [
        ("0-1", 40, 40),
        ("2-3", 50, 50),
        ("4-7", 70, 70),
        ("8-42", 80, 80),
        ("43+", 80, 80),
    ]
    assert (gone.still, gone.middle) == (100, None)


def test_of_few_no_share_and_no_middle_is_shown() -> None:
    speed = chart({cell(Counted.NOTICED): 49, cell(Counted.REMOVED, "0-1"): 49}).speeds[0]
    assert not speed.has_shares
    assert speed.middle is None
    assert [one.share for one in speed.within] == [None] * len(BANDS)


def shown_numbers(found: Chart) -> list[int]:
    numbers = [one for row in found.rows for one in row.counts] + [count for _, count in found.totals]
    for speed in found.speeds:
        numbers += [speed.asked, speed.still, *(one.count for one in speed.within)]
    return [one for one in numbers if one is not None]


some_cells = st.dictionaries(
    st.builds(
        Cell,
        st.just(2027),
        st.sampled_from([*Kind, "unknown"]).map(str),
        st.sampled_from(AgeBand).map(str),
        st.sampled_from(["yes", "no", "unknown"]),
        st.sampled_from(Counted).map(str),
        st.sampled_from(["", *BANDS]),
    ),
    st.integers(min_value=1, max_value=60),
    max_size=25,
)


@given(some_cells)
def test_whatever_was_counted_only_whole_tens_are_shown(cells: dict[Cell, int]) -> None:
    assert all(one >= FEWEST and one % 10 == 0 for one in shown_numbers(chart(cells)))


@given(st.integers(min_value=0, max_value=9), st.integers(min_value=10, max_value=500))
def test_a_small_number_is_no_difference_of_two_that_are_shown(small: int, rest: int) -> None:
    """Of every hidden number at least nine values fit what is shown of the sum and of the rest."""
    fitting = {
        other
        for other in range(10)
        for part in range(rest // 10 * 10, rest // 10 * 10 + 10)
        if shown(part + other) == shown(rest + small)
    }
    assert small in fitting
    assert len(fitting) >= 9


@given(some_cells, st.integers(min_value=0, max_value=9))
def test_shares_and_the_middle_follow_from_what_is_shown(cells: dict[Cell, int], more: int) -> None:
    """Two charts that show the same counts show the same of everything."""
    key = cell(Counted.REMOVED, "0-1")
    one, other = chart(cells), chart(cells | {key: cells.get(key, 0) + more})
    for first, second in zip(one.speeds, other.speeds, strict=True):
        if first.asked == second.asked and [x.count for x in first.within] == [
            x.count for x in second.within
        ]:
            assert (first.within, first.middle) == (second.within, second.middle)


def _counts(speed: Speed) -> list[int | None]:
    return [one.count for one in speed.within]
