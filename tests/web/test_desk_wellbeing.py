"""What the desk does for the people at it: covered by default, counted in private, and enough is enough."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.change_policy import PolicyInput, change_policy
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.domain.asking import Voice
from app.domain.policy import Policy
from app.domain.trail import HOTLINE
from app.domain.words import Asker
from app.reads.exposure import read_exposure
from app.reads.policy import read_policy
from tests.make import ADA, BEN, LOU, MIRA, SINA, Clock, Filed, file_one, make_known
from tests.walks import Desk
from tests.web.pages import Page

PATHS = ("quorbex-lane-7/first", "quorbex-lane-7/second")
PLACES = f"https://img.northlight.example/{PATHS[0]}\nhttps://talkyard.example/{PATHS[1]}"
STORY = "grelbhollow wintermarsh tumbrelsworth"
SHOWN_ONLY = ("value",)  # of a field that is read and copied; every other attribute may be followed
DEFANGED = f"hxxps://img[.]northlight[.]example/{PATHS[0]}"


@pytest.fixture
def filed(embedded_kit: Kit) -> Filed:
    made = file_one(embedded_kit, PLACES, voice=Voice(asker=Asker.PERSON, words=STORY))
    take_case(embedded_kit, ADA, made.request_id)
    return made


@pytest.fixture
def ada(site: Flask) -> Desk:
    return Desk(site, ADA)


def limit(kit: Kit, soft: int, hard: int) -> None:
    given = PolicyInput(replace(Policy(), soft_limit=soft, hard_limit=hard), read_policy(kit).written)
    change_policy(kit, SINA, given)


def ids_of(kit: Kit, filed: Filed) -> tuple[str, ...]:
    return tuple(place.id for place in open_case(kit, ADA, filed.request_id).places)


def show(desk: Desk, filed: Filed, **chosen: object) -> TestResponse:
    """As the page's forms send it, with what they hold for certain."""
    path = f"/desk/case/{filed.request_id}"
    desk.go(path)
    token = desk.forms[0].sent["csrf_token"]
    values = {name: [value] if isinstance(value, str) else list(value) for name, value in chosen.items()}  # type: ignore[call-overload]
    return desk._ask("POST", f"{path}/show", {"csrf_token": token, **values})


def uncovered(page: str) -> set[str]:
    return {one for one in (*PATHS, STORY) if one in page}


