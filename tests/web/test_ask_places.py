"""Where it is, in three ways, and what can be said of each place."""

import re
from datetime import date

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.words import Since, YesNo
from tests.make import ADA, URL
from tests.walks import Asking, Desk, Value, case_of, code_on
from tests.web.asked import asked, at, press
from tests.web.pages import PLACES, Page, drafted, post, token_of
from tests.web.test_bad_input import ODD

MANY = "\n".join(f"https://img.northlight.example/{number}" for number in range(200))


def filled(site: Flask, **fields: Value) -> Asking:
    """The first page, sent by its first button."""
    asking = Asking(site)
    asking.go("/ask")
    press(asking, "on", **fields)
    return asking


def sent(asking: Asking) -> str:
    """Read back and sent; the code."""
    asking.go("/ask/review")
    asking.send("/ask/review")
    return code_on(asking.now.text)


def test_an_app_and_an_account_are_a_place(site: Flask, embedded_kit: Kit) -> None:
    asking = filled(site, app="Some app", account="@someone")
    assert asking.path == "/ask/details"
    [place] = asked(embedded_kit, sent(asking)).places
    assert (place.app, place.account, place.url, place.typed) == ("Some app", "@someone", "", "")


def test_a_few_words_are_a_place(site: Flask, embedded_kit: Kit) -> None:
    [place] = asked(embedded_kit, sent(filled(site, unsure="In a group of old photos."))).places
    assert (place.typed, place.url, place.app) == ("In a group of old photos.", "", "")


def test_all_three_ways_together_keep_their_order(site: Flask, embedded_kit: Kit) -> None:
    asking = filled(site, places=PLACES, app="Some app", account="one", unsure="And more.")
    places = asked(embedded_kit, sent(asking)).places
    assert [place.host or place.app or place.typed for place in places] == [
        *("img.northlight.example", "talkyard.example", "Some app", "And more.")
    ]


def test_accounts_are_added_one_after_the_other(site: Flask, embedded_kit: Kit) -> None:
    asking = Asking(site)
    asking.go("/ask")
    for number in range(3):
        assert asking.forms[0].sent.get("app") == [*(f"App {each}" for each in range(number)), ""]
        press(
            asking,
            "more",
            app=(*(f"App {each}" for each in range(number)), f"App {number}"),
            account=tuple(f"account {each}" for each in range(number + 1)),
        )
        assert asking.path == "/ask"
    assert [place.account for place in asked(embedded_kit, sent(asking)).places] == [
        *("account 0", "account 1", "account 2")
    ]


def test_an_account_is_added_only_to_one_that_was_named(site: Flask) -> None:
    asking = filled(site)
    assert asking.now.status_code == 422
    asking.go("/ask")
    press(asking, "more")
    assert (asking.path, asking.now.status_code) == ("/ask", 422)
    assert "Please name this account first." in Page(asking.now.text).text
    assert asking.client.get_cookie("heard", domain="127.0.0.1") is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"account": "someone"}, "Please tell us the name of the app too."),
        ({"app": "Some app"}, "Please tell us the account too."),
        ({"app": "a" * 201, "account": "b"}, "at most 200 letters and signs"),
        ({"app": "a", "account": "b" * 201}, "at most 200 letters and signs"),
        ({"unsure": "a " * 2000 + "b"}, "at most 4000 letters and signs"),
        ({"app": ("a",) * 60, "account": tuple(map(str, range(60)))}, "more accounts than we can take"),
    ],
)
def test_what_cannot_be_used_is_said_kindly_and_stays(
    site: Flask, fields: dict[str, Value], said: str
) -> None:
    asking = filled(site, places=URL, **fields)
    assert asking.now.status_code == 422
    assert said in Page(asking.now.text).text
    for name, typed in fields.items():
        kept = asking.forms[0].sent[name]
        assert kept[: len(typed) if isinstance(typed, tuple) else 1] == [
            *((typed,) if isinstance(typed, str) else typed)
        ]


def test_the_same_account_twice_is_one_place(site: Flask, embedded_kit: Kit) -> None:
    asking = filled(site, app=("App", "App", ""), account=("one", "one", ""))
    assert len(asked(embedded_kit, sent(asking)).places) == 1


def test_a_line_that_is_no_address_is_pointed_to_the_free_words(site: Flask) -> None:
    asking = filled(site, places="in a group")
    assert "You can tell us about it under “I do not know exactly”." in asking.now.text


def test_what_is_said_of_a_place_is_filed_with_it(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "details", PLACES)
    press(
        asking,
        "on",
        label_1="the one my cousin saw",
        since_1="back",
        label_2="the old one",
        threat_2="yes",
        on_2="2031-05-06",
    )
    assert asking.path == "/ask/what"
    first, second = asked(embedded_kit, sent(asking)).notes
    assert (first.label, first.since, first.threat) == ("the one my cousin saw", Since.BACK, None)
    assert (second.label, second.threat, second.threat_on) == ("the old one", YesNo.YES, date(2031, 5, 6))


