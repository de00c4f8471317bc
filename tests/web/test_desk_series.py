"""The pages of series at the desk: linking, the series itself, one finding for all of it."""

import re

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.words import Asker, LocationState
from tests.casework.series_steps import all_series, check_whole, filed_apart, link, step_back
from tests.casework.steps import places_of
from tests.make import ADA, BEN, Clock, Filed, file_one
from tests.walks import CSAM_ANSWERS, Desk

POLICE = {"is_known": "yes", "police_reference": "K-4711", "police_country": "ca", "note": "A quiet note."}
ANSWERS = CSAM_ANSWERS | {"ground": "a"}


def case_page(desk: Desk, filed: Filed) -> str:
    return desk.go(f"/desk/case/{filed.request_id}").text


def test_a_candidate_is_shown_by_its_number_and_kind_alone(site: Flask, embedded_kit: Kit) -> None:
    one, other = (
        file_one(embedded_kit, words="Odd-word-of-one"),
        file_one(embedded_kit, words="Odd-word-of-two"),
    )
    desk = Desk(site, ADA)
    case_page(desk, other)
    page = case_page(desk, one)
    assert other.request_id[:8] in page
    assert "1 place is the same" in page
    assert "Odd-word-of-two" not in page
    assert "It is the same person" not in page, "only who holds the case decides"


def test_a_candidate_is_linked_by_its_button(site: Flask, embedded_kit: Kit) -> None:
    one, other = file_one(embedded_kit), file_one(embedded_kit)
    desk = Desk(site, ADA)
    case_page(desk, other)
    desk.take(one.request_id)
    desk.send(f"/desk/case/{one.request_id}/series")
    assert "The two cases are in one series." in desk.now.text
    assert "with 1 other case" in desk.now.text
    assert "Cases with a place like one of these" not in desk.now.text
    check_whole(embedded_kit)


@pytest.mark.parametrize(
    "typed", [lambda it: it[:8], lambda it: it, lambda it: f" {it[:4].upper()} {it[4:9]} "]
)
def test_a_case_is_linked_by_its_number_typed_by_hand(site: Flask, embedded_kit: Kit, typed) -> None:  # type: ignore[no-untyped-def]
    one, other = filed_apart(embedded_kit, 2)
    desk = Desk(site, ADA)
    case_page(desk, one)
    desk.send(f"/desk/case/{one.request_id}/series", other=typed(other.request_id))
    [series] = all_series(embedded_kit).values()
    assert set(series.requests) == {one.request_id, other.request_id}


