"""The framework's chart keeps its numbers: counted when it happens, once, and for ever."""

from datetime import timedelta

from app.casework.chase_notices import chase_notices
from app.casework.count_outcome import count_outcome
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.say_back_again import say_back_again
from app.casework.take_case import take_case
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.counting import Cell, Counted
from app.domain.notice_words import Seen
from app.domain.words import Reply
from app.reads.outcome_chart import read_chart
from tests.casework.steps import all_at_once, assess_all
from tests.casework.watch_steps import (
    clock_of,
    counted,
    counts,
    gone,
    mid_year,
    noticed,
    reply,
    seen,
)
from tests.make import ADA, CSAM, LOU, file_one


def cell(kit: Kit, outcome: Counted, days: str = "") -> Cell:
    return Cell(kit.clock().year, "csam", "9-12", "no", outcome.value, days)


def test_a_case_leaves_its_findings_answers_and_days_in_the_chart(kit: Kit) -> None:
    mid_year(kit)
    filed = noticed(kit)
    clock_of(kit).move(hours=30)
    take_case(kit, ADA, filed.request_id)
    reply(kit, filed, Reply.HAS_IT, 1, 2)
    reply(kit, filed, Reply.REMOVED, 1)
    clock_of(kit).move(days=3)
    seen(kit, filed, Seen.GONE, 1)
    reply(kit, filed, Reply.AGE_DOUBT, 2)
    found = counts(kit)
    assert {cell(kit, one): found[cell(kit, one)] for one in (Counted.ASSESSED, Counted.HAS_IT)} == {
        cell(kit, Counted.ASSESSED): 2,
        cell(kit, Counted.HAS_IT): 2,
    }
    assert found[cell(kit, Counted.REMOVED, "2-3")] == 1
    assert found[cell(kit, Counted.GONE, "2-3")] == 1  # by the first word that it was gone
    assert found[cell(kit, Counted.AGE_DOUBT)] == 1


def test_what_is_said_again_and_again_counts_once(kit: Kit) -> None:
    mid_year(kit)
    filed = noticed(kit)
    for said in (Reply.ASKS, Reply.HAS_IT, Reply.ASKS, Reply.REFUSES, Reply.ASKS, Reply.REMOVED):
        clock_of(kit).move(minutes=3)
        reply(kit, filed, said, 1)
    found = counted(kit)
    assert [found[one] for one in ("asks", "has_it", "refuses", "removed")] == [1, 1, 1, 1]


def test_what_was_back_counts_anew(kit: Kit) -> None:
    mid_year(kit)
    filed = noticed(kit)
    gone(kit, filed, 1)
    clock_of(kit).move(minutes=2)
    say_back_again(kit, follow_with_code(kit, filed.code), 1)
    found = counted(kit)
    assert (found["removed"], found["gone"], found["back"]) == (1, 1, 1)
    year = kit.clock().year
    assert counts(kit)[Cell(year, "unknown", "unknown", "unknown", "back", "")] == 1


def test_withdrawing_counts_where_a_notice_was_out(kit: Kit) -> None:
    mid_year(kit)
    filed, other = noticed(kit), file_one(kit)
    for one in (filed, other):
        withdraw_places(kit, follow_with_code(kit, one.code), WithdrawInput((1,)))
    assert counted(kit)["withdrawn"] == 1


def test_a_second_finding_is_no_second_place(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    assess_all(kit, filed.request_id)
    assert counted(kit) == {"assessed": 1}


def test_the_numbers_outlive_the_request(kit: Kit) -> None:
    mid_year(kit)
    filed = noticed(kit)
    gone(kit, filed, 1)
    before = counts(kit)
    forget_request(kit, ADA, filed.request_id)
    clock_of(kit).move(days=8)
    assert destroy_forgotten(kit).count == 1
    assert counts(kit) == before
    assert before[cell(kit, Counted.GONE, "0-1")] == 1


def test_no_increase_is_lost_when_many_come_at_once(kit: Kit) -> None:
    mid_year(kit)
    at = kit.clock()

    def add(first: Counted, second: Counted) -> None:
        for _ in range(10):
            with kit.database.writing() as work:
                count_outcome(work, CSAM, first, at)
                count_outcome(work, CSAM, second, at, at - timedelta(hours=5))
                work.commit()

    one, other = Counted.NOTICED, Counted.REMOVED
    came_of = all_at_once(*(lambda pair=pair: add(*pair) for pair in [(one, other), (other, one)] * 3))
    assert came_of == [None] * 6
    assert counted(kit) == {"noticed": 60, "removed": 60}


def test_what_is_rolled_back_was_never_counted(kit: Kit) -> None:
    with kit.database.writing() as work:
        count_outcome(work, CSAM, Counted.NOTICED, kit.clock())
    assert counts(kit) == {}


def test_the_chart_is_read_by_the_year_of_the_notice(kit: Kit) -> None:
    at = kit.clock()
    with kit.database.writing() as work:
        for _ in range(20):
            count_outcome(work, CSAM, Counted.NOTICED, at - timedelta(days=400))
            count_outcome(work, CSAM, Counted.GONE, at, at - timedelta(days=400))
        work.commit()
    chart = read_chart(kit, LOU)
    assert chart.year == (at - timedelta(days=400)).year
    assert [row.counts[0] for row in chart.rows] == [20]
    assert chart.speeds[1].within[-1].count == 20
    assert read_chart(kit, LOU, 1999).year == chart.year


def test_what_nobody_moves_counts_as_stalled(kit: Kit) -> None:
    mid_year(kit)
    noticed(kit)
    for _ in range(45):
        clock_of(kit).move(days=1)
        while chase_notices(kit):
            pass
    assert counted(kit)["stalled"] == 2
