"""At the desk: granting, one's own access, the second page of signing in, and being shut out at once."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.suspend_member import suspend_member
from app.domain.staff import StaffState
from app.vault.pairs import fingerprint_of
from app.web.site import make_site
from tests.make import (
    ADA,
    BEN,
    MIRA,
    WRONG_NUMBER,
    Clock,
    Enrolled,
    enrol_member,
    make_known,
    number_of,
    wrong_number_of,
)
from tests.walks import HOST, Desk, Visitor
from tests.web.pages import Page, post

REFUSED = "That did not work. Please check all three"


def later(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.at += timedelta(**by)


def half_in(site: Flask, ada: Enrolled) -> Visitor:
    visitor = Visitor(site)
    visitor.go("/desk/sign-in")
    visitor.send("/desk/sign-in", name=ada.sign_in, passphrase=ada.passphrase)
    return visitor


def secret_on(page: str) -> str:
    return page.partition('<p class="code">')[2].partition("</bdi>")[0].rpartition(">")[2].replace(" ", "")


def test_one_page_is_enough_to_sign_in(site: Flask, embedded_kit: Kit) -> None:
    desk = Desk(site)
    desk.sign_in(embedded_kit, enrol_member(embedded_kit))
    assert desk.path == "/desk/"


def test_without_a_number_it_is_asked_for_next(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    visitor = half_in(site, ada)
    assert visitor.path == "/desk/sign-in/second"
    assert visitor.go("/desk/").request.path == "/desk/sign-in", "half is not in"
    visitor.go("/desk/sign-in/second")
    visitor.send("/desk/sign-in/second", code="")
    assert visitor.now.status_code == 422
    visitor.send("/desk/sign-in/second", code=number_of(embedded_kit, ada.totp_secret))
    assert visitor.path == "/desk/"


def test_a_stranger_learns_nothing_from_leaving_the_number_out(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    waits = enrol_member(embedded_kit, name="Cleo", sign_in="cleo", state=StaffState.WAITING)
    answers = set()
    for name, passphrase in (("ada", "wrong words"), ("nobody", ada.passphrase), ("cleo", waits.passphrase)):
        answer = post(site.test_client(), "/desk/sign-in", {"name": name, "passphrase": passphrase})
        assert answer.status_code == 403
        assert REFUSED in answer.text
        answers.add(Page(answer.text).text)
    assert len(answers) == 1


def test_after_five_wrong_numbers_the_passphrase_is_asked_for_again(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    visitor = half_in(site, ada)
    for left in range(4, -1, -1):
        visitor.send("/desk/sign-in/second", code=WRONG_NUMBER)
        assert (visitor.now.status_code == 403) is (left > 0)
    assert visitor.path == "/desk/sign-in"
    assert visitor.go("/desk/sign-in/second").request.path == "/desk/sign-in"


def test_half_a_sign_in_ends_after_five_minutes(site: Flask, embedded_kit: Kit) -> None:
    visitor = half_in(site, enrol_member(embedded_kit))
    later(embedded_kit, minutes=5, seconds=1)
    assert visitor.go("/desk/sign-in/second").request.path == "/desk/sign-in"


def test_a_suspended_member_is_out_with_the_next_click_even_in_a_session_that_raced(
    site: Flask, embedded_kit: Kit
) -> None:
    ada, admin = Desk(site, ADA), Desk(site, MIRA)
    make_known(embedded_kit, BEN)
    assert ada.go("/desk/").status_code == 200
    suspend_member(embedded_kit, MIRA, ADA.id)
    racing = Desk(site, ADA)  # its row was written after all others had been ended
    for visitor in (ada, racing):
        for path in ("/desk/", "/desk/me", "/desk/people"):
            assert visitor.go(path).request.path == "/desk/sign-in"
    assert admin.go("/admin/people").status_code == 200


def test_a_role_that_changed_in_the_database_opens_nothing(site: Flask, embedded_kit: Kit) -> None:
    mira = Desk(site, MIRA)
    mira.go("/admin/")
    with embedded_kit.database.schema_change() as connection:
        connection.exec_driver_sql("UPDATE staff SET role = 'caseworker'")
    assert mira.go("/admin/").request.path == "/desk/sign-in"


def test_granting_asks_for_a_fresh_factor_and_keeps_what_was_typed(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    cleo = enrol_member(embedded_kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    fingerprint = fingerprint_of(cleo.pair.public)
    desk = Desk(site)
    desk.sign_in(embedded_kit, ada)
    later(embedded_kit, minutes=10, seconds=1)
    desk.go("/desk/people")
    desk.send("/desk/people", fingerprint=fingerprint)
    assert desk.path == "/desk/confirm"
    desk.send("/desk/confirm", code=WRONG_NUMBER)
    assert desk.now.status_code == 403
    desk.send("/desk/confirm", code=number_of(embedded_kit, ada.totp_secret))
    assert desk.path == "/desk/people"
    assert desk.forms[-1].sent["fingerprint"] == [fingerprint]
    desk.send("/desk/people")
    assert f"{cleo.id[:6]} can sign in now" in Page(desk.now.text).text


def test_confirming_leads_to_own_pages_alone(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    desk = Desk(site)
    desk.sign_in(embedded_kit, ada)
    for path in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        later(embedded_kit, minutes=11)
        desk.go(f"/desk/me/passkeys?to={path}&next={path}")
        assert desk.path == "/desk/confirm"
        desk.send("/desk/confirm", code=number_of(embedded_kit, ada.totp_secret))
        assert desk.path == "/desk/me/passkeys"


@pytest.mark.parametrize("typed", ["", "1234", "z" * 40, "0000 " * 10])
def test_a_fingerprint_that_fits_nobody_grants_nothing(site: Flask, embedded_kit: Kit, typed: str) -> None:
    enrol_member(embedded_kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    ada = Desk(site, ADA)
    ada.go("/desk/people")
    ada.send("/desk/people", fingerprint=typed)
    assert ada.now.status_code == 422
    assert ada.forms[-1].sent["fingerprint"] == [typed]


def test_with_two_the_page_says_who_is_still_needed(embedded_kit: Kit) -> None:
    kit = replace(embedded_kit, settings=replace(embedded_kit.settings, two_person=True))
    site = make_site(kit, None)
    cleo = enrol_member(kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    ada, ben = Desk(site, ADA), Desk(site, BEN)
    for _ in range(2):
        ada.go("/desk/people")
        ada.send("/desk/people", fingerprint=fingerprint_of(cleo.pair.public))
        assert "Another caseworker has to compare it, too." in ada.now.text
    assert "You can be the second." in ben.go("/desk/people").text
    ben.send("/desk/people", fingerprint=fingerprint_of(cleo.pair.public))
    assert "can sign in now" in ben.now.text


def test_a_new_passphrase_is_shown_typed_back_and_the_session_goes_on(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    desk, other = Desk(site), Desk(site)
    desk.sign_in(embedded_kit, ada)
    later(embedded_kit, seconds=60)
    other.sign_in(embedded_kit, ada)
    asked = Page(desk.go("/desk/me/passphrase").text).text
    desk.send("/desk/me/passphrase", passphrase="wrong words")
    assert desk.now.status_code == 422
    desk.send("/desk/me/passphrase", passphrase=ada.passphrase)
    words = " ".join(re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", desk.now.text))
    assert len(words.split()) == 7
    assert Page(desk.client.get("/desk/me/passphrase", base_url=HOST).text).text == asked
    desk.go("/desk/me/passphrase")
    desk.send("/desk/me/passphrase", passphrase=ada.passphrase)
    words = " ".join(re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", desk.now.text))
    desk.send("/desk/me/passphrase")
    desk.send("/desk/me/passphrase", passphrase=ada.passphrase)
    assert desk.now.status_code == 422
    desk.send("/desk/me/passphrase", passphrase=words)
    assert desk.path == "/desk/me"
    assert "counts from now on" in desk.now.text
    assert other.go("/desk/me").request.path == "/desk/sign-in", "another session ends"
    later(embedded_kit, seconds=60)
    assert Desk(site).sign_in(embedded_kit, ada).status_code == 403
    assert Desk(site).sign_in(embedded_kit, ada, passphrase=words).request.path == "/desk/"


def test_a_new_factor_after_a_recovery_code(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    desk = Desk(site)
    desk.sign_in(embedded_kit, ada)
    codes = new_factor(embedded_kit, desk, ada)
    assert len(codes) == 10
    lost = Desk(site)
    lost.sign_in(embedded_kit, ada, totp=codes[4].lower())
    assert lost.path == "/desk/me"
    assert "You came in with a recovery code" in lost.now.text
    assert "9 recovery codes left" in Page(lost.now.text).text
    new_factor(embedded_kit, lost, ada)
    assert "You came in with a recovery code" not in lost.now.text
    assert desk.go("/desk/me").request.path == "/desk/sign-in"
    assert Desk(site).sign_in(embedded_kit, ada, totp=codes[5]).status_code == 403


def new_factor(kit: Kit, desk: Desk, ada: Enrolled) -> list[str]:
    desk.go("/desk/me/factor")
    desk.send("/desk/me/factor", passphrase=ada.passphrase)
    secret = secret_on(desk.now.text)
    desk.send("/desk/me/factor", code=wrong_number_of(kit, secret))
    assert desk.now.status_code == 422
    assert secret_on(desk.now.text) == secret
    desk.send("/desk/me/factor", code=number_of(kit, secret))
    codes = re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", desk.now.text)
    desk.send("/desk/me/factor")
    assert desk.path == "/desk/me"
    return codes


def test_a_change_that_was_begun_ends_after_a_while(site: Flask, embedded_kit: Kit) -> None:
    ada = enrol_member(embedded_kit)
    desk = Desk(site)
    desk.sign_in(embedded_kit, ada)
    desk.go("/desk/me/factor")
    desk.send("/desk/me/factor", passphrase=ada.passphrase)
    secret = secret_on(desk.now.text)
    later(embedded_kit, minutes=20, seconds=1)
    desk.send("/desk/me/factor", code=number_of(embedded_kit, secret))
    assert desk.forms[-1].sent["step"] == ["current"]


def test_signing_out_everywhere(site: Flask, embedded_kit: Kit) -> None:
    here, there, ben = Desk(site, ADA), Desk(site, ADA), Desk(site, BEN)
    here.go("/desk/me")
    here.send("/desk/me/sign-out")
    assert here.path == "/desk/sign-in"
    assert there.go("/desk/me").request.path == "/desk/sign-in"
    assert ben.go("/desk/me").status_code == 200


@pytest.mark.parametrize("actor", [ADA, MIRA])
def test_ones_own_page_shows_handle_fingerprint_and_limits(site: Flask, actor: object) -> None:
    page = Page(Desk(site, actor).go("/desk/me").text).text  # type: ignore[arg-type]  # Ada or Mira
    for told in (actor.id[:6], fingerprint_of(actor.pair.public), "30 minutes", "10 hours"):  # type: ignore[attr-defined]
        assert told in page
    assert ("Cases" in page) is (actor is ADA)


def test_no_page_brings_the_passkey_script_where_no_passkey_can_be(site: Flask, embedded_kit: Kit) -> None:
    desk = Desk(site)
    desk.sign_in(embedded_kit, enrol_member(embedded_kit))
    for path in ("/desk/me", "/desk/me/passkeys", "/desk/confirm", "/desk/people", "/desk/me/factor"):
        answer = desk.go(path)
        assert answer.status_code == 200
        assert "script-src 'self'" not in answer.headers["Content-Security-Policy"]
        assert "passkey.js" not in answer.text


def test_an_admin_sees_no_grants_and_a_caseworker_no_admins_page(site: Flask) -> None:
    assert Desk(site, MIRA).go("/desk/people").status_code == 403
    assert Desk(site, ADA).go("/admin/people").status_code == 403