def test_a_number_that_leads_nowhere_is_said_kindly_and_kept(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    step_back(embedded_kit, other, ADA)
    desk = Desk(site, ADA)
    for typed, said in {
        "": "Please write the number of the other case.",
        "<b>odd</b>": "A case number has 8 to 32",
        "0123abc": "A case number has 8 to 32",
        "é" * 40: "A case number has 8 to 32",
        "f" * 32: "There is no such case",
        other.request_id[:8]: "There is no such case",
        one.request_id: "This is the number of this case.",
    }.items():
        case_page(desk, one)
        answer = desk.send(f"/desk/case/{one.request_id}/series", other=typed)
        assert answer.status_code == 422
        assert said in answer.text
        assert "<b>odd" not in answer.text
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
    assert all_series(embedded_kit) == {}


def test_when_the_time_with_the_case_ran_out_what_was_typed_is_kept(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    desk = Desk(site, ADA)
    case_page(desk, one)
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(minutes=29)
    case_page(desk, one)
    embedded_kit.clock.move(minutes=2)
    answer = desk.send(f"/desk/case/{one.request_id}/series", other=other.request_id)
    assert answer.status_code == 409
    assert other.request_id in answer.text
    assert "Your time with this case ran out" in answer.text


def test_a_case_is_taken_out_again_and_twice_does_no_harm(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    link(embedded_kit, one, other)
    desk, second = Desk(site, ADA), Desk(site, ADA)
    for each in (desk, second):
        case_page(each, one)
    desk.send(f"/desk/case/{one.request_id}/series/leave")
    assert "no longer in the series" in desk.now.text
    second.send(f"/desk/case/{one.request_id}/series/leave")
    assert "this case is in no series" in second.now.text
    check_whole(embedded_kit)


def test_the_page_of_a_series_shows_its_cases_and_who_holds_them(site: Flask, embedded_kit: Kit) -> None:
    one, other = file_one(embedded_kit, words="Odd-word-of-one"), file_one(embedded_kit, asker=Asker.PARENT)
    take_case(embedded_kit, ADA, one.request_id)
    take_case(embedded_kit, BEN, other.request_id)
    series_id = link(embedded_kit, one, other)
    page = Desk(site, ADA).go(f"/desk/series/{series_id}").text
    assert one.request_id[:8] in page
    assert other.request_id[:8] in page
    assert f"colleague {BEN.id[:6]}" in page
    assert "2 places are open in all." in page
    assert "Different people ask here" in page
    assert "Odd-word-of-one" not in page
    assert "Different people ask here" in case_page(Desk(site, ADA), one)


def test_where_one_person_may_ask_in_both_nobody_is_warned(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    assert "Different people ask here" not in Desk(site, ADA).go(f"/desk/series/{series_id}").text
    assert "Different people ask here" not in case_page(Desk(site, ADA), one)


def test_what_police_know_is_noted_and_stands_beside_the_question(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    desk = Desk(site, ADA)
    desk.go(f"/desk/series/{series_id}")
    desk.send(f"/desk/series/{series_id}", **POLICE)
    for page in (
        case_page(desk, other),
        desk.go(f"/desk/case/{other.request_id}/assess").text,
        desk.go(f"/desk/series/{series_id}/assess").text,
    ):
        assert "K-4711" in page
        assert "(Canada)" in page
        identified = re.findall(r'<input[^>]*name="identified"[^>]*>', page)
        assert len(identified) == 3
        assert not any("checked" in one for one in identified), "nobody is spared the question"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"is_known": "no"}, "There is a reference of the police below."),
        ({"police_country": "Canada"}, "Please write the two letters"),
        ({"police_reference": "x" * 201}, "This reference is too long."),
        ({"note": "a word " * 300}, "This is too long."),
        ({"note": "data:image/png;base64,iVBORw0KGgo="}, "There was a picture or a file in this."),
    ],
)
def test_what_cannot_be_noted_of_a_series_is_said_and_the_rest_kept(
    site: Flask, embedded_kit: Kit, wrong: dict[str, str], said: str
) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    desk = Desk(site, ADA)
    desk.go(f"/desk/series/{series_id}")
    answer = desk.send(f"/desk/series/{series_id}", **POLICE | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(each in answer.text for name, each in POLICE.items() if name not in {"is_known", *wrong})
    assert not all_series(embedded_kit)[series_id].police.is_known


def test_somebody_else_was_first_and_theirs_stands_beside_what_was_typed(
    site: Flask, embedded_kit: Kit
) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    desk, first = Desk(site, ADA), Desk(site, ADA)
    for each in (desk, first):
        each.go(f"/desk/series/{series_id}")
    first.send(f"/desk/series/{series_id}", **POLICE)
    answer = desk.send(f"/desk/series/{series_id}", is_known="yes", police_reference="Other-0815")
    assert answer.status_code == 409
    assert "K-4711" in answer.text
    assert "Other-0815" in answer.text
    assert all_series(embedded_kit)[series_id].police.reference == "K-4711"
    desk.send(f"/desk/series/{series_id}")
    assert all_series(embedded_kit)[series_id].police.reference == "Other-0815"


def test_who_holds_none_of_the_cases_reads_and_does_not_change(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    desk = Desk(site, BEN)
    desk.go(f"/desk/series/{series_id}")
    assert "Take one of the cases to change this." in desk.now.text
    assert all(not form.action.endswith(f"/series/{series_id}") for form in desk.forms)


def test_a_whole_series_is_assessed_from_the_case_in_two_pages(site: Flask, embedded_kit: Kit) -> None:
    cases = filed_apart(embedded_kit, 3)
    series_id = [link(embedded_kit, cases[0], other) for other in cases[1:]][-1]
    desk = Desk(site, ADA)
    for filed in cases:
        desk.give_back(filed.request_id)
    take_case(embedded_kit, BEN, cases[2].request_id)
    page = case_page(desk, cases[0])
    assert f"/desk/series/{series_id}/assess" in page
    page = desk.go(f"/desk/series/{series_id}/assess").text
    assert "Left alone: a colleague has it" in page
    assert "2 places without a finding" in page
    answer = desk.send(f"/desk/series/{series_id}/assess", **ANSWERS)
    assert answer.status_code == 200
    assert "The finding is saved: 2 places in 2 cases, which you hold now." in answer.text
    assert "1 case was left alone: a colleague has it." in answer.text
    states = [places_of(embedded_kit, filed.request_id, BEN)[0].state for filed in cases]
    assert states == [LocationState.ASSESSED, LocationState.ASSESSED, LocationState.ASSESSING]
    assert open_case(embedded_kit, ADA, cases[1].request_id).taken_by_me


def test_a_finding_with_a_gap_comes_back_with_all_that_was_chosen(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    path = f"/desk/series/{link(embedded_kit, one, other)}/assess"
    desk = Desk(site, ADA)
    desk.go(path)
    answer = desk.send(path, **{name: it for name, it in ANSWERS.items() if name != "age_band"}, which="all")
    assert answer.status_code == 422
    assert "Please choose an age band." in answer.text
    for name, value in {"kind": "csam", "which": "all", "identified": "no"}.items():
        assert re.search(rf'name="{name}" value="{value}" checked', answer.text)


def test_a_place_that_moved_meanwhile_is_shown_and_nothing_is_lost(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    path = f"/desk/series/{link(embedded_kit, one, other)}/assess"
    desk = Desk(site, ADA)
    desk.go(path)
    Desk(site, ADA).assess(other.request_id, **ANSWERS)
    desk.path = path
    answer = desk.send(path, **ANSWERS)
    assert answer.status_code == 409
    assert "A place changed, or came, while you were reading." in answer.text
    assert places_of(embedded_kit, one.request_id)[0].finding is None
    desk.send(path)
    assert "The finding is saved: 1 place in 1 case" in desk.now.text


def test_who_stepped_back_from_all_of_it_is_shown_nothing(site: Flask, embedded_kit: Kit) -> None:
    one, other = filed_apart(embedded_kit, 2)
    series_id = link(embedded_kit, one, other)
    for filed in (one, other):
        step_back(embedded_kit, filed, BEN)
    for path in (f"/desk/series/{series_id}", f"/desk/series/{series_id}/assess"):
        answer = Desk(site, BEN).go(path)
        assert answer.status_code == 403
        assert one.request_id[:8] not in answer.text


@pytest.mark.parametrize("end", ["", "/assess"])
def test_a_series_that_is_not_there_is_not_found(site: Flask, end: str) -> None:
    assert Desk(site, ADA).go(f"/desk/series/{'0' * 32}{end}").status_code == 404
