"""One case's places as a file for the authorised system, and the findings back, on their pages."""

from flask import Flask

from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.staged_lists import staged_of
from app.domain.words import LocationState
from tests.casework.party_steps import put_in_state
from tests.make import ADA, BEN
from tests.web.list_walks import TWO, Lists, held_case
from tests.web.pages import Page

NAMES = "reference,kind,child,harmed,principle,age,identified,assessed_by"
CSAM_LINE = "csam,yes,yes,1,pubescent,no,"


def taken_out(ada: Lists, case: str) -> list[str]:
    """The references of the file that the page gives."""
    ada.go(f"{case}/take-out")
    answer = ada.send(f"{case}/take-out")
    assert answer.status_code == 200
    return [line.split(";")[3] for line in answer.text.split("\r\n")[1:-1]]


def previewed(ada: Lists, case: str, *lines: str) -> Page:
    ada.go(f"{case}/bring-back")
    return Page(ada.send(f"{case}/bring-back", pasted="\n".join([NAMES, *lines])).text)


def test_the_page_warns_and_the_file_is_for_nobody_to_keep(site: Flask, embedded_kit: Kit) -> None:
    filed, ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    page = ada.go(f"{case}/take-out")
    assert "This file is dangerous" in page.text
    assert "/a/1" not in Page(page.text).text
    answer = ada.send(f"{case}/take-out", location_ids=ids[:1])
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert TWO.split()[0] in answer.text
    assert TWO.split()[1] not in answer.text


def test_nothing_leaves_by_opening_an_address(site: Flask, embedded_kit: Kit) -> None:
    filed, ids = held_case(embedded_kit)
    ada = Lists(site)
    answer = ada.go(f"/desk/case/{filed.request_id}/take-out?location_ids={ids[0]}")
    assert answer.mimetype == "text/html"
    assert TWO.split()[0] not in answer.text


def test_without_a_place_chosen_it_says_so(site: Flask, embedded_kit: Kit) -> None:
    filed, _ids = held_case(embedded_kit)
    ada = Lists(site)
    ada.go(f"/desk/case/{filed.request_id}/take-out")
    answer = ada.send(f"/desk/case/{filed.request_id}/take-out", location_ids=())
    assert answer.status_code == 422
    assert 'href="#location_ids"' in answer.text


def test_who_does_not_hold_the_case_gets_no_file(site: Flask, embedded_kit: Kit) -> None:
    filed, ids = held_case(embedded_kit)
    case = f"/desk/case/{filed.request_id}"
    ben, ada = Lists(site, BEN), Lists(site)
    ben.go(f"{case}/take-out")
    assert ben.path == case
    ada.go(f"{case}/take-out")
    give_back(embedded_kit, ADA, filed.request_id)
    ada.send(f"{case}/take-out", location_ids=ids)
    assert ada.path == case
    assert "Nothing was saved: your time with this case ran out." in ada.now.text


def test_findings_come_back_by_way_of_a_preview(site: Flask, embedded_kit: Kit) -> None:
    filed, _ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    first, second = taken_out(ada, case)
    page = previewed(ada, case, f"{second},identity,,,,,,", f"{first},{CSAM_LINE}", "P-AAAA,csam,,,,,,")
    assert "Place 1 · img.northlight.example/… →" in page.text
    assert "A reference that is not of this case 1 line: 4" in page.text
    assert "/a/1" not in page.text
    preview = ada.path
    ada.send(preview)
    assert ada.path == case
    assert "The findings of 2 places are saved." in ada.now.text
    assert {place.state for place in open_case(embedded_kit, ADA, filed.request_id).places} == {
        LocationState.ASSESSED
    }
    assert "This list is gone" in ada.go(preview).text


def test_a_place_that_moved_stands_there_as_it_is_now_and_what_was_chosen_stays(
    site: Flask, embedded_kit: Kit
) -> None:
    filed, _ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    first, second = taken_out(ada, case)
    page = previewed(ada, case, f"{first},{CSAM_LINE}", f"{second},{CSAM_LINE}")
    assert "It changed since you took it out" not in page.text
    put_in_state(embedded_kit, filed.request_id, 2, LocationState.WITHDRAWN)
    answer = ada.send(ada.path, lines=("2",))
    assert answer.status_code == 409 or "The finding of 1 place is saved." in answer.text
    page = previewed(ada, case, f"{second},{CSAM_LINE}")
    assert "No finding can be made there now" in page.text


def test_a_stale_choice_is_kept_beside_the_newer_state(site: Flask, embedded_kit: Kit) -> None:
    filed, _ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    first, second = taken_out(ada, case)
    previewed(ada, case, f"{first},{CSAM_LINE}", f"{second},{CSAM_LINE}")
    preview, other = ada.path, Lists(site)
    other.assess(filed.request_id, location_ids=open_case(embedded_kit, ADA, filed.request_id).places[1].id)
    answer = ada.send(preview, lines=("2", "3"))
    assert answer.status_code == 409
    said = Page(answer.text)
    assert "A place changed while you were reading. Nothing was saved." in said.text
    assert "It changed since you took it out" in said.text
    [form] = [one for one in ada.forms if "lines" in one.names]
    assert form.sent["lines"] == ["2", "3"]
    ada.send(preview)
    assert "The findings of 2 places are saved." in ada.now.text


def test_a_case_that_was_given_back_is_taken_with_the_same_button(site: Flask, embedded_kit: Kit) -> None:
    filed, _ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    first = taken_out(ada, case)[0]
    previewed(ada, case, f"{first},{CSAM_LINE}")
    preview = ada.path
    ada.give_back(filed.request_id)
    ada.go(preview)
    assert "Take the case and save these findings" in ada.now.text
    ada.send(preview, "take")
    assert "The finding of 1 place is saved." in ada.now.text


def test_no_line_chosen_and_no_list_brought_are_said_kindly(site: Flask, embedded_kit: Kit) -> None:
    filed, _ids = held_case(embedded_kit)
    case, ada = f"/desk/case/{filed.request_id}", Lists(site)
    first = taken_out(ada, case)[0]
    previewed(ada, case, f"{first},{CSAM_LINE}")
    answer = ada.send(ada.path, lines=())
    assert (answer.status_code, "Please choose at least one line." in answer.text) == (422, True)
    ada.go(f"{case}/bring-back")
    answer = ada.send(f"{case}/bring-back", pasted="")
    assert (answer.status_code, "Please choose a file, or paste the list." in answer.text) == (422, True)
    answer = ada.upload(b"url,kind\nx,csam\n", path=f"{case}/bring-back")
    assert (answer.status_code, "we miss one" in answer.text) == (422, True)
    assert len(staged_of(embedded_kit, ADA)) == 1
