"""Changing one's mind: wishes, words, who may read them, the person shown, language."""

import pytest
from flask import Flask

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.domain.asking import Voice
from app.domain.words import Asker, Matter, SafetyState, Telling, YesNo
from app.reads.contact import read_contact
from app.reads.follow import read_follow
from tests.casework.contact_steps import leave
from tests.make import Filed, file_one
from tests.web.following import coming_back, text_of
from tests.web.pages import post, token_of

WORDS = "I would like this to end."


def voice_of(kit: Kit, filed: Filed) -> Voice:
    return read_follow(kit, follow_with_code(kit, filed.code)).voice


def test_what_was_said_is_read_back_and_wishes_can_change(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, words="<i>my words</i>")
    asking = coming_back(site, filed.code)
    assert "<i>my words</i>" in text_of(asking, "/follow/wishes")
    asking.go("/follow/wishes/wishes")
    asking.send("/follow/wishes/wishes", matters=("privacy", "no_police"), telling="each_step")
    assert "We have saved this." in asking.now.text
    wishes = voice_of(embedded_kit, filed).wishes
    assert (wishes.matters, wishes.telling) == ((Matter.PRIVACY, Matter.NO_POLICE), Telling.EACH_STEP)
    assert "That the police are not told" in text_of(asking, "/follow/wishes")


def test_words_go_to_a_website_only_when_the_very_words_were_agreed_to(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/wishes/words")
    asking.send("/follow/wishes/words", words=WORDS, may_hear="provider")
    assert asking.path == "/follow/wishes/hear"
    assert not voice_of(embedded_kit, filed).may_provider_hear
    assert WORDS in asking.now.text
    assert 'href="/follow/wishes/words"' in asking.now.text
    asking.send("/follow/wishes/hear", agree="yes")
    assert voice_of(embedded_kit, filed).may_provider_hear
    assert "The hotline and the website" in text_of(asking, "/follow/wishes")
    asking.go("/follow/wishes/words")
    asking.send("/follow/wishes/words", words=f"{WORDS} More.", may_hear="hotline")
    assert not voice_of(embedded_kit, filed).may_provider_hear


def test_words_that_changed_meanwhile_are_not_agreed_to(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, words=WORDS)
    asking, other = coming_back(site, filed.code), coming_back(site, filed.code)
    asking.go("/follow/wishes/hear")
    other.go("/follow/wishes/words")
    other.send("/follow/wishes/words", words="My name is Nora.", may_hear="hotline")
    answer = asking.send("/follow/wishes/hear", agree="yes")
    assert answer.status_code == 409
    assert "This was changed in another window." in answer.text
    assert not voice_of(embedded_kit, filed).may_provider_hear


def test_without_words_there_is_nothing_to_pass_on(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/wishes/hear")
    assert asking.path == "/follow/wishes/words"


def test_a_new_worry_makes_a_safety_check_due(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/wishes/safety")
    asking.send("/follow/wishes/safety", could_guess="unsure")
    assert voice_of(embedded_kit, filed).safety.could_guess is YesNo.UNSURE
    with embedded_kit.database.reading() as work:
        assert work.requests.load(filed.request_id).safety is SafetyState.DUE


def test_the_person_and_the_language_can_change(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/wishes/person")
    asking.send("/follow/wishes/person", age_band="9-12", how_known="I remember it", police="no")
    asking.go("/follow/wishes/language")
    asking.send("/follow/wishes/language", language="ar")
    voice = voice_of(embedded_kit, filed)
    assert (voice.about.how_known, voice.language) == ("I remember it", "ar")


def test_only_who_acts_for_a_child_is_asked_what_the_child_wants(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    assert asking.go("/follow/wishes/child").status_code == 404
    filed = file_one(embedded_kit, asker=Asker.PARENT)
    parent = coming_back(site, filed.code)
    assert "Please do not question them." in text_of(parent, "/follow/wishes/child")
    parent.send("/follow/wishes/child", child_wants="that it goes fast")
    assert "that it goes fast" in text_of(parent, "/follow/wishes")


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("wishes", {"matters": "everything"}),
        ("wishes", {"telling": "x"}),
        ("words", {"words": "word " * 5000}),
        ("hear", {"agree": "perhaps"}),
        ("person", {"age_band": "99"}),
        ("person", {"how_known": "word " * 1000}),
        ("safety", {"could_guess": "x"}),
        ("language", {"language": "xx"}),
        ("language", {}),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    site: Flask, embedded_kit: Kit, question: str, fields: dict[str, str]
) -> None:
    filed = file_one(embedded_kit, words=WORDS)
    before = voice_of(embedded_kit, filed)
    asking = coming_back(site, filed.code)
    asking.go(f"/follow/wishes/{question}")
    [form] = [form for form in asking.forms if "csrf_token" in form.names]
    kept = {"csrf_token": token_of(asking), **{n: form.sent[n][0] for n in form.sent if n == "text_shown"}}
    answer = post(asking, f"/follow/wishes/{question}", kept | fields)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert all(value.strip() in answer.text for value in fields.values() if " " in value)
    assert voice_of(embedded_kit, filed) == before


@pytest.mark.parametrize("question", ["places", "x", "contact", "word", "..", "acting"])
def test_there_are_no_other_questions(site: Flask, embedded_kit: Kit, question: str) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    assert asking.go(f"/follow/wishes/{question}").status_code == 404


def test_a_typed_text_comes_back_when_the_session_is_over(site: Flask, embedded_kit: Kit) -> None:
    asking = coming_back(site, file_one(embedded_kit).code)
    asking.go("/follow/wishes/words")
    asking.client.delete_cookie("heard", domain="127.0.0.1")
    answer = asking.send("/follow/wishes/words", words="not to be lost", may_hear="hotline")
    assert answer.status_code == 403
    assert "not to be lost" in answer.text


def test_mails_follow_what_was_said_of_telling_and_language(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit)
    actor = follow_with_code(embedded_kit, filed.code)
    leave(embedded_kit, actor)
    asking = coming_back(site, filed.code)
    asking.go("/follow/wishes/wishes")
    asking.send("/follow/wishes/wishes", telling="end")
    kept = read_contact(embedded_kit, actor).contact
    assert kept is not None
    assert kept.telling is Telling.END
    asking.go("/follow/wishes/language")
    asking.send("/follow/wishes/language", language="fr")
    asking.go("/follow/wishes/wishes")
    asking.send("/follow/wishes/wishes", telling="nothing")
    assert "We write you no more mail, and your address is gone." in asking.now.text
    assert read_contact(embedded_kit, actor).contact is None
