"""The pages everybody may read: what they say, that all get the same, and how one leads to the next."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.requests import GRACE
from app.i18n.doors import DoorWords, OwnDoor
from app.i18n.site_texts import DEMO_TEXTS, SiteTexts, load_site_texts
from app.web.portal.pages import READERS
from app.web.site import make_site
from tests.make import make_settings
from tests.walks import HOST, Visitor
from tests.web.pages import Page, drafted

VERSIONS = tuple(f"/before/{reader}" for reader in READERS)
PUBLIC = (
    "/",
    "/before",
    *VERSIONS,
    "/now",
    "/safer",
    "/doors",
    "/support",
    "/privacy",
    "/duties",
    "/conduct",
)
GZIP = {"Accept-Encoding": "gzip"}


def read(site: Flask, path: str) -> Page:
    answer = Visitor(site).go(path)
    assert answer.status_code == 200, path
    return Page(answer.text)


def site_with(kit: Kit, **changed: object) -> Flask:
    texts: SiteTexts = replace(load_site_texts(DEMO_TEXTS), **changed)  # type: ignore[arg-type]  # by name
    return make_site(kit, texts)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_the_same_for_everybody_and_holds_no_form(site: Flask, path: str) -> None:
    asking = drafted(site)
    for prefix in ("", "/fr", "/ar"):
        before = Visitor(site).go(prefix + path).text
        assert asking.go(prefix + path).text == before
        assert Visitor(site).go(f"{prefix}{path}?typed=something-typed").text == before
        assert "<form" not in before


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_compressed_even_in_the_middle_of_asking(site: Flask, path: str) -> None:
    client = drafted(site).client
    answer = client.get(path, base_url=HOST, headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 5_000


@pytest.mark.parametrize("path", PUBLIC)
def test_help_stands_in_the_same_place_on_every_page(site: Flask, path: str) -> None:
    links = read(site, path).values("href", "a")
    assert links[:5] == ["/leave", "#main", "/", "/support", "/now"]


@pytest.mark.parametrize("path", VERSIONS)
def test_every_version_says_what_has_to_be_known_before(site: Flask, path: str) -> None:
    page = read(site, path)
    assert page.heading == "Before you start"
    linked = set(page.values("href", "a"))
    assert {"/duties", "/privacy", "/safer", "/now", "/support", "/ask", "/follow"} <= linked
    for said in ("Example Hotline", "cannot take it down ourselves", "save", "24/7", "police"):
        assert said in page.text, said


@pytest.mark.parametrize("path", [path for path in VERSIONS if not path.endswith("child")])
def test_every_version_but_the_shortest_tells_who_reads_what(site: Flask, path: str) -> None:
    page = read(site, path)
    for said in ("Who reads what", "The people here", "The website or app", "How long it takes"):
        assert said in page.text, said
    assert {"/doors", "/conduct"} <= set(page.values("href", "a"))


def test_who_acts_for_a_child_is_asked_not_to_look_and_not_to_question(site: Flask) -> None:
    said = read(site, "/before/acting").text
    for wanted in (
        "Do not search for it, open it, save it or pass it on.",
        "If you already know what the child wants, tell us",
        "Please do not question them.",
        "The child can have a code of their own.",
        "If you are not safe yourself",
    ):
        assert wanted in said


@pytest.mark.parametrize("reader", ["nobody", "parts", "../home", "Child", "%2e%2e"])
def test_a_version_that_is_not_there_is_not_found(site: Flask, reader: str) -> None:
    assert site.test_client().get(f"/before/{reader}").status_code == 404


def test_the_page_for_danger_says_that_nobody_watches_and_when_somebody_reads(site: Flask) -> None:
    page = read(site, "/now")
    for said in ("This is not an emergency line", "emergency number of the place where you are", "24/7"):
        assert said in page.text
    assert {"tel:112", "tel:+00000000000"} <= set(page.values("href"))


def test_what_the_way_out_cannot_do_is_said_before_anything_is_asked(site: Flask) -> None:
    assert "It does not clear the history of your browser." in read(site, "/").text
    assert "/safer" in read(site, "/").values("href")
    said = read(site, "/safer").text
    assert "It does not stop an app that watches this device." in said
    assert "Tor Browser" in said


def test_the_onion_address_is_told_where_there_is_one(tmp_path: Path, embedded_kit: Kit) -> None:
    onion = f"http://{'a' * 56}.onion"
    settings = replace(make_settings(tmp_path), onion_url=onion)
    site = make_site(replace(embedded_kit, settings=settings), load_site_texts(DEMO_TEXTS))
    assert onion in read(site, "/safer").text
    without = make_site(embedded_kit, load_site_texts(DEMO_TEXTS))
    assert "an address of its own" not in read(without, "/safer").text


def test_the_retention_table_says_what_the_program_does(site: Flask) -> None:
    page = read(site, "/privacy")
    assert f"destroyed after {GRACE.days} days" in page.text
    assert "One hour after you last pressed a button, and at most 4 hours." in page.text
    for said in ("Example Hotline", "1 Example Street", "notices@hotline.example", "24/7"):
        assert said in page.text, "who answers for it"
    assert len([tag for tag, has in page.tags if tag == "th" and has.get("scope") == "row"]) == 9


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "and for nobody else"), ("/fr", "article 12"), ("/ar", "12")]
)
def test_the_rules_of_conduct_are_there_in_every_language(site: Flask, prefix: str, said: str) -> None:
    page = read(site, f"{prefix}/conduct")
    assert said in page.text
    assert page.values("lang", "p") == [], "no paragraph is left in another language"


def test_helplines_are_shown_for_one_country_or_all_when_they_are_few(site: Flask) -> None:
    names = [line.name for line in load_site_texts(DEMO_TEXTS).helplines]
    everything, one = read(site, "/support"), read(site, "/support?country=FR")
    assert all(name in everything.text for name in names)
    assert [name for name in names if name in one.text] == [names[1]]
    assert one.values("aria-current", "a")[-1] == "true"
    assert "/ar/support?country=FR" in one.values("href", "a"), "another language keeps the choice"
    assert read(site, "/support?country=fr").text == one.text
    for odd in ("ZZ", "", "<b>", "CA,FR", "é" * 300):
        page = read(site, "/support?country=" + odd)
        assert page.text == everything.text
        assert not any("<" in link or "%" in link for link in page.values("href"))


def test_among_many_helplines_a_country_is_chosen_first(embedded_kit: Kit) -> None:
    line = load_site_texts(DEMO_TEXTS).helplines[0]
    countries = ("CA", "FR", "MA", "BE", "CH", "DE", "JO", "NL")
    lines = tuple(replace(line, country=code, name=f"Line of {code}") for code in countries)
    site = site_with(embedded_kit, helplines=lines)
    assert "Line of" not in read(site, "/support").text
    shown = re.findall(r"Line of (\w\w)", read(site, "/support?country=CH").text)
    assert shown == ["CH"]
    assert [link[-2:] for link in read(site, "/support").values("href", "a") if "country=" in link] == list(
        countries
    )


def test_other_doors_say_whom_they_suit_and_are_no_links(site: Flask) -> None:
    for prefix in ("", "/fr", "/ar"):
        page = read(site, f"{prefix}/doors")
        for name in ("Take It Down", "Report Remove", "StopNCII"):
            assert name in page.text
        assert not any("://" in link for link in page.values("href"))
    page = read(site, "/doors")
    assert "You were under 18 in the picture or film" in page.text
    assert "The police" in page.text
    assert "We checked this on" not in page.text, "nobody here has"


def test_an_operators_own_doors_stand_in_place_of_the_shipped_ones(embedded_kit: Kit) -> None:
    english, french = (
        DoorWords("A house", "For all.", "They help."),
        DoorWords("Une maison", "Tous.", "Aide."),
    )
    day = load_site_texts(DEMO_TEXTS).helplines[0].verified_on
    door = OwnDoor({"en": english, "fr": french}, "https://house.example", "+00 1", day)
    site = site_with(embedded_kit, doors=(door,))
    page = read(site, "/doors")
    assert "A house" in page.text
    assert "We checked this on January 1, 2025." in page.text
    assert "Take It Down" not in page.text
    assert "Une maison" in read(site, "/fr/doors").text
    arabic = read(site, "/ar/doors")
    assert "A house" in arabic.text
    assert ("en", "ltr") in [(has.get("lang"), has.get("dir")) for tag, has in arabic.tags if tag == "li"]


def test_only_the_folder_of_static_files_is_served(site: Flask) -> None:
    for name in ("../glue.py", "..%2fglue.py", "nothing.css", "heard.css/", "", "%2e%2e/glue.py"):
        assert site.test_client().get(f"/static/{name}").status_code == 404
