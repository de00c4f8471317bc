"""The safety check at the desk: said at once, thought through beside guidance, and kept."""

import pytest
from flask import Flask

from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.asking import Safety, Voice, Wishes
from app.domain.words import Asker, Matter, SafetyState, YesNo
from tests.make import ADA, BEN, Clock
from tests.walks import Desk
from tests.web.desk_walks import CaseDesk, file_whole
from tests.web.pages import Page

WORRIED = Voice(asker=Asker.PARENT, safety=Safety(YesNo.YES))


def test_the_case_says_until_when_and_the_way_leads_to_the_check(site: Flask, embedded_kit: Kit) -> None:
    ada = CaseDesk(site, file_whole(embedded_kit, WORRIED))
    said = Page(ada.now.text).text
    assert "A safety check is due" in said
    assert "Please make it by" in said
    assert f"{ada.case}/safety" in ada.now.text
    page = Page(ada.go(f"{ada.case}/safety").text).text
    assert "Whoever posted it could guess who asked." in page
    assert "may live in the same home" in page
    answer = ada.send(f"{ada.case}/safety", found="clear", note="Odd-note: talked to them.")
    assert "Notices may go out." in answer.text
    assert "Odd-note" in answer.text
    assert "A safety check is due" not in answer.text


def test_on_hold_is_said_on_the_case_and_can_be_looked_at_again(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, WORRIED)
    ada = CaseDesk(site, filed)
    ada.go(f"{ada.case}/safety")
    assert "On hold for the person" in ada.send(f"{ada.case}/safety", found="hold", note="why").text
    ada.go(f"{ada.case}/safety")
    assert "Checks that were made before" in ada.now.text
    ada.send(f"{ada.case}/safety", found="clear", note="later")
    notes = open_case(embedded_kit, ADA, filed.request_id).safety_notes
    assert [one.found for one in notes] == [SafetyState.HOLD, SafetyState.CLEAR]


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"found": "clear", "note": " "}, "note"),
        ({"note": "why"}, "found"),
        ({"found": "due", "note": "why"}, "found"),
        ({"found": "hold", "note": "word " * 1700}, "note"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_the_rest_is_kept(
    site: Flask, embedded_kit: Kit, typed: dict[str, str], where: str
) -> None:
    ada = CaseDesk(site, file_whole(embedded_kit, WORRIED))
    ada.go(f"{ada.case}/safety")
    answer = ada.send(f"{ada.case}/safety", **typed)
    assert answer.status_code == 422
    assert f'href="#{where}"' in answer.text
    form = next(one for one in ada.forms if "note" in one.names)
    assert form.sent["note"] == [typed["note"]]


def test_when_the_time_with_the_case_ran_out_the_note_is_kept(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, WORRIED)
    ada = CaseDesk(site, filed)
    ada.go(f"{ada.case}/safety")
    give_back(embedded_kit, ADA, filed.request_id)
    answer = ada.send(f"{ada.case}/safety", found="clear", note="Odd-note")
    assert (answer.status_code, "Odd-note" in answer.text) == (409, True)
    assert "Notices may go out." in ada.send(f"{ada.case}/safety", "take", found="clear").text


def test_while_a_colleague_has_the_case_the_note_is_kept_too(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, WORRIED)
    ada = CaseDesk(site, filed)
    ada.go(f"{ada.case}/safety")
    give_back(embedded_kit, ADA, filed.request_id)
    take_case(embedded_kit, BEN, filed.request_id)
    ada.send(f"{ada.case}/safety", found="clear", note="Odd-note")
    answer = ada.send(f"{ada.case}/safety", "take")
    assert (answer.status_code, "Odd-note" in answer.text) == (409, True)
    assert "a colleague has this case now" in answer.text


@pytest.mark.parametrize("found", ["due", "hold"])
def test_letters_can_be_read_and_none_approved_before_it_is_clear(
    site: Flask, embedded_kit: Kit, found: str
) -> None:
    filed = file_whole(embedded_kit, WORRIED)
    ada = CaseDesk(site, filed)
    ada.assess(filed.request_id)
    if found == "hold":
        ada.go(f"{ada.case}/safety")
        ada.send(f"{ada.case}/safety", found="hold", note="why")
    page = ada.go(f"{ada.case}/notices").text
    assert "Removal notice" in page
    assert '<button type="submit" accesskey="v" disabled>' in page
    answer = ada.approve(filed.request_id)  # a button that is switched off keeps nobody from sending
    assert answer.status_code == 409
    assert "the safety check comes first" in answer.text


def test_who_wants_to_read_the_notice_first_is_named_on_its_page(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, Voice(asker=Asker.PERSON, wishes=Wishes((Matter.READ_FIRST,))))
    ada = CaseDesk(site, filed)
    ada.assess(filed.request_id)
    assert "They want to read the notice before it goes" in ada.go(f"{ada.case}/notices").text


def test_the_list_of_cases_says_what_is_due_and_what_is_overdue(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, WORRIED)
    ada = Desk(site, ADA)
    page = Page(ada.go("/desk/?which=mine").text).text
    assert "Safety check due" in page
    assert "Overdue" not in page
    assert "To look at now (0)" in page
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(hours=25)
    ada = Desk(site, ADA)
    page = ada.go("/desk/?which=due").text
    assert filed.request_id[:8] in page
    assert "The longest overdue first" in page
    assert '<span class="tag care">Overdue</span>' in page
