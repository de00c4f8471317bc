"""Where in the framework's chart something counts."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.assessments import Finding
from app.domain.counting import OF_REPLY, Counted, cell_of, day_band
from app.domain.words import AgeBand, Basis, Ground, Kind, Reply

AT = datetime(2027, 1, 2, 12, tzinfo=UTC)
FOUND = Finding(Kind.HARMFUL, True, True, Ground.SEXUALISED, AgeBand.POST_PUBESCENT, True, Basis.US)


def test_the_finding_says_where_it_counts() -> None:
    cell = cell_of(FOUND, Counted.REMOVED, AT, AT - timedelta(hours=30))
    assert vars(cell) == {
        "year": 2027,
        "kind": "harmful",
        "age_band": "13-17",
        "identified": "yes",
        "outcome": "removed",
        "days": "2-3",
    }


def test_without_a_finding_it_counts_as_unknown() -> None:
    cell = cell_of(None, Counted.STALLED, AT, AT - timedelta(days=42))
    assert (cell.kind, cell.age_band, cell.identified, cell.days) == ("unknown", "unknown", "unknown", "")


def test_identity_and_safety_has_no_age_band() -> None:
    found = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.US)
    cell = cell_of(found, Counted.NOTICED, AT, None)
    assert (cell.kind, cell.age_band, cell.identified) == ("identity", "unknown", "unknown")


def test_what_comes_of_a_notice_counts_in_the_year_of_that_notice() -> None:
    assert cell_of(FOUND, Counted.GONE, AT, AT - timedelta(days=7)).year == 2026
    assert cell_of(FOUND, Counted.NOTICED, AT, None).year == 2027


@pytest.mark.parametrize(
    ("took", "band"),
    [
        (timedelta(0), "0-1"),
        (timedelta(days=1), "0-1"),
        (timedelta(days=1, seconds=1), "2-3"),
        (timedelta(days=3), "2-3"),
        (timedelta(days=7), "4-7"),
        (timedelta(days=7, minutes=1), "8-42"),
        (timedelta(days=42), "8-42"),
        (timedelta(days=43), "43+"),
        (timedelta(days=9000), "43+"),
    ],
)
def test_days_are_counted_in_the_bands_that_hotlines_publish(took: timedelta, band: str) -> None:
    assert day_band(took) == band


def test_every_reply_is_counted_as_itself() -> None:
    assert [OF_REPLY[one].value for one in Reply] == [one.value for one in Reply]
