"""Joining on the web: a page for each step, no secret behind an address alone, nothing kept too early."""

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.invite_member import Invite, invite_member
from app.casework.kit import Kit
from app.domain.words import Role
from app.persistence.base import metadata
from tests.make import ADA, MIRA, TEAM, Clock, wrong_number_of
from tests.walks import HOST, Visitor, sign_in_at_once
from tests.web.pages import Page

NOT_THESE = "These are not the seven words. Look at your sheet, or show the words again."
STEPS = ["name", "words", "repeat", "number", "codes"]


class Newcomer(Visitor):
    """Somebody with the link of an invitation (its path), and what they write on paper."""

    def __init__(self, site: Flask, link: str) -> None:
        super().__init__(site)
        self.link = f"/desk/join/{link}"
        self.words = self.secret = ""
        self.codes: list[str] = []

    def step(self, **answers: str) -> str:
        """Send the form that is open; the heading of what comes."""
        self.send(self.link, **answers)
        return Page(self.now.text).heading

    def begin(self) -> None:
        self.go(self.link)
        self.step()

    def read_words(self) -> None:
        self.words = " ".join(re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", self.now.text))

    def read_secret(self) -> None:
        self.secret = self.now.text.partition('<p class="code">')[2].partition("</bdi>")[0].rpartition(">")[2]

    def up_to_the_codes(self, kit: Kit) -> None:
        self.begin()
        self.step(name="Cleo Marsh")
        self.read_words()
        self.step()
        self.step(passphrase=self.words.upper())
        self.read_secret()
        self.step(code=pyotp.TOTP(self.secret.replace(" ", "")).at(kit.clock()))
        self.codes = re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", self.now.text)


@pytest.fixture
def link(embedded_kit: Kit) -> str:
    return invite_member(embedded_kit, MIRA, Invite(Role.CASEWORKER, "cleo"))


def rows(kit: Kit) -> dict[str, list[Any]]:
    with kit.database.reading() as work:
        tables = [one for one in metadata.sorted_tables if one.name != "sessions"]
        return {one.name: list(work.connection.execute(select(one)).all()) for one in tables}


def sign_in(kit: Kit, site: Flask, cleo: Newcomer) -> Visitor:
    visitor = Visitor(site)
    visitor.go("/desk/sign-in")
    number = pyotp.TOTP(cleo.secret.replace(" ", "")).at(kit.clock())
    visitor.send("/desk/sign-in", name="cleo", passphrase=cleo.words, totp=number)
    return visitor


def test_a_new_colleague_joins_and_a_caseworker_lets_them_in(
    site: Flask, embedded_kit: Kit, link: str
) -> None:
    cleo, ada = Newcomer(site, link), Visitor(site)
    cleo.up_to_the_codes(embedded_kit)
    assert len(set(cleo.codes)) == 10
    assert len(cleo.words.split()) == 7
    cleo.step()
    [fingerprint] = re.findall(r"(?:[0-9A-F]{4} ){9}[0-9A-F]{4}", cleo.now.text)
    assert "call a colleague" in cleo.now.text
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.at += timedelta(seconds=60)
    assert sign_in(embedded_kit, site, cleo).now.status_code == 403
    sign_in_at_once(ada, ADA)
    ada.go("/desk/people")
    assert "1 colleague waits" in ada.now.text
    ada.send("/desk/people", fingerprint=fingerprint.lower())
    assert "can sign in now" in ada.now.text
    embedded_kit.clock.at += timedelta(seconds=60)
    assert sign_in(embedded_kit, site, cleo).path == "/desk/"


def test_the_first_person_is_in_at_once(site: Flask, embedded_kit: Kit) -> None:
    cleo = Newcomer(site, invite_member(embedded_kit, MIRA, Invite(Role.CASEWORKER, "cleo"), TEAM))
    cleo.up_to_the_codes(embedded_kit)
    cleo.step()
    assert "You can sign in now." in cleo.now.text
    embedded_kit.clock.at += timedelta(seconds=60)  # type: ignore[attr-defined]  # a Clock
    assert sign_in(embedded_kit, site, cleo).path == "/desk/"


def test_nothing_is_kept_before_the_last_step(site: Flask, embedded_kit: Kit, link: str) -> None:
    cleo, before = Newcomer(site, link), rows(embedded_kit)
    cleo.up_to_the_codes(embedded_kit)
    assert rows(embedded_kit) == before
    cleo.step()
    assert rows(embedded_kit) != before


def test_no_secret_stands_behind_an_address_alone(site: Flask, embedded_kit: Kit, link: str) -> None:
    cleo = Newcomer(site, link)
    before = Page(site.test_client().get(cleo.link, base_url=HOST).text).text
    cleo.up_to_the_codes(embedded_kit)
    secrets = {*cleo.words.split(), cleo.secret, *cleo.codes}
    for client in (cleo.client, site.test_client()):
        answer = client.get(cleo.link, base_url=HOST)
        text = Page(answer.text).text
        assert "You are invited" in text
        # A drawn word may, by chance, be one of our own sentences'.
        assert {one for one in secrets if f" {one} " in text and f" {one} " not in before} == set()


def test_a_reload_shows_the_same_page_and_changes_nothing(site: Flask, embedded_kit: Kit, link: str) -> None:
    cleo = Newcomer(site, link)
    cleo.begin()
    cleo.step(name="Cleo Marsh")
    cleo.read_words()
    words = cleo.words
    older = cleo.forms[-1].sent | {"step": ["name"], "name": ["Somebody else"]}
    cleo._ask("POST", cleo.link, older)
    cleo.read_words()
    assert cleo.words == words
    cleo.step()
    asked = Page(cleo.now.text).text
    assert words not in asked
    cleo.step(passphrase="not these words")
    assert cleo.now.status_code == 422
    said = Page(cleo.now.text).text
    cleo.read_words()
    assert cleo.words == ""
    # A drawn word may, by chance, be part of our own sentences.
    ours = f"{asked} {NOT_THESE}"
    assert {word for word in words.split() if word in said and word not in ours} == set()
    cleo._ask("POST", cleo.link, older | {"step": ["again"]})
    cleo.read_words()
    assert cleo.words == words


def test_the_same_link_begins_again_elsewhere(site: Flask, embedded_kit: Kit, link: str) -> None:
    first, second = Newcomer(site, link), Newcomer(site, link)
    first.up_to_the_codes(embedded_kit)
    second.up_to_the_codes(embedded_kit)
    assert first.words != second.words
    second.step()
    first.send(first.link)
    assert first.now.status_code == 404
    assert "Welcome" in second.go(second.link).text, "the one who joined can read the fingerprint once more"
    assert site.test_client().get(second.link).status_code == 404


def test_wrong_used_and_ended_links_are_like_any_page_that_is_not_there(
    site: Flask, embedded_kit: Kit, link: str
) -> None:
    nothing = Page(site.test_client().get("/desk/nothing").text).text
    embedded_kit.clock.at += timedelta(days=7)  # type: ignore[attr-defined]  # a Clock
    for path in (link, "x", "a" * 43):
        for method in ("GET", "POST"):
            visitor = Visitor(site)
            answer = visitor._ask(method, f"/desk/join/{path}", None if method == "GET" else {})
            assert (answer.status_code, Page(answer.text).text) == (404, nothing)


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 81}),
        ("repeat", {"passphrase": ""}),
        ("repeat", {"passphrase": "seven words that were never ever shown"}),
        ("number", {"code": ""}),
        ("number", {"code": "a wrong one"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_asked_again(
    site: Flask, embedded_kit: Kit, link: str, step: str, answers: dict[str, str]
) -> None:
    cleo = Newcomer(site, link)
    cleo.begin()
    for due in STEPS[: STEPS.index(step)]:
        if due == "words":
            cleo.read_words()
        cleo.step(**{"name": {"name": "Cleo"}, "repeat": {"passphrase": cleo.words}}.get(due, {}))
    if answers == {"code": "a wrong one"}:
        cleo.read_secret()
        answers = {"code": wrong_number_of(embedded_kit, cleo.secret.replace(" ", ""))}
    cleo.step(**answers)
    assert cleo.now.status_code == 422
    assert 'aria-invalid="true"' in cleo.now.text
    assert cleo.forms[0].sent["step"] == [step]


def test_beginning_to_join_ends_whatever_session_was_there(site: Flask, embedded_kit: Kit, link: str) -> None:
    cleo = Newcomer(site, link)
    sign_in_at_once(cleo, MIRA)
    cleo.begin()
    assert cleo.go("/admin/").request.path == "/desk/sign-in"


def test_the_square_code_carries_no_style_and_no_name_of_the_site(
    site: Flask, embedded_kit: Kit, link: str
) -> None:
    cleo = Newcomer(site, link)
    cleo.begin()
    cleo.step(name="Cleo Marsh")
    cleo.read_words()
    cleo.step()
    cleo.step(passphrase=cleo.words)
    page = Page(cleo.now.text)
    assert page.values("style") == []
    assert {"svg", "path"} <= {tag for tag, _ in page.tags}
    assert page.values("aria-label", "div") == ["A square code for your app"]
