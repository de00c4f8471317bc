"""Findings: kept as found, only by who holds the case, and never a refusal by themselves."""

from dataclasses import replace

import pytest

from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, NotFound, NotHolding, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.words import AgeBand, Basis, Ground, Kind, LocationState
from app.reads.follow import read_follow
from tests.casework.steps import (
    all_at_once,
    all_letters,
    approvals,
    approve_all,
    assess_all,
    kinds,
    places_of,
    trail_of,
)
from tests.make import ADA, BEN, CSAM, URL, Filed, file_one

HARMFUL = Finding(Kind.HARMFUL, True, True, Ground.PHYSICAL_ABUSE, AgeBand.UNKNOWN, None, Basis.US)
OTHERS = Finding(Kind.CSAM, True, True, None, AgeBand.PREPUBESCENT, True, Basis.OTHER, "Example Institute")
IDENTITY = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.NOBODY)


def taken(kit: Kit, places: str = URL) -> Filed:
    filed = file_one(kit, places)
    take_case(kit, ADA, filed.request_id)
    return filed


def given_for(kit: Kit, filed: Filed, finding: Finding = CSAM) -> AssessInput:
    """As a page shows the case now: every place with its version."""
    places = places_of(kit, filed.request_id)
    ids, versions = tuple(p.id for p in places), tuple(p.version for p in places)
    return AssessInput(filed.request_id, ids, versions, finding)


@pytest.mark.parametrize("finding", [CSAM, HARMFUL, OTHERS, IDENTITY])
def test_a_finding_is_kept_as_it_was_found(kit: Kit, finding: Finding) -> None:
    filed = taken(kit)
    assess(kit, ADA, given_for(kit, filed, finding))
    (place,) = places_of(kit, filed.request_id)
    assert (place.finding, place.state) == (finding, LocationState.ASSESSED)
    assert place.ready


@pytest.mark.parametrize("question", ["is_child", "is_harmed"])
def test_a_no_leads_to_a_hearing_and_to_nothing_else(kit: Kit, question: str) -> None:
    filed = taken(kit)
    assess(kit, ADA, given_for(kit, filed, replace(CSAM, **{question: False})))  # type: ignore[arg-type]
    (place,) = places_of(kit, filed.request_id)
    assert place.state is LocationState.HEARING_DUE
    assert not place.ready
    assert approvals(kit, filed.request_id) == []
    assert all_letters(kit) == []
    (shown,) = read_follow(kit, follow_with_code(kit, filed.code)).places
    assert shown.state is LocationState.HEARING_DUE
    assess(kit, ADA, given_for(kit, filed))  # looked at again: yes after all
    assert places_of(kit, filed.request_id)[0].ready


def test_the_newest_finding_counts(kit: Kit) -> None:
    filed = taken(kit, f"{URL}\nhttps://talkyard.example/t/9")
    assess(kit, ADA, given_for(kit, filed, CSAM))
    assess(kit, ADA, given_for(kit, filed, HARMFUL))
    first = given_for(kit, filed, OTHERS)
    assess(kit, ADA, replace(first, location_ids=first.location_ids[:1], versions=first.versions[:1]))
    assert [place.finding for place in places_of(kit, filed.request_id)] == [OTHERS, HARMFUL]
    assert trail_of(kit, filed.request_id).count("location_assessed") == 5


def test_a_page_that_is_older_than_the_case_is_stale(kit: Kit) -> None:
    filed = taken(kit)
    before = given_for(kit, filed, HARMFUL)
    assess(kit, ADA, given_for(kit, filed, CSAM))
    with pytest.raises(Stale):
        assess(kit, ADA, before)
    assert places_of(kit, filed.request_id)[0].finding == CSAM


def test_one_stale_place_keeps_the_others_as_they_were(kit: Kit) -> None:
    filed = taken(kit, f"{URL}\nhttps://talkyard.example/t/9")
    given = given_for(kit, filed)
    with pytest.raises(Stale):
        assess(kit, ADA, replace(given, versions=(given.versions[0], given.versions[1] + 1)))
    assert {place.state for place in places_of(kit, filed.request_id)} == {LocationState.ASSESSING}
    assert "location_assessed" not in trail_of(kit, filed.request_id)


def test_the_same_place_twice_in_one_form_changes_nothing(kit: Kit) -> None:
    filed = taken(kit)
    given = given_for(kit, filed)
    with pytest.raises(Stale):
        assess(kit, ADA, replace(given, location_ids=given.location_ids * 2, versions=given.versions * 2))
    assert places_of(kit, filed.request_id)[0].finding is None


def test_only_who_holds_the_case_may_assess(kit: Kit) -> None:
    filed = file_one(kit)
    for actor in (ADA, BEN):
        with pytest.raises(NotHolding):
            assess(kit, actor, given_for(kit, filed))
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(NotHolding):
        assess(kit, BEN, given_for(kit, filed))


def test_a_place_of_another_case_is_not_found_in_this_one(kit: Kit) -> None:
    mine, other = taken(kit), taken(kit)
    theirs = given_for(kit, other)
    with pytest.raises(NotFound):
        assess(kit, ADA, replace(theirs, request_id=mine.request_id))
    for empty in (replace(theirs, location_ids=(), versions=()), replace(theirs, request_id="0" * 32)):
        with pytest.raises(NotFound):
            assess(kit, ADA, empty)


def test_a_place_with_a_notice_on_its_way_is_not_assessed_again(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    with pytest.raises(NotAllowed):
        assess(kit, ADA, given_for(kit, filed))
    assert places_of(kit, filed.request_id)[0].state is LocationState.APPROVED


def test_of_two_findings_at_the_same_moment_exactly_one_is_kept(kit: Kit) -> None:
    filed = taken(kit)
    given = given_for(kit, filed)
    came_of = all_at_once(
        lambda: assess(kit, ADA, given), lambda: assess(kit, ADA, replace(given, finding=HARMFUL))
    )
    assert kinds(came_of) == ["Assessed", "Stale"]
    winner = HARMFUL if isinstance(came_of[0], Stale) else CSAM
    assert places_of(kit, filed.request_id)[0].finding == winner
    assert trail_of(kit, filed.request_id).count("location_assessed") == 1


def test_findings_show_nothing_to_the_one_who_asked(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    shown = read_follow(kit, follow_with_code(kit, filed.code))
    assert shown.places[0].state is LocationState.ASSESSED
    assert "finding" not in vars(shown.places[0])
