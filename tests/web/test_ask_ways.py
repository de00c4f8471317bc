"""One question a page: on, past, back, straight to the end, and in another language, with nothing lost."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.words import Asker, YesNo
from app.i18n.locales import LOCALES
from tests.make import URL
from tests.walks import Asking, code_on
from tests.web.asked import asked, at, press
from tests.web.pages import Page, drafted, post, token_of

WHOLE = ["", "details", "what", "who", "person", "safety", "words", "wishes", "contact", "proof", "word"]


def steps_walked(asking: Asking, button: str = "on") -> list[str]:
    """The last part of every page's path, from the one that is open to the review."""
    found = []
    while not asking.path.endswith("/review"):
        found.append(asking.path.rpartition("/ask")[2].lstrip("/"))
        press(asking, button)
        assert len(found) < 30
    return found


def with_places(site: Flask) -> Asking:
    asking = Asking(site)
    asking.go("/ask")
    press(asking, "on", places=URL)
    return asking


def test_the_short_way_is_four_pages(site: Flask, embedded_kit: Kit) -> None:
    asking = Asking(site)
    asking.go("/")
    asking.go("/ask")
    asking.send("/ask", "review", places=URL)
    asking.send("/ask/review")
    shown = [answer for answer in asking.seen if answer.status_code == 200]
    assert [answer.request.path for answer in shown] == ["/", "/ask", "/ask/review", "/ask/sent"]
    assert asked(embedded_kit, code_on(asking.now.text)).places[0].url == URL


def test_going_straight_to_sending_is_as_easy_to_see_as_going_on(site: Flask) -> None:
    asking = Asking(site)
    tags = Page(asking.go("/ask").text).tags
    ways = [has for tag, has in tags if tag == "button" and has.get("name") in ("on", "review")]
    assert [has["name"] for has in ways if "tabindex" not in has] == ["on", "review"]
    assert {has.get("class", "") for has in ways if "tabindex" not in has} == {""}


def test_every_question_can_be_skipped_as_easily_as_answered(site: Flask) -> None:
    asking = with_places(site)
    seen = [""]
    while not asking.path.endswith("/review"):
        seen.append(asking.path.removeprefix("/ask/"))
        page = Page(asking.now.text)
        [skip] = [has for tag, has in page.tags if tag == "a" and has.get("class") == "button"]
        assert page.values("name", "button").count("on") == 2, "the visible one, and the one for Enter"
        assert "review" in page.values("name", "button")
        asking.go(skip["href"])
    assert seen == WHOLE


def test_all_questions_come_in_their_order(site: Flask) -> None:
    assert ["", *steps_walked(with_places(site))] == WHOLE


def test_a_representative_is_asked_what_concerns_them_and_nobody_else_is(site: Flask) -> None:
    for asker in ("parent", "authorised"):
        walked = steps_walked(at(site, "who", asker=asker))
        assert walked == ["who", "acting", *WHOLE[4:]]


def test_who_merely_came_across_it_gets_the_short_set(site: Flask) -> None:
    assert steps_walked(at(site, "what", asker="bystander")) == ["what", "who", "words"]


def test_words_for_the_website_are_shown_before_they_are_agreed_to(site: Flask) -> None:
    asking = at(site, "words", words="Please.", may_hear="provider")
    assert steps_walked(asking)[:3] == ["words", "hear", "wishes"]
    asking = at(site, "words", words="", may_hear="provider")
    assert steps_walked(asking)[:2] == ["words", "wishes"], "there is nothing to be heard"


def test_back_goes_the_same_way_and_keeps_what_was_typed(site: Flask) -> None:
    asking = at(site, "words")
    press(asking, "back", words="typed on the way back")
    assert asking.path == "/ask/safety"
    press(asking, "on")
    assert asking.forms[0].sent["words"] == ["typed on the way back"]
    assert ["words", *reversed(WHOLE[1:6])] == [*_back(asking)]


def _back(asking: Asking) -> list[str]:
    found = []
    while asking.path != "/ask":
        found.append(asking.path.removeprefix("/ask/"))
        press(asking, "back")
    return found


def test_how_far_one_has_come_is_said_in_words_and_in_the_title(site: Flask) -> None:
    asking = with_places(site)
    for number in range(2, 12):
        page = Page(asking.now.text)
        assert f"Step {number} of 11" in page.text
        assert page.title == f"Ask: step {number} of 11 – Heard"
        press(asking, "on")
    assert asking.path == "/ask/review"


def test_the_text_of_a_skipped_page_is_not_kept(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "words")
    asking.go("/ask/wishes")
    press(asking, "review")
    asking.send("/ask/review")
    assert asked(embedded_kit, code_on(asking.now.text)).voice.words == ""


@pytest.mark.parametrize("step", ["nothing", "places", "REVIEW", "what/", "review/x"])
def test_a_question_that_does_not_exist_is_no_page(site: Flask, step: str) -> None:
    asking = drafted(site)
    assert asking.go(f"/ask/{step}").status_code == 404


