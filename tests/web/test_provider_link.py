"""The link in a notice: looking at it shows no place and changes nothing; its answers are unverified."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.persistence.trail import trail
from tests.make import ADA, URL, Clock
from tests.walks import Answering, Asking, Desk, case_of, deliver, link_in
from tests.web.pages import Page, post, without_tokens

SECOND = "https://b.northlight.example/second"
Noticed = tuple[str, str, str]  # code, id of the request, link


@pytest.fixture
def noticed(site: Flask, embedded_kit: Kit) -> Noticed:
    """A notice of two places that was sent."""
    door, ada = CourierDoor(embedded_kit), Desk(site, ADA)
    code = Asking(site).ask(f"{URL}\n{SECOND}", words="my own words")
    request_id = case_of(embedded_kit, code)
    ada.take(request_id)
    ada.assess(request_id)
    ada.approve(request_id)
    [letter] = deliver(embedded_kit, door)
    return code, request_id, link_in(letter)


def trail_length(kit: Kit) -> int:
    with kit.database.reading() as work:
        return int(work.connection.execute(select(func.count()).select_from(trail)).scalar_one())


def test_looking_at_the_link_shows_no_place_and_changes_nothing(
    site: Flask, embedded_kit: Kit, noticed: Noticed
) -> None:
    link, before = noticed[2], trail_length(embedded_kit)
    secret = link.rpartition("/")[2]  # random letters, in which any short word may stand by chance
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in (link, f"{link}/answers"):
            answer = site.test_client().open(path, method=method)
            assert "Set-Cookie" not in answer.headers
            for word in ("northlight", "second", "my own words", "H-"):
                assert word not in answer.text.replace(secret, "")
    assert trail_length(embedded_kit) == before


def test_a_link_that_is_none_looks_the_same_until_it_is_opened(site: Flask, noticed: Noticed) -> None:
    link = noticed[2]
    real, false = (site.test_client().get(path) for path in (link, "/n/" + "x" * (len(link) - 3)))
    assert real.status_code == false.status_code == 200
    assert real.text.replace(link, "") == false.text.replace("/n/" + "x" * (len(link) - 3), "")


def test_pressing_the_button_shows_the_places_and_nothing_of_who_asked(site: Flask, noticed: Noticed) -> None:
    page = Page(Answering(site).open(noticed[2]).text)
    assert URL in page.text
    assert SECOND in page.text
    assert "my own words" not in page.text
    assert noticed[1] not in page.text
    assert page.title == "Example Hotline"
    assert [link for link in page.values("href", "a") if "northlight" in link] == [], "no place is a link"


def test_an_answer_reaches_the_case_as_unverified_and_takes_effect_at_once(
    site: Flask, noticed: Noticed
) -> None:
    code, request_id, link = noticed
    said = Answering(site).answer(link, reply_1="removed", reply_2="asks", words_2="Which <b>file</b>?")
    assert Page(said.text).heading == "Thank you"
    assert "We answer your question by e-mail." in said.text
    page = Page(Desk(site, ADA).go(f"/desk/case/{request_id}").text)
    assert "Unverified words" in page.text
    assert "Which <b>file</b>?" in page.text
    assert "We cannot know who wrote them." in page.text
    asking = Asking(site)
    asking.follow(code)
    assert "Which" not in without_tokens(asking)
    shown = Page(asking.now.text).text
    assert "The provider says it is removed" in shown
    assert "The website has a question for us" in shown


def test_one_answer_can_stand_for_all_places(site: Flask, noticed: Noticed) -> None:
    Answering(site).answer(noticed[2], reply_all="removed", reply_2="refuses", words_2="No.")
    page = Page(Desk(site, ADA).go(f"/desk/case/{noticed[1]}").text).text
    assert "place 1 of the notice" in page
    assert "place 2 of the notice" in page


def test_a_provider_can_say_with_one_press_that_they_have_it(
    site: Flask, embedded_kit: Kit, noticed: Noticed
) -> None:
    link = noticed[2]
    provider = Answering(site)
    provider.answer(link, reply_1="refuses", words_1="No.")
    assert "One press says so for all places without an answer." in provider.open(link).text
    assert "Answered: We will not remove it" in Page(provider.now.text).text
    provider.send(f"{link}/acknowledge")
    assert "knows that you have this notice" in provider.now.text
    with embedded_kit.database.reading() as work:
        places = work.requests.locations_of(noticed[1])
    assert [place.state for place in places] == ["refused", "has_it"]
    assert "One press" not in provider.open(link).text, "nothing is left to say"
    before = trail_length(embedded_kit)
    assert post(site.test_client(), f"{link}/acknowledge", {}).status_code == 200
    assert trail_length(embedded_kit) == before + 1, "opened once more, and no answer kept"


def test_whose_a_place_is_is_asked_for_and_shown_at_the_desk(site: Flask, noticed: Noticed) -> None:
    said = Answering(site).answer(noticed[2], reply_1="not_ours", whose_1="Odd-host-42")
    assert "We check who has it, and turn to them." in said.text
    assert "Odd-host-42" in Page(Desk(site, ADA).go(f"/desk/case/{noticed[1]}").text).text


def test_a_doubt_about_the_age_has_its_one_answer_on_the_spot(site: Flask, noticed: Noticed) -> None:
    page = Page(Answering(site).answer(noticed[2], reply_2="age_doubt").text).text
    assert "Our answer to your doubt about the age" in page
    assert "Place 2: More likely than not under 18, as assessed." in page
    assert "Place 1:" not in page
    assert "This is the answer of Example Hotline." in page
    assert "removal stands until there is verifiable proof" in page


def test_who_says_18_or_older_reads_that_nothing_is_restored_and_how_proof_is_given(
    site: Flask, embedded_kit: Kit, noticed: Noticed
) -> None:
    provider = Answering(site)
    said = provider.answer(noticed[2], reply_1="over_18")
    assert said.status_code == 422
    assert "Please write what proof there is" in said.text
    page = Page(provider.send(f"{noticed[2]}/answers", reply_1="over_18", words_1="A paper.").text).text
    assert "Nothing is to be restored before verifiable proof was given to us" in page
    assert "Please never send an image." in page
    assert "notices@hotline.example" in page
    with embedded_kit.database.reading() as work:
        [notice] = work.notices.of_request(noticed[1])
        assert notice.reference in page
        [claim] = work.claims.waiting(ADA.id, None, 9)
    assert claim.notice_id == notice.id


def test_a_link_that_took_as_many_answers_as_it_can_says_so_and_keeps_what_was_typed(
    site: Flask, noticed: Noticed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.casework.answer_notice._MOST_ANSWERS", 1)
    provider, link = Answering(site), noticed[2]
    provider.answer(link, reply_1="asks", words_1="Which file?")
    answer = provider.answer(link, reply_1="refuses", words_1="Odd-word-42")
    assert answer.status_code == 409
    assert "This link has taken as many answers as it can." in answer.text
    assert "Odd-word-42" in answer.text
    provider.open(link)
    assert provider.send(f"{link}/acknowledge").status_code == 409


def test_an_answer_can_be_added_to_later(site: Flask, noticed: Noticed) -> None:
    Answering(site).answer(noticed[2], reply_1="asks", words_1="Which file?")
    again = Answering(site)
    assert "There is an answer to this notice already." in again.open(noticed[2]).text
    again.answer(noticed[2], reply_1="removed")
    assert "Which file?" in Desk(site, ADA).go(f"/desk/case/{noticed[1]}").text


@pytest.mark.parametrize("part", ["", "/answers"])
@pytest.mark.parametrize("kind", ["unknown", "ended", "cut", "longer", "changed"])
def test_a_link_that_opens_nothing_is_not_found(
    site: Flask, embedded_kit: Kit, noticed: Noticed, kind: str, part: str
) -> None:
    link = noticed[2]
    if kind == "ended":
        assert isinstance(embedded_kit.clock, Clock)
        embedded_kit.clock.move(days=91)
    wrong = {
        "unknown": "/n/" + "A" * 43,
        "ended": link,
        "cut": link[:-1],
        "longer": link + "A",
        "changed": link.swapcase().replace("/N/", "/n/"),
    }[kind]
    before = trail_length(embedded_kit)
    answer = post(site.test_client(), wrong + part, {"reply_1": "removed"})
    assert answer.status_code == 404
    assert Page(answer.text).heading == "There is nothing here"
    assert trail_length(embedded_kit) == before


@pytest.mark.parametrize("link", ["%00", "é", "a" * 10_000, "%2e%2e", "%ff%fe", "%ed%a0%80", "<b>"])
def test_a_strange_link_is_no_fault(site: Flask, link: str) -> None:
    assert post(site.test_client(), f"/n/{link}", {}).status_code == 404
    page = site.test_client().get(f"/n/{link}")
    assert page.status_code == 200
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "Please choose an answer for at least one place."),
        ({"words_1": "only words"}, "Please choose one of these answers."),
        ({"reply_1": "asks"}, "Please write your question."),
        ({"reply_1": "refuses"}, "Please write your reason."),
        ({"whose_1": "somebody"}, "Please choose one of these answers."),
        ({"reply_1": "not_ours", "whose_1": "w" * 301}, "This is longer than we can take at once."),
        ({"reply_1": "perhaps"}, "Please choose one of these answers."),
        ({"reply_1": "removed", "words_1": "w " * 2001}, "This is longer than we can take at once."),
    ],
)
def test_an_answer_that_lacks_something_is_asked_for_and_kept(
    site: Flask, noticed: Noticed, answers: dict[str, str], says: str
) -> None:
    provider = Answering(site)
    answer = provider.answer(noticed[2], **answers)
    assert answer.status_code == 422
    assert says in answer.text
    [form] = [one for one in provider.forms if one.action.endswith("/answers")]
    for name, value in answers.items():
        assert form.sent.get(name) == [value] or value == "perhaps"


def test_a_place_that_is_not_in_the_notice_is_ignored(site: Flask, noticed: Noticed) -> None:
    answer = post(site.test_client(), f"{noticed[2]}/answers", {"reply_3": "removed", "reply_1": "removed"})
    assert answer.status_code == 200
    assert "place 3" not in Desk(site, ADA).go(f"/desk/case/{noticed[1]}").text


def test_another_site_cannot_answer_for_a_provider(site: Flask, embedded_kit: Kit, noticed: Noticed) -> None:
    before = trail_length(embedded_kit)
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert post(site.test_client(), noticed[2], {}, headers=foreign).status_code == 403
    assert trail_length(embedded_kit) == before


def test_a_provider_with_an_old_browser_is_asked_again_and_then_shown_the_places(
    site: Flask, noticed: Noticed
) -> None:
    provider = Answering(site)
    provider.headers = {}
    provider.go(noticed[2])
    provider.send(noticed[2])
    provider.send(noticed[2])
    assert URL in provider.now.text
