"""Every error is a kind page; its line in the log holds neither a value nor the error's own text."""

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from flask import Flask
from structlog.testing import capture_logs

from app import log
from app.casework import errors as casework
from app.i18n.locales import gettext, use
from app.persistence.database import Database
from app.web.portal import review
from tests.make import ADA, URL
from tests.walks import HOST, Asking, Desk
from tests.web.pages import Page, drafted, post

CANARY = "quartzlemming"
HINT = "Go back"


class Broken(Exception):
    """Raised with a value in its text, as a library might."""


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a running site would print: our own log, and whatever Flask and Werkzeug say."""
    heard = io.StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    log.configure()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    yield heard
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


def raising(error: Exception) -> Callable[..., Any]:
    def raise_it(*_: Any, **__: Any) -> Any:
        raise error

    return raise_it


def test_a_fault_in_a_view_gives_a_kind_page_and_a_line_without_values(
    site: Flask, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO
) -> None:
    asking = drafted(site, words=CANARY)
    monkeypatch.setattr(
        review, "file_request", raising(Broken(f"could not keep {CANARY} of https://{CANARY}.example"))
    )
    answer = asking.send("/ask/review")
    assert answer.status_code == 500
    page = Page(answer.text)
    assert page.heading == "Something went wrong on our side"
    assert HINT in page.text
    assert CANARY not in answer.text
    assert "Traceback" not in answer.text + printed.getvalue()
    assert CANARY not in printed.getvalue()
    assert '"error": "Broken"' in printed.getvalue()
    assert '"route": "/ask/review"' in printed.getvalue()
    assert '"where": "web/portal/review.py:' in printed.getvalue()
    monkeypatch.undo()
    assert asking.go("/ask/review").status_code == 200, "the draft is still there"


def test_a_fault_on_a_page_whose_address_is_secret_logs_the_route_only(
    site: Flask, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO
) -> None:
    monkeypatch.setattr("app.web.guards.open_notice", raising(Broken(CANARY)))
    answer = post(site.test_client(), f"/n/{CANARY}", {})
    assert answer.status_code == 500
    assert CANARY not in printed.getvalue()
    assert "/n/<link>" in printed.getvalue()


@pytest.mark.parametrize("part", ["_read", "save_session"])
def test_a_fault_around_a_view_is_a_kind_page_and_a_line_too(
    site: Flask, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO, part: str
) -> None:
    monkeypatch.setattr(site.session_interface, part, raising(Broken(CANARY)))
    cookie = {"Cookie": "heard=" + "A" * 43}
    for path in ("/", f"/n/{CANARY}", f"/{CANARY}"):
        answer = site.test_client(use_cookies=False).get(path, headers=cookie)
        assert answer.status_code == 500
        assert Page(answer.text).heading == "Something went wrong on our side"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Traceback" not in answer.text
    assert CANARY not in printed.getvalue()
    assert '"error": "Broken"' in printed.getvalue()


def test_when_the_database_is_away_every_page_is_kind(
    site: Flask, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO
) -> None:
    asking = drafted(site, words=CANARY)
    ada = Desk(site, ADA)
    away = Broken(f"connection to {CANARY} refused")
    monkeypatch.setattr(Database, "reading", raising(away))
    monkeypatch.setattr(Database, "writing", raising(away))
    for visitor in (asking, ada):
        for path in ("/", "/ask", "/ask/review", "/desk/", "/follow/request", "/nothing"):
            answer = visitor.client.get(path, base_url=HOST)
            assert answer.status_code in (500, 503)
            assert "Something went wrong on our side" in answer.text
        assert visitor.client.get("/leave", base_url=HOST).status_code == 303, "the way out always works"
    assert post(site.test_client(), "/ask", {"places": URL, "words": CANARY}).status_code == 500
    assert site.test_client().get("/healthz").status_code == 500
    assert site.test_client().get("/").status_code == 200, "who has no session needs no database to read"
    assert CANARY not in printed.getvalue()
    assert "Traceback" not in printed.getvalue()


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (casework.NotFound(), 404, "This page does not exist."),
        (casework.NotAllowed(), 409, "This changed while you were looking at it."),
        (casework.NotHolding(), 409, "This changed while you were looking at it."),
        (casework.TakenBySomeoneElse(), 409, "This changed while you were looking at it."),
        (casework.Stale(), 409, "This changed while you were looking at it."),
        (casework.Busy(), 503, "Many people are here right now"),
        (casework.KeyNotTrusted(), 500, "Something went wrong on our side"),
    ],
)
def test_what_a_verb_refuses_is_said_kindly(
    site: Flask,
    monkeypatch: pytest.MonkeyPatch,
    error: casework.CaseworkError,
    status: int,
    says: str,
) -> None:
    monkeypatch.setattr("app.web.portal.pages.page", raising(error))
    with capture_logs() as lines:
        answer = site.test_client().get("/privacy")
    assert answer.status_code == status
    assert says in answer.text
    assert error.code not in answer.text
    assert [line["route"] for line in lines] == (["/privacy"] if status == 500 else [])


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_errors_speak_the_language_of_the_page(
    site: Flask, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    client = site.test_client()
    page = Page(client.get(f"/{code}/nothing").text)
    with use(code):
        assert page.heading == gettext("There is nothing here")
    assert page.values("lang", "html") == [code]
    assert f"/{code}/" in page.values("href", "a"), "the way back stays in the language"
    monkeypatch.setattr("app.web.portal.pages.page", raising(Broken(CANARY)))
    assert Page(client.get(f"/{code}/").text).values("lang", "html") == [code]


def test_nothing_is_logged_when_all_is_well_or_merely_mistyped(site: Flask) -> None:
    with capture_logs() as lines:
        asking = Asking(site)
        code = asking.ask(URL, words=CANARY)
        asking.follow(code)
        asking.follow("K7Q2")
        asking.go("/nothing")
        post(asking, "/ask", {}, headers={"Sec-Fetch-Site": "cross-site"})
        asking.client.post("/ask", data=b"x" * 2_000_000, content_type="image/png")
        Desk(site).go("/desk/sign-in")
    assert lines == []


def test_no_view_is_without_a_guard(site: Flask) -> None:
    from app.web import guards

    site._got_first_request = False
    site.add_url_rule("/naked", "naked", lambda: "")
    with pytest.raises(guards.Unguarded, match="naked"):
        guards.refuse_unguarded(site)


def test_templates_know_nothing_of_the_app_but_what_they_are_given(site: Flask) -> None:
    assert "config" in site.jinja_env.globals, "Flask's own; no template may show it"
    for template in site.jinja_env.list_templates():
        loader = site.jinja_env.loader
        assert loader is not None
        source = loader.get_source(site.jinja_env, template)[0]
        for word in ("config.", "config[", "g.", "|safe", "| safe", "session[", "session."):
            assert f" {word}" not in source, (template, word)
