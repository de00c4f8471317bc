"""Sessions: rows that neither the database nor the settings can open, and that end on time."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.casework.kit import Kit
from app.casework.sweep_sessions import sweep_sessions
from app.domain.sessions import ALWAYS, IDLE, PORTAL, STAFF
from app.persistence.sessions import sessions
from app.vault.derive import hkdf, key_from
from app.vault.records import unlock_record
from app.vault.seal import NotOpened, Purpose
from tests.make import ADA, MIRA, TEAM, URL, Clock
from tests.walks import Asking, Desk, Visitor
from tests.web.pages import drafted, post, token_of
from tests.web.test_coming_back import cookie_of, rows


def row(kit: Kit) -> tuple[bytes, bytes]:
    with kit.database.reading() as work:
        found = work.connection.execute(select(sessions.c.token_digest, sessions.c.content_sealed)).one()
        return bytes(found[0]), bytes(found[1])


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def following(site: Flask) -> Asking:
    asking = Asking(site)
    asking.follow(asking.ask(URL))
    return asking


def minutes(time: timedelta) -> float:
    return time.total_seconds() / 60


def test_a_stolen_table_of_sessions_opens_nothing(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site, words="my own words")
    digest, sealed = row(embedded_kit)
    token = urlsafe_b64decode((cookie_of(asking) or "") + "=")
    for told in (token, b"my own words", b"northlight", (cookie_of(asking) or "").encode(), b"draft"):
        assert told not in digest + sealed
    settings = embedded_kit.settings
    for stolen in (settings.secret, settings.database_key, digest, TEAM.seed, b"\x00" * 32):
        with pytest.raises(NotOpened):
            unlock_record(key_from(stolen, "session content"), Purpose.SESSION, digest.hex(), sealed)
    assert digest == hkdf(token, "session lookup")
    opened = unlock_record(key_from(token, "session content"), Purpose.SESSION, digest.hex(), sealed)
    assert opened["draft"]["answers"]["voice"]["words"] == "my own words"


def test_a_session_does_not_hold_a_keys_length(site: Flask, embedded_kit: Kit) -> None:
    drafted(site, words="a")
    short = len(row(embedded_kit)[1])
    with embedded_kit.database.writing() as work:
        work.connection.execute(delete(sessions))
        work.commit()
    drafted(site, words="ab")
    assert len(row(embedded_kit)[1]) == short


def test_a_session_that_was_moved_to_another_row_does_not_open(site: Flask, embedded_kit: Kit) -> None:
    mine, theirs = drafted(site, words="what I wrote"), drafted(site, words="what they wrote")
    lookups = [
        hkdf(urlsafe_b64decode((cookie_of(each) or "") + "="), "session lookup") for each in (mine, theirs)
    ]
    with embedded_kit.database.writing() as work:
        rows_ = {
            bytes(each[0]): bytes(each[1])
            for each in work.connection.execute(select(sessions.c.token_digest, sessions.c.content_sealed))
        }
        moved = update(sessions).where(sessions.c.token_digest == lookups[0])
        work.connection.execute(moved.values(content_sealed=rows_[lookups[1]]))
        work.commit()
    assert "they wrote" not in mine.go("/ask").text
    assert "what I wrote" not in mine.now.text


def test_no_address_and_no_browser_stands_in_a_session(site: Flask, embedded_kit: Kit) -> None:
    ada = Desk(site, ADA, agent="A very odd browser")
    ada.go("/desk/")
    token = urlsafe_b64decode((cookie_of(ada) or "") + "=")  # type: ignore[arg-type]  # any visitor
    digest, sealed = row(embedded_kit)
    kept = unlock_record(key_from(token, "session content"), Purpose.SESSION, digest.hex(), sealed)
    assert set(kept) <= {"staff", "_user_id", "_fresh", "csrf_token"}
    assert "127.0.0.1" not in str(kept)


@pytest.mark.parametrize(("kind", "path"), [(PORTAL, "/follow/request"), (STAFF, "/desk/")])
def test_a_session_that_nobody_uses_ends(site: Flask, embedded_kit: Kit, kind: str, path: str) -> None:
    visitor: Visitor = following(site) if kind == PORTAL else Desk(site, ADA)
    clock, idle = clock_of(embedded_kit), minutes(IDLE[kind])
    clock.move(minutes=idle - 1)
    assert visitor.go(path).request.path == path
    clock.move(minutes=idle - 1)
    assert visitor.go(path).request.path == path, "use makes it longer"
    clock.move(minutes=idle + 1)
    assert visitor.go(path).request.path != path
    assert visitor.client.get_cookie("heard", domain="127.0.0.1") is None


@pytest.mark.parametrize(("kind", "path"), [(PORTAL, "/follow/request"), (STAFF, "/desk/")])
def test_a_session_ends_even_when_it_is_always_used(
    site: Flask, embedded_kit: Kit, kind: str, path: str
) -> None:
    visitor: Visitor = following(site) if kind == PORTAL else Desk(site, ADA)
    clock, step = clock_of(embedded_kit), minutes(IDLE[kind]) - 1
    spent = 0.0
    while spent + step <= minutes(ALWAYS[kind]):
        clock.move(minutes=step)
        spent += step
        assert visitor.go(path).request.path == path
    clock.move(minutes=step)
    assert visitor.go(path).request.path != path


def test_what_is_typed_into_a_page_of_a_session_that_ended_is_not_lost(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = drafted(site)
    asking.go("/ask")
    clock_of(embedded_kit).move(hours=2)
    asking.send("/ask", places=URL, unsure="still here")
    assert asking.path == "/ask/review"
    assert "still here" in asking.now.text


def test_what_is_typed_into_a_later_page_of_a_session_that_ended_is_shown_to_be_copied(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = drafted(site)
    asking.go("/ask/words")
    clock_of(embedded_kit).move(hours=2)
    answer = asking.send("/ask/words", words="still here")
    assert answer.status_code == 403
    assert "still here" in answer.text
    asking = drafted(site)
    asking.go("/ask/what")
    clock_of(embedded_kit).move(hours=2)
    asking.send("/ask/what", contents="abuse")
    assert "What you wrote is no longer here" in asking.now.text


def test_a_draft_that_was_left_lying_is_gone_and_says_so(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    clock_of(embedded_kit).move(hours=2)
    asking.go("/ask/review")
    assert "What you wrote is no longer here" in asking.now.text


def test_old_sessions_are_deleted_not_only_refused(site: Flask, embedded_kit: Kit) -> None:
    following(site)
    Desk(site, ADA)
    assert sweep_sessions(embedded_kit) == 0
    clock_of(embedded_kit).move(hours=11)
    sweep_sessions(embedded_kit)
    assert rows(embedded_kit) == 0


def test_signing_out_ends_the_session_for_good(site: Flask, embedded_kit: Kit) -> None:
    ada = Desk(site, ADA)
    ada.go("/desk/")
    kept = ada.client.get_cookie("heard", domain="127.0.0.1")
    assert kept is not None
    ada.send("/desk/sign-out")
    assert ada.path == "/desk/sign-in"
    assert rows(embedded_kit) == 0
    ada.client.set_cookie("heard", kept.value, domain="127.0.0.1")
    assert ada.go("/desk/").request.path == "/desk/sign-in"


def test_signing_out_needs_the_token(site: Flask, embedded_kit: Kit) -> None:
    ada = Desk(site, ADA)
    assert "Once more, please" in post(ada.client, "/desk/sign-out", {}, data="x=").text
    assert rows(embedded_kit) == 1


@pytest.mark.parametrize("is_following", [True, False])
def test_leaving_ends_all_and_goes_to_a_neutral_site(
    site: Flask, embedded_kit: Kit, is_following: bool
) -> None:
    asking = following(site) if is_following else drafted(site)
    kept = cookie_of(asking) or ""
    answer = asking.go("/leave")
    assert answer.status_code == 303
    assert answer.location == embedded_kit.settings.exit_url
    assert set(answer.headers["Clear-Site-Data"].split(", ")) >= {'"cookies"', '"storage"'}
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert rows(embedded_kit) == 0
    assert cookie_of(asking) is None
    asking.client.set_cookie("heard", kept, domain="127.0.0.1")
    for path in ("/ask", "/follow/request", "/ask/review"):
        assert "northlight" not in asking.go(path).text


def test_leaving_works_from_everywhere_even_without_a_session(site: Flask) -> None:
    for path in ("/leave", "/fr/leave", "/ar/leave"):
        assert site.test_client().get(path).status_code == 303


def test_a_session_that_ended_in_another_window_is_not_brought_back(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    other = Asking(site)
    other.client.set_cookie("heard", cookie_of(asking) or "", domain="127.0.0.1")
    asking.go("/ask")
    token = token_of(asking)
    other.go("/leave")
    post(asking, "/ask", {"places": URL, "csrf_token": token})
    assert cookie_of(other) is None
    assert "northlight" not in other.go("/ask").text


def test_an_admin_and_a_caseworker_cannot_use_each_others_pages(site: Flask) -> None:
    assert Desk(site, MIRA).go("/desk/").status_code == 403
    assert Desk(site, ADA).go("/admin/").status_code == 403


def test_a_staff_session_opens_no_request_of_the_portal(site: Flask) -> None:
    assert Desk(site, ADA).go("/follow/request").request.path == "/follow"
