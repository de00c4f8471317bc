"""The endings by which the directory finds a provider: never wider than one registrable domain."""

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.hosts import clean_suffix, directory_suffixes, suffix_problem

ONION = "b" * 56 + ".onion"


@pytest.mark.parametrize(
    ("host", "suffixes"),
    [
        ("site.example", ("site.example",)),
        ("a.img.site.example", ("a.img.site.example", "img.site.example", "site.example")),
        ("b.img.co.uk.example", ("b.img.co.uk.example", "img.co.uk.example", "co.uk.example", "uk.example")),
        ("a.site.co.uk", ("a.site.co.uk", "site.co.uk")),
        ("page.github.io", ("page.github.io", "github.io")),
        ("IMG.Site.Example.", ("img.site.example", "site.example")),
        ("bücher.example", ("xn--bcher-kva.example",)),
        (f"www.{ONION}", (f"www.{ONION}", ONION)),
        ("co.uk", ()),
        ("example", ()),
        ("9.9.9.9", ()),
        ("[2606:4700::1111]", ()),
        ("a..example", ()),
        ("short.onion", ()),
        ("", ()),
    ],
)
def test_a_host_is_looked_up_from_its_whole_name_to_its_registrable_domain(
    host: str, suffixes: tuple[str, ...]
) -> None:
    assert directory_suffixes(host) == suffixes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("site.example", None),
        (" *.Site.Example ", None),
        (".img.site.example", None),
        ("github.io", None),
        ("bücher.example", None),
        (ONION, None),
        ("", "empty"),
        (" *. ", "empty"),
        ("co.uk", "public_suffix"),
        ("*.co.uk", "public_suffix"),
        ("公司.cn", "public_suffix"),
        ("com", "single_label"),
        ("onion", "single_label"),
        ("9.9.9.9", "ip"),
        ("2606:4700::1111", "ip"),
        ("[2606:4700::1111]", "ip"),
        ("printer.local", "not_public"),
        ("https://site.example/", "unreadable"),
        ("someone@site.example", "unreadable"),
        ("two words.example", "unreadable"),
        ("a..example", "unreadable"),
        ("*.*.site.example", "unreadable"),
        ("short.onion", "unreadable"),
        ("a" * 64 + ".example", "unreadable"),
    ],
)
def test_an_ending_wider_than_one_site_is_refused_with_a_reason(text: str, code: str | None) -> None:
    assert suffix_problem(text) == code


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (" *.Site.Example. ", "site.example"),
        (".site.example", "site.example"),
        ("Bücher.Example", "xn--bcher-kva.example"),
        ("site。example", "site.example"),
    ],
)
def test_an_ending_is_kept_in_one_spelling(text: str, clean: str) -> None:
    assert clean_suffix(text) == clean


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    clean = clean_suffix(text)
    problem = suffix_problem(text)
    assert problem is None or isinstance(problem, str)
    if problem is None:
        assert clean_suffix(clean) == clean
        assert directory_suffixes(clean)[0] == clean


@given(st.from_regex(r"[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){0,3}\.[a-z]{1,6}", fullmatch=True))
def test_a_plain_name_is_what_a_browser_makes_of_it(name: str) -> None:
    # clean_suffix takes a short way for such names: it must be no other way.
    try:
        hostname = ada_url.URL(f"https://{name}/").hostname
    except ValueError:
        return
    assert clean_suffix(name) == hostname
