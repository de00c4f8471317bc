"""The pages about mail: an address is left, confirmed by its number, changed, and taken back."""

import pytest
from flask import Flask

from app.casework.deliver_news import deliver_news
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.take_case import take_case
from app.domain.proof_words import ContactState
from app.domain.words import Asker, Telling
from app.outbound.ports import NotAccepted
from app.reads.follow import read_follow
from tests.casework.contact_steps import (
    EMAIL,
    clock_of,
    contact_of,
    number_in,
    sent_by,
    told,
    with_courier,
)
from tests.casework.steps import FaultyMailer
from tests.make import ADA, file_one
from tests.walks import Asking

PAGE, NUMBER = "/follow/contact", "/follow/contact/number"


def come_back(site: Flask, code: str, prefix: str = "") -> Asking:
    asking = Asking(site, prefix)
    asking.follow(code)
    asking.go(f"{prefix}{PAGE}")
    assert asking.now.status_code == 200
    return asking


def wrong(number: str) -> str:
    return f"{(int(number) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_an_address_is_left_confirmed_and_taken_back(site: Flask, embedded_kit: Kit, prefix: str) -> None:
    courier, filed = with_courier(embedded_kit), file_one(embedded_kit)
    asking = come_back(site, filed.code, prefix)
    asking.send(f"{prefix}{PAGE}", email=EMAIL, telling="each_step", hours="any")
    assert asking.path == f"{prefix}{NUMBER}"
    [mail] = sent_by(embedded_kit, courier)
    asking.go(f"{prefix}{NUMBER}")
    asking.send(f"{prefix}{NUMBER}", number=number_in(mail))
    assert asking.path == f"{prefix}{PAGE}"
    actor = follow_with_code(embedded_kit, filed.code)
    assert read_follow(embedded_kit, actor).contact is ContactState.CONFIRMED
    asking.send(f"{prefix}{PAGE}/stop")
    assert asking.path == f"{prefix}{PAGE}"
    assert EMAIL not in asking.now.text
    assert contact_of(embedded_kit, actor) is None


def test_the_page_masks_the_address_and_puts_it_into_no_field(site: Flask, embedded_kit: Kit) -> None:
    filed, _ = told(embedded_kit, with_courier(embedded_kit))
    page = come_back(site, filed.code).now.text
    assert "s…@m…" in page
    assert page.count(EMAIL) == 1
    before, _, after = page.partition(EMAIL)
    assert "</details>" in after
    assert before.rpartition("<details>")[2].count("</details>") == 0


def test_telling_and_hours_are_changed_without_typing_the_address_again(
    site: Flask, embedded_kit: Kit
) -> None:
    filed, actor = told(embedded_kit, with_courier(embedded_kit))
    asking = come_back(site, filed.code)
    asking.send(PAGE, telling="end", hours="school")
    assert asking.path == PAGE
    assert "Only Monday to Friday" in asking.now.text
    assert read_follow(embedded_kit, actor).voice.wishes.telling is Telling.END


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"email": ""}, "Please type your email address"),
        ({"email": "someone at mail.example"}, "cannot read this as an email address"),
        ({"email": "a@mail.example, b@mail.example"}, "cannot read this as an email address"),
        ({"email": EMAIL, "telling": "everything"}, "Please choose one of these"),
        ({"email": EMAIL, "hours": "never"}, "Please choose one of these"),
        ({"email": "data:image/png;base64," + "A" * 400}, "picture"),
    ],
)
def test_what_cannot_be_used_comes_back_with_a_kind_sentence(
    site: Flask, embedded_kit: Kit, answers: dict[str, str], sentence: str
) -> None:
    filed = file_one(embedded_kit)
    asking = come_back(site, filed.code)
    asking.send(PAGE, **answers)
    assert asking.now.status_code == 422
    assert sentence in asking.now.text
    if "@" in answers["email"]:
        assert answers["email"] in asking.now.text
    assert contact_of(embedded_kit, follow_with_code(embedded_kit, filed.code)) is None


