"""Forms of other sites are refused; nobody is shut out by an old browser, and nothing typed is lost."""

from typing import Any

import pytest
from flask import Flask

from app.casework.kit import Kit
from tests.make import ADA
from tests.walks import HOST, Asking, Desk, Value, case_of
from tests.web.pages import PLACES, Page, drafted, post, token_of

TYPED_PLACES = "  https://img.northlight.example/a?x=1&y=2\r\nhxxp://talkyard[.]example"
TYPED_WORDS = '<b>"it\'s"</b> é ع 🌱\r\n\r\n second line '
CHOSEN: dict[str, Value] = {"app": ("One app", "Another"), "account": ("first", "second"), "review": "1"}
TYPED: dict[str, Value] = CHOSEN | {"places": TYPED_PLACES, "unsure": TYPED_WORDS}
PASSES = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": HOST},
    {"Origin": HOST, "Sec-Fetch-Site": "none"},
]
REFUSED = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HOST},
    {"Origin": "https://evil.example"},
    {"Origin": "https://127.0.0.1"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "évil".encode().decode("latin-1")},
]
ASKED_AGAIN: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "ünknown"},
]


@pytest.mark.parametrize("headers", PASSES)
def test_a_first_form_of_our_own_page_passes_without_a_token(site: Flask, headers: dict[str, str]) -> None:
    assert post(Asking(site), "/ask", TYPED, headers=headers).location == "/ask/review"


