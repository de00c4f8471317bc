"""However often and from wherever "Send" is pressed, there is one request, and its code is not lost."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.casework.kit import Kit
from app.persistence.requests import requests
from tests.make import ADA, URL
from tests.walks import Asking, Desk, case_of, code_on
from tests.web.pages import Page, drafted, post, token_of


def filed(kit: Kit) -> int:
    with kit.database.reading() as work:
        return int(work.connection.execute(select(func.count()).select_from(requests)).scalar_one())


def seen_by(asking: Asking) -> str:
    """What the form of the page that is read once more would send to say which draft it shows."""
    return next(form.sent["seen"][0] for form in asking.forms if "seen" in form.sent)


def send_again(asking: Asking, seen: str, token: str) -> int:
    return post(asking, "/ask/review", {"seen": seen, "csrf_token": token}).status_code


def test_the_code_is_the_same_before_and_after_sending(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    code = code_on(asking.now.text)
    assert code_on(asking.go("/ask/review").text) == code, "it survives a reload"
    assert code_on(asking.send("/ask/review").text) == code
    assert case_of(embedded_kit, code)


def test_pressing_send_twice_is_one_request(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    code, seen, token = code_on(asking.now.text), seen_by(asking), token_of(asking)
    assert [send_again(asking, seen, token) for _ in range(3)] == [303] * 3
    assert filed(embedded_kit) == 1
    assert code_on(asking.go("/ask/sent").text) == code


def test_the_code_survives_reloads_until_it_is_noted(site: Flask) -> None:
    asking = Asking(site)
    code = asking.ask(URL)
    for path in ("/ask/sent", "/ask/review", "/ask", "/", "/support", "/ask/sent"):
        asking.go(path)
    assert code_on(asking.now.text) == code
    asking.note_code()
    assert code not in asking.now.text
    for path in ("/ask/sent", "/ask/review", "/ask"):
        assert code not in asking.go(path).text


def test_going_back_and_sending_again_after_the_code_was_noted_is_no_second_request(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = drafted(site)
    seen, token = seen_by(asking), token_of(asking)
    asking.send("/ask/review")
    asking.note_code()
    assert send_again(asking, seen, token) == 303
    assert filed(embedded_kit) == 1


def test_words_and_places_do_not_stay_in_the_session_once_sent(site: Flask) -> None:
    asking = drafted(site, words="my own words")
    asking.send("/ask/review")
    for path in ("/ask", "/ask/review", "/ask/sent"):
        assert "my own words" not in asking.go(path).text
        assert "northlight" not in asking.now.text


def test_a_draft_that_changed_in_another_window_is_shown_again_before_it_is_sent(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = drafted(site)
    first_window, token, code = seen_by(asking), token_of(asking), code_on(asking.now.text)
    asking.go("/ask")
    asking.send("/ask", places="https://talkyard.example/other")
    answer = post(asking, "/ask/review", {"seen": first_window, "csrf_token": token})
    assert answer.status_code == 409
    assert "This was changed in another window. Nothing was sent yet." in answer.text
    assert "talkyard.example" in answer.text
    assert filed(embedded_kit) == 0
    asking.seen.append(answer)
    assert code_on(asking.send("/ask/review").text) == code
    assert filed(embedded_kit) == 1


def test_a_change_in_another_window_after_sending_does_not_seem_to_count(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = drafted(site)
    asking.go("/ask")
    second_window = asking.forms[0].sent
    asking.go("/ask/review")
    code = code_on(asking.send("/ask/review").text)
    changed = {"places": "https://talkyard.example/late", "csrf_token": second_window["csrf_token"][0]}
    answer = post(asking, "/ask", changed)
    assert answer.status_code == 409
    assert "What you changed just now was not sent." in answer.text
    assert code_on(answer.text) == code
    assert filed(embedded_kit) == 1


def test_a_second_request_after_the_first_has_another_code(site: Flask, embedded_kit: Kit) -> None:
    asking = Asking(site)
    first = asking.ask(URL)
    asking.note_code()
    second = asking.ask(URL)
    assert first != second
    assert filed(embedded_kit) == 2


def test_two_people_with_the_same_places_do_not_meet(site: Flask, embedded_kit: Kit) -> None:
    one, other = Asking(site), Asking(site)
    codes = one.ask(URL), other.ask(URL)
    assert case_of(embedded_kit, codes[0]) != case_of(embedded_kit, codes[1])
    other.follow(codes[1])
    one.follow(codes[0])
    one.write("only for the hotline")
    assert "only for the hotline" not in other.go("/follow/request").text


def test_many_presses_at_once_are_one_request(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    code, seen, token = code_on(asking.now.text), seen_by(asking), token_of(asking)
    cookie = asking.client.get_cookie("heard", domain="127.0.0.1")
    assert cookie is not None

    def press(_: int) -> int:
        window = Asking(site)
        window.client.set_cookie("heard", cookie.value, domain="127.0.0.1")
        return send_again(window, seen, token)

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(press, range(8)))
    assert statuses == [303] * 8
    assert filed(embedded_kit) == 1
    assert code_on(asking.go("/ask/sent").text) == code
    assert Page(asking.now.text).heading == "We have received it. Thank you."
    assert "2 places wait" in Desk(site, ADA).go(f"/desk/case/{case_of(embedded_kit, code)}").text


def test_asking_without_cookies_says_what_is_needed(site: Flask) -> None:
    asking = Asking(site)
    answer = post(asking, "/ask", {"places": URL})
    asking.client.delete_cookie("heard", domain="127.0.0.1")
    assert answer.location == "/ask/review"
    asking.go("/ask/review")
    assert "we need one small cookie" in asking.now.text


def test_when_many_people_are_there_nothing_is_lost(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site)
    code = code_on(asking.now.text)
    queue = embedded_kit.codes
    queue._per_lane, before = 0, queue._per_lane
    queue._running, running = 99, queue._running
    answer = asking.send("/ask/review")
    queue._per_lane, queue._running = before, running
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Many people are here right now. Nothing is lost." in answer.text
    assert code_on(asking.send("/ask/review").text) == code
    assert filed(embedded_kit) == 1
