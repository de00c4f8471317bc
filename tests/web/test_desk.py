"""The desk: one refusal at the door for every cause, and a list of cases that opens nothing."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.words import Role
from app.vault import pairs, records, seal
from tests.make import ADA, BEN, MIRA, TEAM, URL, WRONG_NUMBER, Clock, enrol_member, file_one
from tests.walks import Asking, Desk
from tests.web.pages import Page, post


def test_every_cause_of_refusal_looks_the_same(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    enrol_member(embedded_kit, Role.ADMIN, "Mira Lund", "mira")
    good = pyotp.TOTP(ada.totp_secret).at(embedded_kit.clock())
    stale = pyotp.TOTP(ada.totp_secret).at(embedded_kit.clock() - timedelta(minutes=5))
    tries = {
        "unknown name": ("nobody", ada.passphrase, good),
        "wrong passphrase": ("ada", "seven wrong words", good),
        "wrong number": ("ada", ada.passphrase, WRONG_NUMBER),
        "old number": ("ada", ada.passphrase, stale),
        "another's passphrase": ("mira", ada.passphrase, good),
        "strange": ("ö" * 300, "🌱", "１２３４５６"),
    }
    embedded_kit.slowdown._sleep = lambda _seconds: None
    pages = {}
    for cause, (name, passphrase, totp) in tries.items():
        desk = Desk(site)
        desk.go("/desk/sign-in")
        answer = desk.send("/desk/sign-in", name=name, passphrase=passphrase, totp=totp)
        assert answer.status_code == 403, cause
        assert "Set-Cookie" not in answer.headers
        assert passphrase == "" or passphrase not in answer.text
        assert desk.forms[-1].sent["name"] == [name]
        pages[cause] = answer.text.replace(f'name="name" value="{name}"', 'name="name" value=""')
    assert len(set(pages.values())) == 1, "the same page but for the name that was typed"


def test_a_number_works_once(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    first, second = Desk(site), Desk(site)
    first.sign_in(embedded_kit, ada)
    assert first.path == "/desk/"
    assert second.sign_in(embedded_kit, ada).status_code == 403
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(seconds=30)
    second.sign_in(embedded_kit, ada)
    assert second.path == "/desk/"


def test_signing_in_gives_another_cookie_and_keeps_nothing_of_before(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    desk = Desk(site)
    code = Asking.ask(_as_asking(desk), URL)
    before = desk.client.get_cookie("heard", domain="127.0.0.1")
    desk.sign_in(embedded_kit, ada)
    after = desk.client.get_cookie("heard", domain="127.0.0.1")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert code not in desk.go("/ask/sent").text


def _as_asking(desk: Desk) -> Asking:
    asking = Asking(desk.app)
    asking.client = desk.client
    return asking


def test_when_many_sign_in_nobody_is_locked_out(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    queue = embedded_kit.sign_ins
    queue._per_lane, per_lane = 0, queue._per_lane
    queue._running = 1
    desk = Desk(site)
    answer = desk.sign_in(embedded_kit, ada)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert ada.passphrase not in answer.text
    queue._per_lane, queue._running = per_lane, 0
    desk.sign_in(embedded_kit, ada)
    assert desk.path == "/desk/"


def test_the_list_of_cases_opens_nothing_sealed(
    site: Flask, embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = [file_one(embedded_kit, words="my own words") for _ in range(3)]
    ada = Desk(site, ADA)
    ada.take(filed[0].request_id)
    opened: list[str] = []
    real = seal.unlock

    def only_the_session(key: Any, purpose: seal.Purpose, row_id: str, sealed: bytes) -> bytes:
        opened.append(purpose)
        assert purpose is seal.Purpose.SESSION, purpose
        return real(key, purpose, row_id, sealed)

    def nothing(*_: Any, **__: Any) -> Any:
        raise AssertionError("something sealed was opened")

    for module in (seal, records):
        monkeypatch.setattr(module, "unlock", only_the_session)
    for name in ("open_with", "seal_to"):
        for module in (pairs, records):
            monkeypatch.setattr(module, name, nothing, raising=False)
    monkeypatch.setattr("app.casework.case_keys.open_case_keys", nothing)
    for which in ("free", "mine", "open"):
        answer = ada.go(f"/desk/?which={which}")
        assert answer.status_code == 200
        for word in ("northlight", "my own words", URL):
            assert word not in answer.text
    assert filed[0].request_id[:8] in ada.now.text
    assert set(opened) == {seal.Purpose.SESSION}


@pytest.mark.parametrize(
    "after", ["", "x", "-", "99999999999-a", "1-%00", "0-" + "f" * 32, "1" * 30 + "-a", "²-a", "1-ü"]
)
def test_a_strange_page_of_the_list_is_no_fault(site: Flask, after: str) -> None:
    assert Desk(site, ADA).go(f"/desk/?which=open&after={after}").status_code == 200
    assert Desk(site, ADA).go(f"/desk/?which={after}").status_code == 200


def test_two_caseworkers_do_not_work_on_one_case(site: Flask, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    ada, ben = Desk(site, ADA), Desk(site, BEN)
    ben.go(f"/desk/case/{request_id}")
    page_before = ben.now
    ada.take(request_id)
    ben.seen.append(page_before)
    ben.send(f"/desk/case/{request_id}/take")
    assert "A colleague has this case" in ben.now.text
    assert "You have this case" in ada.go(f"/desk/case/{request_id}").text


def test_what_was_chosen_is_kept_when_a_place_changed_meanwhile(site: Flask, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    ada = Desk(site, ADA)
    ada.take(request_id)
    first = ada.go(f"/desk/case/{request_id}/assess")
    ada.assess(request_id)
    ada.seen.append(first)
    ada.path = f"/desk/case/{request_id}/assess"
    chosen = {"kind": "harmful", "is_child": "yes", "is_harmed": "yes", "ground": "b", "age_band": "13-17"}
    answer = ada.send(ada.path, **chosen, identified="yes", basis="other", basis_by="Another Hotline")
    assert answer.status_code == 409
    sent = next(form.sent for form in ada.forms if "kind" in form.names)
    assert {name: sent[name] for name in chosen} == {name: [value] for name, value in chosen.items()}
    assert sent["basis_by"] == ["Another Hotline"]
    assert "A place changed while you were reading." in answer.text


def test_an_assessment_that_lacks_answers_says_so_at_each(site: Flask, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    ada = Desk(site, ADA)
    ada.take(request_id)
    answer = post(
        ada.client, f"/desk/case/{request_id}/assess", {"csrf_token": _token(ada, request_id), "kind": "csam"}
    )
    assert answer.status_code == 422
    page = Page(answer.text)
    for said in ("Please answer the first question.", "Please choose at least one place."):
        assert said in page.text
    for link in page.values("href", "a"):
        if link.startswith("#"):
            assert link[1:] in page.values("id"), link


def _token(desk: Desk, request_id: str) -> str:
    desk.go(f"/desk/case/{request_id}/assess")
    return next(form.sent["csrf_token"][0] for form in desk.forms if "csrf_token" in form.sent)


def test_an_admin_sees_nothing_of_any_case(site: Flask, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    mira = Desk(site, MIRA)
    paths = (
        f"/desk/case/{request_id}",
        f"/desk/case/{request_id}/assess",
        f"/desk/case/{request_id}/notices",
    )
    for path in ("/desk/", "/desk/letters", *paths):
        assert mira.go(path).status_code == 403
    assert TEAM.seed.hex() not in mira.go("/admin/").text