@pytest.mark.parametrize("headers", REFUSED)
def test_a_form_that_another_site_sends_is_refused_and_leaves_no_session(
    site: Flask, headers: dict[str, str]
) -> None:
    answer = post(Asking(site), "/ask", TYPED, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert "northlight" not in answer.text


def again(site: Flask, path: str = "/ask", **headers: str) -> Asking:
    """A visitor whose browser does not say where a form came from, and who now sees the question."""
    asking = Asking(site)
    asking.headers = headers
    asking.path = path
    asking.seen.append(post(asking, path, TYPED, headers=headers))
    assert asking.now.status_code == 200
    assert Page(asking.now.text).heading == "Once more, please"
    return asking


@pytest.mark.parametrize("headers", ASKED_AGAIN)
def test_a_browser_that_does_not_say_is_asked_once_more_and_nothing_is_lost(
    site: Flask, headers: dict[str, str]
) -> None:
    asking = again(site, **headers)
    [form] = asking.forms
    assert {name: tuple(values) if len(values) > 1 else values[0] for name, values in form.sent.items()} == {
        **CHOSEN,
        "csrf_token": token_of(asking),
        "places": TYPED_PLACES.replace("\r\n", "\n"),
        "unsure": TYPED_WORDS.replace("\r\n", "\n"),
    }
    asking.send("/ask")
    assert asking.path == "/ask/review"
    page = Page(asking.now.text)
    assert '<b>"it\'s"</b> é ع 🌱 second line' in page.text
    assert "talkyard.example" in page.text


def test_the_second_press_needs_the_token_too(site: Flask) -> None:
    asking = again(site)
    answer = post(asking, "/ask", TYPED, headers={})
    assert Page(answer.text).heading == "Once more, please"


def test_the_whole_way_works_in_a_browser_that_never_says_where_a_form_came_from(site: Flask) -> None:
    asking = again(site)
    asking.send("/ask")
    asking.send("/ask/review")
    code = Page(asking.now.text).text
    assert asking.path == "/ask/sent"
    asking.send("/ask/sent")
    assert asking.path == "/ask/sent"
    assert "You are done here" in asking.now.text
    assert "We have received it" in code


def test_a_code_and_a_passphrase_do_not_come_back_in_a_page(site: Flask) -> None:
    secret = "K7Q2-0000-secret-words"
    typed = {"code": secret, "passphrase": secret, "totp": "123456", "name": "ada"}
    for path in ("/follow", "/desk/sign-in"):
        answer = post(Asking(site), path, typed, headers={})
        assert secret not in answer.text
        assert "123456" not in answer.text
        assert "csrf_token" in answer.text


TOKENS: list[Any] = ["", "x", "ö", "\x00", "🌱" * 100, "x" * 100_000, "a.b.c", "\ud800"]


@pytest.mark.parametrize("token", [None, *TOKENS])
def test_a_wrong_token_in_a_live_session_asks_again_and_loses_nothing(site: Flask, token: str | None) -> None:
    asking = drafted(site)
    fields = TYPED if token is None else TYPED | {"csrf_token": token}
    asking.seen.append(post(asking, "/ask", fields))
    asking.path = "/ask"
    assert asking.now.status_code == 200
    assert Page(asking.now.text).heading == "Once more, please"
    asking.send("/ask")
    assert asking.path == "/ask/review"
    assert "second line" in asking.now.text


@pytest.mark.parametrize("header", ["X-CSRFToken", "X-CSRF-Token"])
def test_a_wrong_token_in_a_header_is_no_fault(site: Flask, header: str) -> None:
    asking = drafted(site)
    said = {"Sec-Fetch-Site": "same-origin", header: "ö".encode().decode("latin-1")}
    assert Page(post(asking, "/ask", TYPED, headers=said).text).heading == "Once more, please"


def test_a_token_of_another_session_does_not_count(site: Flask) -> None:
    mine, theirs = drafted(site), drafted(site)
    answer = post(mine, "/ask", TYPED | {"csrf_token": token_of(theirs)})
    assert Page(answer.text).heading == "Once more, please"
    assert post(mine, "/ask", TYPED | {"csrf_token": token_of(mine)}).location == "/ask/review"


def test_a_token_from_before_signing_in_does_not_count_afterwards(site: Flask) -> None:
    asking = Asking(site)
    code = asking.ask(PLACES)
    old = token_of(asking)
    asking.follow(code)
    answer = post(asking, "/follow/message", {"text": "hello", "csrf_token": old})
    assert Page(answer.text).heading == "Once more, please"
    asking.path = "/follow/message"
    asking.seen.append(answer)
    asking.send("/follow/message")
    assert "hello" in asking.now.text


def test_a_button_with_a_name_is_not_lost_when_asked_again(site: Flask, embedded_kit: Kit) -> None:
    request_id = case_of(embedded_kit, Asking(site).ask(PLACES))
    ada = Desk(site, ADA)
    path = f"/desk/case/{request_id}/message"
    ada.seen.append(post(ada.client, path, {"text": "hello", "take": "yes"}))
    ada.path = path
    ada.send(path)
    assert "hello" in ada.now.text
    assert "You have this case" in ada.now.text


def test_a_long_list_is_not_cut_when_asked_again(site: Flask) -> None:
    asking = Asking(site)
    places = "\n".join(f"https://img.northlight.example/{number}?{'x.' * 750}" for number in range(400))
    asking.seen.append(post(asking, "/ask", {"places": places}, headers={}))
    asking.path = "/ask"
    asking.send("/ask")
    assert "400 places" in asking.now.text


def test_a_form_with_very_many_fields_is_not_cut_when_asked_again(site: Flask) -> None:
    answer = post(
        Asking(site), "/ask", {"versions": tuple(map(str, range(1000))), "last": "here"}, headers={}
    )
    assert Page(answer.text).values("value", "input")[-1] == "here"


def test_a_form_without_a_session_goes_on_from_where_it_was_after_its_session_ended(site: Flask) -> None:
    asking = drafted(site)
    asking.client.delete_cookie("heard", domain="127.0.0.1")
    assert post(asking, "/ask", TYPED).location == "/ask/review"


@pytest.mark.parametrize("cookie", ["", "x", "ö", "A" * 43, "A" * 5000, "====", "%00", '"'])
def test_a_cookie_that_opens_nothing_is_no_cookie(site: Flask, cookie: str) -> None:
    client = site.test_client(use_cookies=False)
    sent = {"Cookie": f"heard={cookie}".encode().decode("latin-1")}
    assert client.get("/ask", headers=sent).status_code == 200
    assert (
        post(client, "/ask", TYPED, headers=sent | {"Sec-Fetch-Site": "same-origin"}).location
        == "/ask/review"
    )
