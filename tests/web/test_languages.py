"""The language stands in the path: it stays on the whole way, and no cookie or header tells which it is."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.i18n.locales import LOCALES, gettext, use
from tests.make import URL
from tests.walks import Asking, case_of
from tests.web.pages import Page, drafted

OTHERS = [code for code in LOCALES if code != "en"]
other = pytest.mark.parametrize("code", OTHERS)
PAGES = (
    "/",
    "/ask",
    "/follow",
    "/support",
    "/privacy",
    "/duties",
    "/ask/sent",
    "/desk/sign-in",
)


def language_of(page: Page) -> tuple[str, str]:
    [html] = [has for tag, has in page.tags if tag == "html"]
    return html["lang"], html["dir"]


def test_there_is_a_language_that_is_read_from_right_to_left() -> None:
    assert "rtl" in {locale.direction for locale in LOCALES.values()}
    assert {"en", "fr", "ar"} <= set(LOCALES)


@other
def test_the_language_is_kept_on_the_whole_way(site: Flask, embedded_kit: Kit, code: str) -> None:
    asking = Asking(site, f"/{code}")
    receipt = asking.ask(URL, words="words")
    assert asking.path == f"/{code}/ask/sent"
    asking.note_code()
    assert asking.path == f"/{code}/ask/sent"
    asking.follow(receipt)
    assert asking.path == f"/{code}/follow/request"
    asking.write("hello")
    asking.go(f"/{code}/ask/review")
    assert asking.path.partition("?")[0] == f"/{code}/ask"
    for answer in asking.seen:
        if answer.status_code == 200:
            page = Page(answer.text)
            assert language_of(page) == (code, LOCALES[code].direction)
            inside = [
                link for link in page.values("href", "a") + page.values("action") if link.startswith("/")
            ]
            elsewhere = {f"/{each}/" for each in OTHERS if each != code}
            for link in inside:
                is_switch = f'href="{link}" lang="' in answer.text
                assert link.startswith(f"/{code}/") or is_switch, link
                assert is_switch or not any(link.startswith(each) for each in elsewhere)
    assert case_of(embedded_kit, receipt)


@other
def test_the_form_offers_the_language_of_its_page(site: Flask, code: str) -> None:
    asking = drafted(site, URL, f"/{code}")
    asking.go(f"/{code}/ask/contact")
    assert asking.forms[0].sent["language"] == [code]


# The pages of asking have buttons instead, which keep what was typed: see test_ask_ways.py.
@pytest.mark.parametrize("path", [path for path in PAGES if path != "/ask"])
@pytest.mark.parametrize("code", LOCALES)
def test_every_page_links_to_itself_in_every_language(site: Flask, path: str, code: str) -> None:
    prefix = "" if code == "en" else f"/{code}"
    page = Page(site.test_client().get(prefix + path).text)
    assert language_of(page) == (code, LOCALES[code].direction)
    links = {has["hreflang"]: has for tag, has in page.tags if tag == "a" and "hreflang" in has}
    assert set(links) == set(LOCALES)
    for each, has in links.items():
        assert has["href"] == ("" if each == "en" else f"/{each}") + path
        assert has["lang"] == each
        assert ("aria-current" in has) is (each == code)
        assert LOCALES[each].name in page.text


@pytest.mark.parametrize("path", ["/fr", "/ar"])
def test_a_language_without_a_slash_is_its_first_page(site: Flask, path: str) -> None:
    page = Page(site.test_client().get(path).text)
    assert language_of(page)[0] == path[1:]


@pytest.mark.parametrize("path", ["/FR/ask", "/fr/fr/ask", "/xx/ask", "/fr-FR/ask", "/frask"])
def test_what_is_no_language_of_ours_is_no_page(site: Flask, path: str) -> None:
    assert site.test_client().get(path).status_code in (308, 404)


@pytest.mark.parametrize(
    ("asked", "code"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("ar", "ar"), ("ar-EG, en;q=0.1", "ar"), ("de, fr;q=0.3", "fr")],
)
def test_a_path_without_a_language_leads_to_the_one_the_browser_asks_for(
    site: Flask, asked: str, code: str
) -> None:
    answer = site.test_client().get("/support?country=CA", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{code}/support?country=CA")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("asked", ["", "en", "de", "*", "en-GB, fr;q=0.9", "nonsense;;q=x"])
def test_a_path_without_a_language_is_english_for_everybody_else(site: Flask, asked: str) -> None:
    answer = site.test_client().get("/ask", headers={"Accept-Language": asked})
    assert language_of(Page(answer.text))[0] == "en"
    assert "Set-Cookie" not in answer.headers
    assert "Content-Language" not in answer.headers


def test_who_chooses_english_keeps_it_whatever_the_browser_asks_for(site: Flask) -> None:
    client, asked = site.test_client(), {"Accept-Language": "fr"}
    page = Page(client.get("/fr/doors", headers=asked).text)
    (link,) = (has["href"] for tag, has in page.tags if tag == "a" and has.get("hreflang") == "en")
    assert link == "/en/doors"
    english = Page(client.get(link, headers=asked).text)
    assert language_of(english)[0] == "en"
    inside = [has["href"] for tag, has in english.tags if tag == "a" and has["href"].startswith("/")]
    assert all(href.startswith(("/en", "/fr", "/ar")) for href in inside)


def test_a_form_that_is_sent_is_never_led_elsewhere(site: Flask) -> None:
    sent = site.test_client().post("/ask", headers={"Accept-Language": "fr", "Sec-Fetch-Site": "same-origin"})
    assert sent.status_code != 303 or not sent.headers["Location"].startswith("/fr")


@other
def test_one_visitors_language_is_not_the_next_ones(site: Flask, code: str) -> None:
    client = site.test_client()
    client.get(f"/{code}/ask")
    assert language_of(Page(client.get("/ask").text))[0] == "en"


@other
def test_a_page_says_when_no_native_speaker_has_read_it(site: Flask, code: str) -> None:
    with use(code):
        said = gettext("No native speaker has checked these words yet. Some may be wrong.")
    assert (said in Page(site.test_client().get(f"/{code}/").text).text) is (
        LOCALES[code].reviewed_by is None
    )


@other
def test_texts_that_are_not_translated_say_which_language_they_are_in(site: Flask, code: str) -> None:
    for path in ("privacy", "duties"):
        page = Page(site.test_client().get(f"/{code}/{path}").text)
        for tag, has in page.tags:
            if tag in ("p", "h2") and "lang" in has:
                assert has["dir"] == LOCALES[has["lang"]].direction
