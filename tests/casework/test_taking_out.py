"""One case's places to the authorised system as a list, and the findings back to that case alone."""

import pytest

from app.casework.bring_findings_back import (
    BringInput,
    FindingsPreview,
    bring_findings_back,
    preview_findings,
    stage_findings,
)
from app.casework.case_keys import open_case_keys
from app.casework.correct_place import CorrectInput, correct_place
from app.casework.errors import EnoughForToday, NotFound, NotHolding, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.policy import keep_policy
from app.casework.staged_lists import Staged, staged_of
from app.casework.take_case import take_case
from app.casework.take_places_out import take_places_out
from app.domain.policy import Policy
from app.domain.trail import TrailKind
from app.domain.words import AgeBand, Basis, Ground, Kind, LocationState
from app.places.list_files import ListRefused, read_rows
from app.places.reading import read_places
from tests.casework.steps import approve_all, assess_all, places_of, trail_of
from tests.make import ADA, BEN, Filed, file_one, make_known

THREE = "https://img.northlight.example/a;b?x=1\nhttps://talkyard.example/2\nhttps://nobody.example/3"
NAMES = "REFERENCE,KIND,CHILD,HARMED,PRINCIPLE,AGE,IDENTIFIED,ASSESSED_BY"
CSAM_LINE = "csam,yes,yes,1,pubescent,no,"


def held(kit: Kit, places: str = THREE) -> Filed:
    for member in (ADA, BEN):
        make_known(kit, member)
    filed = file_one(kit, places)
    take_case(kit, ADA, filed.request_id)
    return filed


def ids(kit: Kit, filed: Filed) -> tuple[str, ...]:
    return tuple(place.id for place in places_of(kit, filed.request_id))


def taken_out(kit: Kit, filed: Filed) -> list[str]:
    """The references of all places, in their order."""
    found = read_rows(take_places_out(kit, ADA, filed.request_id, ids(kit, filed)))
    at = found.column("reference")
    assert at is not None
    return [row.values[at] for row in found.rows]


def brought(kit: Kit, filed: Filed, *lines: str) -> Staged:
    raw = "\n".join([NAMES, *lines]).encode()
    return stage_findings(kit, ADA, filed.request_id, raw)


def chosen(shown: FindingsPreview, *lines: int) -> BringInput:
    wanted = lines or tuple(one.line for one in shown.lines)
    return BringInput(shown.staged.id, wanted, {one.place.id: one.place.version for one in shown.lines})


def test_the_file_is_as_scart_reads_it_and_says_nothing_of_the_case(kit: Kit) -> None:
    filed = held(kit)
    wanted = ids(kit, filed)[:2]
    lines = take_places_out(kit, ADA, filed.request_id, wanted).decode().split("\r\n")
    assert lines[0] == "URL;REFERER;WORKUSER;REFERENCE;SOURCE;TYPE"
    cut = [line.split(";") for line in lines[1:-1]]  # it knows no quotes
    assert [cells[0] for cells in cut] == [
        "https://img.northlight.example/a%3Bb?x=1",
        "https://talkyard.example/2",
    ]
    assert all(len(cells) == 6 and cells[1:3] == ["", ""] and cells[4:] == ["", ""] for cells in cut)
    for cells in cut:
        assert filed.request_id[:8] not in cells[3]
        assert not any(one[:8].upper() in cells[3].replace("-", "") for one in wanted)
    assert len({cells[3] for cells in cut}) == 2


def test_each_place_stands_in_the_trail_and_the_act_is_counted_once(kit: Kit) -> None:
    filed = held(kit)
    with kit.database.writing() as work:
        keep_policy(work, Policy(soft_limit=1, hard_limit=2))
        work.commit()
    wanted = ids(kit, filed)  # opens the case: the first of two openings
    take_places_out(kit, ADA, filed.request_id, wanted)
    assert trail_of(kit, filed.request_id).count(TrailKind.PLACES_TAKEN_OUT) == 3
    with pytest.raises(EnoughForToday):
        take_places_out(kit, ADA, filed.request_id, wanted)
    assert trail_of(kit, filed.request_id).count(TrailKind.PLACES_TAKEN_OUT) == 3


