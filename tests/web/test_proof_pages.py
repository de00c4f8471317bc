"""Showing to have been under 18: pages for who gives it, and for the caseworker who decides."""

import re

import pytest
from flask import Flask

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.domain.words import Asker, LocationState, Standing
from app.i18n.words import words
from tests.casework.proof_steps import with_standing
from tests.make import BEN
from tests.walks import Desk
from tests.web.pages import PNG, Page
from tests.web.proof_walks import DECIDED, Proving, confirmed, proof_at_desk

WAYS = ("word", "voucher", "record", "document")


def test_it_is_offered_and_never_asked_for(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    page = Page(asker.now.text)
    assert page.heading == "Show that you were under 18"
    assert "You do not have to." in page.text
    for way in WAYS:
        assert asker.go(f"/follow/proof/{way}").status_code == 200
        assert "under 18" not in Page(asker.now.text).title, "titles stay neutral"


def test_who_acts_for_somebody_reads_of_the_person_shown(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit, asker=Asker.PARENT)
    assert Page(asker.now.text).heading == "Show that the person was under 18"
    asker.give("word", meant="yes", proof_words="")
    assert "We have it." in Page(asker.now.text).text


def test_who_came_across_it_is_not_let_in(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit, asker=Asker.BYSTANDER)
    for way in ("", *(f"/{way}" for way in WAYS)):
        asker.go(f"/follow/proof{way}")
        assert asker.path == "/follow/request"


def test_a_word_is_given_shown_and_taken_back(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("word", proof_words="some words of mine")
    assert asker.now.status_code == 422
    assert "Please tick this box" in asker.now.text
    assert "some words of mine" in asker.now.text
    asker.send("/follow/proof/word", meant="yes")
    assert asker.path == "/follow/proof"
    assert "We have it. A caseworker looks at it." in asker.now.text
    assert "some words of mine" not in asker.go("/follow/proof").text
    assert "We have it. A caseworker looks at it." not in asker.now.text, "said once"
    asker.take_back()
    assert "You took it back." in asker.now.text
    assert "What you gave so far" not in asker.now.text


def test_a_record_needs_one_of_three_and_keeps_what_was_typed(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    assert asker.give("record", proof_words="words").status_code == 422
    assert "Please fill in at least one of these." in asker.now.text
    asker.give("record", police_file="p" * 301, docket="docket four", proof_words="w" * 4001)
    assert asker.now.status_code == 422
    assert "docket four" in asker.now.text
    assert "p" * 301 in asker.now.text
    asker.give("record", series="a name")
    assert asker.path == "/follow/proof"


@pytest.mark.parametrize(
    ("way", "field"),
    [
        ("word", "proof_words"),
        *(("record", one) for one in ("police_file", "docket", "series", "proof_words")),
    ],
)
def test_a_picture_is_refused_in_every_field(site: Flask, embedded_kit: Kit, way: str, field: str) -> None:
    asker = Proving(site, embedded_kit)
    meant: dict[str, str] = {"meant": "yes"} if way == "word" else {}
    asker.give(way, **meant | {field: f"my words data:image/png;base64,{PNG.hex()}"})
    assert asker.now.status_code == 422
    assert "We never take pictures" in asker.now.text
    assert PNG.hex()[:20] not in asker.now.text


def test_whom_to_ask_must_be_one_of_the_list(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    for role in ((), "king"):
        assert asker.give("voucher", role=role).status_code == 422
        assert "Please choose who it is." in asker.now.text


def test_link_and_words_are_shown_until_they_were_used(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("voucher", role="police")
    link, phrase = asker.link_and_phrase()
    assert re.fullmatch(r"/v/[\w-]{43}", link)
    assert len(phrase.split()) == 4
    assert "http://127.0.0.1/v/" in asker.now.text
    asker.go("/follow/proof")
    assert asker.link_and_phrase() == (link, phrase), "they survive a reload"
    again = Proving(site, embedded_kit)
    assert link not in again.now.text


def test_ten_wait_and_the_page_says_what_to_do(site: Flask, embedded_kit: Kit) -> None:
    asker, late = Proving(site, embedded_kit), Proving(site, embedded_kit)
    late.filed = asker.filed
    late.follow(asker.filed.code)
    late.go("/follow/proof/word")
    for _ in range(10):
        asker.give("word", meant="yes")
    assert "10 wait already." in asker.now.text
    assert "/follow/proof/word" not in asker.now.text
    late.send("/follow/proof/word", meant="yes", proof_words="typed before")
    assert late.now.status_code == 422
    assert "Too many wait already." in late.now.text
    assert "typed before" in late.now.text
    assert late.give("voucher", role="police").status_code == 422


def test_a_caseworker_reads_decides_and_the_person_is_told(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("record", docket="docket four", proof_words="<b>bold</b>")
    ada, path = proof_at_desk(asker)
    assert "docket four" in ada.now.text
    assert "&lt;b&gt;bold" in ada.now.text
    assert "I called back" not in ada.now.text
    ada.send(path, **DECIDED)
    assert ada.path == f"{asker.case}/proof"
    assert "The proof itself is destroyed." in ada.now.text
    assert "Confirmed under 18" in ada.now.text
    assert "docket four" not in ada.go(path).text
    assert "There is nothing to see any more" in ada.now.text
    text = Page(asker.go("/follow/proof").text).text
    assert "Shown: under 18" in text
    assert "Take this back" not in text


def test_a_proof_that_shows_nothing_is_told_kindly_and_stops_nothing(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("record", series="a name")
    ada, path = proof_at_desk(asker)
    ada.send(path, **DECIDED | {"tie": "no", "result": "not_shown"})
    text = Page(asker.go("/follow/proof").text).text
    for sentence in ("It does not show it yet", "This is not your fault", "These would help: a birth date."):
        assert sentence in text
    assert words(LocationState.ASSESSING) in Page(asker.go("/follow/request").text).text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"tie": ()}, "Please answer question 3."),
        ({"result": ()}, "Please choose what follows."),
        ({"tie": "not_shown"}, "needs a yes to all three checks."),
        ({"tie": "no", "result": "likely"}, "One of the checks says no."),
        ({}, "Their word alone is at most"),
    ],
)
def test_a_decision_that_does_not_hold_together_comes_back(
    site: Flask, embedded_kit: Kit, answers: dict[str, str], sentence: str
) -> None:
    asker = Proving(site, embedded_kit)
    if answers:
        asker.give("record", series="a name")
    else:
        asker.give("word", meant="yes")
    ada, path = proof_at_desk(asker)
    given = {name: value for name, value in (DECIDED | answers).items() if value}
    ada.send(path, **given)
    assert ada.now.status_code == 422
    assert sentence in ada.now.text
    sent = next(form.sent for form in ada.forms if "tie" in form.names)
    assert {name: sent[name] for name in given} == {name: [value] for name, value in given.items()}


def test_who_was_named_is_called_back_before_anything_is_decided(site: Flask, embedded_kit: Kit) -> None:
    asker = confirmed(site, embedded_kit)
    ada, path = proof_at_desk(asker)
    for shown in ("Dr. Some One", "Some Clinic", "a file of those years", "Call back before you decide"):
        assert shown in ada.now.text
    ada.send(path, **DECIDED)
    assert ada.now.status_code == 422
    assert "Call back first" in ada.now.text
    ada.send(path, called_back="directory")
    assert "Called back: A public directory" in Page(ada.now.text).text
    assert "Some Clinic" not in ada.now.text


def test_what_was_chosen_is_kept_when_the_case_is_a_colleagues(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("record", series="a name")
    ada, path = proof_at_desk(asker)
    ada.give_back(asker.filed.request_id)
    ada.go(path)
    ben = Desk(site, BEN)
    ben.take(asker.filed.request_id)
    ada.send(path, **DECIDED)
    assert ada.now.status_code == 409
    assert "your time with this case ran out" in ada.now.text
    ada.send(path, "take")
    assert "a colleague has this case now" in ada.now.text
    ben.give_back(asker.filed.request_id)
    ada.send(path, "take")
    assert "Confirmed under 18" in ada.now.text


def test_the_case_says_that_something_waits(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    ada = Desk(site, BEN)
    assert "1 to look at" not in Page(ada.go(asker.case).text).text
    asker.give("word", meant="yes")
    assert "1 to look at" in Page(ada.go(asker.case).text).text


def test_a_revoked_partys_proof_is_marked_at_the_desk(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.give("record", series="a name")
    actor = follow_with_code(embedded_kit, asker.filed.code)
    with_standing(embedded_kit, actor, Standing.CHECKED, is_revoked=True)
    before = Page(asker.go("/follow/proof").text).text
    ada, path = proof_at_desk(asker)
    assert "From somebody whose access ended" in ada.now.text
    ada.send(path, **DECIDED)
    assert Page(asker.go("/follow/proof").text).text == before