def test_a_question_that_is_not_asked_leads_to_the_next_one_that_is(site: Flask) -> None:
    for asker, step, leads_to in (
        ("person", "acting", "/ask/person"),
        ("person", "hear", "/ask/wishes"),
        ("bystander", "person", "/ask/words"),
        ("bystander", "word", "/ask/review"),
    ):
        asking = drafted(site, URL, asker=asker)
        asking.go(f"/ask/{step}")
        assert asking.path == leads_to


def test_no_question_is_shown_before_a_place_was_named(site: Flask) -> None:
    asking = Asking(site)
    for step in WHOLE[1:]:
        asking.go(f"/ask/{step}")
        assert asking.path == "/ask?lost=1"
    assert asking.client.get_cookie("heard", domain="127.0.0.1") is None


@pytest.mark.parametrize("code", [code for code in LOCALES if code != "en"])
def test_a_language_is_changed_in_the_middle_of_a_page_and_what_was_typed_stays(
    site: Flask, code: str
) -> None:
    asking = at(site, "words")
    fields = {"words": "half a sent", "may_hear": "hotline", "speak": code, "csrf_token": token_of(asking)}
    answer = post(asking, "/ask/words", fields)
    assert (answer.status_code, answer.location) == (303, f"/{code}/ask/words")
    asking.go(answer.location)
    assert asking.forms[0].sent["words"] == ["half a sent"]
    for other in LOCALES:
        assert other in Page(asking.now.text).values("value", "button")


def test_a_language_is_changed_on_the_first_page_too(site: Flask) -> None:
    asking = Asking(site)
    assert post(asking, "/ask", {"places": "", "speak": "fr"}).location == "/fr/ask"
    assert asking.client.get_cookie("heard", domain="127.0.0.1") is None, "nothing was typed: nothing is kept"
    assert post(asking, "/ask", {"places": URL, "speak": "fr"}).location == "/fr/ask"
    asking.go("/fr/ask")
    assert asking.forms[0].sent["places"] == [URL]


@pytest.mark.parametrize("code", ["xx", "//evil.example", "", "en\r\nx"])
def test_a_language_that_is_none_of_ours_leads_nowhere_else(site: Flask, code: str) -> None:
    answer = post(Asking(site), "/ask", {"places": URL, "speak": code})
    assert answer.location == "/ask/review"


def test_enter_goes_on_and_changes_no_language(site: Flask) -> None:
    page = Page(at(site, "word").now.text)
    first = next(has for tag, has in page.tags if tag == "button" and has.get("form", "step") == "step")
    assert first["name"] == "on"
    assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true")


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("safety", "could_guess", "yes"),
        ("safety", "lives_near", "yes"),
        ("acting", "unsafe", "yes"),
        ("details", "threat_1", "yes"),
    ],
)
def test_an_answer_that_sounds_like_danger_is_followed_by_where_help_is(
    site: Flask, step: str, field: str, value: str
) -> None:
    said = "Thank you for telling us. If you are in danger now, there is help."
    asking = at(site, step, asker="parent")
    assert said not in asking.now.text
    assert said in press(asking, "on", **{field: value}).text
    assert "/now" in Page(asking.now.text).values("href", "a")
    assert said not in press(asking, "on").text, "said once"
    asking.go(f"/ask/{step}")
    assert said not in press(asking, "on").text, "not again for the same answer"
    asking = at(site, step, asker="parent")
    assert said in press(asking, "review", **{field: value}).text


def test_no_answer_that_is_no_danger_is_followed_by_it(site: Flask) -> None:
    asking = at(site, "safety")
    press(asking, "on", could_guess="no", lives_near="unsure")
    assert "If you are in danger now, there is help." not in asking.now.text


def test_everything_that_is_answered_is_filed(site: Flask, embedded_kit: Kit) -> None:
    code = Asking(site).ask(
        URL,
        contents=("abuse", "search"),
        asker="parent",
        authority="guardian",
        who="A name, and an office.",
        bona_fide="yes",
        child_wants="That it stops.",
        unsafe="yes",
        age_band="9-12",
        how_known="I was there.",
        police="yes",
        police_which="The police of a town.",
        under_18="yes",
        could_guess="unsure",
        lives_near="no",
        words="Words.",
        matters=("speed", "no_police"),
        telling="end",
        email="someone@mail.example",
        hours="school",
        language="fr",
        gives_word="yes",
        second_word="lantern",
    )
    found = asked(embedded_kit, code)
    voice = found.voice
    assert found.shared["contents"] == ["abuse", "search"]
    assert (voice.asker, voice.language, voice.words) == (Asker.PARENT, "fr", "Words.")
    assert voice.acting.authority == "guardian"
    assert (voice.acting.who, voice.acting.child_wants) == ("A name, and an office.", "That it stops.")
    assert voice.acting.is_bona_fide
    assert voice.acting.is_unsafe
    assert (voice.about.age_band, voice.about.how_known) == ("9-12", "I was there.")
    assert (voice.about.police, voice.about.police_which) == ("yes", "The police of a town.")
    assert voice.about.is_under_18 is YesNo.YES
    assert (voice.safety.could_guess, voice.safety.lives_near) == ("unsure", "no")
    assert (voice.wishes.matters, voice.wishes.telling) == (("speed", "no_police"), "end")
    assert voice.gives_word
    assert voice.second_word_digest
    assert not voice.may_provider_hear
    assert found.safety == "due"
