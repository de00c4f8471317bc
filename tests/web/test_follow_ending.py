"""Taking places back, asking the hotline to stop, forgetting: said first what cannot be called back."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.domain.words import Asker, LocationState
from tests.casework.steps import assess_all, file_approved, open_courier
from tests.make import ADA, URL, Filed, file_one
from tests.walks import Asking, Desk, deliver
from tests.web.following import TWO, coming_back, make_family, state_of, text_of
from tests.web.pages import Page, post, token_of

WORD = "Blue  Kettle"


def noticed(kit: Kit, second_word: str = "") -> Filed:
    """A request whose one notice is out."""
    door = CourierDoor(kit)
    filed = file_approved(kit, second_word=second_word)
    open_courier(kit)
    deliver(kit, door)
    return filed


def test_one_place_is_taken_back(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, TWO)
    asking = coming_back(site, filed.code)
    asking.go("/follow/withdraw?place=2")
    [form] = [form for form in asking.forms if "numbers" in form.names]
    assert form.sent["numbers"] == ["2"]
    asking.send("/follow/withdraw")
    assert "We no longer ask for the places you took back." in asking.now.text
    assert state_of(embedded_kit, filed, 1) is LocationState.RECEIVED
    assert state_of(embedded_kit, filed, 2) is LocationState.WITHDRAWN


def test_all_places_are_taken_back(site: Flask, embedded_kit: Kit) -> None:
    places = "\n".join(f"https://img.northlight.example/a/{number}" for number in range(30))
    filed = file_one(embedded_kit, places)
    asking = coming_back(site, filed.code)
    for _twice in range(2):
        asking.go("/follow/withdraw")
        asking.send("/follow/withdraw", everything="yes")
        assert "We no longer ask for the places you took back." in asking.now.text
        assert all(state_of(embedded_kit, filed, n) is LocationState.WITHDRAWN for n in (1, 26, 30))


def test_nothing_chosen_is_said_kindly(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit, TWO).code)
    asking.go("/follow/withdraw")
    answer = asking.send("/follow/withdraw")
    assert answer.status_code == 422
    assert "Please choose at least one place, or all of them." in answer.text


@pytest.mark.parametrize("numbers", ["0", "3", "x", "-1", "9" * 30])
def test_a_place_of_nobody_is_not_taken_back(site: Flask, embedded_kit: Kit, numbers: str) -> None:
    filed = file_one(embedded_kit, TWO)
    asking = coming_back(site, filed.code)
    asking.go("/follow/withdraw")
    sent = {"csrf_token": token_of(asking), "numbers": numbers}
    assert post(asking, "/follow/withdraw", sent).status_code in (303, 422)
    assert state_of(embedded_kit, filed) is LocationState.RECEIVED


@pytest.mark.parametrize("path", ["/follow/withdraw", "/follow/forget"])
def test_what_cannot_be_called_back_is_named_before_anything_is_asked(
    site: Flask, embedded_kit: Kit, path: str
) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    assert "What we cannot call back" not in text_of(asking, path)
    page = text_of(coming_back(site, noticed(embedded_kit).code), path)
    assert page.index("What we cannot call back") < page.index("img.northlight.example")
    assert page.rindex("What we cannot call back") < page.index("No, go back")


@pytest.mark.parametrize("path", ["/follow/withdraw", "/follow/forget"])
def test_a_letter_that_is_being_handed_over_is_named_as_uncertain(
    site: Flask, embedded_kit: Kit, path: str
) -> None:
    filed = file_approved(embedded_kit)
    with embedded_kit.database.writing() as work:
        claimed = work.letters.claim_one("a" * 32, embedded_kit.clock())
        assert claimed is not None
        work.letters.hand_over(claimed, embedded_kit.clock())
        work.commit()
    page = text_of(coming_back(site, filed.code), path)
    assert "What may be going out right now" in page
    assert "What we cannot call back" not in page


@pytest.mark.parametrize(
    ("path", "given"), [("/follow/withdraw", {"numbers": "1"}), ("/follow/forget", {"meant": "yes"})]
)
def test_a_second_word_is_asked_for_and_forgives_spelling(
    site: Flask, embedded_kit: Kit, path: str, given: dict[str, str]
) -> None:
    filed = file_one(embedded_kit, second_word=WORD)
    asking = coming_back(site, filed.code)
    for wrong in ("", "blue", "kettle blue"):
        asking.go(path)
        answer = asking.send(path, **given, second_word=wrong)
        assert answer.status_code == 422
        assert "This is not the second word you chose." in answer.text
        assert "kettle" not in answer.text
        assert state_of(embedded_kit, filed) is LocationState.RECEIVED
    asking.send(path, second_word="blue kettle")
    assert asking.now.status_code == 200
    assert asking.path in ("/follow/request", "/forgotten")


def test_without_a_second_word_none_is_asked_for(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    for path in ("/follow/withdraw", "/follow/forget", "/follow/code"):
        assert "second_word" not in asking.go(path).text


def test_when_many_people_are_there_the_choice_stays(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit, TWO, second_word=WORD).code)
    asking.go("/follow/withdraw")
    queue = embedded_kit.codes
    queue._per_lane, queue._running = 0, 99
    answer = asking.send("/follow/withdraw", numbers="2", second_word=WORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    [form] = [form for form in asking.forms if "numbers" in form.names]
    assert form.sent["numbers"] == ["2"]
    assert form.sent["second_word"] == [""]


def test_who_acts_for_a_child_asks_and_ends_nothing(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.PARENT)
    Desk(site, ADA).take(filed.request_id)
    asking = coming_back(site, filed.code)
    assert "Take places back" not in text_of(asking, "/follow/request")
    for path in ("/follow/withdraw", "/follow/forget"):
        page = text_of(asking, path)
        assert "So a person always looks at it first, whoever asks." in page
    answer = asking.send("/follow/withdraw")
    assert answer.status_code == 422
    asking.send("/follow/withdraw", everything="yes")
    assert "We have your wish." in asking.now.text
    assert "My wish: please forget everything" in text_of(asking, "/follow/message")
    assert state_of(embedded_kit, filed) is LocationState.ASSESSING
    assert "My wish: please forget" in Desk(site, ADA).go(f"/desk/case/{filed.request_id}").text


def test_a_child_asks_for_some_places_and_is_told_why(site: Flask, embedded_kit: Kit) -> None:
    family = make_family(embedded_kit)
    child = coming_back(site, family.own)
    assert "Your wish counts as much" in text_of(child, "/follow/withdraw")
    child.send("/follow/withdraw", numbers="2")
    assert "please stop asking for place 2." in text_of(child, "/follow/message")
    assert "My wish" not in text_of(coming_back(site, family.filed.code), "/follow/message")


def test_a_person_forgets_everything_and_the_code_opens_nothing_any_more(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = file_one(embedded_kit)
    asking, other = coming_back(site, filed.code), coming_back(site, filed.code)
    asking.go("/follow/forget")
    answer = asking.send("/follow/forget")
    assert answer.status_code == 422
    assert "Please tick this if you are sure." in answer.text
    asking.send("/follow/forget", meant="yes")
    assert asking.path == "/forgotten"
    assert "In 7 days we destroy it." in asking.now.text
    for one in (asking, other):
        for path in ("request", "message", "place/1", "file", "code", "wishes", "withdraw", "forget", "add"):
            assert one.go(f"/follow/{path}").request.path == "/follow"
    assert "This code does not open anything here." in Asking(site).follow(filed.code).text


def test_the_page_of_a_thousand_names_each_once(site: Flask, embedded_kit: Kit) -> None:
    door = CourierDoor(embedded_kit)
    places = "\n".join(f"https://img.northlight.example/a/{number}" for number in range(40))
    filed = file_one(embedded_kit, f"{URL}\n{places}")
    assess_all(embedded_kit, filed.request_id)
    desk = Desk(site, ADA)
    desk.approve(filed.request_id)
    deliver(embedded_kit, door)
    page = Page(coming_back(site, filed.code).go("/follow/forget").text).text
    assert "(40 places)" in page
    assert page.count("img.northlight.example") == 1
