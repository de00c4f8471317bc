"""Coming back with a code: one answer for every code that opens nothing; sessions end when they must."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.casework.kit import Kit
from app.persistence.parties import parties
from app.persistence.sessions import sessions
from app.vault.codes import new_code
from tests.make import URL, Clock
from tests.walks import Asking
from tests.web.pages import Page, post


def rows(kit: Kit) -> int:
    with kit.database.reading() as work:
        return len(work.connection.execute(select(sessions.c.token_digest)).all())


def cookie_of(asking: Asking) -> str | None:
    kept = asking.client.get_cookie("heard", domain="127.0.0.1")
    return None if kept is None else kept.value


@pytest.fixture
def sent(site: Flask) -> tuple[Asking, str]:
    """Somebody who asked, and their code."""
    asking = Asking(site)
    return asking, asking.ask(URL)


def test_a_code_opens_however_it_is_typed(site: Flask, sent: tuple[Asking, str]) -> None:
    _, code = sent
    spellings = (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        f"  {code.lower().replace('-', '  ')}\t",
        code.replace("0", "O").replace("1", "l"),
        code.replace("-", "–"),
    )
    for typed in spellings:
        asking = Asking(site)
        asking.follow(typed)
        assert asking.path == "/follow/request", typed


def test_every_code_that_opens_nothing_gets_the_same_page(site: Flask, sent: tuple[Asking, str]) -> None:
    pages = set()
    for code in (new_code(), new_code()):
        asking = Asking(site)
        answer = asking.follow(code)
        assert answer.status_code == 422
        assert "This code does not open anything here." in answer.text
        assert code not in answer.text
        assert cookie_of(asking) is None
        pages.add(answer.text)
    assert len(pages) == 1


def test_a_slip_of_one_letter_comes_back_to_be_put_right(site: Flask, sent: tuple[Asking, str]) -> None:
    asking, code = Asking(site), sent[1]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    answer = asking.follow(wrong)
    assert "One letter or number looks wrong." in answer.text
    [form] = asking.forms
    assert form.sent["code"] == [wrong]


@pytest.mark.parametrize("typed", ["", "  ", "\x00"])
def test_no_code_is_said_kindly(site: Flask, typed: str) -> None:
    answer = Asking(site)
    answer.follow(typed)
    assert answer.now.status_code == 422


@pytest.mark.parametrize(
    "typed", ["x", "K7Q2", "ö" * 24, "🌱" * 6, "%00", "<b>", "1" * 100_000, "²" * 24, "ﬁ" * 24]
)
def test_a_strange_code_is_no_fault(site: Flask, typed: str) -> None:
    answer = Asking(site).follow(typed)
    assert answer.status_code == 422
    assert "<b>" not in answer.text


def test_the_code_stands_in_no_address_and_no_cookie(site: Flask, sent: tuple[Asking, str]) -> None:
    asking, code = sent
    asking.follow(code)
    for answer in asking.seen:
        said = " ".join(f"{name}: {value}" for name, value in answer.headers)
        assert code not in said
        assert code.replace("-", "") not in said
        assert code not in answer.request.path + str(answer.request.query_string)


def test_another_code_replaces_the_first_and_its_session(site: Flask, embedded_kit: Kit) -> None:
    asking = Asking(site)
    first = asking.ask(URL)
    asking.note_code()
    second = asking.ask("https://talkyard.example/t")
    asking.follow(first)
    old_cookie = cookie_of(asking)
    asking.follow(second)
    assert "talkyard.example" in asking.now.text
    assert "northlight" not in asking.now.text
    assert cookie_of(asking) != old_cookie
    assert rows(embedded_kit) == 1
    thief = Asking(site)
    thief.client.set_cookie("heard", old_cookie or "", domain="127.0.0.1")
    assert thief.go("/follow/request").request.path == "/follow"


def test_a_wrong_code_leaves_an_open_request_open(site: Flask, sent: tuple[Asking, str]) -> None:
    asking, code = sent
    asking.follow(code)
    asking.follow(new_code())
    assert asking.go("/follow/request").request.path == "/follow/request"


def test_following_gives_the_visitor_another_cookie(site: Flask, sent: tuple[Asking, str]) -> None:
    asking, code = sent
    before = cookie_of(asking)
    asking.follow(code)
    assert cookie_of(asking) not in (before, None)


def test_a_replaced_code_ends_the_sessions_that_it_opened(
    site: Flask, embedded_kit: Kit, sent: tuple[Asking, str]
) -> None:
    asking, code = sent
    asking.follow(code)
    with embedded_kit.database.writing() as work:
        work.connection.execute(update(parties).values(generation=parties.c.generation + 1))
        work.commit()
    asking.go("/follow/request")
    assert asking.path == "/follow"
    assert cookie_of(asking) is None
    assert rows(embedded_kit) == 0
    for path in ("/follow/request", "/follow/message"):
        assert asking.go(path).request.path == "/follow"


def test_nobody_sees_a_request_without_its_code(site: Flask, sent: tuple[Asking, str]) -> None:
    stranger = Asking(site)
    assert stranger.go("/follow/request").request.path == "/follow"
    assert post(stranger, "/follow/message", {"text": " "}).location == "/follow"


def test_a_message_typed_in_a_session_that_ended_comes_back_to_be_copied(
    site: Flask, embedded_kit: Kit, sent: tuple[Asking, str]
) -> None:
    asking, code = sent
    asking.follow(code)
    asking.go("/follow/message")
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(hours=3)
    answer = asking.send("/follow/message", text="<b>what I wrote</b>")
    assert answer.status_code == 403
    assert "<b>what I wrote</b>" in Page(answer.text).text
    assert "<b>" not in answer.text
    asking.follow(code)
    assert "what I wrote" not in asking.now.text


def test_a_bystander_is_shown_nothing_but_thanks(site: Flask) -> None:
    asking = Asking(site)
    code = asking.ask(URL, asker="bystander")
    page = Page(asking.follow(code).text)
    assert page.heading == "Received. Thank you."
    assert "northlight" not in page.text
    assert [form.action for form in asking.forms] == []


@pytest.mark.parametrize("asker", ["parent", "authorised"])
def test_a_representative_sees_no_place_before_their_authority_was_checked(site: Flask, asker: str) -> None:
    asking = Asking(site)
    code = asking.ask(URL, asker=asker)
    page = Page(asking.follow(code).text)
    assert "First we check that you may act for the child" in page.text
    assert "northlight" not in page.text


def test_when_many_people_are_there_the_code_is_typed_again(
    site: Flask, embedded_kit: Kit, sent: tuple[Asking, str]
) -> None:
    queue, code = embedded_kit.codes, sent[1]
    queue._per_lane, queue._running = 0, 99
    answer = Asking(site).follow(code)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Please try again in a few seconds" in answer.text
    assert code not in answer.text
