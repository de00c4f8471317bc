"""Every route, asked for by everybody. A new route has no line here, and so this fails."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from app.casework.preview_notice import preview_notices
from tests.make import ADA, BEN
from tests.rules.people import MESSAGE, PEOPLE, PROOF, SENT, UNSENT, WORDS, World, make_world
from tests.rules.routes import TABLE

OWN_PAGES = ("request", "message", "wishes", "place/1", "place/3")
MAY_SEE = {
    WORDS: {"requester", "caseworker", "other_caseworker"},
    MESSAGE: {"requester", "caseworker", "other_caseworker"},
    PROOF: {"caseworker", "other_caseworker"},
    UNSENT: {"requester", "caseworker", "other_caseworker"},
    SENT: {"requester", "caseworker", "other_caseworker", "provider"},
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


OF_CASE = {
    "/authority": "unchecked",
    "/own-code": "unchecked",
    "/revoke": "unchecked",
    "/join": "unchecked",
    "/own-verified": "family",
    "/locate": "alone",
}
"""Routes for a case of their own."""


def told_place(world: World) -> str:
    """The place without an address, in the case in which somebody asks alone."""
    with world.kit.database.reading() as work:
        return work.requests.locations_of(world.cases["alone"].request_id)[-1].id


def filer_of(world: World, name: str) -> str:
    with world.kit.database.reading() as work:
        return work.parties.of_request(world.cases[name].request_id)[0].id


def values_of(world: World) -> dict[str, str]:
    """What stands for the variables of a route."""
    with world.kit.database.reading() as work:
        provider = work.providers.all()[0]
    return {
        "filename": "heard.css",
        "int:number": "1",
        "letter_id": world.letter_id,
        "member_id": BEN.id,
        "name": "what",
        "passkey_id": "f" * 32,
        "proof_id": world.proof_id,
        "provider_id": provider.id,
        "question": "wishes",
        "reader": "adult",
        "request_id": world.cases["mine"].request_id,
    }


def forms_of(world: World) -> dict[str, dict[str, str]]:
    """For each route that takes a form: one that is right in every way."""
    case = world.cases["mine"].request_id
    with world.kit.database.reading() as work:
        places = {place.number: place for place in work.requests.locations_of(case)}
    letter = next(one for one in preview_notices(world.kit, ADA, case) if one.seen)
    provider = {
        "name": "Cloudfen",
        "email": "abuse@cloudfen.example",
        "suffixes": "cloudfen.example",
        "language": "en",
        "country": "CA",
        "channel": "plain",
    }
    finding = {"kind": "csam", "is_child": "yes", "is_harmed": "yes", "ground": "none", "basis": "us"}
    finding |= {"age_band": "9-12", "identified": "no", "location_ids": places[1].id}
    return {
        "POST /ask": {"places": "https://site.example/x"},
        "POST /follow": {"code": "0000-0000-0000-0000-0000-0001"},
        "POST /follow/message": {"text": "hello"},
        "POST /follow/forget": {"meant": "yes"},
        "POST /follow/place/<int:number>": {"do": "note", "label_1": "hello"},
        "POST /follow/back": {"number": "1"},
        "POST /follow/add": {"places": "https://site.example/x"},
        "POST /follow/withdraw": {"numbers": "1"},
        "POST /follow/wishes/<question>": {"telling": "end"},
        "POST /follow/file": {"form": "page"},
        "POST /follow/contact": {"email": "someone@mail.example", "telling": "end", "hours": "any"},
        "POST /follow/contact/number": {"number": "123456"},
        "POST /follow/access": {"meant": "yes"},
        "POST /desk/case/<request_id>/forget": {"meant": "yes"},
        "POST /desk/sign-in": {"name": "nobody", "passphrase": "no such words", "totp": "000000"},
        "POST /desk/confirm": {"code": "000000"},
        "POST /desk/people": {"fingerprint": world.waiting},
        "POST /desk/me/passphrase": {"step": "current", "passphrase": "x"},
        "POST /desk/me/factor": {"step": "current", "passphrase": "x"},
        "POST /desk/me/passkeys": {"label": "x", "credential": "{}"},
        "POST /desk/letters/<letter_id>": {"choice": "again"},
        "POST /desk/case/<request_id>/assess": finding | {"versions": f"{places[1].id}:{places[1].version}"},
        "POST /desk/case/<request_id>/notices": {
            "provider_id": letter.provider_id or "",
            "location_ids": letter.location_ids[0],
            "seen": letter.seen,
        },
        "POST /desk/case/<request_id>/reply": {"location_ids": places[3].id, "reply": "removed"},
        "POST /desk/case/<request_id>/outcome": {"location_ids": places[3].id, "outcome": "upstream"},
        "POST /desk/case/<request_id>/locate": {
            "location_id": told_place(world),
            "address": "https://talkyard.example/u/somebody",
        },
        "POST /desk/case/<request_id>/safety": {"found": "clear", "note": "hello"},
        "POST /desk/case/<request_id>/own-verified": {"meant": "yes"},
        "POST /desk/case/<request_id>/revoke": {"meant": "yes", "party_id": filer_of(world, "unchecked")},
        "POST /desk/case/<request_id>/join": {"child_request_id": world.cases["alone"].request_id},
        "POST /desk/case/<request_id>/message": {"text": "hello"},
        "POST /admin/providers/new": provider,
        "POST /admin/providers/<provider_id>": provider,
        "POST /admin/people/invite": {"role": "admin", "sign_in": "nora"},
        "POST /admin/people/<member_id>/leave": {"meant": "yes"},
        "POST /n/<link>/answers": {"reply_1": "removed"},
        "POST /follow/proof/word": {"meant": "yes", "proof_words": "hello"},
        "POST /follow/proof/record": {"docket": "4"},
        "POST /follow/proof/voucher": {"role": "doctor"},
        "POST /follow/proof/take-back": {"proof": world.proof_id},
        "POST /v/<link>": {"phrase": "no such words"},
        "POST /v/<link>/say": {"how_known": "hello"},
        "POST /desk/case/<request_id>/proof/<proof_id>": {
            "version": "1",
            "birth_date": "not_shown",
            "image_date": "not_shown",
            "tie": "not_shown",
            "result": "likely",
        },
    }


def path_of(world: World, route: str, who: str) -> str:
    """The address of a route, for the case that the caseworker holds, with the link that `who` has."""
    values = values_of(world) | {"link": world.links.get(who, "no-such-link")}
    if "/forgotten/" in route:
        values["request_id"] = world.cases["forgotten"].request_id
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
    assert dict(zip(PEOPLE, got, strict=True)) == dict(zip(PEOPLE, TABLE[route].split(), strict=True))
    assert {(mark, who) for mark, who in shown if who not in MAY_SEE[mark]} == set()


def test_those_who_may_see_do_see(world: World) -> None:
    case = f"/desk/case/{world.cases['mine'].request_id}"
    pages = {
        "requester": "".join(world.ask("requester", "GET", f"/follow/{one}").text for one in OWN_PAGES),
        "caseworker": world.ask("caseworker", "GET", case).text
        + world.ask("caseworker", "GET", f"{case}/proof/{world.proof_id}").text,
        "other_caseworker": world.ask("other_caseworker", "GET", case).text
        + world.ask("other_caseworker", "GET", f"{case}/proof/{world.proof_id}").text,
        "provider": world.ask("provider", "POST", f"/n/{world.links['provider']}").text,
    }
    assert {(mark, who) for who, page in pages.items() for mark in MAY_SEE if mark in page} == {
        (mark, who) for mark, people in MAY_SEE.items() for who in people
    }


@pytest.mark.parametrize("route", [route for route in TABLE if "request_id" in route or "letter_id" in route])
def test_a_case_that_does_not_exist_is_not_found(world: World, route: str) -> None:
    method, _, rule = route.partition(" ")
    path = re.sub("<[^>]+>", "0" * 32, rule)
    form = urlencode(forms_of(world).get(route, {}))
    assert world.ask("caseworker", method, path, form).status_code == 404


@pytest.mark.parametrize("link", ["x" * 43, "x" * 5000, "é", "%00", "..", "a/b"])
def test_a_link_that_opens_nothing_is_not_found(world: World, link: str) -> None:
    path = f"/n/{quote(link, safe='/%')}"
    before = world.written()
    assert world.ask("anyone", "POST", path).status_code in (404, 405)
    assert world.ask("anyone", "POST", f"{path}/answers", "reply_1=removed").status_code in (404, 405)
    assert world.written() == before
