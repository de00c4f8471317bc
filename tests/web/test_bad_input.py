"""Whatever is typed: good places stay, bad lines are named, words are kept as written."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.words import Asker
from tests.make import ADA, URL
from tests.walks import Asking, Desk, Value, case_of, code_on
from tests.web.pages import Page, drafted, post

ODD = {
    "HTML": "<script>alert(1)</script><img src=x onerror=y></textarea></form>{{ 7 * 7 }} {% raw %} &amp;",
    "formula": '=HYPERLINK("https://x.example";"=1+1")\n@SUM(A1)\n-1+2\n\t=cmd|\' /C calc\'!A0',
    "right to left": "\u202eabc\u202c \u2066def\u2069 \u200e\u200f مرحبا שלום",
    "emoji": "👩‍👧‍👦 🏳️‍🌈 🌱\ufe0f",
    "percent": "100 %s %(count)s %d %% {0} {name} $HOME `id`",
    "other scripts": "Ελλάδα हिन्दी ภาษาไทย 中文 ქართული",
    "separators": "one\u2028two\u2029three\u0085four",
    "SQL": "'; DROP TABLE requests; --",
    "markup": "# heading\n* item\n[link](https://x.example)\n---\n-- \nsignature",
}


def refused(site: Flask, fields: dict[str, Value]) -> tuple[Asking, Page]:
    asking = Asking(site)
    asking.seen.append(post(asking, "/ask", fields))
    assert asking.now.status_code == 422
    assert asking.client.get_cookie("heard", domain="127.0.0.1") is None
    return asking, Page(asking.now.text)


@pytest.mark.parametrize("places", ["", " ", "\r\n\r\n", "\t\u00a0\u200b", "\x00", "…", "- - -"])
def test_no_place_is_said_kindly(site: Flask, places: str) -> None:
    blank = places if not places.strip("\t\r\n \u00a0\u200b\x00") else ""
    _, page = refused(site, {"places": places, "unsure": blank, "app": blank, "account": blank})
    assert "Please tell us at least one place." in page.text
    assert "Nothing you wrote is lost." in page.text


def test_an_empty_form_is_said_kindly(site: Flask) -> None:
    _, page = refused(site, {})
    assert "Please tell us at least one place." in page.text


def test_good_lines_stay_and_each_bad_line_is_named(site: Flask) -> None:
    places = f"{URL}\nI saw it on my phone\n\nhxxps://talkyard[.]example/t\nhttp://192.168.0.1/x\nmailto:a@b.example"
    typed: dict[str, Value] = {"unsure": "my words", "app": "An app", "account": "someone"}
    asking, page = refused(site, typed | {"places": places})
    for said in ("Line 2:", "Line 5:", "Line 6:", "“I saw it on my phone”"):
        assert said in page.text
    for not_said in ("Line 1:", "Line 3:", "Line 4:"):
        assert not_said not in page.text
    [form] = asking.forms
    assert form.sent["places"] == [places]
    assert (form.sent["unsure"], form.sent["app"]) == (["my words"], ["An app", ""])
    assert page.text.count("Line 2:") == 2, "once at the top and once beside the field"


def test_only_bad_lines_are_kept_to_be_put_right(site: Flask) -> None:
    asking, page = refused(site, {"places": "nothing here\nor here", "unsure": ""})
    assert asking.forms[0].sent["places"] == ["nothing here\nor here"]
    assert "Line 1:" in page.text
    assert "Line 2:" in page.text


def test_two_hundred_places_go_through(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site, "\n".join(f"https://img.northlight.example/{number}" for number in range(200)))
    assert "200 places" in asking.now.text
    asking.send("/ask/review")
    assert asking.path == "/ask/sent"


def test_the_five_hundred_and_first_place_is_named_and_none_is_lost(site: Flask) -> None:
    places = "\n".join(f"https://img.northlight.example/{number}" for number in range(501))
    asking, page = refused(site, {"places": places})
    assert "From line 501 on there are more places than we can take at once." in page.text
    assert asking.forms[0].sent["places"] == [places]


def test_hundreds_of_bad_lines_do_not_make_hundreds_of_sentences(site: Flask) -> None:
    _, page = refused(site, {"places": "\n".join(["nothing here"] * 500)})
    assert page.text.count("we cannot find the name of a website") == 20, (
        "ten, at the top and beside the field"
    )


def test_a_place_that_is_there_twice_is_kept_once_and_said(site: Flask) -> None:
    asking = drafted(site, f"{URL}\n{URL}\nhxxps://img[.]northlight[.]example/a/1\nhttps://talkyard.example/")
    page = Page(asking.now.text)
    assert "2 places" in page.text
    assert "2 places were there more than once. We keep each of them once." in page.text


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_words_are_kept_as_written_and_shown_as_text(site: Flask, embedded_kit: Kit, words: str) -> None:
    asking = drafted(site, URL, words=words)
    shown = " ".join(words.split())
    assert shown in Page(asking.now.text).text
    asking.go("/ask/words")
    assert asking.forms[0].sent["words"] == [words]
    asking.send("/ask/words", "review")
    asking.send("/ask/review")
    desk, case = Desk(site, ADA), f"/desk/case/{case_of(embedded_kit, code_on(asking.now.text))}"
    desk.go(case)
    page = desk.send(f"{case}/show", "what")
    assert shown in Page(page.text).text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_lines_among_the_places_are_shown_as_text_or_read_as_places(site: Flask, odd: str) -> None:
    asking = Asking(site)
    answer = post(asking, "/ask", {"places": f"{URL}\n{odd}"})
    assert answer.status_code in (303, 422)
    page = answer if answer.status_code == 422 else asking.go("/ask/review")
    assert "<script>alert" not in page.text
    assert not [name for _, has in Page(page.text).tags for name in has if name.startswith("on")]


def test_twenty_thousand_characters_are_kept_and_one_more_is_said(site: Flask) -> None:
    story = "ä b " * 5000
    asking = drafted(site, URL, words=story)
    assert story.strip() in asking.now.text
    asking.go("/ask/words")
    asking.send("/ask/words", words=story + "c")
    assert asking.now.status_code == 422
    assert "This is longer than we can take at once." in asking.now.text
    assert asking.forms[0].sent["words"] == [story + "c"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"a%00b%1fc%7fd%0bse", "abcdse"),  # control characters cannot be seen, and break mail and logs
        (b"a%ff%feb", "a%FF%FEb"),  # bytes that are no text are kept as they were sent
        (b"a%ed%a0%80b", "a%ED%A0%80b"),  # half a character
        (b"%F0%9F%8C%B1", "🌱"),
        (b"a%zz%", "a%zz%"),
    ],
)
def test_bytes_that_are_no_text_are_no_fault(site: Flask, sent: bytes, shown: str) -> None:
    asking = Asking(site)
    body = b"places=" + URL.encode() + b"&unsure=" + sent
    assert post(asking, "/ask", {}, data=body).location == "/ask/review"
    assert shown in Page(asking.go("/ask/review").text).text
    asking.send("/ask/review")
    assert asking.path == "/ask/sent"


def test_bytes_that_are_no_text_among_the_places_are_named(site: Flask) -> None:
    for sent in (b"%ff%fe", b"%ed%a0%80", b"%00%00", b"\xff\xfe", b"a\xed\xa0\x80.example"):
        answer = post(
            site.test_client(), "/ask", {}, data=b"places=" + sent + b"%0Ahttps%3A%2F%2Fa.northlight.example"
        )
        assert answer.status_code in (303, 422)


def test_a_body_that_no_browser_would_send_is_no_fault_of_ours(site: Flask) -> None:
    for body in (b"places=a\xffb", b"\xff" * 1000, b"&" * 10_000, b"=" * 10_000, b"%" * 10_000, b"places"):
        assert post(site.test_client(), "/ask", {}, data=body).status_code == 422


def test_unknown_fields_are_ignored(site: Flask, embedded_kit: Kit) -> None:
    asking = Asking(site)
    unknown: dict[str, Value] = {
        "id": "1",
        "state": "says_removed",
        "standing": "own",
        "code": "K7Q2-M3TD-9ZXW-0123-4567-89AZ",
        "filing_id": "x",
        "__proto__": "x",
    }
    assert post(asking, "/ask", {"places": URL} | unknown).location == "/ask/review"
    assert "K7Q2-M3TD" not in asking.go("/ask/review").text


def test_a_field_that_comes_twice_counts_once(site: Flask) -> None:
    asking = Asking(site)
    twice: dict[str, Value] = {
        "places": (URL, "https://talkyard.example/"),
        "unsure": ("a", "b"),
        "review": ("1", "1"),
    }
    assert post(asking, "/ask", twice).location == "/ask/review"
    assert "2 places" in asking.go("/ask/review").text


@pytest.mark.parametrize("asker", Asker)
def test_everyone_may_ask_and_an_answer_can_be_taken_back(site: Flask, asker: Asker) -> None:
    asking = drafted(site, URL, asker=asker.value)
    asking.go("/ask/who")
    assert asking.forms[0].sent.get("asker", ["unsaid"]) == [asker.value]
    asking.send("/ask/who", asker="unsaid")
    asking.go("/ask/who")
    assert "asker" not in asking.forms[0].sent


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00"])
def test_an_empty_message_is_said_kindly(site: Flask, text: str) -> None:
    asking = Asking(site)
    asking.follow(asking.ask(URL))
    answer = asking.write(text)
    assert answer.status_code == 422
    assert "Please write something first." in answer.text


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_a_message_is_kept_as_written_both_ways(site: Flask, embedded_kit: Kit, words: str) -> None:
    asking, ada = Asking(site), Desk(site, ADA)
    code = asking.ask(URL)
    asking.follow(code)
    request_id = case_of(embedded_kit, code)
    ada.take(request_id)
    shown = " ".join(words.split())
    assert shown in Page(asking.write(words).text).text
    assert shown in Page(ada.go(f"/desk/case/{request_id}").text).text
    assert Page(ada.write(request_id, words).text).text.count(shown) == 2
    assert Page(asking.go("/follow/message").text).text.count(shown) == 2


def test_strange_addresses_at_the_desk_find_nothing(site: Flask) -> None:
    ada = Desk(site, ADA)
    for one in (
        "x",
        "0" * 32,
        "%00",
        "a%00b",
        "é",
        "a" * 5000,
        "..",
        "%2e%2e%2f",
        "'; --",
        "%ff",
        "%ed%a0%80",
    ):
        for path in (f"/desk/case/{one}", f"/desk/case/{one}/assess", f"/desk/case/{one}/notices"):
            assert ada.go(path).status_code == 404