def test_to_be_told_nothing_needs_no_address(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = come_back(site, filed.code)
    asking.send(PAGE, email=EMAIL, telling="nothing")
    assert asking.path == PAGE
    assert "We send you no mail" in asking.now.text


def test_a_wrong_number_may_be_typed_five_times(site: Flask, embedded_kit: Kit) -> None:
    courier, filed = with_courier(embedded_kit), file_one(embedded_kit)
    asking = come_back(site, filed.code)
    asking.send(PAGE, email=EMAIL, telling="end", hours="any")
    [mail] = sent_by(embedded_kit, courier)
    number = number_in(mail)
    asking.send(NUMBER, number="12")
    assert "has six digits" in asking.now.text
    for _ in range(4):
        asking.send(NUMBER, number=wrong(number))
        assert asking.now.status_code == 422
        assert "not the number in our last mail" in asking.now.text
    asking.send(NUMBER, number=wrong(number))
    assert "Please ask for a new one" in asking.now.text
    assert 'name="number"' not in asking.now.text
    asking.send(f"{NUMBER}/again")
    [another] = sent_by(embedded_kit, courier)
    asking.go(NUMBER)
    asking.send(NUMBER, number=f" {number_in(another)[:3]} {number_in(another)[3:]}")
    assert asking.path == PAGE


def test_after_three_numbers_the_page_says_to_come_back_tomorrow(site: Flask, embedded_kit: Kit) -> None:
    courier, filed = with_courier(embedded_kit), file_one(embedded_kit)
    asking = come_back(site, filed.code)
    asking.send(PAGE, email=EMAIL, telling="end", hours="any")
    for left in (2, 1, 0):
        assert len(sent_by(embedded_kit, courier)) == 1
        asking.go(NUMBER)
        if left:
            asking.send(f"{NUMBER}/again")
    assert "again tomorrow" in asking.now.text
    assert all("again" not in form.action for form in asking.forms)
    asking.go(PAGE)
    asking.send(PAGE, email="other@mail.example")
    assert asking.now.status_code == 422
    assert "at most 3 numbers a day" in asking.now.text


def test_a_mail_that_was_refused_is_told_on_the_first_page_and_on_its_own(
    site: Flask, embedded_kit: Kit
) -> None:
    courier = with_courier(embedded_kit)
    filed, _ = told(embedded_kit, courier)
    take_case(embedded_kit, ADA, filed.request_id)
    clock_of(embedded_kit).move(minutes=15)
    assert deliver_news(embedded_kit, courier, FaultyMailer(NotAccepted(False, 550)))
    asking = Asking(site)
    asking.follow(filed.code)
    assert "Our mail to you did not arrive" in asking.now.text
    asking.go(PAGE)
    assert "stopped writing to this address" in asking.now.text


def test_the_first_page_reminds_of_a_number_that_was_not_typed(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = come_back(site, filed.code)
    asking.send(PAGE, email=EMAIL, telling="end", hours="any")
    asking.go("/follow/request")
    assert f'href="{NUMBER}"' in asking.now.text


def test_the_page_says_when_the_number_comes_and_by_whose_clock(site: Flask, embedded_kit: Kit) -> None:
    with_courier(embedded_kit)
    asking = come_back(site, file_one(embedded_kit).code)
    assert "There it is now: January 13, 2026" in asking.now.text.replace("\u202f", " ")
    asking.send(PAGE, email=EMAIL, telling="end", hours="evening")
    assert "not before January 13, 2026, 6:00" in asking.now.text.replace("\u202f", " ")


def test_who_merely_came_across_a_place_has_no_such_page(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.BYSTANDER)
    asking = Asking(site)
    asking.follow(filed.code)
    asking.go(PAGE)
    assert asking.path == "/follow/request"


def test_no_title_and_no_address_of_these_pages_says_what_the_site_is_about(
    site: Flask, embedded_kit: Kit
) -> None:
    filed, _ = told(embedded_kit, with_courier(embedded_kit))
    asking = come_back(site, filed.code)
    title = asking.now.text.partition("<title>")[2].partition("</title>")[0]
    assert title == "How we may reach you – Heard"
    assert all(EMAIL not in answer.request.path for answer in asking.seen)
