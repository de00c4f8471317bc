"""The child ends somebody's access in silence; whose access ended sees nothing of it, ever."""

import re

import pytest
from flask import Flask

from app.casework.check_authority import check_authority
from app.casework.kit import Kit
from app.casework.verify_child import verify_child
from app.casework.write_message import MessageInput, write_message
from app.domain.words import LocationState
from tests.make import ADA, Clock, file_one
from tests.walks import Asking
from tests.web.following import Family, coming_back, make_family, put, state_of, text_of
from tests.web.pages import Page, post, token_of

PAGES = ("request", "message", "place/1", "add", "withdraw", "wishes", "file", "access", "forget")


@pytest.fixture
def family(embedded_kit: Kit) -> Family:
    """The parent's authority was checked: they see the states."""
    made = make_family(embedded_kit)
    check_authority(embedded_kit, ADA, made.filed.request_id)
    return made


def end_access(child: Asking) -> None:
    child.go("/follow/access")
    child.send("/follow/access", meant="yes")
    assert "From now on they see nothing new. They are not told." in child.now.text


def test_the_child_learns_that_somebody_else_sees_the_request(site: Flask, family: Family) -> None:
    child = coming_back(site, family.own)
    assert "Who else can see this" in child.now.text
    page = child.go("/follow/access").text
    assert 'href="/now"' in page
    answer = child.send("/follow/access")
    assert answer.status_code == 422
    assert "Please tick this if you are sure." in answer.text


def test_nobody_else_learns_of_the_childs_access(site: Flask, embedded_kit: Kit, family: Family) -> None:
    for code in (family.filed.code, file_one(embedded_kit).code):
        asking = coming_back(site, code)
        assert "Who else can see this" not in asking.now.text
        asking.go("/follow/access")
        assert asking.path == "/follow/request"
        asking.go("/follow/message")
        answer = post(asking, "/follow/access", {"meant": "yes", "csrf_token": token_of(asking)})
        assert answer.location == "/follow/request"


def test_whose_access_ended_sees_the_same_pages_as_before(
    site: Flask, embedded_kit: Kit, family: Family
) -> None:
    before = pages_of(coming_back(site, family.filed.code))
    end_access(coming_back(site, family.own))
    put(embedded_kit, family.filed, LocationState.NOTICE_SENT)
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(minutes=5)
    assert pages_of(coming_back(site, family.filed.code)) == before


def test_the_session_of_whose_access_ended_ends_and_the_code_opens_again(site: Flask, family: Family) -> None:
    parent, child = coming_back(site, family.filed.code), coming_back(site, family.own)
    end_access(child)
    assert parent.go("/follow/request").request.path == "/follow"
    assert coming_back(site, family.filed.code).path == "/follow/request"
    assert child.go("/follow/request").request.path == "/follow/request"
    assert "Who else can see this" not in child.now.text
    child.go("/follow/access")
    assert child.path == "/follow/request"


def test_what_they_do_afterwards_seems_to_work_and_changes_nothing(
    site: Flask, embedded_kit: Kit, family: Family
) -> None:
    put(embedded_kit, family.filed, LocationState.SAYS_REMOVED, LocationState.RECEIVED)
    end_access(coming_back(site, family.own))
    parent = coming_back(site, family.filed.code)
    parent.go("/follow/place/1")
    parent.send("/follow/back", "number")
    assert "Thank you for telling us." in parent.now.text
    assert "It is back again" in parent.now.text
    assert state_of(embedded_kit, family.filed) is LocationState.SAYS_REMOVED
    parent.go("/follow/add")
    parent.send("/follow/add", places="https://later.northlight.example/x")
    assert "later.northlight.example" in parent.now.text
    parent.go("/follow/place/2")
    parent.send("/follow/place/2", label_2="mine", on_2="")
    assert "mine" in parent.now.text
    parent.write("hello?")
    assert "hello?" in parent.now.text
    child = coming_back(site, family.own)
    assert "later.northlight.example" not in child.now.text
    assert "hello?" not in text_of(child, "/follow/message")


def test_an_answer_to_whose_access_ended_still_reaches_them(
    site: Flask, embedded_kit: Kit, family: Family
) -> None:
    end_access(coming_back(site, family.own))
    write_message(embedded_kit, ADA, MessageInput("a calm answer", family.filed.request_id))
    assert "a calm answer" in coming_back(site, family.filed.code).now.text
    assert "a calm answer" not in text_of(coming_back(site, family.own), "/follow/message")


def test_messages_of_the_one_never_reach_the_other(site: Flask, family: Family) -> None:
    parent, child = coming_back(site, family.filed.code), coming_back(site, family.own)
    parent.write("from the parent")
    child.write("from the child")
    assert "from the parent" not in text_of(child, "/follow/message")
    assert "from the child" not in text_of(parent, "/follow/message")


def pages_of(asking: Asking) -> dict[str, str]:
    """Every page as it is read, without the token of its forms."""
    pages = {}
    for path in PAGES:
        text = asking.go(f"/follow/{path}").text
        pages[path] = re.sub(r'name="csrf_token" value="[^"]*"', "", text)
    assert "What has happened so far" in Page(pages["request"]).text
    return pages


@pytest.mark.parametrize("path", ["/follow/withdraw", "/follow/forget"])
def test_nothing_is_ended_while_somebody_else_would_see_it(
    site: Flask, embedded_kit: Kit, family: Family, path: str
) -> None:
    verify_child(embedded_kit, ADA, family.filed.request_id)
    child = coming_back(site, family.own)
    assert "First one other thing" in child.go(path).text
    assert [form.action for form in child.forms if form.action == path] == []
    end_access(child)
    assert "First one other thing" not in child.go(path).text
