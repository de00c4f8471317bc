"""One finding for a whole series: what is free or one's own, all of it or nothing."""

from dataclasses import replace

import pytest

from app.casework.add_places import AddInput, add_places
from app.casework.assess import AssessInput, assess
from app.casework.assess_series import SeriesFinding, assess_series
from app.casework.errors import NotFound, Recused, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_back import give_back
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.series_to_assess import SeriesToAssess, read_series_to_assess
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.words import AgeBand, LocationState
from app.places.reading import read_places
from app.reads.follow import read_follow
from tests.casework.series_steps import link, step_back
from tests.casework.steps import all_at_once, places_of, trail_of
from tests.make import ADA, BEN, CSAM, Clock, Filed, file_one

NO = replace(CSAM, is_child=False)
SITE = "https://img.northlight.example"


def a_series(kit: Kit, *counts: int) -> tuple[str, list[Filed]]:
    """So many cases with so many places each, in one series; all of them free."""
    cases = [
        file_one(kit, "\n".join(f"{SITE}/{number}/{place}" for place in range(count)))
        for number, count in enumerate(counts)
    ]
    take_case(kit, ADA, cases[0].request_id)
    series_id = [link(kit, cases[0], other) for other in cases[1:]][-1]
    give_back(kit, ADA, cases[0].request_id)
    return series_id, cases


def seen(found: SeriesToAssess) -> dict[str, str]:
    return {one.request_id: one.mark for one in found.within_reach}


def find(kit: Kit, series_id: str, finding: Finding = CSAM, only_new: bool = True) -> SeriesFinding:
    """As the page would send it now."""
    return SeriesFinding(series_id, finding, seen(read_series_to_assess(kit, ADA, series_id)), only_new)


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [place.state for place in places_of(kit, filed.request_id, BEN)]


def test_every_place_of_every_case_gets_the_finding(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 1, 3)
    take_case(kit, ADA, cases[1].request_id)
    found = read_series_to_assess(kit, ADA, series_id)
    assert {one.request_id: (one.fresh, one.is_mine) for one in found.cases} == {
        cases[0].request_id: (2, False),
        cases[1].request_id: (1, True),
        cases[2].request_id: (3, False),
    }
    result = assess_series(kit, ADA, find(kit, series_id))
    assert result.counts == {cases[0].request_id: 2, cases[1].request_id: 1, cases[2].request_id: 3}
    assert (result.in_all, result.held, result.left_out) == (6, (), 0)
    for filed, count in zip(cases, (2, 1, 3), strict=True):
        folder = open_case(kit, ADA, filed.request_id)
        assert folder.taken_by_me
        assert [place.state for place in folder.places] == [LocationState.ASSESSED] * count
        assert all(
            place.finding is not None and place.finding.age_band is AgeBand.PUBESCENT
            for place in folder.places
        )
        assert trail_of(kit, filed.request_id).count("location_assessed") == count
        shown = read_follow(kit, follow_with_code(kit, filed.code))
        assert [place.state for place in shown.places] == [LocationState.ASSESSED] * count


def test_a_no_decides_nothing_and_waits_for_a_hearing(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 2)
    assess_series(kit, ADA, find(kit, series_id, NO))
    assert states(kit, cases[1]) == [LocationState.HEARING_DUE] * 2


def test_what_a_colleague_holds_is_left_alone_and_said(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1, 1)
    take_case(kit, BEN, cases[1].request_id)
    found = read_series_to_assess(kit, ADA, series_id)
    assert [one.request_id for one in found.cases if one.is_held] == [cases[1].request_id]
    result = assess_series(kit, ADA, find(kit, series_id))
    assert result.held == (cases[1].request_id,)
    assert set(result.counts) == {cases[0].request_id, cases[2].request_id}
    assert states(kit, cases[1]) == [LocationState.ASSESSING]
    assert "location_assessed" not in trail_of(kit, cases[1].request_id)


