"""The admin's page about people: inviting, suspending, letting back in, leaving. No name, no grant."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.staff import Member
from tests.make import ADA, BEN, MIRA, Clock, enrol_member, make_known, number_of
from tests.walks import Desk
from tests.web.pages import Page, without_tokens


@pytest.fixture
def mira(site: Flask) -> Desk:
    return Desk(site, MIRA)


def member(kit: Kit, member_id: str) -> Member:
    with kit.database.reading() as work:
        return work.staff.member(member_id)


def link_on(desk: Desk) -> str:
    [link] = re.findall(r"/desk/join/[\w-]{43}", desk.now.text)
    return str(link)


def test_the_link_is_shown_once_and_leads_to_an_invitation(site: Flask, mira: Desk) -> None:
    mira.go("/admin/people/invite")
    mira.send("/admin/people/invite", role="caseworker", sign_in="cleo")
    link = link_on(mira)
    assert "You are invited" in site.test_client().get(link).text
    for path in ("/admin/people", "/admin/people/invite"):
        assert link not in mira.go(path).text
    assert "1 invitation is open" in mira.go("/admin/people").text


@pytest.mark.parametrize(
    "given",
    [{"role": "", "sign_in": "x"}, {"role": "boss", "sign_in": "x"}, {"role": "admin", "sign_in": " "}],
)
def test_an_invitation_needs_a_role_and_a_name(mira: Desk, given: dict[str, str]) -> None:
    mira.go("/admin/people/invite")
    mira.send("/admin/people/invite", **given)
    assert mira.now.status_code == 422
    assert "/desk/join/" not in mira.now.text


def test_a_name_in_use_is_refused_kindly(embedded_kit: Kit, mira: Desk) -> None:
    enrol_member(embedded_kit)
    mira.go("/admin/people/invite")
    mira.send("/admin/people/invite", role="admin", sign_in=" ADA ")
    assert mira.now.status_code == 422
    assert "Please choose another" in mira.now.text


def test_inviting_asks_for_a_fresh_factor_and_keeps_what_was_typed(site: Flask, embedded_kit: Kit) -> None:
    nora = enrol_member(embedded_kit, Role.ADMIN, "Nora Dale", "nora")
    desk = Desk(site)
    desk.sign_in(embedded_kit, nora)
    desk.go("/admin/people/invite")
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.at += timedelta(minutes=11)
    desk.send("/admin/people/invite", role="admin", sign_in="cleo")
    assert desk.path == "/desk/confirm"
    desk.send("/desk/confirm", code=number_of(embedded_kit, nora.totp_secret))
    assert desk.path == "/admin/people/invite"
    assert (desk.forms[-1].sent["role"], desk.forms[-1].sent["sign_in"]) == (["admin"], ["cleo"])


def test_suspending_and_letting_back_in(site: Flask, embedded_kit: Kit, mira: Desk) -> None:
    ada = Desk(site, ADA)
    make_known(embedded_kit, BEN)
    mira.go(f"/admin/people/{ADA.id}")
    mira.send(f"/admin/people/{ADA.id}/suspend")
    assert "is suspended" in mira.now.text
    assert ada.go("/desk/").request.path == "/desk/sign-in"
    mira.go(f"/admin/people/{ADA.id}")
    mira.send(f"/admin/people/{ADA.id}/resume")
    assert member(embedded_kit, ADA.id).state is StaffState.ACTIVE


def test_an_admin_can_only_ask_for_the_call_of_who_waits(embedded_kit: Kit, mira: Desk) -> None:
    cleo = enrol_member(embedded_kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    page = mira.go("/admin/people").text
    assert "Waiting for a colleague" in page
    assert "Cleo" not in without_tokens(mira)
    mira.go(f"/admin/people/{cleo.id}")
    assert [form.action.rpartition("/")[2] for form in mira.forms[1:]] == ["leave"]
    token = mira.forms[1].sent["csrf_token"]
    for path in ("resume", "suspend"):
        mira._ask("POST", f"/admin/people/{cleo.id}/{path}", {"csrf_token": token})
        assert mira.now.status_code == 409
    assert member(embedded_kit, cleo.id).state is StaffState.WAITING


def test_leaving_is_asked_for_twice_and_says_how_to_change_the_team_key(
    embedded_kit: Kit, mira: Desk
) -> None:
    ada = enrol_member(embedded_kit)
    make_known(embedded_kit, BEN)
    mira.go(f"/admin/people/{ada.id}")
    mira.send(f"/admin/people/{ada.id}/leave")
    assert mira.now.status_code == 422
    mira.send(f"/admin/people/{ada.id}/leave", meant="yes")
    assert "heard rotate" in Page(mira.now.text).text
    assert member(embedded_kit, ada.id).state is StaffState.LEFT


def test_the_last_caseworker_needs_one_more_mark(embedded_kit: Kit, mira: Desk) -> None:
    ada = enrol_member(embedded_kit)
    mira.go(f"/admin/people/{ada.id}")
    assert "Only the printed recovery shares" in mira.now.text
    mira.send(f"/admin/people/{ada.id}/leave", meant="yes")
    assert mira.now.status_code == 422
    assert member(embedded_kit, ada.id).state is StaffState.ACTIVE
    mira.send(f"/admin/people/{ada.id}/leave", meant="yes", even_last="yes")
    assert member(embedded_kit, ada.id).state is StaffState.LEFT


def test_the_last_admin_can_neither_be_suspended_nor_leave(embedded_kit: Kit, mira: Desk) -> None:
    mira.go(f"/admin/people/{MIRA.id}")
    mira.send(f"/admin/people/{MIRA.id}/suspend")
    assert (mira.now.status_code, "the last admin" in mira.now.text) == (422, True)
    mira.send(f"/admin/people/{MIRA.id}/leave", meant="yes")
    assert (mira.now.status_code, "the last admin" in mira.now.text) == (422, True)
    assert member(embedded_kit, MIRA.id).state is StaffState.ACTIVE


def test_nobody_is_where_there_is_nobody(mira: Desk) -> None:
    assert mira.go(f"/admin/people/{'f' * 32}").status_code == 404