def test_a_day_alone_says_that_there_is_a_threat(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "details")
    press(asking, "on", on_1="2031-05-06")
    assert asked(embedded_kit, sent(asking)).notes[0].threat is YesNo.YES


@pytest.mark.parametrize(
    "day", ["tomorrow", "2031-02-30", "31.12.2031", "2031-13-01", "9" * 500, "٢٠٣١-٠١-٠١"]
)
def test_a_day_that_is_none_is_asked_again(site: Flask, day: str) -> None:
    asking = at(site, "details")
    press(asking, "on", label_1="mine", on_1=day)
    assert asking.now.status_code == 422
    assert "Please write it like this: 2030-01-31." in asking.now.text
    assert asking.forms[0].sent["label_1"] == ["mine"]


def test_a_label_that_is_too_long_and_a_choice_of_nobodys_are_asked_again(site: Flask) -> None:
    asking = at(site, "details")
    press(asking, "on", label_1="a" * 101)
    assert "at most 100 letters and signs" in asking.now.text
    press(asking, "on", label_1="a", since_1="always")
    assert "Please choose one of these, or none." in asking.now.text


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_labels_and_accounts_are_kept_as_written_and_shown_as_text(
    site: Flask, embedded_kit: Kit, odd: str
) -> None:
    asking = filled(site, places=URL, app=odd, account=odd, unsure=odd)
    press(asking, "review", label_1=odd[:100])
    shown = Page(asking.now.text)
    assert "<script>alert" not in asking.now.text
    assert shown.text.count(" ".join(odd.split())) >= 3
    assert " ".join(odd[:100].split()) in shown.text
    code = sent(asking)
    found = asked(embedded_kit, code)
    assert [place.account or place.typed for place in found.places[1:]] == [odd, odd]
    assert found.notes[0].label == odd[:100].strip()
    assert "<script>alert" not in Desk(site, ADA).go(f"/desk/case/{case_of(embedded_kit, code)}").text


def test_a_place_keeps_what_was_said_of_it_when_the_list_changes(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "details", PLACES)
    press(asking, "on", label_1="first", label_2="second")
    asking.go("/ask")
    press(asking, "on", places=f"https://new.northlight.example/\n{PLACES.splitlines()[1]}")
    assert [note.label for note in asked(embedded_kit, sent(asking)).notes] == ["", "second"]


def test_the_list_is_changed_in_another_window_while_places_are_being_named(site: Flask) -> None:
    asking = at(site, "details", PLACES)
    shown = {"shown": asking.forms[0].sent["shown"][0], "csrf_token": token_of(asking)}
    asking.go("/ask")
    press(asking, "on", places="https://other.northlight.example/")
    answer = post(asking, "/ask/details", shown | {"label_1": "of another place", "on": "1"})
    assert answer.status_code == 409
    assert "This was changed in another window. Please look at it again." in answer.text
    assert "of another place" not in answer.text


def test_two_hundred_places_can_each_be_given_a_name(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "details", MANY)
    while asking.path.startswith("/ask/details"):
        [form] = asking.forms
        labels = {name: name.replace("_", " ") for name in form.names if name.startswith("label_")}
        assert len(labels) <= 10
        press(asking, "on", **labels)
    assert asking.path == "/ask/what"
    assert [note.label for note in asked(embedded_kit, sent(asking)).notes] == [
        f"label {number}" for number in range(1, 201)
    ]


def test_pages_of_places_go_back_page_by_page_and_stay_in_another_language(site: Flask) -> None:
    asking = at(site, "details", MANY)
    press(asking, "on")
    press(asking, "on")
    assert asking.path == "/ask/details?page=3"
    token = token_of(asking)
    typed = asking.forms[0].sent | {"label_9": ["ninth"], "csrf_token": [token]}
    answer = post(
        asking, asking.path, {name: tuple(value) for name, value in typed.items()} | {"speak": "ar"}
    )
    assert answer.location == "/ar/ask/details?page=3"
    press(asking, "back")
    assert asking.path == "/ask/details?page=2"
    press(asking, "back")
    assert asking.path == "/ask/details"


@pytest.mark.parametrize("number", ["0", "-1", "99", "999", "99999999", "x", "", "٣", "1" * 5000])
def test_a_strange_page_number_shows_a_page(site: Flask, number: str) -> None:
    asking = drafted(site, MANY)
    for path in ("/ask/details", "/ask/review"):
        answer = asking.client.get(path, query_string={"page": number}, base_url="http://127.0.0.1")
        assert answer.status_code == 200
        assert "img.northlight.example" in answer.text


def test_all_places_are_read_back_page_by_page(site: Flask) -> None:
    asking = drafted(site, MANY)
    seen: list[str] = []
    while True:
        page = Page(asking.now.text)
        assert "200 places" in page.text
        seen += re.findall(r"hxxps://img\[\.]northlight\[\.]example/\d+", page.text)
        onward = [has["href"] for tag, has in page.tags if tag == "a" and has.get("rel") == "next"]
        if not onward:
            break
        asking.go(onward[0])
    assert seen == [f"hxxps://img[.]northlight[.]example/{number}" for number in range(200)]
