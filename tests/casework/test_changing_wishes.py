"""Changing what one said, and taking one's own file along."""

import json
from datetime import timedelta

import pytest

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.errors import NotAllowed, SafetyCheckDue, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_own_file import open_own_file
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import About, Acting, PlaceNote, Safety, Voice, Wishes
from app.domain.requests import Request
from app.domain.words import AgeBand, Asker, LetterState, LocationState, Matter, SafetyState, Telling, YesNo
from app.reads.follow import read_follow
from tests.casework.party_steps import NEW, TWO_PLACES, family, places
from tests.casework.steps import all_letters, approve_all, assess_all, trail_of
from tests.make import ADA, Filed, file_one


def own(kit: Kit, voice: Voice) -> tuple[Filed, Requester]:
    filed = file_one(kit, TWO_PLACES, voice=voice)
    return filed, follow_with_code(kit, filed.code)


def said(kit: Kit, me: Requester) -> Voice:
    return read_follow(kit, me).voice


def request_of(kit: Kit, filed: Filed) -> Request:
    with kit.database.reading() as work:
        return work.requests.load(filed.request_id)


def test_only_the_parts_that_are_given_are_replaced(kit: Kit) -> None:
    before = Voice(Asker.AUTHORISED, "en", "my words", acting=Acting(who="somebody"), gives_word=True)
    filed, me = own(kit, before)
    wishes, about = Wishes((Matter.SPEED,), Telling.END), About(AgeBand.PUBESCENT)
    change_voice(kit, me, VoiceInput(wishes=wishes, about=about, language="fr", child_wants=" a walk "))
    after = said(kit, me)
    assert (after.wishes, after.about, after.language) == (wishes, about, "fr")
    assert after.acting == Acting(who="somebody", child_wants="a walk")
    assert (after.words, after.gives_word, after.asker) == ("my words", True, Asker.AUTHORISED)
    assert open_case(kit, ADA, filed.request_id).filer.voice == after
    assert "wishes_changed" in trail_of(kit, filed.request_id)
    assert request_of(kit, filed).safety is SafetyState.NONE


def test_words_go_to_a_provider_only_as_they_were_shown(kit: Kit) -> None:
    _, me = own(kit, Voice(words="first words"))
    for given in (
        VoiceInput(may_provider_hear=True),
        VoiceInput(may_provider_hear=True, words_shown="other words"),
        VoiceInput(may_provider_hear=True, words="new words", words_shown="first words"),
        VoiceInput(may_provider_hear=True, words=" ", words_shown=""),
    ):
        with pytest.raises(Stale):
            change_voice(kit, me, given)
    change_voice(kit, me, VoiceInput(may_provider_hear=True, words_shown="first words"))
    assert said(kit, me).may_provider_hear
    change_voice(kit, me, VoiceInput(wishes=Wishes()))
    assert said(kit, me).may_provider_hear
    change_voice(kit, me, VoiceInput(words="second words"))
    assert (said(kit, me).words, said(kit, me).may_provider_hear) == ("second words", False)
    change_voice(kit, me, VoiceInput(words="third", may_provider_hear=True, words_shown="third"))
    change_voice(kit, me, VoiceInput(may_provider_hear=False))
    assert (said(kit, me).words, said(kit, me).may_provider_hear) == ("third", False)


@pytest.mark.parametrize(
    "worry",
    [
        VoiceInput(safety=Safety(could_guess=YesNo.UNSURE)),
        VoiceInput(safety=Safety(lives_near=YesNo.YES)),
        VoiceInput(about=About(is_under_18=YesNo.YES)),
    ],
)
def test_a_new_worry_makes_a_safety_check_due_and_stops_what_was_not_approved(
    kit: Kit, worry: VoiceInput
) -> None:
    filed, me = own(kit, Voice())
    assess_all(kit, filed.request_id)
    change_voice(kit, me, worry)
    request = request_of(kit, filed)
    assert request.safety is SafetyState.DUE
    assert request.safety_by is not None
    assert request.safety_by - kit.clock() <= timedelta(hours=24)
    assert request.due_by is not None
    assert request.due_by <= request.safety_by
    with pytest.raises(SafetyCheckDue):
        approve_all(kit, filed.request_id)