def test_only_who_holds_the_case_takes_places_and_only_of_this_case(kit: Kit) -> None:
    filed, other = held(kit), file_one(kit, "https://img.northlight.example/other")
    take_case(kit, BEN, other.request_id)
    mine, theirs = ids(kit, filed), tuple(p.id for p in places_of(kit, other.request_id, BEN))
    with pytest.raises(NotHolding):
        take_places_out(kit, BEN, filed.request_id, mine)
    for wrong in ((), theirs, (mine[0], theirs[0]), ("0" * 32,)):
        with pytest.raises(NotFound):
            take_places_out(kit, ADA, filed.request_id, wrong)
    assert TrailKind.PLACES_TAKEN_OUT not in trail_of(kit, filed.request_id)


def test_findings_come_back_all_at_once_each_to_its_place(kit: Kit) -> None:
    filed = held(kit)
    first, second, third = taken_out(kit, filed)
    waiting = brought(
        kit,
        filed,
        f"{third.lower()},IDENTITY,,,,,,",
        f"{first},{CSAM_LINE}",
        f"{second},harmful,Yes,yes,2,9–12,unknown,A partner",
    )
    shown = preview_findings(kit, ADA, waiting.id)
    assert [(one.line, one.place.number, one.is_stale, one.is_open) for one in shown.lines] == [
        (2, 3, False, True),
        (3, 1, False, True),
        (4, 2, False, True),
    ]
    assert (shown.problems, shown.is_mine) == ((), True)
    assert bring_findings_back(kit, ADA, chosen(shown)) == 3
    one, two, three = (place.finding for place in places_of(kit, filed.request_id))
    assert one is not None
    assert two is not None
    assert three is not None
    assert (one.kind, one.ground, one.age_band) == (Kind.CSAM, Ground.ABUSIVE_INCIDENT, AgeBand.PUBESCENT)
    assert (one.identified, one.basis, one.basis_by) == (False, Basis.US, "")
    assert (two.kind, two.ground, two.identified) == (Kind.HARMFUL, Ground.SEXUALISED, None)
    assert (two.basis, two.basis_by) == (Basis.OTHER, "A partner")
    assert (three.kind, three.is_child, three.age_band) == (Kind.IDENTITY, None, None)
    kinds = trail_of(kit, filed.request_id)
    assert kinds.count(TrailKind.LOCATION_ASSESSED) == 3
    assert kinds.count(TrailKind.FINDINGS_BROUGHT_BACK) == 1
    assert staged_of(kit, ADA) == ()
    with pytest.raises(NotFound):
        bring_findings_back(kit, ADA, chosen(shown))


def test_each_line_that_cannot_be_read_is_named_and_others_go_on(kit: Kit) -> None:
    filed, other = held(kit), file_one(kit, "https://img.northlight.example/other")
    take_case(kit, ADA, other.request_id)
    first, second, _third = taken_out(kit, filed)
    [foreign] = taken_out(kit, other)
    lines = (
        f"{foreign},{CSAM_LINE}",
        f"{first},unheard,yes,yes,1,0-8,no,",
        f"{first},csam,,yes,1,0-8,no,",
        f"{first},csam,yes,perhaps,1,0-8,no,",
        f"{first},csam,yes,yes,4,0-8,no,",
        f"{first},harmful,yes,yes,,0-8,no,",
        f"{first},csam,yes,yes,1,9 Dec,no,",
        f"{first},csam,yes,yes,1,0-8,,",
        f"{first},csam,yes,yes,1,0-8,no,{'x' * 201}",
        f"{second},{CSAM_LINE}",
        f"{second},csam,no,no,,unknown,no,",
        f"=cmd,{CSAM_LINE}",
        ",",
    )
    shown = preview_findings(kit, ADA, brought(kit, filed, *lines).id)
    assert [(one.line, one.code) for one in shown.problems] == [
        (2, "reference"),
        (3, "kind"),
        (4, "child"),
        (5, "harmed"),
        (6, "principle"),
        (7, "principle"),
        (8, "age"),
        (9, "identified"),
        (10, "assessed_by"),
        (12, "repeated"),
        (13, "formula"),
    ]
    assert [one.line for one in shown.lines] == [11]
    assert bring_findings_back(kit, ADA, chosen(shown)) == 1


