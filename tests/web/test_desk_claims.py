"""Counter-claims at the desk: what waits, what was said, and what two caseworkers find."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from tests.casework.answer_steps import sent
from tests.make import ADA, BEN
from tests.walks import Answering, Desk
from tests.web.pages import Page

Claimed = tuple[str, str]  # path of the claim's page, id of the request


@pytest.fixture
def claimed(site: Flask, embedded_kit: Kit) -> Claimed:
    filed, link = sent(embedded_kit)
    Answering(site).answer(f"/n/{link}", reply_2="over_18", words_2="Odd-word-42")
    with embedded_kit.database.reading() as work:
        [claim] = work.claims.waiting(ADA.id, None, 9)
    return f"/desk/claim/{claim.id}", filed.request_id


def test_a_claim_is_listed_and_its_page_shows_what_was_said(site: Flask, claimed: Claimed) -> None:
    path, request_id = claimed
    desk = Desk(site, ADA)
    listed = Page(desk.go("/desk/claims").text)
    assert path in listed.values("href", "a")
    assert f"/desk/case/{request_id}" in listed.values("href", "a")
    text = Page(desk.go(path).text).text
    for told in ("Odd-word-42", "Unverified words", "More likely than not under 18", "Removal stands."):
        assert told in text


def test_proof_is_asked_for_with_a_note_that_stays_on_the_page(site: Flask, claimed: Claimed) -> None:
    path, _ = claimed
    desk = Desk(site, ADA)
    desk.go(path)
    assert "It is noted." in desk.send(path, move="ask", claim_note="Odd-note-42").text
    text = Page(desk.now.text).text
    assert "Odd-note-42" in text
    assert "Proof asked for" in text


def test_it_takes_two_and_the_second_is_told_what_follows(site: Flask, claimed: Claimed) -> None:
    path, request_id = claimed
    first, second = Desk(site, ADA), Desk(site, BEN)
    first.go(path)
    said = first.send(path, move="uphold", claim_note="Checked with an office.").text
    assert "A second caseworker has to find the same." in said
    again = first.send(path, move="uphold", claim_note="Odd-note-43")
    assert again.status_code == 409
    assert "You found first that the proof holds." in again.text
    assert "Odd-note-43" in again.text, "what was typed is kept"
    assert "Needs a second caseworker" in second.go("/desk/claims").text
    second.go(path)
    done = second.send(path, move="uphold", claim_note="Checked it, too.").text
    assert "The place now waits for a hearing. Nothing was restored." in done
    assert "Removal not asked, hearing due" in second.go(f"/desk/case/{request_id}").text
    assert "No counter-claim waits for anybody." in second.go("/desk/claims").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"claim_note": "Odd-note-44"}, "Please choose what you do."),
        ({"move": "reject"}, "Please write it in a few words."),
        ({"move": "reject", "claim_note": "w " * 1001}, "This is too long."),
        ({"move": "restore", "claim_note": "Odd-note-44"}, "Please choose what you do."),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    site: Flask, claimed: Claimed, typed: dict[str, str], says: str
) -> None:
    path, _ = claimed
    desk = Desk(site, ADA)
    desk.go(path)
    answer = desk.send(path, **typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert typed.get("claim_note", "").strip() in answer.text


def test_who_comes_second_is_told_how_it_stands_now(site: Flask, claimed: Claimed) -> None:
    path, _ = claimed
    ada, ben = Desk(site, ADA), Desk(site, BEN)
    ada.go(path)
    ben.go(path)
    ada.send(path, move="reject", claim_note="No answer came.")
    late = ben.send(path, move="ask", claim_note="Odd-note-45")
    assert late.status_code == 409
    assert "it changed while you were reading" in late.text
    assert "No proof that holds" in late.text
