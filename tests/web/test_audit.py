"""What auditors see: who did what to which number, and counts. And how an admin gives somebody a role."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import update

from app.casework.assess import AssessInput, assess
from app.casework.invite_member import Invite, invite_member
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.trail import HOTLINE, Entry, TrailKind
from app.domain.words import Role
from app.persistence.requests import requests
from app.persistence.trail import trail
from app.reads.numbers import read_numbers
from tests.make import (
    ADA,
    BEN,
    CSAM,
    LOU,
    MIRA,
    SINA,
    TEAM,
    Clock,
    enrol_member,
    file_one,
    make_known,
    number_of,
)
from tests.walks import Desk, Visitor
from tests.web.pages import Page
from tests.web.test_people_joining import Newcomer

WORDS = "grelbhollow wintermarsh"
PATH = "quorbex-lane-7"
FIVE = "\n".join(f"https://img.northlight.example/{PATH}/{number}" for number in range(5))


@pytest.fixture
def lou(site: Flask) -> Desk:
    return Desk(site, LOU)


def trail_id_of(kit: Kit, request_id: str) -> str:
    with kit.database.reading() as work:
        return work.requests.load(request_id).trail_id


def test_an_auditor_signs_in_to_the_trail_and_finds_every_page_of_theirs(
    site: Flask, embedded_kit: Kit
) -> None:
    member, desk = enrol_member(embedded_kit, Role.AUDITOR, "Lou Verne", "lou"), Desk(site)
    assert desk.sign_in(embedded_kit, member).status_code == 200
    assert desk.path == "/audit/"
    for path in ("/audit/", "/audit/numbers", "/desk/me", "/desk/confirm"):
        page = Page(desk.go(path).text)
        links = {said.get("href") for tag, said in page.tags if tag == "a"}
        assert {"/audit/", "/audit/numbers", "/desk/me"} <= links
        assert [one for one in links if one and one.startswith(("/desk/case", "/admin"))] == []
        assert "/desk/" not in links
    for path in ("/desk/", "/desk/policy", "/desk/people", "/admin/people", "/admin/"):
        assert desk.go(path).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_who_joins_without_a_key_is_told_so_and_is_in_at_once(
    site: Flask, embedded_kit: Kit, role: Role
) -> None:
    cleo = Newcomer(site, invite_member(embedded_kit, MIRA, Invite(role, "cleo")))
    cleo.up_to_the_codes(embedded_kit)
    cleo.step()
    assert f"As an {role} you open no case" in cleo.now.text
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.at += timedelta(seconds=60)
    visitor = Visitor(site)
    visitor.go("/desk/sign-in")
    number = number_of(embedded_kit, cleo.secret.replace(" ", ""))
    visitor.send("/desk/sign-in", name="cleo", passphrase=cleo.words, totp=number)
    assert visitor.path == {Role.ADMIN: "/admin/", Role.AUDITOR: "/audit/"}[role]


def test_the_first_supervisor_comes_in_like_a_caseworker(site: Flask, embedded_kit: Kit) -> None:
    cleo = Newcomer(site, invite_member(embedded_kit, MIRA, Invite(Role.SUPERVISOR, "cleo"), TEAM))
    cleo.up_to_the_codes(embedded_kit)
    cleo.step()
    assert "You can sign in now." in cleo.now.text
    with embedded_kit.database.reading() as work:
        [member] = [one for one in work.staff.members() if one.role is Role.SUPERVISOR]
        assert work.staff.grant(member.id, embedded_kit.team_key(work).id) is not None


def test_a_cases_trail_is_found_by_the_number_on_its_page(site: Flask, embedded_kit: Kit, lou: Desk) -> None:
    filed = file_one(embedded_kit, FIVE, words=WORDS)
    trail_id = trail_id_of(embedded_kit, filed.request_id)
    ada = Desk(site, ADA)
    ada.take(filed.request_id)
    assert trail_id in ada.now.text
    lou.go("/audit/")
    page = lou.send("/audit/", trail=f"{trail_id.upper()[:16]} {trail_id[16:]}").text
    said = Page(page).text
    for words in (
        "The trail of one case",
        "Case taken",
        "Case opened",
        f"colleague {ADA.id[:6]}",
        "is whole",
    ):
        assert words in said
    for hidden in (filed.request_id, WORDS, PATH, "Ada Quill", "northlight"):
        assert hidden not in page
    day = embedded_kit.clock().date().isoformat()
    only = Page(lou.send("/audit/", trail=trail_id, kind="case_taken", day=day).text)
    assert sum(tag == "tr" for tag, _ in only.tags) == 2
    assert "No line fits." in lou.send("/audit/", trail=trail_id, day="2001-01-01").text
    with embedded_kit.database.reading() as work:
        read = [line for line, _ in work.trail.lines(HOTLINE) if line.entry.kind is TrailKind.TRAIL_READ]
    assert [(line.by, line.entry.subject) for line in read] == [(LOU.id, HOTLINE), (LOU.id, trail_id)]


def test_older_lines_are_on_the_next_page_with_the_same_filter(embedded_kit: Kit, lou: Desk) -> None:
    with embedded_kit.database.writing() as work:
        for number in range(120):
            kind = TrailKind.CASE_OPENED if number % 2 else TrailKind.CASE_TAKEN
            work.trail.append("7" * 32, Entry(kind), ADA.id, embedded_kit.clock())
        work.commit()
    lou.go("/audit/")
    page = Page(lou.send("/audit/", trail="7" * 32, kind="case_opened").text)
    assert sum(tag == "tr" for tag, _ in page.tags) == 51
    older = lou.forms[-1]
    page = Page(lou._ask("POST", "/audit/", older.sent | {"below": [dict(older.buttons)["below"]]}).text)
    assert sum(tag == "tr" for tag, _ in page.tags) == 11
    assert "Older lines" not in page.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"trail": "f" * 32}, 404),
        ({"trail": "x"}, 422),
        ({"trail": "f" * 31 + "g"}, 422),
        ({"day": "yesterday"}, 422),
        ({"day": "9999-12-31"}, 422),
        ({"kind": "nothing", "below": "x"}, 200),
        ({"below": "9" * 20}, 200),
        ({"below": "0"}, 200),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(lou: Desk, asked: dict[str, str], status: int) -> None:
    lou.go("/audit/")
    token = lou.forms[-1].sent["csrf_token"]
    sent = {"csrf_token": token} | {name: [value] for name, value in asked.items()}
    page = lou._ask("POST", "/audit/", sent)
    assert page.status_code == status
    assert ("Nothing you wrote is lost" in page.text) is (status != 200)


def test_a_broken_chain_is_said_and_a_kind_nobody_knows_breaks_no_page(embedded_kit: Kit, lou: Desk) -> None:
    with embedded_kit.database.writing() as work:
        changed = update(trail).where(trail.c.trail_id == HOTLINE, trail.c.position == 0)
        work.connection.execute(changed.values(kind="<b>made up</b>"))
        work.commit()
    page = lou.go("/audit/")
    assert "This trail is not as it was written" in page.text
    assert "Line 1 was changed." in page.text
    assert "&lt;b&gt;made up&lt;/b&gt;" in page.text


def test_small_numbers_are_not_shown_and_sums_are_rounded(embedded_kit: Kit, lou: Desk) -> None:
    kit = embedded_kit
    filed = [file_one(kit, FIVE) for _ in range(3)]
    take_case(kit, ADA, filed[0].request_id)
    places = open_case(kit, ADA, filed[0].request_id).places[:4]
    ids, versions = tuple(one.id for one in places), tuple(one.version for one in places)
    assess(kit, ADA, AssessInput(filed[0].request_id, ids, versions, CSAM))
    found = read_numbers(kit, LOU)
    counts = {state.value: count for state, count in found.places}
    assert (counts["received"], counts["assessed"], counts["gone"]) == (10, None, None)
    assert (found.open_cases, found.open_places) == (0, 10)
    cells = [" ".join(one.split()) for one in re.findall(r">([^<>]+)<", lou.go("/audit/numbers").text)]
    said = dict(pairwise(one for one in cells if one))
    assert said["Received"] == "10"
    assert said["Assessed, no notice approved"] == "fewer than 5"
    assert said["Cases in the queue"] == "fewer than 10"


def test_waiting_times_are_in_bands(embedded_kit: Kit) -> None:
    kit, at = embedded_kit, embedded_kit.clock()
    for number in range(12):
        filed = file_one(kit)
        waited = timedelta(hours=1) if number < 6 else timedelta(days=40)
        with kit.database.writing() as work:
            changed = update(requests).where(requests.c.id == filed.request_id)
            work.connection.execute(changed.values(since_at=at - waited))
            work.commit()
    assert read_numbers(kit, LOU).waiting == (6, None, None, None, 6)


def test_an_admin_gives_a_role_and_takes_it_back(site: Flask, embedded_kit: Kit) -> None:
    mira, ben = Desk(site, MIRA), Desk(site, BEN)
    assert ben.go("/desk/").status_code == 200
    mira.go(f"/admin/people/{BEN.id}")
    mira.send(f"/admin/people/{BEN.id}/role", "to")
    assert "is now: " in mira.now.text
    assert ben.go("/desk/").request.path == "/desk/sign-in"
    with embedded_kit.database.reading() as work:
        assert work.staff.member(BEN.id).role is Role.SUPERVISOR
    mira.send(f"/admin/people/{BEN.id}/role", "to")
    with embedded_kit.database.reading() as work:
        assert work.staff.member(BEN.id).role is Role.CASEWORKER


def test_a_role_needs_a_fresh_factor_and_a_role_there_is(site: Flask, embedded_kit: Kit) -> None:
    mira = Desk(site, MIRA)
    make_known(embedded_kit, SINA)
    path = f"/admin/people/{SINA.id}"
    mira.go(path)
    token = mira.forms[0].sent["csrf_token"]
    for to, status in (("boss", 422), ("", 422), ("admin", 409), ("auditor", 409), ("supervisor", 409)):
        assert mira._ask("POST", f"{path}/role", {"csrf_token": token, "to": [to]}).status_code == status
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(minutes=11)
    mira._ask("POST", f"{path}/role", {"csrf_token": token, "to": ["caseworker"]})
    assert mira.path == "/desk/confirm"
    with embedded_kit.database.reading() as work:
        assert work.staff.member(SINA.id).role is Role.SUPERVISOR
