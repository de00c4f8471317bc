"""The ledger: what happened at each place, exactly, and light enough for an old phone."""

import re

import pytest
from flask import Flask

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import PlaceNote
from app.domain.words import Asker, LocationState
from app.i18n.words import next_words, words
from tests.make import ADA, URL, Clock, file_one
from tests.web.following import coming_back, put, text_of
from tests.web.pages import Page

MOST_BYTES = 7_500  # of 14 kB; headers, style sheet and icon take the rest
HOUSES = "\n".join(f"https://img.northlight.example/a/{number}" for number in range(60))


def weight(page: str) -> int:
    """Bytes of a page as a hotline sends it: without the notice of the demonstration."""
    return len(re.sub('<aside class="demo".*?</aside>', "", page, flags=re.DOTALL).encode())


# ASKED is told to who was asked, with the question: tests/casework/test_asking_requester.py.
@pytest.mark.parametrize("state", [one for one in LocationState if one is not LocationState.ASKED])
def test_each_state_is_said_in_its_own_words_with_what_comes_next(
    site: Flask, embedded_kit: Kit, state: LocationState
) -> None:
    filed = file_one(embedded_kit)
    put(embedded_kit, filed, state)
    shown = Page(coming_back(site, filed.code).now.text).text
    assert words(state) in shown
    assert next_words(state) in shown
    assert "at the latest." in shown


def test_a_date_that_was_not_kept_is_owned_up_to(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(days=2)
    shown = Page(coming_back(site, filed.code).now.text).text
    assert "We are late. We are sorry." in shown
    assert "at the latest." not in shown


def test_a_name_of_their_own_stands_in_place_of_the_host(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    actor = follow_with_code(embedded_kit, filed.code)
    note_place(embedded_kit, actor, NoteInput(1, PlaceNote("the one my cousin saw")))
    page = coming_back(site, filed.code).now.text
    assert "<summary>the one my cousin saw</summary>" in page
    assert "<bdi>hxxps://img[.]northlight[.]example/a/1</bdi>" in page
    assert URL not in page


def test_nothing_of_an_address_is_a_link(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    for path in ("/follow/request", "/follow/place/1"):
        assert not [link for link in Page(asking.go(path).text).values("href") if "northlight" in link]


def test_many_places_come_in_pages_of_twenty_five(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit, HOUSES).code)
    seen = []
    for page, said in enumerate(
        ("Places 1 to 25 of 60", "Places 26 to 50 of 60", "Places 51 to 60 of 60"), 1
    ):
        shown = asking.go(f"/follow/request?page={page}").text
        assert said in Page(shown).text
        assert ("Previous places" in shown, "Next places" in shown) == (page > 1, page < 3)
        seen += [link for link in Page(shown).values("href") if link.startswith("place/")]
    assert seen == [f"place/{number}" for number in range(1, 61)]


@pytest.mark.parametrize("page", ["0", "-1", "4", "999999999", "²", "x", "%00", "1e3", ""])
def test_a_page_that_is_not_there_shows_the_nearest(site: Flask, embedded_kit: Kit, page: str) -> None:
    asking = coming_back(site, file_one(embedded_kit, HOUSES).code)
    answer = asking.go(f"/follow/request?page={page}")
    assert answer.status_code == 200
    assert " of 60" in Page(answer.text).text


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
@pytest.mark.parametrize(
    "states",
    [
        (LocationState.RECEIVED,),
        (LocationState.ASSESSING, LocationState.NOTICE_SENT, LocationState.SAYS_REMOVED, LocationState.GONE),
    ],
)
def test_a_full_page_is_light(
    site: Flask, embedded_kit: Kit, prefix: str, states: tuple[LocationState, ...]
) -> None:
    filed = file_one(embedded_kit, HOUSES)
    put(embedded_kit, filed, *states)
    answer = coming_back(site, filed.code, prefix).now
    assert "Content-Encoding" not in answer.headers, (
        "this page carries secrets: its length must not tell them"
    )
    assert weight(answer.text) <= MOST_BYTES


def test_a_long_address_is_whole_on_the_page_of_its_place(site: Flask, embedded_kit: Kit) -> None:
    places = "\n".join(f"https://img.northlight.example/{'x' * 300}/{number}" for number in range(25))
    asking = coming_back(site, file_one(embedded_kit, places).code)
    assert "x" * 300 not in asking.now.text
    assert weight(asking.now.text) <= MOST_BYTES
    assert f"{'x' * 300}/24" in asking.go("/follow/place/25").text


def test_nobody_is_asked_to_check_anything(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    put(embedded_kit, filed, LocationState.SAYS_REMOVED)
    shown = Page(coming_back(site, filed.code).now.text).text
    assert "You do not have to check anything yourself." in shown
    assert "You do not have to look." in shown


def test_a_message_of_the_hotline_stands_first_and_can_be_answered(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    take_case(embedded_kit, ADA, filed.request_id)
    asking = coming_back(site, filed.code)
    assert "A message from the hotline" not in asking.now.text
    write_message(embedded_kit, ADA, MessageInput(f"<b>news</b> {'long ' * 100}", filed.request_id))
    shown = asking.go("/follow/request").text
    assert "&lt;b&gt;news&lt;/b&gt;" in shown
    assert "long " * 100 not in shown
    asking.write("thank you")
    assert asking.path == "/follow/message"
    assert "thank you" in asking.now.text
    assert "A message from the hotline" not in asking.go("/follow/request").text


def test_of_a_long_talk_the_newest_messages_are_shown(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    actor = follow_with_code(embedded_kit, filed.code)
    for number in range(12):
        write_message(embedded_kit, actor, MessageInput(f"message number {number}."))
    asking = coming_back(site, filed.code)
    shown = text_of(asking, "/follow/message")
    assert "Show 2 older messages" in shown
    assert "message number 1." not in shown
    assert "message number 1." in text_of(asking, "/follow/message?all=1")


def test_a_representative_whom_nobody_checked_is_told_why_nothing_is_shown(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = file_one(embedded_kit, asker=Asker.PARENT)
    asking = coming_back(site, filed.code)
    assert "First we check that you may act for the child" in asking.now.text
    assert "northlight" not in asking.now.text
    assert asking.go("/follow/place/1").status_code == 404


def test_a_bystander_reaches_nothing_but_thanks(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit, asker=Asker.BYSTANDER).code)
    thanks = asking.now.text
    own = [
        rule.rule.replace("<int:number>", "1").replace("<question>", "wishes")
        for rule in site.url_map.iter_rules()
        if rule.rule.startswith("/follow/")
        and rule.methods
        and "GET" in rule.methods
        and "<str" not in rule.rule
    ]
    assert len(own) > 12
    for path in own:
        if "<" not in path:
            assert asking.go(path).text == thanks, path
            assert asking.path == "/follow/request"
    assert Page(thanks).heading == "Received. Thank you."
    assert asking.forms == []
