"""One place: a name of one's own, putting it right, "it is back"; and places that are added."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.words import Asker, LocationState
from tests.make import URL, file_one
from tests.walks import Asking
from tests.web.following import TWO, coming_back, make_family, put, state_of, text_of
from tests.web.pages import Page, post, token_of


def test_a_name_and_a_threat_are_kept_and_can_be_taken_back(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/place/1")
    given = {"label_1": "<b>mine</b>", "since_1": "old", "threat_1": "yes", "on_1": "2031-02-03"}
    asking.send("/follow/place/1", **given)
    assert "We have saved this." in asking.now.text
    assert "<summary>&lt;b&gt;mine&lt;/b&gt;</summary>" in asking.now.text
    asking.go("/follow/place/1")
    form = next(form for form in asking.forms if "label_1" in form.names)
    assert {name: form.sent[name] for name in given} == {name: [value] for name, value in given.items()}
    asking.send("/follow/place/1", label_1="", since_1="", on_1="")
    assert "mine" not in asking.now.text


def test_what_cannot_be_read_comes_back_with_a_sentence(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/place/1")
    answer = asking.send("/follow/place/1", label_1="kept", on_1="tomorrow")
    assert answer.status_code == 422
    assert "We cannot read this day." in answer.text
    assert 'value="kept"' in answer.text
    assert asking.send("/follow/place/1", label_1="x" * 101, on_1="").status_code == 422


def test_an_address_is_put_right_while_nobody_has_judged_it(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/place/1")
    form = correcting(asking)
    form["places"] = "talkyard.example/right"
    post(asking, "/follow/place/1", form)
    assert "talkyard.example/…" in text_of(asking, "/follow/request")
    put(embedded_kit, filed, LocationState.ASSESSED)
    assert "Put it right" not in text_of(asking, "/follow/place/1")
    assert post(asking, "/follow/place/1", form).location == "/follow/place/1"
    assert "hxxps://talkyard[.]example/right" in text_of(asking, "/follow/place/1")


@pytest.mark.parametrize("typed", ["", "no address", TWO, "ftp://img.northlight.example/a"])
def test_one_address_is_asked_for(site: Flask, embedded_kit: Kit, typed: str) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/place/1")
    answer = post(asking, "/follow/place/1", correcting(asking) | {"places": typed})
    assert answer.status_code == 422
    assert "<details open>" in answer.text


def test_an_address_takes_the_place_of_words(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/add")
    asking.send("/follow/add", unsure="somewhere in a group chat")
    assert "We have your new places." in asking.now.text
    assert "<summary>somewhere in a group chat</summary>" in asking.now.text
    asking.go("/follow/place/2")
    post(asking, "/follow/place/2", correcting(asking) | {"places": "https://talkyard.example/chat"})
    page = asking.go("/follow/request").text
    assert "talkyard.example/…" in page
    assert "group chat" not in page


def test_only_what_was_gone_can_be_back(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, TWO)
    put(embedded_kit, filed, LocationState.SAYS_REMOVED, LocationState.NOTICE_SENT)
    asking = coming_back(site, filed.code)
    assert "It is back" not in text_of(asking, "/follow/place/2")
    asking.go("/follow/place/1")
    sent = {"csrf_token": token_of(asking)}
    assert post(asking, "/follow/back", sent | {"number": "2"}).location == "/follow/request"
    assert state_of(embedded_kit, filed, 2) is LocationState.NOTICE_SENT
    assert post(asking, "/follow/back", sent | {"number": "3"}).status_code == 404
    post(asking, "/follow/back", sent | {"number": "1"})
    assert state_of(embedded_kit, filed) is LocationState.BACK
    assert "Thank you for telling us. We ask for it to be taken down again." in text_of(
        asking, "/follow/request"
    )
    assert "Thank you for telling us." not in text_of(asking, "/follow/request")


def test_places_are_added_in_every_way_of_asking(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/add")
    asking.send(
        "/follow/add", places="talkyard.example/t", app="Chatter", account="somebody", unsure="a forum"
    )
    ledger = text_of(asking, "/follow/request")
    assert all(name in ledger for name in ("talkyard.example/…", "Chatter", "a forum"))
    asking.go("/follow/add")
    asking.send("/follow/add", places=URL)
    assert "You told us about these places before." in asking.now.text


@pytest.mark.parametrize(
    "given", [{}, {"app": "Chatter"}, {"account": "x"}, {"places": "no address"}, {"unsure": "a word " * 700}]
)
def test_what_is_no_place_comes_back(site: Flask, embedded_kit: Kit, given: dict[str, str]) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/add")
    answer = asking.send("/follow/add", **given)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert all(value.strip() in answer.text for value in given.values())


def test_too_many_places_at_once_are_not_lost(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/add")
    many = "\n".join(f"https://img.northlight.example/more/{number}" for number in range(201))
    answer = asking.send("/follow/add", places=many)
    assert answer.status_code == 422
    assert "Please send a part of them first." in answer.text
    assert "more/200" in answer.text


@pytest.mark.parametrize("path", ["/follow/place/0", "/follow/place/2", "/follow/place/99999999999999999999"])
def test_a_place_that_is_not_there_is_not_found(site: Flask, embedded_kit: Kit, path: str) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    assert asking.go(path).status_code == 404


def test_a_representative_adds_places_and_corrects_none(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.PARENT)
    asking = coming_back(site, filed.code)
    asking.go("/follow/add")
    asking.send("/follow/add", places="https://talkyard.example/more")
    assert "We have your new places." in asking.now.text
    asking.go("/follow/add")
    sent = {"csrf_token": token_of(asking), "do": "correct", "places": "https://talkyard.example/x"}
    assert post(asking, "/follow/place/1", sent).status_code == 404


def test_who_asked_for_a_child_does_not_see_what_the_child_adds(site: Flask, embedded_kit: Kit) -> None:
    family = make_family(embedded_kit)
    child = coming_back(site, family.own)
    assert "They do not see the places that you add." in text_of(child, "/follow/add")
    child.send("/follow/add", places="https://hidden.northlight.example/x")
    assert "hidden.northlight.example" in child.go("/follow/request").text
    parent = coming_back(site, family.filed.code)
    assert "hidden" not in parent.now.text
    assert "They do not see the places that you add." not in text_of(parent, "/follow/add")


def correcting(asking: Asking) -> dict[str, str]:
    """What the form for putting a place right would send."""
    form = next(form for form in asking.forms if form.sent.get("do") == ["correct"])
    return {name: values[0] for name, values in form.sent.items()}


def test_the_page_of_a_place_holds_nothing_of_another(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit, TWO).code)
    assert "talkyard" not in Page(asking.go("/follow/place/1").text).text
