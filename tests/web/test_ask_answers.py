"""What is done with the answers: limits said kindly, choices of ours only, no more sent than asked."""

from dataclasses import replace

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.asking import About, Acting, Safety, Voice, Wishes
from app.domain.words import Asker
from app.setting_values import ContactSender
from tests.make import ADA, URL
from tests.walks import Asking, Desk, Value, case_of, code_on
from tests.web.asked import asked, at, press
from tests.web.pages import Page, drafted, post, token_of
from tests.web.test_bad_input import ODD
from tests.web.test_never_an_image import PICTURES, SENTENCE, has_part_of

TEXTS = {
    "who": ("acting", 2000),
    "child_wants": ("acting", 5000),
    "how_known": ("person", 2000),
    "police_which": ("person", 500),
    "second_word": ("word", 100),
}
text = pytest.mark.parametrize("field", TEXTS)


@text
def test_every_field_has_its_limit_and_says_it_kindly(site: Flask, field: str) -> None:
    step, most = TEXTS[field]
    asking = at(site, step, asker="parent")
    press(asking, "on", **{field: ("ä " * most)[: most - 1] + "b"})
    assert asking.now.status_code == 200
    asking.go(f"/ask/{step}")
    long = ("ä " * most)[:most] + "b"
    press(asking, "on", **{field: long})
    assert asking.now.status_code == 422
    assert f"Please use at most {most} letters and signs." in asking.now.text
    assert asking.forms[0].sent[field] == [long]


@text
def test_a_picture_in_any_field_is_refused_kindly(site: Flask, field: str) -> None:
    asking = at(site, TEXTS[field][0], asker="parent")
    for picture in PICTURES.values():
        press(asking, "on", **{field: f"mine\n{picture}"})
        assert asking.now.status_code == 422
        assert SENTENCE in asking.now.text
        assert not has_part_of(asking.now, picture)


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_every_answer_is_kept_as_written_and_shown_as_text(
    site: Flask, embedded_kit: Kit, words: str
) -> None:
    given: dict[str, Value] = {field: words[:100] for field in TEXTS if field != "second_word"}
    asking = drafted(site, URL, asker="parent", **given)
    shown = " ".join(words[:100].split())
    assert Page(asking.now.text).text.count(shown) >= len(given)
    asking.send("/ask/review")
    code = code_on(asking.now.text)
    voice = asked(embedded_kit, code).voice
    assert {voice.acting.who, voice.about.how_known, voice.about.police_which} == {words[:100].strip()}
    page = Desk(site, ADA).go(f"/desk/case/{case_of(embedded_kit, code)}").text
    assert "<script>alert" not in asking.now.text + page


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("what", "contents", "everything"),
        ("what", "contents", ("abuse", "everything")),
        ("who", "asker", "nobody"),
        ("who", "asker", "PERSON"),
        ("who", "asker", "person\x00"),
        ("acting", "authority", "judge"),
        ("person", "age_band", "18"),
        ("person", "police", "maybe"),
        ("person", "under_18", "1"),
        ("safety", "could_guess", "often"),
        ("safety", "lives_near", "yes\n"),
        ("wishes", "matters", ("speed", "money")),
        ("wishes", "telling", "all"),
        ("contact", "hours", "night"),
        ("contact", "language", "xx"),
        ("contact", "language", "../fr"),
        ("contact", "language", "fr\n"),
    ],
)
def test_a_choice_that_is_none_of_ours_is_asked_again(
    site: Flask, step: str, field: str, value: Value
) -> None:
    asking = at(site, step, asker="parent")
    press(asking, "on", **{field: value})
    assert asking.now.status_code == 422
    assert "Please choose one of these, or none." in asking.now.text


def test_every_choice_can_be_taken_back(site: Flask, embedded_kit: Kit) -> None:
    said: dict[str, Value] = {"asker": "person", "age_band": "0-8", "police": "yes", "under_18": "no"}
    said |= {"could_guess": "no", "lives_near": "no", "since_1": "new", "label_1": "mine"}
    said |= {"gives_word": "yes", "contents": "abuse", "matters": "speed", "second_word": "lantern"}
    asking = drafted(site, URL, **said)
    for step in ("details", "what", "person", "safety", "wishes", "proof", "word", "who"):
        asking.go(f"/ask/{step}")
        back = {name: () if name in ("contents", "matters", "gives_word") else "" for name in said}
        press(asking, "on", **{name: back[name] for name in asking.forms[0].names & set(said)})
    asking.go("/ask/review")
    asking.send("/ask/review")
    found = asked(embedded_kit, code_on(asking.now.text))
    assert replace(found.voice, wishes=Wishes()) == Voice()
    assert found.notes[0].is_empty
    assert (found.shared["contents"], found.safety) == ([], "none")


