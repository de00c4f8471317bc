"""Before its operator has written helplines, privacy and reporting duties, a portal asks nobody anything."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.web.site import make_site
from tests.make import ADA, MIRA, URL, file_one
from tests.walks import Answering, Desk
from tests.web.pages import Page, post


@pytest.fixture
def closed(embedded_kit: Kit) -> Flask:
    return make_site(embedded_kit, None)


@pytest.mark.parametrize(
    "path", ["/", "/ask", "/ask/review", "/ask/sent", "/follow", "/follow/request", "/support"]
)
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_a_closed_portal_shows_one_kind_page(closed: Flask, path: str, prefix: str) -> None:
    answer = closed.test_client().get(prefix + path)
    assert answer.status_code == 503
    page = Page(answer.text)
    assert page.heading
    assert page.values("lang", "html") == [prefix[1:] or "en"]
    assert page.values("action") == []
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"]


def test_a_closed_portal_takes_nothing(closed: Flask) -> None:
    for path in ("/ask", "/ask/review", "/ask/sent", "/follow", "/follow/message"):
        answer = post(closed.test_client(), path, {"places": URL, "code": "x", "text": "x"})
        assert answer.status_code == 503
        assert "This site is not open yet" in answer.text
        assert "Set-Cookie" not in answer.headers


def test_the_way_out_works_on_a_closed_portal(closed: Flask) -> None:
    page = Page(closed.test_client().get("/").text)
    assert "/leave" in page.values("href")
    assert closed.test_client().get("/leave").status_code == 303


def test_a_closed_portal_links_to_no_page_that_is_closed_too(closed: Flask) -> None:
    client = closed.test_client()
    for link in Page(client.get("/").text).values("href", "a"):
        if link.startswith("/") and link != "/":
            assert client.get(link).status_code in (200, 303), link


def test_the_desk_works_while_the_portal_is_closed(closed: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    assert closed.test_client().get("/desk/sign-in").status_code == 200
    ada = Desk(closed, ADA)
    ada.take(filed.request_id)
    assert ada.assess(filed.request_id).status_code == 200
    assert "Northlight Hosting" in ada.go(f"/desk/case/{filed.request_id}/notices").text
    assert Desk(closed, MIRA).go("/admin/").status_code == 200
    assert Answering(closed).go("/n/some-link").status_code == 200
    assert closed.test_client().get("/healthz").status_code == 200
    assert closed.test_client().get("/static/heard.css").status_code == 200
