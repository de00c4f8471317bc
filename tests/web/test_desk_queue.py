"""The queue's page: why each case stands there, the next one, one act on several cases."""

from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.many_cases import MOST_CASES
from app.casework.recuse import recuse
from app.casework.take_case import take_case
from app.domain.asking import PlaceNote, Safety, Voice
from app.domain.words import Asker, YesNo
from app.web.desk.queue_words import length_words
from tests.casework.holding_steps import known_staff, request_of
from tests.casework.queue_steps import listed
from tests.make import ADA, BEN, URL, file_one
from tests.walks import Desk
from tests.web.desk_walks import file_whole
from tests.web.pages import Page

NEAR = Voice(asker=Asker.PERSON, safety=Safety(lives_near=YesNo.YES))


@pytest.fixture
def ada(site: Flask, embedded_kit: Kit) -> Desk:
    known_staff(embedded_kit)
    return Desk(site, ADA)


def press(desk: Desk, act: str, *request_ids: str, which: str = "open") -> TestResponse:
    """Tick these cases on a list, and press the button of an act."""
    desk.go(f"/desk/?which={which}")
    form = next(form for form in desk.forms if form.action == "/desk/cases")
    assert ("act", act) in form.buttons
    return desk._ask("POST", "/desk/cases", form.sent | {"request_ids": list(request_ids), "act": [act]})


def test_a_row_says_why_it_stands_there_with_what_is_urgent_first(ada: Desk, embedded_kit: Kit) -> None:
    note = PlaceNote(threat=YesNo.YES, threat_on=date(2031, 5, 17))
    filed = file_whole(embedded_kit, Voice(asker=Asker.PERSON), f"{URL}\n{URL}2", (note, PlaceNote()))
    give_back(embedded_kit, ADA, filed.request_id)
    said = Page(ada.go("/desk/").text).text
    for words in ("Threat", "May 17, 2031", "Being assessed: 2", "Nobody yet", "Free (1)", "All open (1)"):
        assert words in said, words
    assert URL not in ada.now.text
    assert 'accesskey="n"' in ada.now.text


def test_the_next_case_is_taken_and_opened(ada: Desk, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    ada.go("/desk/")
    answer = ada.send("/desk/next")
    assert ada.path == f"/desk/case/{filed.request_id}"
    assert "You have taken this case." in answer.text
    ada.go("/desk/")
    assert "No case waits now." in ada.send("/desk/next").text
    assert ada.path == "/desk/"


def test_several_cases_are_taken_after_a_page_that_says_which(ada: Desk, embedded_kit: Kit) -> None:
    one, two, theirs, away = (file_one(embedded_kit).request_id for _ in range(4))
    take_case(embedded_kit, BEN, theirs)
    recuse(embedded_kit, ADA, away)
    said = Page(press(ada, "take", one, two, theirs, away).text).text
    for words in ("Take these cases?", "2 cases", "a colleague has it", "it is not there (any more)"):
        assert words in said, words
    assert listed(embedded_kit, "mine") == []
    said = Page(ada.send("/desk/cases/do").text).text
    assert "2 cases taken." in said
    assert set(listed(embedded_kit, "mine")) == {one, two}
    press(ada, "give_back", one, two)
    assert "2 cases given back." in Page(ada.send("/desk/cases/do").text).text
    assert listed(embedded_kit, "mine") == []


def test_what_changed_between_the_page_and_the_button_is_said_and_counted(
    ada: Desk, embedded_kit: Kit
) -> None:
    one, two = (file_one(embedded_kit).request_id for _ in range(2))
    press(ada, "take", one, two)
    take_case(embedded_kit, BEN, two)
    said = Page(ada.send("/desk/cases/do").text).text
    assert "1 case taken." in said
    assert "1 not: a colleague has it" in said
    assert request_of(embedded_kit, two).taken_by == BEN.id


def test_skipped_cases_are_out_of_sight_without_a_reason(ada: Desk, embedded_kit: Kit) -> None:
    one, two = (file_one(embedded_kit).request_id for _ in range(2))
    press(ada, "skip", one)
    assert "note" not in ada.forms[-1].names
    ada.send("/desk/cases/do")
    assert listed(embedded_kit, "free") == [two]
    assert set(listed(embedded_kit, "free", BEN)) == {one, two}


def test_what_is_no_request_needs_a_reason_and_a_colleague(ada: Desk, embedded_kit: Kit) -> None:
    spam, danger = (
        file_one(embedded_kit).request_id,
        file_one(embedded_kit, voice=NEAR).request_id,
    )
    said = Page(press(ada, "not_a_request", spam, danger).text).text
    assert "it needs a look of its own: open it" in said
    answer = ada.send("/desk/cases/do")
    assert answer.status_code == 422
    assert 'href="#note"' in answer.text
    assert request_of(embedded_kit, spam).doubted_by is None
    said = Page(ada.send("/desk/cases/do", note="Nothing to read in it.").text).text
    assert "1 case waits for a colleague to agree." in said
    asked = request_of(embedded_kit, spam)
    assert (asked.doubted_by, asked.taken_by, asked.queue_at is None) == (ADA.id, None, False)
    assert request_of(embedded_kit, danger).doubted_by is None
    assert listed(embedded_kit, "free") == [danger]


def test_a_button_without_a_tick_says_so_and_a_tick_is_kept(ada: Desk, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    answer = press(ada, "take", which="open")
    assert answer.status_code == 422
    assert "Please choose a case." in Page(answer.text).text
    assert 'aria-current="page">All open' in answer.text
    ada.go("/desk/")
    form = next(form for form in ada.forms if form.action == "/desk/cases")
    sent = form.sent | {"request_ids": [request_id], "act": ["burn"]}
    answer = ada._ask("POST", "/desk/cases", sent)
    assert answer.status_code == 422
    (form,) = (form for form in ada.forms if form.action == "/desk/cases")
    assert form.sent["request_ids"] == [request_id]
    assert (
        ada._ask("POST", "/desk/cases", sent | {"request_ids": ["x"] * 3, "act": ["take"]}).status_code == 200
    )
    many = [f"{number:032x}" for number in range(MOST_CASES + 1)]
    assert ada._ask("POST", "/desk/cases", sent | {"request_ids": many, "act": ["take"]}).status_code == 422


@pytest.mark.parametrize(
    "path", ["/desk/?which=no", "/desk/?after=x-y", "/desk/?which=mine&after=9999999999-a"]
)
def test_odd_addresses_show_a_list(ada: Desk, embedded_kit: Kit, path: str) -> None:
    file_one(embedded_kit)
    assert ada.go(path).status_code == 200


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=-119), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(days=-9), "9 days"),
    ],
)
def test_lengths_are_said_in_the_unit_that_fits(length: timedelta, words: str) -> None:
    assert length_words(length) == words