def test_answers_to_a_question_that_is_no_longer_asked_stay_behind(site: Flask, embedded_kit: Kit) -> None:
    said: dict[str, Value] = {"asker": "parent", "who": "A name.", "unsafe": "yes", "words": "Words."}
    said |= {"how_known": "I know.", "could_guess": "yes", "second_word": "lantern"}
    asking = drafted(site, URL, **said)
    asking.go("/ask/who")
    press(asking, "review", asker="person")
    assert "A name." not in asking.now.text
    asking.send("/ask/review")
    voice = asked(embedded_kit, code_on(asking.now.text)).voice
    assert (voice.acting, voice.about.how_known) == (Acting(), "I know.")
    asking = drafted(site, URL, **said)
    asking.go("/ask/who")
    press(asking, "review", asker="bystander")
    assert "I know." not in asking.now.text
    asking.send("/ask/review")
    voice = asked(embedded_kit, code_on(asking.now.text)).voice
    assert (voice.about, voice.safety, voice.second_word_digest) == (About(), Safety(), "")
    assert (voice.asker, voice.words) == (Asker.BYSTANDER, "Words.")


def test_what_was_answered_before_comes_back_when_the_question_does(site: Flask) -> None:
    asking = drafted(site, URL, asker="parent", who="A name.")
    for asker in ("person", "parent"):
        asking.go("/ask/who")
        press(asking, "on", asker=asker)
    assert asking.path == "/ask/acting"
    assert asking.forms[0].sent["who"] == ["A name."]


def test_only_a_parent_is_asked_about_another_parent(site: Flask) -> None:
    assert "unsafe" in at(site, "acting", asker="parent").forms[0].names
    assert "unsafe" not in at(site, "acting", asker="authorised").forms[0].names


def test_the_person_shown_is_spoken_to_and_a_child_is_spoken_of(site: Flask) -> None:
    for asker, said, not_said in (
        ("person", "How old were you then?", "the child"),
        ("parent", "How old was the child then?", "were you"),
    ):
        text = Page(at(site, "person", asker=asker).now.text).text
        assert said in text
        assert not_said not in text.partition("Step")[2].partition("Go on")[0]


def test_an_address_to_write_to_is_offered_only_where_the_hotline_can_write(
    site: Flask, embedded_kit: Kit
) -> None:
    assert "email" in at(site, "contact").forms[0].names
    object.__setattr__(embedded_kit.settings, "contact", ContactSender())
    asking = at(site, "contact")
    assert asking.forms[0].names == {"csrf_token", "language"}


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@mail.example", "@mail.example", "a@" + "b" * 300])
def test_an_address_that_is_none_is_asked_again(site: Flask, email: str) -> None:
    asking = at(site, "contact")
    press(asking, "on", email=email)
    assert asking.now.status_code == 422
    assert asking.forms[0].sent["email"] == [email]


def test_who_wants_to_be_told_nothing_is_written_nothing(site: Flask) -> None:
    asking = at(site, "contact", telling="nothing")
    press(asking, "on", email="someone@mail.example")
    assert "You chose to be told nothing." in asking.now.text
    asking = at(site, "wishes", email="someone@mail.example")
    press(asking, "review", telling="nothing")
    assert "someone@mail.example" not in asking.now.text
    asking.send("/ask/review")
    assert "We never call you and never send you anything." in asking.now.text


def test_who_left_an_address_reads_that_we_write(site: Flask) -> None:
    asking = drafted(site, URL, email="someone@mail.example")
    assert "someone@mail.example" in asking.now.text
    asking.send("/ask/review")
    assert "We also write to your email address, as you chose." in Page(asking.now.text).text
    assert "never send you anything" not in asking.now.text


def test_every_page_that_was_answered_or_skipped_can_be_changed_from_what_is_read_back(site: Flask) -> None:
    asking = drafted(site, URL, asker="parent", words="Words.", may_hear="provider")
    links = Page(asking.now.text).values("href", "a")
    for step in "details what who acting person safety words hear wishes contact proof word".split():
        assert f"/ask/{step}" in links
    assert "/ask" in links


def test_reading_a_page_again_does_not_undo_another_window(site: Flask) -> None:
    asking = drafted(site, URL, words="Words.")
    sent = {"seen": asking.forms[0].sent["seen"][0], "csrf_token": token_of(asking)}
    asking.go("/ask/words")
    press(asking, "on")
    assert post(asking, "/ask/review", sent).location == "/ask/sent"


def test_a_late_answer_after_sending_does_not_seem_to_count(site: Flask) -> None:
    asking = at(site, "words")
    late = {"words": "late", "csrf_token": token_of(asking)}
    asking.go("/ask/review")
    asking.send("/ask/review")
    answer = post(asking, "/ask/words", late)
    assert answer.status_code == 409
    assert "What you changed just now was not sent." in answer.text
    assert Asking.go(asking, "/ask/words").request.path == "/ask/sent"
