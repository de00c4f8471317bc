"""The list of what is to be looked at by now: the day that somebody was told is a day that is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.record_reply import ReplyInput, record_reply
from app.domain.words import Asker, Reply
from app.outbound.ports import NullMailer
from app.reads import queue
from app.reads.queue import read_queue
from tests.casework.steps import file_approved, open_courier, places_of
from tests.make import ADA, BEN, Clock, Filed, file_one


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def due(kit: Kit) -> list[str]:
    return [row.request_id for row in read_queue(kit, BEN, "due", None).rows]


def put_due(kit: Kit, filed: Filed, hours: float) -> None:
    """Due so many hours from now; before now when negative."""
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        work.requests.save(replace(request, due_by=kit.clock() + timedelta(hours=hours)))
        work.commit()


def test_what_is_overdue_longest_comes_first(kit: Kit) -> None:
    filed = [file_one(kit) for _ in range(4)]
    for one, hours in zip(filed, (-1, -9, 3, -5), strict=True):
        put_due(kit, one, hours)
    assert due(kit) == [filed[1].request_id, filed[3].request_id, filed[0].request_id]
    page = read_queue(kit, BEN, "due", None)
    assert page.counts["due"] == 3
    assert all(row.is_overdue for row in page.rows)
    assert [row.is_overdue for row in read_queue(kit, BEN, "open", None).rows].count(False) == 1


def test_a_case_whose_places_are_all_done_comes_back_when_it_is_due(kit: Kit) -> None:
    filed = file_approved(kit)
    deliver_letter(kit, open_courier(kit), NullMailer())
    (place,) = places_of(kit, filed.request_id)
    record_reply(kit, ADA, ReplyInput(filed.request_id, (place.id,), Reply.REMOVED))
    give_back(kit, ADA, filed.request_id)
    assert (read_queue(kit, BEN, "open", None).rows, due(kit)) == ((), [])
    clock_of(kit).move(days=3, minutes=1)
    assert read_queue(kit, BEN, "open", None).rows == ()
    (row,) = read_queue(kit, BEN, "due", None).rows
    assert (row.request_id, row.open_places) == (filed.request_id, 0)


def test_a_forgotten_request_is_due_for_nobody(kit: Kit) -> None:
    filed = file_one(kit)
    clock_of(kit).move(hours=25)
    assert due(kit) == [filed.request_id]
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    assert due(kit) == []


def test_what_a_bystander_named_is_looked_at_in_time_too(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.BYSTANDER)
    clock_of(kit).move(hours=25)
    assert due(kit) == [filed.request_id]


@pytest.mark.parametrize("which", ["due", "open", "free"])
def test_pages_follow_one_another_without_gap_or_repeat(
    kit: Kit, which: queue.Which, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    filed = [file_one(kit) for _ in range(7)]
    for number, one in enumerate(filed):
        put_due(kit, one, -1 - number // 3)  # several are due at the same moment
    seen: list[str] = []
    after: str | None = None
    while True:
        page = read_queue(kit, BEN, which, after)
        seen += [row.request_id for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert sorted(seen) == sorted(one.request_id for one in filed)
    assert len(set(seen)) == 7
