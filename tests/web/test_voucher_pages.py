"""Somebody who was asked to confirm: one answer for every link that does not open, nothing of the request."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.casework.kit import Kit
from app.vault.vouchers import new_link, new_phrase
from tests.make import URL, Clock
from tests.web.pages import PNG, Page
from tests.web.proof_walks import SAID, Confirming, Proving

CLOSED = "This does not open anything."


def asked(site: Flask, kit: Kit, **filing: Any) -> tuple[Proving, str, str]:
    """Who asked, the path of the link, the words."""
    asker = Proving(site, kit, **filing)
    asker.give("voucher", role="doctor")
    return asker, *asker.link_and_phrase()


@contextmanager
def statements(kit: Kit) -> Iterator[list[str]]:
    done: list[str] = []

    def note(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        done.append(text)

    event.listen(kit.database.engine, "before_cursor_execute", note)
    try:
        yield done
    finally:
        event.remove(kit.database.engine, "before_cursor_execute", note)


def closed_page(site: Flask, link: str, phrase: str) -> str:
    """The page for what does not open, without what differs from link to link."""
    knows = Confirming(site)
    answer = knows.open(link, phrase)
    assert answer.status_code == 422
    assert CLOSED in answer.text
    assert phrase not in answer.text
    assert "Set-Cookie" not in answer.headers
    return answer.text.replace(link, "")


def test_opening_the_link_shows_a_field_asks_nothing_and_sets_no_cookie(
    site: Flask, embedded_kit: Kit
) -> None:
    asker, link, _phrase = asked(site, embedded_kit)
    knows, shown = Confirming(site), set()
    with statements(embedded_kit) as done:
        for path in (link, f"/v/{new_link()}", "/v/x"):
            answer = knows.go(path)
            shown.add(answer.text.replace(path, ""))
            assert "Set-Cookie" not in answer.headers
    assert done == []
    assert len(shown) == 1
    asker.go("/follow/proof")
    assert asker.link_and_phrase()[0] == link


def test_who_knows_confirms_and_is_thanked(site: Flask, embedded_kit: Kit) -> None:
    asker, link, phrase = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.open(link, f"  {phrase.upper()}. ")
    assert knows.path == f"{link}/say"
    knows.say(link)
    assert Page(knows.now.text).heading == "Thank you"
    text = Page(asker.go("/follow/proof").text).text
    assert "Received. A caseworker will look at it." in text
    assert link not in asker.now.text


def test_nothing_of_the_request_is_on_any_of_its_pages(site: Flask, embedded_kit: Kit) -> None:
    places = f"{URL}\nhttps://talkyard.example/grelbpath"
    asker, link, phrase = asked(site, embedded_kit, places=places, words="grelbwords")
    asker.write("grelbmessage")
    knows = Confirming(site)
    knows.open(link, phrase)
    knows.say(link, how_known="")
    knows.say(link)
    assert len(knows.seen) >= 6
    for answer in knows.seen:
        for odd in ("grelb", "northlight", "talkyard", asker.filed.request_id, asker.filed.code):
            assert odd not in answer.text
        assert Page(answer.text).title in ("Please confirm – Heard", "Thank you – Heard", "Redirecting...")


def test_one_page_for_whatever_does_not_open(site: Flask, embedded_kit: Kit) -> None:
    _asker, used, phrase_of_used = asked(site, embedded_kit)
    Confirming(site).open(used, phrase_of_used)
    knows = Confirming(site)
    knows.open(used, phrase_of_used)
    knows.say(used)
    _asker, link, phrase = asked(site, embedded_kit)
    pages = {
        closed_page(site, used, phrase_of_used),
        closed_page(site, link, new_phrase()),
        closed_page(site, f"/v/{new_link()}", phrase),
    }
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(days=30)
    pages.add(closed_page(site, link, phrase))
    assert len(pages) == 1


def test_an_empty_field_is_said_and_costs_nothing(site: Flask, embedded_kit: Kit) -> None:
    knows = Confirming(site)
    with statements(embedded_kit) as done:
        answer = knows.open("/v/x", "  ")
    assert answer.status_code == 422
    assert "Please type the words that you were told." in answer.text
    assert done == []


@pytest.mark.parametrize("name", SAID)
def test_each_thing_is_needed_and_all_that_was_typed_stays(site: Flask, embedded_kit: Kit, name: str) -> None:
    _asker, link, phrase = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.open(link, phrase)
    given = {key: value for key, value in SAID.items() if key != name}
    knows.send(f"{link}/say", **given)
    assert knows.now.status_code == 422
    assert f'href="#{name}"' in knows.now.text
    [sent] = [form.sent for form in knows.forms if "how_known" in form.names]
    assert {key: sent[key] for key in given} == {key: [value] for key, value in given.items()}
    knows.send(f"{link}/say", **{name: SAID[name]})
    assert Page(knows.now.text).heading == "Thank you"


def test_too_long_is_said_kindly(site: Flask, embedded_kit: Kit) -> None:
    _asker, link, phrase = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.open(link, phrase)
    knows.say(link, confirmer="n" * 301, how_known="k" * 4001)
    assert knows.now.status_code == 422
    assert len(re.findall("at most (300|4000) letters", knows.now.text.split('id="problems"')[1])) >= 2


def test_a_picture_is_refused_in_every_field(site: Flask, embedded_kit: Kit) -> None:
    _asker, link, phrase = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.open(link, phrase)
    for name in ("confirmer", "workplace", "public_number", "how_known", "under_18_when"):
        knows.say(link, **{name: f"data:image/png;base64,{PNG.hex()}"})
        assert knows.now.status_code == 422
        assert "We never take pictures" in knows.now.text


def test_without_the_words_nobody_says_anything(site: Flask, embedded_kit: Kit) -> None:
    _asker, link, phrase = asked(site, embedded_kit)
    _other, other_link, _ = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.go(f"{link}/say")
    assert knows.path == link
    knows.open(link, phrase)
    knows.go(f"{other_link}/say")
    assert knows.path == other_link, "one link opens one proof"


def test_what_was_typed_is_shown_back_when_it_was_too_late(site: Flask, embedded_kit: Kit) -> None:
    asker, link, phrase = asked(site, embedded_kit)
    first, second = Confirming(site), Confirming(site)
    for one in (first, second):
        one.open(link, phrase)
    first.say(link)
    assert Page(first.now.text).heading == "Thank you"
    second.say(link, how_known="typed at the same time")
    assert second.now.status_code == 403
    assert "typed at the same time" in second.now.text
    late = Confirming(site)
    _asker, link, phrase = asked(site, embedded_kit)
    late.open(link, phrase)
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(hours=2)
    late.say(link, how_known="typed for a long time")
    assert late.now.status_code == 403
    assert "typed for a long time" in late.now.text
    assert asker.filed.code not in late.now.text


def test_who_sits_at_the_same_device_loses_nothing(site: Flask, embedded_kit: Kit) -> None:
    asker, link, phrase = asked(site, embedded_kit)
    knows = Confirming(site)
    knows.client = asker.client
    knows.open(link, phrase)
    knows.say(link)
    assert Page(knows.now.text).heading == "Thank you"
    assert Page(asker.go("/follow/request").text).heading == "What has happened so far"


@pytest.mark.parametrize("link", ["x" * 5000, "é", "%00", "..", "<b>", "a%2Fb"])
def test_an_odd_link_is_no_fault(site: Flask, link: str) -> None:
    knows = Confirming(site)
    assert knows.go(f"/v/{link}").status_code in (200, 404, 308)
    answer = knows.client.post(
        f"/v/{link}", data="phrase=x", headers=knows.headers, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (404, 422)
