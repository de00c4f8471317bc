"""The framework's chart as auditors see it: in tens, and nothing small."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.casework.count_outcome import count_outcome
from app.casework.kit import Kit
from app.domain.counting import Counted
from app.reads.outcome_chart import COLUMNS
from tests.casework.watch_steps import mid_year
from tests.make import CSAM, LOU
from tests.walks import Desk
from tests.web.pages import Page


def count(kit: Kit, counted: Counted, times: int, days: float = 0) -> None:
    at = kit.clock()
    with kit.database.writing() as work:
        for _ in range(times):
            count_outcome(work, CSAM, counted, at, at - timedelta(days=days) if days else None)
        work.commit()


def chart(site: Flask, address: str = "/audit/numbers") -> str:
    return Page(Desk(site, LOU).go(address).text).text.partition("How providers answered")[2]


def test_an_empty_chart_says_so(site: Flask) -> None:
    text = chart(site)
    assert "No row has 10 notices yet." in text
    assert "Shares are shown when 50 places had a notice." in text


def test_answers_stand_by_kind_age_band_and_identified(site: Flask, embedded_kit: Kit) -> None:
    mid_year(embedded_kit)
    count(embedded_kit, Counted.NOTICED, 57)
    count(embedded_kit, Counted.REMOVED, 23, days=0.5)
    count(embedded_kit, Counted.REMOVED, 9, days=5)
    count(embedded_kit, Counted.REFUSES, 7)
    text = chart(site)
    row = text.partition("· not identified")[2].partition("All together")[0]
    assert re.findall(r"\d+ or a few more|fewer than 10", row)[: len(COLUMNS)] == [
        "50 or a few more",
        "fewer than 10",
        "30 or a few more",
        *["fewer than 10"] * (len(COLUMNS) - 3),
    ]
    assert "Within 1 day20 or a few more40" in text
    assert "Within 7 days30 or a few more60" in text
    assert "Half of them: Within 7 days" in text
    shown = re.findall(r"<td[^>]*>(\d+) or a few more", Desk(site, LOU).go("/audit/numbers").text)
    assert set(shown) == {"20", "30", "50"}


@pytest.mark.parametrize("year", ["1999", "0000", "x", "99999999999999", "²"])
def test_another_year_is_that_of_the_newest(site: Flask, embedded_kit: Kit, year: str) -> None:
    count(embedded_kit, Counted.NOTICED, 10)
    assert (
        f"notices of {embedded_kit.clock().year}"
        in Page(Desk(site, LOU).go(f"/audit/numbers?year={year}").text).text
    )


def test_the_years_are_a_way_from_one_to_the_other(site: Flask, embedded_kit: Kit) -> None:
    count(embedded_kit, Counted.NOTICED, 10)
    count(embedded_kit, Counted.GONE, 20, days=400)
    now = embedded_kit.clock()
    page = Desk(site, LOU).go("/audit/numbers").text
    other = str((now - timedelta(days=400)).year)
    assert set(re.findall(r'href="\?year=(\d+)#chart"', page)) == {str(now.year), other}
    assert "However long it took20 or a few more" in chart(site, f"/audit/numbers?year={other}")
