"""The trail: a changed, removed or inserted line shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.trail import START, Entry, Line, TrailKind, first_break

AT = datetime(2026, 1, 5, 9, 12, tzinfo=UTC)
Stored = list[tuple[Line, bytes]]


def chain(*kinds: TrailKind, trail_id: str = "t") -> Stored:
    lines: Stored = []
    for position, kind in enumerate(kinds):
        previous = lines[-1][1] if lines else START
        line = Line(trail_id, position, AT + timedelta(minutes=position), "ada", Entry(kind, "s"), previous)
        lines.append((line, line.digest))
    return lines


FIVE = chain(
    TrailKind.REQUEST_FILED,
    TrailKind.CASE_TAKEN,
    TrailKind.CASE_OPENED,
    TrailKind.LOCATION_ASSESSED,
    TrailKind.NOTICE_APPROVED,
)


@given(st.lists(st.sampled_from(TrailKind), max_size=8))
def test_a_whole_trail_has_no_break(kinds: list[TrailKind]) -> None:
    assert first_break(chain(*kinds)) is None


@pytest.mark.parametrize("position", range(5))
@pytest.mark.parametrize(
    "change",
    [
        {"trail_id": "u"},
        {"at": AT + timedelta(days=1)},
        {"by": "ben"},
        {"entry": Entry(TrailKind.MESSAGE_WRITTEN, "s")},
        {"entry": Entry(TrailKind.CASE_OPENED, "other")},
        {"position": 9},
        {"previous_digest": b"\x01" * 32},
    ],
    ids="_".join,
)
def test_a_changed_line_shows(position: int, change: dict[str, object]) -> None:
    line, stored = FIVE[position]
    changed = [*FIVE]
    changed[position] = (replace(line, **change), stored)  # type: ignore[arg-type]
    assert first_break(changed) == position


@pytest.mark.parametrize("position", range(5))
def test_a_line_written_anew_with_a_fitting_digest_shows_at_the_next(position: int) -> None:
    line = replace(FIVE[position][0], by="ben")
    changed = [*FIVE]
    changed[position] = (line, line.digest)
    assert first_break(changed) == (position + 1 if position < 4 else None)


@pytest.mark.parametrize("position", range(4))
def test_a_line_removed_before_the_last_shows(position: int) -> None:
    assert first_break(FIVE[:position] + FIVE[position + 1 :]) == position


@pytest.mark.parametrize("position", range(5))
def test_an_inserted_line_shows(position: int) -> None:
    previous = FIVE[position - 1][1] if position else START
    made = Line("t", position, AT, "eve", Entry(TrailKind.CASE_OPENED), previous)
    assert first_break([*FIVE[:position], (made, made.digest), *FIVE[position:]]) == position + 1


def test_two_lines_in_the_wrong_order_show() -> None:
    assert first_break([FIVE[0], FIVE[2], FIVE[1], *FIVE[3:]]) == 1


def test_a_line_of_another_case_shows() -> None:
    other = chain(*(line.entry.kind for line, _ in FIVE), trail_id="u")
    assert first_break([*FIVE[:2], *other[2:]]) == 2


def test_kinds_of_long_ago_are_still_known() -> None:
    for name in "request_filed case_taken case_opened notice_approved notice_sent reply_removed".split():
        assert TrailKind(name)