def pages_of(desk: Desk, filed: Filed) -> list[str]:
    """Every page about one case that the desk has, by its routes."""
    rules = [rule for rule in desk.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    of_case = [one.rule for one in rules if one.rule.startswith("/desk/case/<request_id>")]
    return [one.replace("<request_id>", filed.request_id) for one in of_case if one.count("<") == 1]


def test_no_page_of_a_case_shows_a_whole_place_or_a_story_by_itself(ada: Desk, filed: Filed) -> None:
    ada.assess(filed.request_id)
    paths = [*pages_of(ada, filed), "/desk/", "/desk/?which=mine"]
    assert len(paths) > 6
    found = {path: uncovered(ada.go(path).text) for path in paths}
    assert {path: one for path, one in found.items() if one} == {}
    assert {ada.go(path).status_code for path in paths} == {200}


def test_no_page_leads_to_a_place_or_loads_anything_of_it(embedded_kit: Kit, ada: Desk, filed: Filed) -> None:
    ids = ids_of(embedded_kit, filed)
    answers = [ada.go(path) for path in pages_of(ada, filed)]
    answers += [
        show(ada, filed, what="addresses", location_ids=ids),
        show(ada, filed, what="live", location_ids=ids[0]),
    ]
    assert uncovered(answers[-2].text) >= set(PATHS)
    for answer in answers:
        for _, said in Page(answer.text).tags:
            followed = [value for name, value in said.items() if name not in SHOWN_ONLY]
            assert [one for one in followed if "northlight" in one or "talkyard" in one] == []


def test_showing_lasts_for_one_page(embedded_kit: Kit, ada: Desk, filed: Filed) -> None:
    first, _ = ids_of(embedded_kit, filed)
    page = show(ada, filed, what="addresses", location_ids=first)
    assert (page.status_code, uncovered(page.text)) == (200, {PATHS[0]})
    assert DEFANGED in page.text
    assert f"https://img.northlight.example/{PATHS[0]}" not in page.text
    assert uncovered(show(ada, filed, what="story").text) == {STORY}
    live = show(ada, filed, what="live", location_ids=first)
    assert f"https://img.northlight.example/{PATHS[0]}" in live.text
    assert uncovered(live.text) == {PATHS[0]}
    assert uncovered(ada.go(f"/desk/case/{filed.request_id}").text) == set()


@pytest.mark.parametrize(
    "wrong", [{"what": "addresses"}, {"what": "live"}, {"what": "everything"}, {}, {"location_ids": "x"}]
)
def test_nothing_chosen_shows_nothing_and_says_so(ada: Desk, filed: Filed, wrong: dict[str, str]) -> None:
    page = show(ada, filed, **wrong)
    assert (page.status_code, uncovered(page.text)) == (422, set())
    assert "Please choose" in Page(page.text).text


def test_an_exact_address_is_not_shown_to_a_reader(embedded_kit: Kit, site: Flask, filed: Filed) -> None:
    ben, [first, _] = Desk(site, BEN), ids_of(embedded_kit, filed)
    page = show(ben, filed, what="live", location_ids=first)
    assert uncovered(page.text) == set()
    assert "your time with this case ran out" in page.text
    assert uncovered(show(ben, filed, what="addresses", location_ids=first).text) == {PATHS[0]}


def test_the_count_is_on_ones_own_pages_and_on_nobody_elses(site: Flask, ada: Desk, filed: Filed) -> None:
    show(ada, filed, what="story")
    assert "Shown to you today: 2" in ada.go("/desk/").text
    assert "Shown to you today: 0" in Desk(site, BEN).go("/desk/").text
    assert "Shown to you today: 0" in Desk(site, SINA).go("/desk/policy").text
    for actor, path in (
        (MIRA, "/desk/me"),
        (MIRA, f"/admin/people/{ADA.id}"),
        (LOU, "/desk/me"),
        (LOU, "/audit/numbers"),
    ):
        page = Desk(site, actor).go(path)
        assert (page.status_code, "Shown to you" in page.text) == (200, False)


def test_near_the_limit_it_is_said_and_at_it_nothing_new_opens(
    embedded_kit: Kit, ada: Desk, filed: Filed
) -> None:
    limit(embedded_kit, 1, 2)
    other = file_one(embedded_kit, "https://img.northlight.example/quorbex-lane-7/other")
    assert "You have seen a lot today" in ada.go(f"/desk/case/{filed.request_id}").text
    show(ada, filed, what="story")
    assert "That is enough for today" in ada.go("/desk/").text
    for page in (ada.go(f"/desk/case/{other.request_id}"), show(ada, filed, what="story")):
        assert (page.status_code, Page(page.text).heading) == (403, "Enough for today")
        assert uncovered(page.text) == set()
    ada.send(f"/desk/case/{filed.request_id}/give-back")
    assert "given the case back" in ada.now.text
    ada.go("/desk/")
    ada.send("/desk/next")
    assert ada.now.status_code == 403
    with embedded_kit.database.reading() as work:
        assert work.requests.load(other.request_id).taken_by is None


def test_what_was_typed_comes_back_when_the_limit_is_met(embedded_kit: Kit, ada: Desk, filed: Filed) -> None:
    path = f"/desk/case/{filed.request_id}"
    ada.go(path)
    limit(embedded_kit, 1, 1)
    assert isinstance(embedded_kit.clock, Clock)
    [form] = [one for one in ada.forms if one.action == f"{path}/message"]
    for minutes in (20, 15):  # another tab keeps the session, while the lease runs out
        ada.go("/desk/me")
        embedded_kit.clock.move(minutes=minutes)
    ada._ask("POST", f"{path}/message", form.sent | {"text": ["a long and careful answer"]})
    assert (ada.now.status_code, Page(ada.now.text).heading) == (403, "Enough for today")
    assert "a long and careful answer" in ada.now.text


def test_a_case_that_cannot_be_opened_any_more_can_be_handed_over(
    embedded_kit: Kit, ada: Desk, filed: Filed
) -> None:
    make_known(embedded_kit, BEN)
    limit(embedded_kit, 1, 1)
    ada.go(f"/desk/case/{file_one(embedded_kit).request_id}")
    assert ada.go(f"/desk/case/{filed.request_id}").status_code == 403
    ada.send(f"/desk/case/{filed.request_id}/hand-over", hand_to=BEN.id)
    assert "in your colleague’s list" in ada.now.text
    with embedded_kit.database.reading() as work:
        assert work.requests.load(filed.request_id).offered_to == BEN.id


def test_a_message_can_still_be_written_at_the_limit(embedded_kit: Kit, ada: Desk, filed: Filed) -> None:
    ada.go(f"/desk/case/{filed.request_id}")
    limit(embedded_kit, 1, 1)
    ada.write(filed.request_id, "hello")
    assert "Your message is saved" in ada.now.text


def test_a_break_is_offered_and_leads_back_to_the_case(embedded_kit: Kit, ada: Desk, filed: Filed) -> None:
    path = f"/desk/case/{filed.request_id}"
    assert isinstance(embedded_kit.clock, Clock)
    for _ in range(11):
        ada.go(path)
        embedded_kit.clock.move(minutes=5)
    assert "I took a break" in ada.go(path).text
    ada.send("/desk/break")
    assert (ada.path, "I took a break" in ada.now.text) == (path, False)
    assert not read_exposure(embedded_kit, ADA).break_due


def test_a_supervisor_sets_the_policy_and_it_counts_at_once(
    site: Flask, embedded_kit: Kit, ada: Desk
) -> None:
    sina = Desk(site, SINA)
    sina.go("/desk/policy")
    sina.send(
        "/desk/policy", soft_limit=" 1 ", hard_limit="3", break_after="15", second_for=("notice", "police")
    )
    assert "It counts for everybody" in sina.now.text
    assert read_policy(embedded_kit).written == "1 3 15 notice police"
    ada.go(f"/desk/case/{file_one(embedded_kit).request_id}")
    assert "You have seen a lot today" in ada.now.text
    assert ada.go("/desk/policy").status_code == 403


@pytest.mark.parametrize("typed", [("x", "3"), ("3", "2"), ("-1", "5"), ("1", "99999"), ("", ""), ("٣", "٠")])
def test_a_policy_that_cannot_be_comes_back_as_typed(
    site: Flask, embedded_kit: Kit, typed: tuple[str, str]
) -> None:
    sina = Desk(site, SINA)
    sina.go("/desk/policy")
    sina.send("/desk/policy", soft_limit=typed[0], hard_limit=typed[1], second_for=("ask",))
    assert sina.now.status_code == 422
    [form] = [one for one in sina.forms if one.action == "/desk/policy"]
    assert (form.sent["soft_limit"], form.sent["hard_limit"], form.sent["second_for"]) == (
        [typed[0]],
        [typed[1]],
        ["ask"],
    )
    assert read_policy(embedded_kit) == Policy()


def test_who_types_while_a_colleague_saves_sees_both(site: Flask, embedded_kit: Kit) -> None:
    sina = Desk(site, SINA)
    sina.go("/desk/policy")
    limit(embedded_kit, 7, 9)
    sina.send("/desk/policy", soft_limit="3", hard_limit="4")
    assert sina.now.status_code == 409
    assert "A colleague changed it meanwhile" in sina.now.text
    assert re.search(r"<dt>First limit</dt><dd>7</dd>", sina.now.text)
    sina.send("/desk/policy", soft_limit="3", hard_limit="4")
    assert read_policy(embedded_kit).soft_limit == 3
    with embedded_kit.database.reading() as work:
        kinds = [line.entry.kind for line, _ in work.trail.lines(HOTLINE)]
    assert kinds.count("policy_changed") == 2  # type: ignore[arg-type]  # a StrEnum
