"""The page on names in search results: it says what happens to a name, and nothing is kept without a tick."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.check_authority import check_authority
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.take_case import take_case
from app.domain.asking import About, Voice
from app.domain.words import Asker, YesNo
from app.reads.follow import read_follow
from tests.make import ADA, Filed, file_one
from tests.walks import Asking
from tests.web.following import coming_back, make_family, text_of
from tests.web.pages import Page

PATH = "/follow/names"
LINK = "Names in search results"
TYPED = "Odd-name-42 of Here\nodd name 42"
NAMES = ("Odd-name-42 of Here", "odd name 42")


def kept(kit: Kit, filed: Filed) -> tuple[str, ...]:
    return read_follow(kit, follow_with_code(kit, filed.code)).voice.names


def send(asking: Asking, **typed: str) -> TestResponse:
    """The form in which names are typed."""
    asking.go(PATH)
    [form] = [form for form in asking.forms if "names" in form.names]
    return asking._ask("POST", PATH, form.sent | {name: [value] for name, value in typed.items()})


def take_back(asking: Asking) -> TestResponse:
    asking.go(PATH)
    [form] = [form for form in asking.forms if ("do", "take_back") in form.buttons]
    return asking._ask("POST", PATH, form.sent | {"do": ["take_back"]})


def test_names_are_agreed_to_shown_changed_and_taken_back(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    assert LINK in Page(asking.now.text).text
    send(asking, names=TYPED, agree="yes")
    assert "We have saved the names." in Page(asking.now.text).text
    assert kept(embedded_kit, filed) == NAMES
    shown = text_of(asking, PATH)
    assert "You agreed to this" in shown
    assert NAMES[0] in shown
    send(asking, names="Another", agree="yes")
    assert kept(embedded_kit, filed) == ("Another",)
    take_back(asking)
    assert "You took it back." in Page(asking.now.text).text
    assert kept(embedded_kit, filed) == ()
    assert "You agreed to this" not in text_of(asking, PATH)


def test_the_page_says_to_whom_and_for_what_and_promises_nothing_more(site: Flask, embedded_kit: Kit) -> None:
    text = text_of(coming_back(site, file_one(embedded_kit).code), PATH)
    for said in (
        "only to search engines. It is only to take results away.",
        "You can change it or take it back at any time.",
        "We cannot be sure that they keep to it.",
        "What a search engine has already, we cannot get back.",
    ):
        assert said in text


def test_a_child_reads_fewer_and_calmer_words(site: Flask, embedded_kit: Kit) -> None:
    young = Voice(asker=Asker.PERSON, about=About(is_under_18=YesNo.YES))
    child = text_of(coming_back(site, file_one(embedded_kit, voice=young).code), PATH)
    grown = text_of(coming_back(site, file_one(embedded_kit).code), PATH)
    assert "You do not have to do this. It is fine to leave it." in child
    assert "Then write to us first." in child
    assert "images" not in child
    assert len(child) < len(grown)
    for said in ("only to search engines. It is only to take results away.", "we cannot get back"):
        assert said in child


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"names": "", "agree": "yes"}, "Please write at least one name."),
        ({"names": TYPED, "agree": ""}, "Please tick this if you want it."),
        ({"names": "n" * 121, "agree": "yes"}, "One of the names is too long."),
        ({"names": "\n".join(f"n{n}" for n in range(11)), "agree": "yes"}, "Ten are enough."),
        ({"names": "https://one.example/a", "agree": "yes"}, "an address, not a name"),
        ({"names": "a\u202eb", "agree": "yes"}, "There is a sign in it"),
        ({"names": "...", "agree": "yes"}, "There is a sign in it"),
    ],
)
def test_without_a_name_or_a_tick_nothing_is_kept_and_what_was_typed_stays(
    site: Flask, embedded_kit: Kit, typed: dict[str, str], said: str
) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    answer = send(asking, **typed)
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    [form] = [form for form in asking.forms if "names" in form.names]
    assert form.sent["names"] == [typed["names"]]
    assert kept(embedded_kit, filed) == ()


def test_a_picture_in_the_field_is_refused_and_not_given_back(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    answer = send(asking, names=f"Ada data:image/png;base64,{'iVBORw0KGgo' * 30}", agree="yes")
    assert answer.status_code == 422
    assert "We never take pictures" in Page(answer.text).text
    assert "iVBORw0KGgo" not in answer.text
    assert kept(embedded_kit, filed) == ()


def test_who_is_not_known_to_speak_finds_no_such_page(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.PARENT)
    asking = coming_back(site, filed.code)
    assert LINK not in Page(asking.now.text).text
    asking.go(PATH)
    assert asking.path == "/follow/request"
    own = make_family(embedded_kit).own
    child = coming_back(site, own)
    assert LINK not in Page(child.now.text).text
    child.go(PATH)
    assert child.path == "/follow/request"


def test_a_representative_reads_of_the_childs_name(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.AUTHORISED)
    take_case(embedded_kit, ADA, filed.request_id)
    check_authority(embedded_kit, ADA, filed.request_id)
    asking = coming_back(site, filed.code)
    assert "the child's name" in text_of(asking, PATH)
    send(asking, names=TYPED, agree="yes")
    assert kept(embedded_kit, filed) == NAMES


def test_the_file_shows_them_on_its_page_and_in_its_record(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    send(asking, names=TYPED, agree="yes")
    asking.go("/follow/file")
    asking.send("/follow/file", "form")
    assert "You let us give exactly this to search engines" in Page(asking.now.text).text
    assert NAMES[0] in asking.now.text
    asking.go("/follow/file")
    [form] = [form for form in asking.forms if ("form", "json") in form.buttons]
    asking._ask("POST", "/follow/file", form.sent | {"form": ["json"]})
    assert asking.now.get_json()["said"]["names"] == list(NAMES)
