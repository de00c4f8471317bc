"""The mandate on the page of a case: noted with where the paper lies, and taken back."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.casework.take_case import take_case
from tests.casework.holding_steps import clock_of, known_staff
from tests.make import ADA, BEN, file_one
from tests.walks import Desk
from tests.web.desk_walks import CaseDesk
from tests.web.pages import Page

WHERE = "Odd-words-42: in the safe."


@pytest.fixture
def ada(site: Flask, embedded_kit: Kit) -> CaseDesk:
    known_staff(embedded_kit)
    filed = file_one(embedded_kit)
    take_case(embedded_kit, ADA, filed.request_id)
    return CaseDesk(site, filed)


def note(desk: CaseDesk, where: str) -> TestResponse:
    [form] = [form for form in desk.forms if "mandate_where" in form.names]
    return desk._ask("POST", f"{desk.case}/mandate", form.sent | {"mandate_where": [where]})


def take_back(desk: CaseDesk) -> TestResponse:
    [form] = [form for form in desk.forms if ("do", "take_back") in form.buttons]
    return desk._ask("POST", f"{desk.case}/mandate", form.sent | {"do": ["take_back"]})


def test_a_mandate_is_noted_shown_to_colleagues_and_taken_back(ada: CaseDesk) -> None:
    assert "None is noted." in Page(ada.now.text).text
    answer = note(ada, WHERE)
    assert "The mandate is noted." in Page(answer.text).text
    seen = Page(Desk(ada.app, BEN).go(ada.case).text).text
    assert WHERE in seen
    assert "None is noted." not in seen
    answer = take_back(ada)
    assert "No new letter cites it." in Page(answer.text).text
    assert "None is noted." in Page(answer.text).text
    assert "Taken back" in Page(answer.text).text, "among the notes"


@pytest.mark.parametrize(
    ("where", "said"),
    [("", "Please write where the signed paper is kept."), ("so " * 4000, "This is too long.")],
)
def test_it_needs_words_that_fit(ada: CaseDesk, where: str, said: str) -> None:
    answer = note(ada, where)
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    [form] = [form for form in ada.forms if "mandate_where" in form.names]
    assert form.sent["mandate_where"] == [where]
    assert "None is noted." in Page(ada.go(ada.case).text).text


def test_who_does_not_hold_the_case_reads_it_and_has_no_form(ada: CaseDesk) -> None:
    note(ada, WHERE)
    ben = Desk(ada.app, BEN)
    ben.go(ada.case)
    assert WHERE in Page(ben.now.text).text
    assert not [form for form in ben.forms if "mandate_where" in form.names]
    assert not [form for form in ben.forms if ("do", "take_back") in form.buttons]


def test_what_was_typed_is_still_there_when_the_time_with_the_case_ran_out(
    ada: CaseDesk, embedded_kit: Kit
) -> None:
    typing = ada.now
    clock_of(embedded_kit).move(minutes=20)
    ada.go("/desk/letters")
    clock_of(embedded_kit).move(minutes=11)
    ada.seen.append(typing)
    answer = note(ada, WHERE)
    assert answer.status_code == 409
    [form] = [form for form in ada.forms if "mandate_where" in form.names]
    assert form.sent["mandate_where"] == [WHERE]
    assert ("take", "yes") in form.buttons
    ada._ask("POST", f"{ada.case}/mandate", form.sent | {"take": ["yes"]})
    assert "The mandate is noted." in Page(ada.now.text).text


def test_pressed_twice_it_is_noted_once(ada: CaseDesk) -> None:
    typing = ada.now
    note(ada, WHERE)
    ada.seen.append(typing)
    answer = note(ada, WHERE)
    assert answer.status_code == 200
    assert answer.text.count("Odd-words-42") == 2, "as it stands, and once among the notes"
