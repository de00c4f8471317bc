"""Every route, asked for by everybody. A new route has no line here, and so this fails."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from tests.rules.people import MESSAGE, PEOPLE, PROOF, SENT, UNSENT, WORDS, World, make_world
from tests.rules.route_forms import OF_CASE, forms_of, values_of
from tests.rules.routes import TABLE, answers

OWN_PAGES = ("request", "message", "wishes", "place/1", "place/3")
OPEN_CASES = {"caseworker", "other_caseworker", "supervisor"}
DESK = {"caseworker", "other_caseworker", "supervisor"}
MAY_SEE = {
    WORDS: {"requester", *DESK},
    MESSAGE: {"requester", *DESK},
    PROOF: DESK,
    UNSENT: {"requester", *DESK},
    SENT: {"requester", "provider", *DESK},
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_world(tmp_path_factory.mktemp("world"))
    yield made
    made.kit.database.engine.dispose()


@pytest.fixture
def world(everything: World) -> World:
    everything.restore()
    return everything


def path_of(world: World, route: str, who: str) -> str:
    """The address of a route, for the case that the caseworker holds, with the link that `who` has."""
    values = values_of(world) | {"link": world.links.get(who, "no-such-link")}
    if "/forgotten/" in route:
        values["request_id"] = world.cases["forgotten"].request_id
    if route.endswith("/by-hand"):
        values["notice_id"] = world.hand_id
    for end, name in OF_CASE.items():
        if route.endswith(end):
            values["request_id"] = world.cases[name].request_id
    return re.sub("<([^>]+)>", lambda found: values[found[1]], route.partition(" ")[2])


def word_for(answer: TestResponse, was_written: bool) -> str:
    """The answer in a word of the table."""
    target = answer.headers.get("Location", "")
    if was_written:
        return "done" if answer.status_code in (200, 303) else f"written in spite of {answer.status_code}"
    if answer.status_code == 303:
        away = urlsplit(target).netloc != ""
        return "out" if away else {"/follow": "code", "/desk/sign-in": "sign-in"}.get(target, "on")
    if answer.status_code == 403 and "<textarea" in answer.text:
        return "ended"
    words = {200: "ok", 403: "no", 404: "none", 409: "held", 422: "typo"}
    return words.get(answer.status_code, str(answer.status_code))


def answers_to(world: World, route: str) -> Iterator[tuple[str, TestResponse, str]]:
    """(who, answer, word) for everybody, each on the hotline as it was in the beginning."""
    form = urlencode(forms_of(world).get(route, {}))
    for who in PEOPLE:
        world.restore()
        path, before = path_of(world, route, who), world.written()
        answer = world.ask(who, route.partition(" ")[0], path, form)
        yield who, answer, word_for(answer, world.written() != before)


def test_every_route_has_its_line(everything: World) -> None:
    routes = {
        f"{method} {rule.rule}"
        for rule in everything.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(TABLE) == routes


@pytest.mark.parametrize("route", TABLE)
def test_everybody_gets_in_where_they_may_and_nowhere_else(world: World, route: str) -> None:
    got, shown = [], set()
    for who, answer, word in answers_to(world, route):
        got.append(word)
        shown |= {(mark, who) for mark in MAY_SEE if mark in answer.text}
    assert dict(zip(PEOPLE, got, strict=True)) == dict(zip(PEOPLE, answers(route), strict=True))
    assert {(mark, who) for mark, who in shown if who not in MAY_SEE[mark]} == set()


def test_those_who_may_see_do_see(world: World) -> None:
    case = f"/desk/case/{world.cases['mine'].request_id}"
    pages = {
        "requester": "".join(world.ask("requester", "GET", f"/follow/{one}").text for one in OWN_PAGES),
        "provider": world.ask("provider", "POST", f"/n/{world.links['provider']}").text,
    }
    with world.kit.database.reading() as work:
        places = [("location_ids", one.id) for one in work.requests.locations_of(case.rpartition("/")[2])]
    for who in DESK:
        pages[who] = "".join(
            (
                world.ask(who, "GET", case).text,
                world.ask(who, "POST", f"{case}/show", "what=story").text,
                world.ask(who, "POST", f"{case}/show", urlencode([("what", "addresses"), *places])).text,
                world.ask(who, "GET", f"{case}/proof/{world.proof_id}").text,
            )
        )
    assert {(mark, who) for who, page in pages.items() for mark in MAY_SEE if mark in page} == {
        (mark, who) for mark, people in MAY_SEE.items() for who in people
    }


@pytest.mark.parametrize("route", [route for route in TABLE if "request_id" in route or "letter_id" in route])
def test_a_case_that_does_not_exist_is_not_found(world: World, route: str) -> None:
    method, _, rule = route.partition(" ")
    path = re.sub("<[^>]+>", "0" * 32, rule)
    form = urlencode(forms_of(world).get(route, {}))
    who = "supervisor" if answers(route)[PEOPLE.index("caseworker")] == "no" else "caseworker"
    assert world.ask(who, method, path, form).status_code == 404


@pytest.mark.parametrize("link", ["x" * 43, "x" * 5000, "é", "%00", "..", "a/b"])
def test_a_link_that_opens_nothing_is_not_found(world: World, link: str) -> None:
    path = f"/n/{quote(link, safe='/%')}"
    before = world.written()
    assert world.ask("anyone", "POST", path).status_code in (404, 405)
    assert world.ask("anyone", "POST", f"{path}/answers", "reply_1=removed").status_code in (404, 405)
    assert world.written() == before