@pytest.mark.parametrize(
    "said", [VoiceInput(safety=Safety(could_guess=YesNo.YES)), VoiceInput(may_provider_hear=False)]
)
def test_a_letter_that_waits_stops_when_they_worry_or_take_their_words_back(
    kit: Kit, said: VoiceInput
) -> None:
    filed = file_one(kit, voice=Voice(words="some words", may_provider_hear=True))
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    change_voice(kit, follow_with_code(kit, filed.code), said)
    assert [letter.state for letter in all_letters(kit)] == [LetterState.DROPPED]
    (place,) = open_case(kit, ADA, filed.request_id).places
    assert place.state is LocationState.ASSESSED


def test_a_worry_that_was_checked_is_not_checked_again_until_another_one_comes(kit: Kit) -> None:
    filed, me = own(kit, Voice(safety=Safety(could_guess=YesNo.YES)))
    assess_all(kit, filed.request_id)
    assert request_of(kit, filed).safety is SafetyState.CLEAR
    change_voice(kit, me, VoiceInput(safety=Safety(could_guess=YesNo.UNSURE)))
    change_voice(kit, me, VoiceInput(safety=Safety(could_guess=YesNo.NO)))
    assert request_of(kit, filed).safety is SafetyState.CLEAR
    change_voice(kit, me, VoiceInput(safety=Safety(lives_near=YesNo.YES)))
    assert request_of(kit, filed).safety is SafetyState.DUE
    record_safety_check(kit, ADA, SafetyInput(filed.request_id, SafetyState.HOLD, "Not now."))
    change_voice(kit, me, VoiceInput(wishes=Wishes((Matter.SPEED,))))
    assert request_of(kit, filed).safety is SafetyState.HOLD


def test_a_bystander_changes_nothing(kit: Kit) -> None:
    _, me = own(kit, Voice(Asker.BYSTANDER))
    with pytest.raises(NotAllowed):
        change_voice(kit, me, VoiceInput(language="fr"))


def test_a_file_holds_all_that_one_sees_and_said_whole_and_no_digest(kit: Kit) -> None:
    filed = file_one(kit, TWO_PLACES, voice=Voice(words="my words", language="fr"), second_word="boat")
    me = follow_with_code(kit, filed.code)
    write_message(kit, me, MessageInput("a question"))
    add_places(kit, me, AddInput(places(NEW), (PlaceNote("the third"),)))
    file = open_own_file(kit, me)
    record = json.loads(json.dumps(file.as_record()))
    assert [(one["number"], one["url"], one["state"]) for one in record["places"]] == [
        (1, "https://img.northlight.example/a/1", "received"),
        (2, "https://talkyard.example/t/9", "received"),
        (3, NEW, "received"),
    ]
    assert record["places"][2]["note"]["label"] == "the third"
    assert record["said"]["words"] == "my words"
    assert record["contents"] == ["abuse"]
    assert [one["text"] for one in record["messages"]] == ["a question"]
    assert "second_word_digest" not in record["said"]
    assert file.voice.second_word_digest == ""
    assert trail_of(kit, filed.request_id)[-1] == "file_opened"
    assert repr(file) == "OwnFile(…)"


def test_a_file_shows_states_only_to_who_sees_them_and_nobody_elses_words(kit: Kit) -> None:
    both = family(kit, checked=False)
    write_message(kit, both.child, MessageInput("only mine"))
    add_places(kit, both.child, AddInput(places(NEW)))
    theirs = open_own_file(kit, both.representative)
    assert [(one.number, one.state) for one in theirs.places] == [(1, None), (2, None)]
    assert theirs.messages == ()
    mine = open_own_file(kit, both.child)
    assert [(one.number, one.state) for one in mine.places] == [
        (1, "assessing"),
        (2, "assessing"),
        (1001, "received"),
    ]
    bystander = follow_with_code(kit, file_one(kit, asker=Asker.BYSTANDER).code)
    assert [one.state for one in open_own_file(kit, bystander).places] == [None]
