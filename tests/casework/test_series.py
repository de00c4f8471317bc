"""Series: a caseworker puts cases together, and nobody who asks is shown anything of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.casework.errors import NotAllowed, NotFound, NotHolding, Recused, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_back import give_back
from app.casework.kit import Kit, new_id
from app.casework.link_series import LinkInput, link_series
from app.casework.open_case import open_case
from app.casework.series import open_series
from app.casework.take_case import take_case
from app.casework.unlink_series import unlink_series
from app.domain.series import PoliceFile
from app.domain.words import Asker
from app.persistence.requests import requests
from tests.casework.series_steps import (
    all_links,
    all_series,
    check_whole,
    describe,
    filed_apart,
    link,
    series_of,
    step_back,
)
from tests.casework.steps import all_at_once, trail_of
from tests.make import ADA, BEN, file_one

POLICE = PoliceFile(True, "K-4711", "CA")
OTHER_POLICE = PoliceFile(True, "B-0815", "FR")


def test_two_cases_make_a_series_and_both_trails_say_so(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    for filed in (one, other):
        found = series_of(kit, filed)
        assert found is not None
        assert (found.id, found.others, found.police_reference) == (series_id, 1, "")
        assert "series_linked" in trail_of(kit, filed.request_id)
    assert {one.handle for one in open_series(kit, BEN, series_id).cases} == {
        one.request_id[:8],
        other.request_id[:8],
    }
    check_whole(kit)


def test_a_third_joins_by_a_case_or_by_the_series(kit: Kit) -> None:
    one, other, third, fourth = filed_apart(kit, 4)
    series_id = link(kit, one, other)
    assert link(kit, third, other) == series_id
    assert link_series(kit, ADA, LinkInput(fourth.request_id, series_id=series_id)) == series_id
    assert set(all_series(kit)[series_id].requests) == {
        each.request_id for each in (one, other, third, fourth)
    }
    assert trail_of(kit, one.request_id).count("series_linked") == 1
    check_whole(kit)


def test_linking_twice_changes_nothing(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    link(kit, one, other)
    before, lines = all_series(kit), trail_of(kit, one.request_id)
    link(kit, one, other)
    link(kit, other, one)
    assert all_series(kit) == before
    assert trail_of(kit, one.request_id) == lines


def test_two_series_become_one_and_no_reference_is_lost(kit: Kit) -> None:
    a, b, c, d = filed_apart(kit, 4)
    mine, theirs = link(kit, a, b), link(kit, c, d)
    describe(kit, mine, POLICE, "first note")
    describe(kit, theirs, OTHER_POLICE, "second note")
    assert link(kit, b, c) == mine
    [left] = all_series(kit).values()
    assert left.police == POLICE
    assert left.note == "first note\nB-0815 FR\nsecond note"
    assert set(left.requests) == {one.request_id for one in (a, b, c, d)}
    assert trail_of(kit, d.request_id).count("series_linked") == 2
    assert trail_of(kit, a.request_id).count("series_linked") == 1
    check_whole(kit)


def test_what_only_one_of_two_series_has_is_kept(kit: Kit) -> None:
    a, b, c, d = filed_apart(kit, 4)
    link(kit, a, b)
    describe(kit, link(kit, c, d), OTHER_POLICE)
    link(kit, a, c)
    [left] = all_series(kit).values()
    assert (left.police, left.note) == (OTHER_POLICE, "")


def test_only_who_holds_the_case_links_or_unlinks_it(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    link(kit, one, other)
    third = file_one(kit)
    take_case(kit, BEN, third.request_id)
    with pytest.raises(NotHolding):
        link(kit, third, one)
    with pytest.raises(NotHolding):
        link(kit, one, third, BEN)
    with pytest.raises(NotHolding):
        unlink_series(kit, BEN, one.request_id)
    link(kit, one, third)  # the other one may be with a colleague: nothing of it changes
    check_whole(kit)


def _itself(kit: Kit) -> LinkInput:
    [one] = filed_apart(kit, 1)
    return LinkInput(one.request_id, one.request_id)


def _nothing(kit: Kit) -> LinkInput:
    [one] = filed_apart(kit, 1)
    return LinkInput(one.request_id)


@pytest.mark.parametrize("given", [_itself, _nothing])
def test_a_case_is_in_no_series_with_itself(kit: Kit, given: Callable[[Kit], LinkInput]) -> None:
    with pytest.raises(NotAllowed):
        link_series(kit, ADA, given(kit))
    assert all_series(kit) == {}


def test_what_is_not_there_is_not_linked(kit: Kit) -> None:
    one, gone = filed_apart(kit, 2)
    forget_request(kit, follow_with_code(kit, gone.code), gone.request_id)
    for given in (
        LinkInput(one.request_id, new_id()),
        LinkInput(one.request_id, series_id=new_id()),
        LinkInput(one.request_id, gone.request_id),
    ):
        with pytest.raises(NotFound):
            link_series(kit, ADA, given)
    with pytest.raises(NotAllowed):
        unlink_series(kit, ADA, one.request_id)
    with pytest.raises(NotFound):
        open_series(kit, ADA, new_id())
    assert all_series(kit) == {}


def test_who_stepped_back_from_a_case_neither_links_it_nor_sees_it_in_the_series(kit: Kit) -> None:
    one, other, third = filed_apart(kit, 3)
    series_id = link(kit, one, other)
    step_back(kit, other, BEN)
    folder = open_series(kit, BEN, series_id)
    assert [each.request_id for each in folder.cases] == [one.request_id]
    assert folder.left_out == 1
    give_back(kit, ADA, third.request_id)
    take_case(kit, BEN, third.request_id)
    with pytest.raises(Recused):
        link(kit, third, other, BEN)
    step_back(kit, one, BEN)
    with pytest.raises(Recused):
        open_series(kit, BEN, series_id)


def test_one_case_that_is_left_keeps_the_series_and_the_last_ends_it(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    describe(kit, series_id, POLICE)
    unlink_series(kit, ADA, one.request_id)
    assert series_of(kit, one) is None
    found = series_of(kit, other)
    assert found is not None
    assert (found.others, found.police) == (0, POLICE)
    assert "series_unlinked" in trail_of(kit, one.request_id)
    check_whole(kit)
    unlink_series(kit, ADA, other.request_id)
    assert (all_series(kit), all_links(kit)) == ({}, {})


@pytest.mark.parametrize(
    ("askers", "differ"),
    [
        ((Asker.PERSON, Asker.PERSON), False),
        ((Asker.PERSON, Asker.UNSAID), False),
        ((Asker.PARENT, Asker.PERSON), True),
        ((Asker.PARENT, Asker.PARENT), True),
        ((Asker.BYSTANDER, Asker.PERSON), True),
    ],
)
def test_the_desk_is_told_when_other_people_may_ask_there(
    kit: Kit, askers: tuple[Asker, Asker], differ: bool
) -> None:
    one, other = (file_one(kit, asker=asker) for asker in askers)
    take_case(kit, ADA, one.request_id)
    folder = open_series(kit, ADA, link(kit, one, other))
    found = series_of(kit, one)
    assert found is not None
    assert (found.asks_differ, folder.asks_differ) == (differ, differ)


def test_a_case_alone_in_its_series_tells_of_nobody_else(kit: Kit) -> None:
    one, other = file_one(kit, asker=Asker.PARENT), file_one(kit)
    for filed in (one, other):
        take_case(kit, ADA, filed.request_id)
    link(kit, one, other)
    unlink_series(kit, ADA, other.request_id)
    found = series_of(kit, one)
    assert found is not None
    assert not found.asks_differ


def test_many_who_link_at_once_end_in_whole_series(kit: Kit) -> None:
    cases = filed_apart(kit, 6)
    pairs = [(0, 1), (2, 3), (4, 5), (1, 2), (3, 4), (5, 0), (0, 3), (2, 5)]
    came_of = all_at_once(*(lambda a=a, b=b: link(kit, cases[a], cases[b]) for a, b in pairs))
    assert [one for one in came_of if not isinstance(one, str | Stale)] == []
    check_whole(kit)
    for number in range(5):
        link(kit, cases[number], cases[number + 1])
    assert len(all_series(kit)) == 1
    check_whole(kit)


def test_the_request_stays_as_it_was_but_for_its_lease(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    with kit.database.reading() as work:
        before = work.requests.load(one.request_id), work.requests.load(other.request_id)
    link(kit, one, other)
    with kit.database.reading() as work:
        after = work.requests.load(one.request_id), work.requests.load(other.request_id)
        assert work.connection.execute(requests.select()).first() is not None
    assert after[1] == before[1]
    assert after[0] == replace(before[0], version=after[0].version, lease_until=after[0].lease_until)
    assert open_case(kit, ADA, one.request_id).taken_by_me
