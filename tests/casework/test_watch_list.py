"""The list of cases with places to be looked at: who is in it, in which order, and what it never says."""

from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.recuse import recuse
from app.casework.take_case import take_case
from app.domain.notice_words import Seen
from app.domain.words import Reply
from app.reads import watch_list
from app.reads.watch_list import read_watch_list
from tests.casework.steps import places_of
from tests.casework.watch_steps import clock_of, gone, noticed, reply, seen
from tests.make import ADA, BEN, make_known


def test_what_the_provider_says_is_removed_is_due_after_a_day(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1, 2)
    assert read_watch_list(kit, ADA).rows == ()
    clock_of(kit).move(days=1)
    [row] = read_watch_list(kit, ADA).rows
    assert (row.request_id, row.places, row.said, row.taken) == (filed.request_id, 2, 2, False)
    assert row.due_at <= kit.clock()


def test_what_is_gone_comes_back_to_the_list_on_each_day_of_the_watch(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1, 2)
    for days in (1, 2, 4):
        assert read_watch_list(kit, ADA).rows == ()
        clock_of(kit).move(days=days)
        [row] = read_watch_list(kit, ADA).rows
        assert (row.places, row.said) == (2, 0)
        seen(kit, filed, Seen.GONE, 1)
        [row] = read_watch_list(kit, ADA).rows
        assert (row.places, row.taken_by_me) == (1, True)
        seen(kit, filed, Seen.GONE, 2)


def test_what_waits_for_the_provider_or_is_back_is_on_no_watch(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    seen(kit, filed, Seen.THERE, 1)
    clock_of(kit).move(days=100)
    assert read_watch_list(kit, ADA).rows == ()


def test_the_longest_due_comes_first_page_by_page(kit: Kit) -> None:
    filed = []
    for _ in range(3):
        one = noticed(kit)
        reply(kit, one, Reply.REMOVED, 1)
        filed.append(one.request_id)
        clock_of(kit).move(minutes=10)
    clock_of(kit).move(days=2)
    watch_list.PAGE = 2
    try:
        first = read_watch_list(kit, ADA)
        assert [row.request_id for row in first.rows] == filed[:2]
        assert first.next_after is not None
        second = read_watch_list(kit, ADA, first.next_after)
        assert [row.request_id for row in second.rows] == filed[2:]
        assert second.next_after is None
    finally:
        watch_list.PAGE = 50


def test_who_stepped_back_and_what_is_forgotten_is_not_in_it(kit: Kit) -> None:
    make_known(kit, ADA)
    filed, other = noticed(kit), noticed(kit)
    for one in (filed, other):
        reply(kit, one, Reply.REMOVED, 1)
    clock_of(kit).move(days=1, hours=1)
    take_case(kit, BEN, filed.request_id)
    recuse(kit, ADA, other.request_id)
    assert [row.request_id for row in read_watch_list(kit, ADA).rows] == [filed.request_id]
    assert len(read_watch_list(kit, BEN).rows) == 2
    forget_request(kit, BEN, filed.request_id)
    assert [row.request_id for row in read_watch_list(kit, BEN).rows] == [other.request_id]


def test_a_page_that_there_is_not_begins_at_the_top(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    clock_of(kit).move(days=2)
    for after in ("", "x", "99999999999999-aa", "-", "1-\N{GRINNING FACE}"):
        assert len(read_watch_list(kit, ADA, after).rows) == 1


def test_it_opens_nothing_and_holds_no_address(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    clock_of(kit).move(days=2)
    said = repr(read_watch_list(kit, ADA))
    for place in places_of(kit, filed.request_id):
        assert place.url not in said
        assert place.masked not in said
