"""The desk's pages of what comes after a notice."""

from flask import Flask

from app.casework.kit import Kit
from app.casework.take_case import take_case
from app.domain.notice_words import ChaseStep
from app.domain.words import LocationState, NoticeState, Reply
from tests.casework.chase_steps import TWO, Round
from tests.make import ADA, SINA
from tests.walks import Desk

ODD = "Odd-word-42"


def wanting(kit: Kit, *hours: int) -> Round:
    gone = Round(kit, TWO, ahead=())
    for each in hours:
        gone.later(each)
    return gone


def test_the_list_says_what_waits_and_leads_to_the_ladder_and_names_no_address(
    site: Flask, embedded_kit: Kit
) -> None:
    gone = wanting(embedded_kit, 24, 24)
    ada = Desk(site, ADA)
    page = ada.go("/desk/chasing")
    assert page.status_code == 200
    assert gone.notice.reference in page.text
    assert f"/desk/notice/{gone.id}" in page.text
    assert "Another contact" in page.text
    assert "slow.example" not in page.text


def test_an_empty_list_says_that_the_rest_goes_by_itself(site: Flask) -> None:
    page = Desk(site, ADA).go("/desk/chasing").text
    assert "No step waits for a person." in page
    assert "No place is stalled." in page


def test_the_ladder_is_read_from_top_to_bottom_and_shows_no_whole_address(
    site: Flask, embedded_kit: Kit
) -> None:
    gone = wanting(embedded_kit, 24)
    page = Desk(site, ADA).go(f"/desk/notice/{gone.id}").text
    order = [
        page.index(f"<strong>{one}</strong>")
        for one in ("First reminder", "Second reminder", "Who supplies them")
    ]
    assert order == sorted(order)
    assert "Accepted by the mail system" in page
    assert "img.slow.example/a/1" not in page


def test_what_is_said_to_be_removed_waits_for_no_step(site: Flask, embedded_kit: Kit) -> None:
    gone = wanting(embedded_kit)
    page = f"/desk/notice/{gone.id}"
    assert "The ladder is over." not in Desk(site, ADA).go(page).text
    gone.answers(Reply.REMOVED)
    answer = Desk(site, ADA).go(page).text
    assert "The ladder is over." in answer
    assert "To come, if nothing happens" not in answer


def test_a_further_letter_is_approved_on_the_page_by_who_has_the_case(site: Flask, embedded_kit: Kit) -> None:
    gone = wanting(embedded_kit, 24, 24)
    embedded_kit.clock.move(hours=1)  # type: ignore[attr-defined]
    path, ada = f"/desk/notice/{gone.id}", Desk(site, ADA)
    assert "please take the case first" in ada.go(path).text
    take_case(embedded_kit, ADA, gone.filed.request_id)
    ada.go(path)
    answer = ada.send(f"{path}/further")
    assert answer.status_code == 200
    assert "is approved" in answer.text
    assert gone.rungs[ChaseStep.SECOND_WAY].state is NoticeState.APPROVED
    assert gone.notice.wants is None


def test_a_letter_that_changed_meanwhile_is_not_approved(site: Flask, embedded_kit: Kit) -> None:
    gone = wanting(embedded_kit, 24, 24)
    take_case(embedded_kit, ADA, gone.filed.request_id)
    ada = Desk(site, ADA)
    path = f"/desk/notice/{gone.id}"
    ada.go(path)
    assert ada.send(f"{path}/further", seen="0" * 32).status_code == 409
    ada.go(path)
    assert ada.send(f"{path}/further", rung="one").status_code == 422
    assert gone.rungs == {}


def test_regulator_and_police_are_a_supervisors_and_the_note_is_kept_when_it_is_missing(
    site: Flask, embedded_kit: Kit
) -> None:
    gone = wanting(embedded_kit, 24, 24, 24, 4 * 24)
    path = f"/desk/notice/{gone.id}"
    ada, sina = Desk(site, ADA), Desk(site, SINA)
    assert "A supervisor decides" in ada.go(path).text
    assert "Nobody is noted for this country." in sina.go(path).text
    assert f"/desk/case/{gone.filed.request_id}/refer?kind=police" in sina.now.text
    assert sina.send(f"{path}/settle", note=" ").status_code == 422
    assert gone.notice.wants is ChaseStep.NUDGE
    done = sina.send(f"{path}/settle", note=ODD)
    assert "Noted." in done.text
    assert gone.notice.wants is None


def test_stalled_places_are_decided_about_on_the_list(site: Flask, embedded_kit: Kit) -> None:
    gone = wanting(embedded_kit, 24, 24, 24, 4 * 24, 35 * 24)
    first, second = gone.places
    ada = Desk(site, ADA)
    path = f"/desk/case/{gone.filed.request_id}/stalled"
    ada.go("/desk/chasing")
    wrong = ada.send(path, note=ODD)
    assert wrong.status_code == 422
    assert ODD in wrong.text
    ada.go("/desk/chasing")
    done = ada.send(path, location_ids=[first.id], review="again")
    assert "1 place waits for a new notice." in done.text
    done = ada.send(path, location_ids=[second.id], review="later", note=ODD)
    assert "1 place comes back here in a month." in done.text
    assert [one.state for one in gone.places] == [LocationState.ASSESSED, LocationState.STALLED]


def test_a_link_is_revoked_by_one_press(site: Flask, embedded_kit: Kit) -> None:
    gone = wanting(embedded_kit)
    ada, path = Desk(site, ADA), f"/desk/notice/{gone.id}"
    ada.go(path)
    assert "opens nothing any more" in ada.send(f"{path}/revoke").text
    assert "Revoke its link" not in ada.go(path).text
    assert gone.notice.link_ends_at <= embedded_kit.clock()


def test_a_further_letters_page_is_the_page_of_the_ladder_it_belongs_to(
    site: Flask, embedded_kit: Kit
) -> None:
    gone = Round(embedded_kit)
    rung = gone.rungs[ChaseStep.UPSTREAM]
    page = Desk(site, ADA).go(f"/desk/notice/{rung.id}")
    assert gone.notice.reference in page.text
    assert rung.reference in page.text
    assert Desk(site, ADA).go(f"/desk/notice/{'0' * 32}").status_code == 404
