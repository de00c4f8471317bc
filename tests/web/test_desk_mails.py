"""Answers by mail at the desk: covered until asked for, said what they mean, attached, set aside."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.domain.words import LocationState
from tests.casework.mail_steps import Out, send_out
from tests.casework.put_mail import put_mail
from tests.make import ADA, BEN
from tests.page_forms import PageForm
from tests.walks import Desk

ODD = "Odd-words-of-a-desk https://img.northlight.example/a/1 and <b>more</b>"


@pytest.fixture
def out(embedded_kit: Kit, tmp_path: Path) -> Out:
    return send_out(embedded_kit, tmp_path)


@pytest.fixture
def ada(site: Flask, out: Out) -> Desk:
    return Desk(site, ADA)


def form_to(desk: Desk, do: str) -> PageForm:
    return next(form for form in desk.forms if form.sent.get("do") == [do])


def press(desk: Desk, do: str, **typed: str) -> TestResponse:
    """Send the form of the page that does this, as a browser would."""
    sent: dict[str, Any] = form_to(desk, do).sent | {name: [value] for name, value in typed.items()}
    return desk._ask("POST", desk.path, sent)


def test_words_are_covered_until_asked_for_and_covered_again_after(ada: Desk, out: Out) -> None:
    mail_id = put_mail(out.kit, out.notice_id, ODD)
    for path in ("/desk/mails", f"/desk/mail/{mail_id}", f"/desk/case/{out.filed.request_id}"):
        assert "Odd-words" not in ada.go(path).text
    page = ada.go(f"/desk/mail/{mail_id}")
    assert out.notice.reference in page.text
    shown = press(ada, "show")
    assert "Odd-words-of-a-desk hxxps://img.northlight.example/a/1 and &lt;b&gt;more&lt;/b&gt;" in shown.text
    assert "https://img.northlight.example" not in shown.text
    assert "Unverified" in shown.text
    assert "Odd-words" not in ada.go(f"/desk/mail/{mail_id}").text


def test_what_it_means_is_said_for_all_places_or_for_each(ada: Desk, out: Out) -> None:
    ada.go(f"/desk/mail/{put_mail(out.kit, out.notice_id)}")
    answer = press(ada, "settle", all="removed", **{"place-2": "asks"})
    assert answer.status_code == 200  # the list, after the redirect
    assert ada.path == "/desk/mails"
    assert out.states == [LocationState.SAYS_REMOVED, LocationState.ASKS]


def test_a_place_may_be_left_out(ada: Desk, out: Out) -> None:
    ada.go(f"/desk/mail/{put_mail(out.kit, out.notice_id)}")
    press(ada, "settle", all="refuses", **{"place-1": "nothing"})
    assert out.states == [LocationState.NOTICE_SENT, LocationState.REFUSED]


def test_nothing_chosen_keeps_the_page_and_its_words(ada: Desk, out: Out) -> None:
    ada.go(f"/desk/mail/{put_mail(out.kit, out.notice_id, ODD)}")
    press(ada, "show")
    answer = press(ada, "settle")
    assert answer.status_code == 422
    assert "Please choose what it says" in answer.text
    assert "Odd-words" in answer.text
    assert out.states == [LocationState.NOTICE_SENT] * 2


def test_a_colleague_who_has_not_the_case_is_not_offered_to_save(site: Flask, out: Out) -> None:
    ben = Desk(site, BEN)
    page = ben.go(f"/desk/mail/{put_mail(out.kit, out.notice_id)}")
    assert "A colleague has this case now." in page.text
    answer = press(ben, "settle", all="removed")
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.text
    assert out.states == [LocationState.NOTICE_SENT] * 2


def test_who_takes_the_case_saves_in_one_step(site: Flask, out: Out) -> None:
    out.move(minutes=31)
    ben = Desk(site, BEN)
    page = ben.go(f"/desk/mail/{put_mail(out.kit, out.notice_id)}")
    assert "Take the case and save what it says" in page.text
    press(ben, "settle", all="removed", take="yes")
    assert out.states == [LocationState.SAYS_REMOVED] * 2


def test_a_mail_that_says_nothing_is_done_with(ada: Desk, out: Out) -> None:
    ada.go(f"/desk/mail/{put_mail(out.kit, out.notice_id)}")
    press(ada, "nothing")
    assert "No answer waits for you." in ada.now.text
    assert out.states == [LocationState.NOTICE_SENT] * 2


def test_an_unmatched_mail_is_attached_by_its_reference(ada: Desk, out: Out) -> None:
    mail_id = put_mail(out.kit, None, ODD)
    ada.go(f"/desk/mail/{mail_id}")
    wrong = press(ada, "attach", reference="H-0000-0000")
    assert wrong.status_code == 422
    assert form_to(ada, "attach").sent["reference"] == ["H-0000-0000"]
    press(ada, "attach", reference=out.notice.reference.lower())
    assert ada.path == f"/desk/mail/{mail_id}"
    assert out.notice.reference in ada.now.text
    assert [mail.id for mail in out.kept()] == [mail_id]


def test_an_unmatched_mail_is_set_aside_and_waits_again(ada: Desk, out: Out) -> None:
    mail_id = put_mail(out.kit, None, ODD)
    ada.go(f"/desk/mail/{mail_id}")
    press(ada, "aside")
    assert "One mail is set aside" in ada.now.text
    assert out.unmatched() == ()
    ada.go(f"/desk/mail/{mail_id}")
    press(ada, "again")
    assert [mail.id for mail in out.unmatched()] == [mail_id]


def test_the_case_lists_its_mails(ada: Desk, out: Out) -> None:
    mail_id = put_mail(out.kit, out.notice_id, ODD)
    page = ada.go(f"/desk/case/{out.filed.request_id}")
    assert f"/desk/mail/{mail_id}" in page.text
    assert "To be read" in page.text


def test_what_is_no_button_does_nothing(ada: Desk, out: Out) -> None:
    mail_id = put_mail(out.kit, None)
    ada.go(f"/desk/mail/{mail_id}")
    sent: dict[str, Any] = form_to(ada, "show").sent | {"do": ["drop"]}
    assert ada._ask("POST", ada.path, sent).status_code == 422
    assert [mail.id for mail in out.unmatched()] == [mail_id]
    assert ada.go(f"/desk/mail/{'0' * 32}").status_code == 404
