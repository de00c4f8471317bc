"""No view without a guard, and no POST before it is known where it came from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.web import assets, guards
from app.web.site import make_site
from tests.make import ADA
from tests.rules.sources import APP, ROOT
from tests.walks import FORM, HOST, Visitor, sign_in_at_once

GUARDS = {"anyone", "requester", "caseworker", "supervisor", "admin", "auditor", "staff", "provider"}
ROUTES = {"get", "post", "route"}
VIEW_FILES = sorted((APP / "web").rglob("*.py"))


def posts_of(app: Flask) -> list[str]:
    """A path for every route that takes a POST."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.methods and "POST" in rule.methods]
    return [re.sub("<[^>]+>", "1", rule.rule) for rule in rules]


@pytest.fixture
def reached(site: Flask) -> Iterator[list[str]]:
    """Every view is replaced by one that only notes that it was reached."""
    found: list[str] = []

    def note(endpoint: str) -> guards.View:
        def view(**_values: str) -> str:
            found.append(endpoint)
            return "reached"

        return view

    site.view_functions.update({endpoint: note(endpoint) for endpoint in site.view_functions})
    yield found
    assert site.view_functions


def post(client: FlaskClient, path: str, headers: dict[str, str], data: str = "") -> TestResponse:
    sizes = {"content_type": FORM, "content_length": len(data)}
    return client.post(path, base_url=HOST, data=data, headers=headers, **sizes)


def test_every_view_has_a_guard(site: Flask) -> None:
    found = {name: getattr(view, guards.GUARD, None) for name, view in site.view_functions.items()}
    assert found
    assert {name: guard for name, guard in found.items() if guard not in GUARDS} == {}


def test_every_guard_is_used(site: Flask) -> None:
    assert {getattr(view, guards.GUARD) for view in site.view_functions.values()} == GUARDS


def test_the_site_does_not_start_with_a_naked_view(
    embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve = assets.serve

    def serve_and_more(app: Flask) -> None:
        serve(app)
        app.add_url_rule("/naked", "naked", lambda: "seen by all")

    monkeypatch.setattr(assets, "serve", serve_and_more)
    with pytest.raises(guards.Unguarded, match="naked"):
        make_site(embedded_kit, None)


def decorators(function: ast.FunctionDef) -> list[tuple[str, str]]:
    """(what it hangs on, its name) of each decorator, from the top."""
    heads = [one.func if isinstance(one, ast.Call) else one for one in function.decorator_list]
    return [
        (one.value.id, one.attr)
        for one in heads
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    ]


@pytest.mark.parametrize("file", VIEW_FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_one_guard_stands_directly_under_the_route(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        found = decorators(node)
        routes = [place for place, (_, name) in enumerate(found) if name in ROUTES]
        if routes:
            under = [(on, name) for on, name in found[routes[-1] + 1 :]]
            assert [on for on, _ in under] == ["guards"], f"{file.name}: {node.name}"
            assert under[0][1] in GUARDS, f"{file.name}: {node.name}"


def test_no_route_takes_a_method_that_changes_things_unasked(site: Flask) -> None:
    # The check before every POST lets the safe methods pass: there may be no others.
    methods = {method for rule in site.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a page that asks to press once more
        ({"Origin": "null"}, 200),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "https://127.0.0.1"}, 403),
        ({"Origin": f"{HOST}.elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HOST}, 403),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
def test_no_form_is_taken_that_may_come_from_elsewhere(
    site: Flask, reached: list[str], headers: dict[str, str], status: int
) -> None:
    answers = {path: post(site.test_client(), path, headers).status_code for path in posts_of(site)}
    assert len(answers) > 15
    assert reached == []
    assert {path: code for path, code in answers.items() if code != status} == {}


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": HOST}])
def test_a_form_from_here_is_taken_without_a_session(
    site: Flask, reached: list[str], headers: dict[str, str]
) -> None:
    paths = posts_of(site)
    answers = {post(site.test_client(), path, headers).text for path in paths}
    assert (answers, len(reached)) == ({"reached"}, len(paths))


@pytest.mark.parametrize("sent", ["", "csrf_token=", "csrf_token=wrong", "csrf_token=%C3%A9"])
@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": HOST}])
def test_no_form_is_taken_in_a_session_without_its_token(
    site: Flask, reached: list[str], headers: dict[str, str], sent: str
) -> None:
    visitor = Visitor(site)
    sign_in_at_once(visitor, ADA)
    answers = {path: post(visitor.client, path, headers, sent) for path in posts_of(site)}
    assert reached == []
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert all('name="csrf_token"' in answer.text for answer in answers.values())


def test_another_sessions_token_is_no_use(site: Flask, reached: list[str]) -> None:
    mine, other = token_of(site), token_of(site)
    for path in posts_of(site):
        post(mine[0], path, {"Sec-Fetch-Site": "same-origin"}, f"csrf_token={other[1]}")
    assert reached == []
    post(mine[0], "/desk/unlock", {"Sec-Fetch-Site": "same-origin"}, f"csrf_token={mine[1]}")
    assert reached == ["desk.unlock"]


def token_of(site: Flask) -> tuple[FlaskClient, str]:
    """A browser at the desk, and the token that its forms carry."""
    visitor = Visitor(site)
    sign_in_at_once(visitor, ADA)
    page = post(visitor.client, "/desk/unlock", {"Sec-Fetch-Site": "same-origin"}).text
    return visitor.client, page.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("kind", "status"), [("multipart/form-data; boundary=x", 415), ("text/plain", 415), ("image/png", 415)]
)
def test_no_post_takes_anything_but_a_plain_form(
    site: Flask, reached: list[str], kind: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    for path in posts_of(site):
        answer = site.test_client().post(path, base_url=HOST, data=b"x", content_type=kind, headers=headers)
        assert answer.status_code == status, path
    assert reached == []
