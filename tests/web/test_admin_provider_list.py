"""A list of providers on its pages: previewed line by line, taken in or dropped; and the list taken out."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.domain.sessions import FRESH_FOR
from tests.make import MIRA, Clock
from tests.walks import HOST, Desk
from tests.web.pages import PNG, Page

LIST = "/admin/providers/list"
HEAD = "name,country,hosts,contacts\n"
GOOD = "Cloudfen,NL,cloudfen.example,content plain+xarf en abuse@cloudfen.example\n"
BAD = "<b>Odd</b>,NL,co.uk,content plain en abuse@odd.example\n"


@pytest.fixture
def mira(site: Flask) -> Desk:
    return Desk(site, MIRA)


def paste(desk: Desk, text: str) -> TestResponse:
    desk.go(LIST)
    return desk.send(LIST, pasted=text)


def names(kit: Kit) -> set[str]:
    with kit.database.reading() as work:
        return {one.name for one in work.providers.all()}


def test_a_list_is_previewed_and_then_taken_in(mira: Desk, embedded_kit: Kit) -> None:
    before = names(embedded_kit)
    paste(mira, HEAD + GOOD + BAD)
    assert mira.path.startswith(f"{LIST}/")
    text = Page(mira.now.text).text
    assert "abuse@cloudfen.example" in text
    assert "“co.uk” is shared by many." in text
    assert names(embedded_kit) == before
    mira.send(mira.path)
    assert "1 provider is new. 0 providers are changed." in mira.now.text
    assert names(embedded_kit) == before | {"Cloudfen"}


def test_a_file_does_as_well(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(LIST)
    token = next(form.sent["csrf_token"][0] for form in mira.forms if "pasted" in form.names)
    for raw, status in (((HEAD + GOOD).encode("utf-16"), 303), (PNG, 422), (b"", 422)):
        answer = mira.client.post(
            LIST,
            base_url=HOST,
            headers=mira.headers,
            data={"csrf_token": token, "pasted": "", "list": (BytesIO(raw), "providers.csv")},
        )
        assert answer.status_code == status


def test_a_list_is_dropped_and_nothing_done(mira: Desk, embedded_kit: Kit) -> None:
    before = names(embedded_kit)
    paste(mira, HEAD + GOOD)
    path = mira.path
    mira.send(path, "drop")
    assert "The list is dropped. Nothing was changed." in mira.now.text
    assert names(embedded_kit) == before
    assert "This list is gone" in mira.go(path).text
    assert "This list is gone" in mira.go(f"{LIST}/{'0' * 32}").text


def test_the_newer_state_is_shown_when_the_directory_changed(mira: Desk, embedded_kit: Kit) -> None:
    paste(mira, HEAD + GOOD)
    path, shown = mira.path, mira.now
    paste(mira, HEAD + GOOD.replace("Cloudfen", "Otherfen"))
    mira.send(mira.path)
    mira.seen.append(shown)
    mira.path = path
    answer = mira.send(path)
    assert answer.status_code == 409
    text = Page(answer.text).text
    assert "Somebody changed the directory meanwhile." in text
    assert "Otherfen" in text
    mira.send(path)
    assert "0 providers are new. 1 provider is changed." in mira.now.text
    assert "Cloudfen" in names(embedded_kit)


def test_taking_a_list_in_asks_for_a_fresh_second_factor(mira: Desk, embedded_kit: Kit) -> None:
    paste(mira, HEAD + GOOD)
    path = mira.path
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(seconds=FRESH_FOR.total_seconds() + 60)
    mira.go(path)
    mira.send(path)
    assert mira.path == "/desk/confirm"
    assert "Cloudfen" not in names(embedded_kit)


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("", 422, "Please choose a file, or paste the lines."),
        ("name,country\nOne,CA\n", 200, "The list has no column “hosts”."),
        (
            '[{"name": "One", "country": "CA", "hosts": ["x"], "contacts": ""}]',
            200,
            "neither text nor a number",
        ),
        ('[{"name": "One",', 200, "The JSON is broken here."),
        (HEAD + '"One,CA,one.example,content\n', 200, "A quotation mark is opened and not closed"),
        (HEAD + "One,CA,one.example,\n", 200, "Please write at least one contact."),
        (
            HEAD + "One,CA,one.example,content plain en a@b.example | x\n",
            200,
            "Contact 2: Please choose what",
        ),
        (HEAD + "=1+1,CA,one.example,content plain en a@b.example\n", 200, "begins like a formula"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_kindly(mira: Desk, text: str, status: int, said: str) -> None:
    answer = paste(mira, text)
    assert answer.status_code == status
    assert said in Page(answer.text).text
    assert "Take it in" not in answer.text


def test_the_list_taken_out_can_be_brought_in(mira: Desk) -> None:
    mira.go("/admin/")
    answer = mira.send("/admin/providers/file")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="providers.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    raw = answer.data.decode("utf-8-sig")
    assert raw.splitlines()[0].startswith("name,country,hosts,contacts,")
    text = Page(paste(mira, raw).text).text
    assert "There is nothing to do." in text


def test_more_than_ten_lists_do_not_wait(mira: Desk) -> None:
    for number in range(10):
        assert paste(mira, HEAD + GOOD.replace("Cloudfen", f"Fen {number}")).status_code == 200
    answer = paste(mira, HEAD + GOOD)
    assert answer.status_code == 422
    assert "Too many lists of yours wait." in answer.text