def test_taken_by_a_colleague_after_the_page_was_shown_it_is_left_alone_too(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    given = find(kit, series_id)
    take_case(kit, BEN, cases[1].request_id)
    result = assess_series(kit, ADA, given)
    assert (set(result.counts), result.held) == ({cases[0].request_id}, (cases[1].request_id,))


def test_a_case_from_which_one_stepped_back_is_left_alone_and_only_counted(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    step_back(kit, cases[1], ADA)
    found = read_series_to_assess(kit, ADA, series_id)
    assert ([one.request_id for one in found.cases], found.left_out) == ([cases[0].request_id], 1)
    given = find(kit, series_id)
    [sneaky] = [
        one for one in read_series_to_assess(kit, BEN, series_id).cases if one.request_id not in given.seen
    ]
    result = assess_series(kit, ADA, replace(given, seen=given.seen | {sneaky.request_id: sneaky.mark}))
    assert (set(result.counts), result.left_out) == ({cases[0].request_id}, 1)
    assert states(kit, cases[1]) == [LocationState.RECEIVED]
    with pytest.raises(Recused):
        open_case(kit, ADA, cases[1].request_id)


def test_when_one_place_moved_nothing_at_all_is_written(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 2)
    given = find(kit, series_id)
    last = max(cases, key=lambda one: one.request_id)
    take_case(kit, ADA, last.request_id)
    [place, _] = places_of(kit, last.request_id)
    assess(kit, ADA, AssessInput(last.request_id, (place.id,), (place.version,), CSAM))
    with pytest.raises(Stale):
        assess_series(kit, ADA, given)
    first = min(cases, key=lambda one: one.request_id)
    assert [place.finding for place in places_of(kit, first.request_id, BEN)] == [None, None]
    assert not open_case(kit, BEN, first.request_id).taken
    assert "location_assessed" not in trail_of(kit, first.request_id)


def test_findings_that_are_there_stay_unless_all_are_meant(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 1)
    take_case(kit, ADA, cases[0].request_id)
    place = places_of(kit, cases[0].request_id)[0]
    assess(kit, ADA, AssessInput(cases[0].request_id, (place.id,), (place.version,), CSAM))
    other = replace(CSAM, age_band=AgeBand.PREPUBESCENT)
    assert assess_series(kit, ADA, find(kit, series_id, other)).in_all == 2
    bands = [one.finding and one.finding.age_band for one in places_of(kit, cases[0].request_id)]
    assert bands == [AgeBand.PUBESCENT, AgeBand.PREPUBESCENT]
    assert assess_series(kit, ADA, find(kit, series_id, other, only_new=False)).in_all == 3
    bands = [one.finding and one.finding.age_band for one in places_of(kit, cases[0].request_id)]
    assert bands == [AgeBand.PREPUBESCENT] * 2


def test_a_place_that_nobody_saw_on_the_page_is_not_assessed(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 1)
    given = find(kit, series_id)
    add_places(kit, follow_with_code(kit, cases[0].code), AddInput(read_places(f"{SITE}/new").places))
    with pytest.raises(Stale):
        assess_series(kit, ADA, given)
    assert assess_series(kit, ADA, find(kit, series_id)).in_all == 4


def test_a_place_that_came_while_the_case_was_held_is_assessed_too(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    take_case(kit, ADA, cases[0].request_id)
    add_places(kit, follow_with_code(kit, cases[0].code), AddInput(read_places(f"{SITE}/new").places))
    assert assess_series(kit, ADA, find(kit, series_id)).counts[cases[0].request_id] == 2
    assert states(kit, cases[0]) == [LocationState.ASSESSED] * 2


def test_a_case_that_was_not_on_the_page_is_left_alone(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 1)
    given = find(kit, series_id)
    del given.seen[cases[0].request_id]
    assert assess_series(kit, ADA, given).counts == {cases[1].request_id: 1}


def test_places_of_another_series_are_out_of_reach(kit: Kit) -> None:
    series_id, _cases = a_series(kit, 1, 1)
    other_id, others = a_series(kit, 1, 1)
    smuggled = find(kit, other_id).seen
    given = find(kit, series_id)
    assert assess_series(kit, ADA, replace(given, seen=given.seen | smuggled)).in_all == 2
    assert [place.finding for one in others for place in places_of(kit, one.request_id, BEN)] == [None, None]


def test_where_nothing_is_left_to_assess_nothing_happens(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    for filed in cases:
        take_case(kit, BEN, filed.request_id)
    with pytest.raises(NotFound):
        assess_series(kit, ADA, find(kit, series_id))
    with pytest.raises(NotFound):
        assess_series(kit, ADA, SeriesFinding(new_id(), CSAM, {}))
    with pytest.raises(NotFound):
        read_series_to_assess(kit, ADA, new_id())


def test_a_forgotten_case_is_not_in_it(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    forget_request(kit, follow_with_code(kit, cases[1].code), cases[1].request_id)
    assert [one.request_id for one in read_series_to_assess(kit, ADA, series_id).cases] == [
        cases[0].request_id
    ]
    assert assess_series(kit, ADA, find(kit, series_id)).in_all == 1


def test_a_lease_that_ran_out_is_free_again(kit: Kit) -> None:
    series_id, cases = a_series(kit, 1, 1)
    take_case(kit, BEN, cases[1].request_id)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(minutes=31)
    assert assess_series(kit, ADA, find(kit, series_id)).in_all == 2


def test_two_who_assess_a_series_at_once_do_not_wait_for_each_other_and_one_finding_counts(kit: Kit) -> None:
    series_id, cases = a_series(kit, 2, 2, 2)
    given = find(kit, series_id)
    came_of = all_at_once(*(lambda who=who: assess_series(kit, who, given) for who in (ADA, BEN, ADA)))
    kinds = sorted(type(one).__name__ for one in came_of)
    assert kinds.count("SeriesAssessed") == 1
    assert set(kinds) <= {"SeriesAssessed", "Stale", "NotFound"}
    for filed in cases:
        assert trail_of(kit, filed.request_id).count("location_assessed") == 2
