"""What people paste is read as a browser would read it, and every line that is not is named."""

import socket
from base64 import b64encode

import pytest

from app.places.reading import MOST_PLACES, MOST_PROBLEMS, MOST_REPEATS, read_places

ONION = "b" * 56 + ".onion"
X = "https://img.site.example/x"
PNG = b64encode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(200))).decode()


def urls(text: str) -> list[str]:
    return [place.url for place in read_places(text).places]


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_places(text).problems]


@pytest.mark.parametrize(
    "typed",
    [
        X,
        "HTTPS://IMG.Site.Example/x",
        "hxxps://img.site.example/x",
        "hXXps://img[.]site[.]example/x",
        "hxxps[:]//img[.]site[.]example/x",
        "hxxps[://]img[.]site[.]example/x",
        "hxxps[://]img[.]site[.]example[/]x",
        "h**ps://img(.)site{.}example/x",
        "https://img[dot]site(dot)example/x",
        "https://img [dot] site [.] example/x",
        "https://img dot site dot example/x",
        "img dot site DOT example/x",
        "img[.]site[.]example/x",
        "https;//img.site.example/x",
        "https//img.site.example/x",
        "https: //img.site.example/x",
        "https：//img.site.example/x",
        "ttps://img.site.example/x",
        "https:img.site.example/x",
        "https:/img.site.example/x",
        r"https:\\img.site.example\x",
        "http://https://img.site.example/x",
        "//img.site.example/x",
        "img.site.example/x",
        "img。site。example/x",
        "https%3A%2F%2Fimg.site.example%2Fx",
        "https://img%2Esite.example:443/x",
        "https://img.site.example/a/../x",
        "\ufeffhttps://im\u200bg.si\u00adte.example/x\u200f",
        "\u202ahttps://img.site.example/x\u202c",
        "1. https://img.site.example/x",
        "1.https://img.site.example/x",
        "(2) https://img.site.example/x",
        "a) img.site.example/x",
        "- https://img.site.example/x",
        "•https://img.site.example/x",
        "* https://img.site.example/x",
        "> https://img.site.example/x",
        "<https://img.site.example/x>",
        '"https://img.site.example/x"',
        "“https://img.site.example/x”,",
        "«https://img.site.example/x»",
        "**https://img.site.example/x**",
        "(https://img.site.example/x).",
        "https://img.site.example/x,",
        "https://img.site.example/x;",
        "https://img.site.example/x.",
        "https://img.site.example/x。",
        "https://img.site.example/x،",
        "see here: https://img.site.example/x",
        "Link:https://img.site.example/x",
        "[a page](https://img.site.example/x)",
        '<a href="https://img.site.example/x">a page</a>',
        "view-source:https://img.site.example/x",
        "  https://img.site.example/x \t",
    ],
)
def test_one_place_is_read_however_it_is_written(typed: str) -> None:
    assert urls(typed) == [X]
    assert codes(typed) == []


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("http://img.site.example", "http://img.site.example/"),
        ("img.site.example:8080/x", "https://img.site.example:8080/x"),
        ("https://me:word@img.site.example/x", "https://me:word@img.site.example/x"),
        ("https://img.site.example/x_(1)", "https://img.site.example/x_(1)"),
        ("https://img.site.example/a[.]b", "https://img.site.example/a[.]b"),
        ("hxxps://img.site.example/a[.]jpg", "https://img.site.example/a.jpg"),
        ("https://img.site.example/a,b;c", "https://img.site.example/a,b;c"),
        ("https://img.site.example/x?", "https://img.site.example/x?"),
        ("https://img.site.example/x#y", "https://img.site.example/x#y"),
        ("https://img.site.example/..", "https://img.site.example/"),
        (
            "https://img.site.example/?u=https://b.example/y",
            "https://img.site.example/?u=https://b.example/y",
        ),
        ("save.example/1/https://b.example/y", "https://save.example/1/https://b.example/y"),
        ("https://img.site.example/a%20b%2Fc", "https://img.site.example/a%20b%2Fc"),
        ("https://img.site.example/é", "https://img.site.example/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("bücher.example/x", "https://xn--bcher-kva.example/x"),
        (
            "https://img.site.example/می\u200cخوا",
            "https://img.site.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7",
        ),
        (ONION, f"http://{ONION}/"),
        (f"www.{ONION}/x", f"http://www.{ONION}/x"),
        (f"https://{ONION}/x", f"https://{ONION}/x"),
        ("9.9.9.9/x", "https://9.9.9.9/x"),
        ("http://9.9.9.9:81/x", "http://9.9.9.9:81/x"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
    ],
)
def test_the_exact_place_is_kept_as_a_browser_keeps_it(typed: str, url: str) -> None:
    assert urls(typed) == [url]
    assert codes(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "https://a.example/x\nhttps://b.example/y",
        "https://a.example/x\r\n\r\nhttps://b.example/y\r",
        "https://a.example/x https://b.example/y",
        "https://a.example/x, https://b.example/y",
        "https://a.example/x,https://b.example/y",
        "https://a.example/x;hxxps://b[.]example/y;",
        "https://a.example/x | https://b.example/y",
        "https://a.example/x、https://b.example/y",
        "https://a.example/x،https://b.example/y",
        '"https://a.example/x","https://b.example/y"',
        "<https://a.example/x>;<https://b.example/y>",
        "https://a.example/x and https://b.example/y",
        "a.example/x b.example/y",
        "a.example/x,b.example/y",
        "1. a.example/x 2. b.example/y",
        "https://a.example/x\n---\n\n* \nhttps://b.example/y",
    ],
)
def test_several_places_are_read_from_one_text(typed: str) -> None:
    assert urls(typed) == ["https://a.example/x", "https://b.example/y"]
    assert codes(typed) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("my cousin saw it", "no_host"),
        ("they said it.They did", "no_host"),
        ("photo.jpg", "no_host"),
        ("holiday.mov", "no_host"),
        ("@someone", "no_host"),
        ("someone@site.example", "no_host"),
        ("about: it is on a page", "no_host"),
        ("https://img.site.example/my photo.jpg", "spaces"),
        ("https://img.site.example/x my cousin saw it", "spaces"),
        ("javascript:alert(1)", "scheme"),
        ("JaVaScRiPt:alert(1)", "scheme"),
        ("mailto:someone@site.example", "scheme"),
        ("ftp://site.example/x", "scheme"),
        ("file:///home/x", "scheme"),
        ("tel:5550100", "scheme"),
        ("app-of-mine://site.example/x", "scheme"),
        ("blob:https://site.example/0e1c", "scheme"),
        ("data:image/png;base64,AAAA", "scheme"),
        ("http://localhost:8000/x", "not_public"),
        ("localhost:8000/x", "not_public"),
        ("localhost", "not_public"),
        ("printer.local/x", "not_public"),
        ("https://intranet/x", "not_public"),
        ("http://127.0.0.1/", "not_public"),
        ("http://2130706433/", "not_public"),
        ("http://0x7f.1/", "not_public"),
        ("http://10.1.2.3/", "not_public"),
        ("192.168.0.1/x", "not_public"),
        ("http://169.254.169.254/", "not_public"),
        ("http://100.64.0.1/", "not_public"),
        ("http://224.0.0.1/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://[fe80::1]/", "not_public"),
        ("http://[::ffff:127.0.0.1]/", "not_public"),
        ("http://[2002:7f00:1::]/", "not_public"),
        ("http://[64:ff9b::7f00:1]/", "not_public"),
        ("https://img..example/", "unreadable"),
        ("https://img.site.example:99999/", "unreadable"),
        ("https://short.onion/", "unreadable"),
        ("https://exa|mple.example/", "unreadable"),
        ("https://img.site.example/x...", "unreadable"),
        ("https://img.site.example/x…", "unreadable"),
        ("https://img.site.example/?i=" + PNG, "unreadable"),
        ("https://img.site.example/" + "a/" * 1000, "too_long"),
        ("https://img.site.example/" + "é" * 400, "too_long"),
        ("https://img.site.example/" + "a/" * 5000, "too_long"),
    ],
)
def test_a_line_that_is_no_place_is_named_with_its_reason(typed: str, code: str | None) -> None:
    reading = read_places(f"{X}\n\n{typed}")
    assert [place.url for place in reading.places] == [X]
    assert [(problem.line, problem.code) for problem in reading.problems] == [(3, code)]


