"""A new code: noted before it counts; the first use of a code that somebody else gave out."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from tests.make import file_one
from tests.walks import Asking, code_on
from tests.web.following import coming_back, make_family, text_of
from tests.web.pages import Page, post, token_of

PAGES: tuple[str, ...] = (
    "request",
    "message",
    "place/1",
    "add",
    "withdraw",
    "wishes",
    "wishes/words",
    "file",
    "code",
    "access",
)
PAGES += ("forget", "contact", "proof")


def test_the_new_code_is_shown_first_and_survives_a_reload(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    shown = code_on(asking.go("/follow/code").text)
    assert code_on(asking.go("/follow/code").text) == shown != filed.code
    coming_back(site, filed.code)  # the old code still works
    assert "does not open anything" in Asking(site).follow(shown).text
    asking.send("/follow/code")
    assert "Your new code works now." in asking.now.text
    coming_back(site, shown)
    assert "does not open anything" in Asking(site).follow(filed.code).text


def test_every_other_session_of_the_old_code_ends_and_this_one_goes_on(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = file_one(embedded_kit)
    asking, thief = coming_back(site, filed.code), coming_back(site, filed.code)
    asking.go("/follow/code")
    asking.send("/follow/code")
    for page in PAGES:
        assert thief.go(f"/follow/{page}").request.path == "/follow", page
    assert asking.go("/follow/request").request.path == "/follow/request"


def test_a_replaced_code_is_gone_from_the_session(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    first = code_on(asking.go("/follow/code").text)
    asking.send("/follow/code")
    assert code_on(asking.go("/follow/code").text) != first


def test_a_code_that_nobody_was_shown_is_never_used(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/message")
    sent = {"csrf_token": token_of(asking), "code": "0" * 24, "new_code": "0" * 24}
    assert post(asking, "/follow/code", sent).location == "/follow/code"
    coming_back(site, filed.code)


def test_the_second_word_keeps_a_finder_from_taking_the_request_over(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, second_word="blue kettle")
    finder = coming_back(site, filed.code)
    shown = code_on(finder.go("/follow/code").text)
    for wrong in ("", "kettle"):
        answer = finder.send("/follow/code", second_word=wrong)
        assert answer.status_code == 422
        assert code_on(answer.text) == shown
    assert "does not open anything" in Asking(site).follow(shown).text
    finder.send("/follow/code", second_word="BLUE kettle")
    coming_back(site, shown)


def test_the_new_code_stands_in_no_address_no_header_and_no_form(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    code = code_on(asking.go("/follow/code").text)
    asking.send("/follow/code")
    for answer in asking.seen:
        said = " ".join(f"{name}: {value}" for name, value in answer.headers)
        assert code not in said + answer.request.path + str(answer.request.query_string)
        assert code not in Page(answer.text).values("value")


@pytest.mark.parametrize("page", PAGES)
def test_a_code_that_was_handed_over_opens_one_page_alone(site: Flask, embedded_kit: Kit, page: str) -> None:
    family = make_family(embedded_kit, takes_over=False)
    child = coming_back(site, family.one_time)
    assert child.path == "/follow/new-code"
    child.go(f"/follow/{page}")
    assert child.path == "/follow/new-code"
    token = token_of(child)
    fields = {"csrf_token": token, "text": "hello", "numbers": "1", "everything": "yes", "meant": "yes"}
    answer = post(child, f"/follow/{page}", fields)
    assert (answer.status_code, answer.location) in ((303, "/follow/new-code"), (405, None))


def test_with_a_code_of_their_own_the_child_comes_in_and_the_given_one_ends(
    site: Flask, embedded_kit: Kit
) -> None:
    family = make_family(embedded_kit, takes_over=False)
    child = coming_back(site, family.one_time)
    assert "northlight" not in child.now.text
    own = code_on(child.now.text)
    assert code_on(child.go("/follow/new-code").text) == own
    assert coming_back(site, family.one_time).path == "/follow/new-code", "not noted yet: it still works"
    child.send("/follow/new-code")
    assert child.path == "/follow/request"
    assert "This code is yours now." in child.now.text
    assert "This is your own access. We have not met you yet." in child.now.text
    assert "northlight" in child.now.text
    assert "does not open anything" in Asking(site).follow(family.one_time).text
    assert coming_back(site, own).path == "/follow/request"


def test_the_page_of_the_first_code_is_for_nobody_else(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/new-code")
    assert asking.path == "/follow/request"
    asking.go("/follow/message")
    sent = {"csrf_token": token_of(asking)}
    asking.go("/follow/code")  # now a code was drawn
    assert post(asking, "/follow/new-code", sent).location == "/follow/request"


def test_somebody_who_lost_the_code_is_told_the_truth(site: Flask) -> None:
    said = text_of(Asking(site), "/follow")
    assert "Without the code we cannot open it for you." in said
    assert "What you sent is still with us." in said