def test_a_list_without_references_or_kinds_is_refused(kit: Kit) -> None:
    filed = held(kit)
    for raw in (b"url,kind\nx,csam\n", b"reference,child\nx,yes\n", b"no names\n"):
        with pytest.raises(ListRefused):
            stage_findings(kit, ADA, filed.request_id, raw)


def test_a_no_waits_for_a_hearing_as_any_other(kit: Kit) -> None:
    filed = held(kit)
    first = taken_out(kit, filed)[0]
    shown = preview_findings(kit, ADA, brought(kit, filed, f"{first},csam,no,no,,unknown,unknown,").id)
    bring_findings_back(kit, ADA, chosen(shown))
    assert places_of(kit, filed.request_id)[0].state is LocationState.HEARING_DUE


def test_a_place_that_moved_since_it_was_taken_out_is_shown_so(kit: Kit) -> None:
    filed = held(kit)
    first, second, third = taken_out(kit, filed)
    requester = follow_with_code(kit, filed.code)
    correct_place(
        kit, requester, CorrectInput(2, read_places("https://talkyard.example/corrected").places[0])
    )
    waiting = brought(kit, filed, *(f"{one},{CSAM_LINE}" for one in (first, second, third)))
    shown = preview_findings(kit, ADA, waiting.id)
    assert [(one.place.number, one.is_stale) for one in shown.lines] == [(1, False), (2, True), (3, False)]
    assert shown.lines[1].place.url.endswith("/corrected")
    bring_findings_back(kit, ADA, chosen(shown, 2, 4))
    assert [place.finding is None for place in places_of(kit, filed.request_id)] == [False, True, False]


def test_a_place_that_moves_after_the_preview_stops_all_of_it(kit: Kit) -> None:
    filed = held(kit)
    first, second, _third = taken_out(kit, filed)
    shown = preview_findings(
        kit, ADA, brought(kit, filed, f"{first},{CSAM_LINE}", f"{second},identity,,,,,,").id
    )
    requester = follow_with_code(kit, filed.code)
    correct_place(
        kit, requester, CorrectInput(2, read_places("https://talkyard.example/corrected").places[0])
    )
    with pytest.raises(Stale):
        bring_findings_back(kit, ADA, chosen(shown))
    assert all(place.finding is None for place in places_of(kit, filed.request_id))
    newer = preview_findings(kit, ADA, shown.staged.id)
    assert newer.lines[1].is_stale
    assert bring_findings_back(kit, ADA, chosen(newer)) == 2


def test_where_no_finding_can_be_made_it_says_so(kit: Kit) -> None:
    filed = held(kit, "https://img.northlight.example/1")
    [reference] = taken_out(kit, filed)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    shown = preview_findings(kit, ADA, brought(kit, filed, f"{reference},{CSAM_LINE}").id)
    assert [(one.is_stale, one.is_open) for one in shown.lines] == [(True, False)]


def test_findings_need_the_case_and_their_own_list(kit: Kit) -> None:
    filed = held(kit)
    first = taken_out(kit, filed)[0]
    shown = preview_findings(kit, ADA, brought(kit, filed, f"{first},{CSAM_LINE}").id)
    with pytest.raises(NotFound):
        bring_findings_back(kit, BEN, chosen(shown))
    with pytest.raises(NotFound):
        bring_findings_back(kit, ADA, chosen(shown, 99))
    kit.clock.move(hours=1)  # type: ignore[attr-defined]  # the tests' clock
    with pytest.raises(NotHolding):
        bring_findings_back(kit, ADA, chosen(shown))
    assert not preview_findings(kit, ADA, shown.staged.id).is_mine
    take_case(kit, ADA, filed.request_id)
    assert bring_findings_back(kit, ADA, chosen(shown)) == 1


def test_a_reference_tells_nothing_without_the_desk_key(kit: Kit) -> None:
    filed, other = held(kit), file_one(kit, THREE)
    take_case(kit, ADA, other.request_id)
    assert not set(taken_out(kit, filed)) & set(taken_out(kit, other)), "equal places, other names"
    with kit.database.reading() as work:
        keys = open_case_keys(work, ADA.team, filed.request_id)
    assert keys.desk.raw.hex() not in "".join(taken_out(kit, filed)).lower()
