"""Own words: who may hear them, shown first just as they would go, and agreed to one very text."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from tests.make import URL
from tests.walks import Asking, code_on
from tests.web.asked import asked, at, press
from tests.web.pages import Page, drafted, post, token_of
from tests.web.test_bad_input import ODD

STORY = "Ada Quill saw it in 2004. Please take it down."


def to_be_heard(site: Flask, words: str = STORY) -> Asking:
    """Somebody who is shown what the website would read."""
    return at(site, "hear", words=words, may_hear="provider")


def may_hear(asking: Asking, kit: Kit) -> bool:
    """Sent: whether the words may go on to the website."""
    asking.go("/ask/review")
    said = "It may read your own words, as you agreed." in asking.now.text
    asking.send("/ask/review")
    voice = asked(kit, code_on(asking.now.text)).voice
    assert voice.may_provider_hear is said, "what is read back is what is sent"
    return said


def marks_on(asking: Asking) -> str:
    return asking.now.text.partition("<blockquote")[2].partition("</blockquote>")[0]


def test_the_words_are_shown_word_for_word_with_what_may_tell_who_it_is(site: Flask) -> None:
    page = to_be_heard(site).now.text
    shown = marks_on(to_be_heard(site))
    assert "<mark>Ada Quill</mark> saw it in <mark>2004</mark>. Please take it down." in shown
    assert "Whoever posted it may read this" in page
    assert "We do not find all of them. Please look for yourself." in Page(page).text
    assert "We marked: Ada Quill · 2004" in Page(page).text


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_odd_words_are_shown_as_they_are(site: Flask, words: str) -> None:
    asking = to_be_heard(site, words)
    page = Page(f"<p{marks_on(asking)}</p>")
    assert " ".join(words.split()) in page.text
    assert "<script>alert" not in asking.now.text


def test_words_go_to_nobody_unless_that_was_wished_and_agreed_to(site: Flask, embedded_kit: Kit) -> None:
    assert not may_hear(drafted(site, URL, words=STORY), embedded_kit)
    assert not may_hear(drafted(site, URL, words=STORY, may_hear="provider"), embedded_kit), "not agreed yet"
    assert not may_hear(drafted(site, URL, words=STORY, may_hear="provider", agree="no"), embedded_kit)
    assert may_hear(drafted(site, URL, words=STORY, may_hear="provider", agree="yes"), embedded_kit)


def test_other_words_have_to_be_agreed_to_anew(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site, URL, words=STORY, may_hear="provider", agree="yes")
    asking.go("/ask/words")
    press(asking, "review", words=STORY + " Ben knows.")
    assert not may_hear(asking, embedded_kit)


def test_the_same_words_again_are_still_agreed_to(site: Flask, embedded_kit: Kit) -> None:
    asking = drafted(site, URL, words=STORY, may_hear="provider", agree="yes")
    asking.go("/ask/words")
    press(asking, "on")
    assert asking.forms[0].sent["agree"] == ["yes"]
    assert may_hear(asking, embedded_kit)


def test_agreeing_to_a_text_that_was_changed_in_another_window_counts_for_nothing(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = to_be_heard(site)
    agreed = {"text_shown": asking.forms[0].sent["text_shown"][0], "agree": "yes"}
    agreed |= {"csrf_token": token_of(asking), "on": "1"}
    asking.go("/ask/words")
    press(asking, "on", words="Something else, with Cleo in it.")
    answer = post(asking, "/ask/hear", agreed)
    assert answer.status_code == 409
    assert "This was changed in another window. Please look at it again." in answer.text
    assert "<mark>Cleo</mark>" in answer.text
    assert not may_hear(asking, embedded_kit)


def test_agreement_can_be_taken_back_in_both_places(site: Flask, embedded_kit: Kit) -> None:
    agreed = {"words": STORY, "may_hear": "provider", "agree": "yes"}
    asking = drafted(site, URL, **agreed)
    asking.go("/ask/hear")
    press(asking, "on", agree="no")
    assert not may_hear(asking, embedded_kit)
    asking = drafted(site, URL, **agreed)
    asking.go("/ask/words")
    press(asking, "on", may_hear="hotline")
    assert not may_hear(asking, embedded_kit)


def test_a_bystander_is_not_offered_that_a_website_hears_them(site: Flask, embedded_kit: Kit) -> None:
    asking = at(site, "words", asker="bystander")
    assert "may_hear" not in asking.forms[0].names
    asking = drafted(site, URL, words=STORY, may_hear="provider", agree="yes")
    asking.go("/ask/who")
    press(asking, "on", asker="bystander")
    assert not may_hear(asking, embedded_kit), "who agreed as somebody else did not agree as this one"


@pytest.mark.parametrize(("field", "value"), [("may_hear", "everybody"), ("may_hear", "provider\x00")])
def test_a_choice_that_is_none_is_asked_again(site: Flask, field: str, value: str) -> None:
    asking = at(site, "words")
    press(asking, "on", words="mine", **{field: value})
    assert asking.now.status_code == 422
    assert asking.forms[0].sent["words"] == ["mine"]
