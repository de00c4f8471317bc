"""The words this project uses, how long its files are, and that its addresses are nobody's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.sources import APP, ROOT, text_files

# It describes consent, where there was none. Whoever must quote a law's name does so in a text of their own.
OLD_TERM = re.compile(
    r"child[\s-]*porn|kiddie|kinderporno|porno\w*\s+(?:juvénile|infantile|enfantine)|pédoporn|إباحية\s+الأطفال",
    re.IGNORECASE,
)
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "service", "handler"}
SAYS_NOTHING |= {"process", "data", "info", "misc", "base_utils", "lib"}
LONGEST = {"app": 250, "tests": 300}
GIVEN_FROM_OUTSIDE = {"eff_large.txt"}  # the word list of passphrases

URL = re.compile(r"\b(?:h(?:tt|xx)ps?|ftp|wss?)://((?:\(dot\)|[^\s\"'<>|\\)`,;…])*)", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Standards, gettext's placeholder, the demonstration's way out; the last has the shape that is tested.
KNOWN = {"www.w3.org", "xarf.org", "li.org", "example.com", "img.xn--p1ai"}
NOBODYS = {"example", "invalid", "test", "onion", "localhost"}
# What is read and refused: numbers, single words, and what is filled in by a test.
NO_HOST = re.compile(r"(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+))*$|\[|[^.]*$|.*{")


def texts() -> list[Path]:
    return [file for file in text_files("app", "tests") if file.name not in GIVEN_FROM_OUTSIDE]


def hosts_in(text: str) -> Iterator[str]:
    """The host of every web and mail address in a text, defanged ones too."""
    for found in URL.findall(text):
        whole = re.sub(r"\[+\.\]+|\[dot\]|\(dot\)?|\(\.\)", ".", found)
        host = re.split(r"[/?#]", whole)[0].rpartition("@")[2]
        yield re.sub(r":\w*$", "", host).rstrip(".").lower()
    yield from (host.lower() for host in MAIL.findall(text))


def is_nobodys(host: str) -> bool:
    """True for hosts that belong to no one, and for the few that are meant."""
    return host.rpartition(".")[2] in NOBODYS or host in KNOWN or NO_HOST.match(host) is not None


def test_the_old_term_is_nowhere() -> None:
    places = [*text_files("app", "migrations", "translations", "README.md", "SECURITY.md")]
    assert len(places) > 100
    found = {file.name: OLD_TERM.findall(file.read_text("utf-8")) for file in places}
    assert {name: terms for name, terms in found.items() if terms} == {}


@pytest.mark.parametrize("folder", ["app", "tests", "migrations"])
def test_no_module_has_a_name_that_says_nothing(folder: str) -> None:
    names = {
        part
        for file in (ROOT / folder).rglob("*.py")
        for part in file.relative_to(ROOT).with_suffix("").parts
    }
    assert len(names) > 1
    assert {name for name in names if SAYS_NOTHING & set(name.lower().strip("_").split("_"))} == set()


@pytest.mark.parametrize("folder", LONGEST)
def test_no_file_is_too_long_to_be_read_at_once(folder: str) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in text_files(folder)
        if file.name not in GIVEN_FROM_OUTSIDE
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST[folder]} == {}


def test_every_address_is_nobodys() -> None:
    # This file shows what is wrong; doors.py names the few services that people are really shown.
    files = [file for file in texts() if file not in (Path(__file__), APP / "i18n" / "doors.py")]
    found = {(str(file), host) for file in files for host in hosts_in(file.read_text("utf-8"))}
    assert len(found) > 20
    assert {(name, host) for name, host in found if not is_nobodys(host)} == set()


@pytest.mark.parametrize(
    "text",
    [
        "https://somebody.com/x",
        "HTTP://Somebody.COM",
        "hxxps://img[.]somebody[.]net/x",
        "ftp://files.somebody.org",
        "https://me:word@somebody.ru:8443/",
        "someone@somebody.co.uk",
        "https://site.example.somebody.com/",
    ],
)
def test_the_rule_sees_somebodys_address(text: str) -> None:
    assert not all(is_nobodys(host) for host in hosts_in(text))


@pytest.mark.parametrize(
    "text",
    ["https://img.northlight.example/a", "abuse@site.example", "http://127.0.0.1:8080", "http://9.9.9.9:81/"],
)
def test_the_rule_lets_nobodys_address_pass(text: str) -> None:
    assert [host for host in hosts_in(text) if not is_nobodys(host)] == []


@pytest.mark.parametrize("text", ["child pornography", "Child-Porn", "child\nporn", "pornographie juvénile"])
def test_the_rule_sees_the_old_term(text: str) -> None:
    assert OLD_TERM.search(text)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in APP.rglob("*.py")
        if file.read_text("utf-8").strip() and not file.read_text("utf-8").startswith('"""')
    ]
    assert silent == []