def test_what_was_typed_comes_back_short() -> None:
    (problem,) = read_places("word " * 100).problems
    assert problem.typed == ("word " * 40)
    assert read_places("my cousin saw it").problems[0].typed == "my cousin saw it"


@pytest.mark.parametrize(
    "typed",
    [
        "data:image/png;base64," + PNG,
        PNG,
        "https://img.site.example/?i=" + PNG,
        "\n".join(PNG[at : at + 20] for at in range(0, 200, 20)),
    ],
)
def test_nothing_of_a_picture_comes_back(typed: str) -> None:
    reading = read_places(typed)
    assert reading.places == ()
    assert {problem.typed for problem in reading.problems} == {""}


def test_a_place_typed_twice_is_kept_once_and_counted() -> None:
    reading = read_places(f"{X}\nhttps://b.example/\nhxxps://IMG[.]site[.]example:443/x\n{X}")
    assert [place.url for place in reading.places] == [X, "https://b.example/"]
    assert reading.repeats == 2
    assert reading.places[0].host == "img.site.example"


def test_reading_stops_at_five_hundred_places() -> None:
    reading = read_places("\n".join(f"https://img.site.example/{n}" for n in range(MOST_PLACES + 20)))
    assert len(reading.places) == MOST_PLACES
    assert [(problem.line, problem.code) for problem in reading.problems] == [(MOST_PLACES + 1, "too_many")]


def test_reading_stops_at_five_hundred_bad_lines() -> None:
    reading = read_places("nothing\n" * (MOST_PROBLEMS + 20))
    assert [problem.code for problem in reading.problems] == ["no_host"] * MOST_PROBLEMS + ["too_many"]


def test_reading_stops_at_a_text_that_only_repeats_itself() -> None:
    reading = read_places(f"{X}\n" * (MOST_REPEATS + 20))
    assert (len(reading.places), reading.repeats) == (1, MOST_REPEATS)
    assert [problem.code for problem in reading.problems] == ["too_many"]


def test_a_repr_shows_nothing_a_person_typed() -> None:
    reading = read_places(f"{X}\nmy cousin saw it")
    assert "example" not in repr(reading)
    assert "cousin" not in repr(reading)


def test_reading_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert urls(X) == [X]
