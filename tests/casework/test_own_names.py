"""Names go to search engines alone: exactly those agreed to, of who is known to speak, while they agree."""

from dataclasses import replace

import pytest

from app.casework.case_keys import open_case_keys
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.check_authority import check_authority
from app.casework.errors import NotAllowed
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_names import (
    MOST_NAMES,
    NAME_CHARACTERS,
    keep_names,
    name_problem,
    read_names,
    take_back_names,
)
from app.casework.kit import Kit
from app.casework.open_own_file import open_own_file
from app.casework.own_names import OwnName, names_to_pass_on
from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk
from app.casework.verify_child import verify_child
from app.domain.asking import Voice, Wishes
from app.domain.desk_words import Channel
from app.domain.notice_words import NoticeKind
from app.domain.words import Asker, LetterState, Matter, NoticeState
from app.reads.follow import read_follow
from tests.casework.notice_steps import state_of, waiting
from tests.casework.party_steps import family
from tests.casework.steps import assess_all, trail_of
from tests.make import ADA, Filed, file_one

NAMES = ("Odd-name-42 van ‘t Élan", "عَلِيّ")


def agreed(kit: Kit, request_id: str) -> tuple[OwnName, ...]:
    with kit.database.reading() as work:
        return names_to_pass_on(work, request_id, open_case_keys(work, ADA.team, request_id))


def named(kit: Kit, filed: Filed, *names: str) -> None:
    keep_names(kit, follow_with_code(kit, filed.code), names)


def test_nobody_agreed_until_they_did_and_then_to_exactly_these(kit: Kit) -> None:
    filed = file_one(kit)
    assert agreed(kit, filed.request_id) == ()
    named(kit, filed, *NAMES)
    [found] = agreed(kit, filed.request_id)
    assert (found.number, found.names) == (1, NAMES)
    assert "wishes_changed" in trail_of(kit, filed.request_id)


def test_other_names_take_the_place_of_those_before_and_none_is_left_when_taken_back(kit: Kit) -> None:
    filed = file_one(kit)
    named(kit, filed, *NAMES)
    named(kit, filed, "Odd-name-43")
    assert [one.names for one in agreed(kit, filed.request_id)] == [("Odd-name-43",)]
    actor = follow_with_code(kit, filed.code)
    take_back_names(kit, actor)
    assert agreed(kit, filed.request_id) == ()
    assert read_follow(kit, actor).voice.names == ()


def test_what_else_was_said_stays_and_keeps_the_names(kit: Kit) -> None:
    words = Voice(asker=Asker.PERSON, words="one", may_provider_hear=True)
    filed = file_one(kit, voice=words)
    named(kit, filed, *NAMES)
    actor = follow_with_code(kit, filed.code)
    assert read_follow(kit, actor).voice == replace(words, names=NAMES)
    change_voice(kit, actor, VoiceInput(wishes=Wishes((Matter.PRIVACY,)), words="two"))
    assert [one.names for one in agreed(kit, filed.request_id)] == [NAMES]
    assert open_own_file(kit, actor).as_record()["said"]["names"] == NAMES


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.AUTHORISED, Asker.BYSTANDER])
def test_who_is_not_known_to_speak_cannot_agree(kit: Kit, asker: Asker) -> None:
    filed = file_one(kit, asker=asker)
    with pytest.raises(NotAllowed):
        named(kit, filed, *NAMES)
    with pytest.raises(NotAllowed):
        take_back_names(kit, follow_with_code(kit, filed.code))
    assert agreed(kit, filed.request_id) == ()


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.BYSTANDER])
def test_names_of_who_is_not_known_are_never_passed_on_however_they_came_there(
    kit: Kit, asker: Asker
) -> None:
    filed = file_one(kit, voice=Voice(asker=asker, names=NAMES))
    assert agreed(kit, filed.request_id) == ()


def test_a_representative_may_agree_once_their_authority_was_checked(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.AUTHORISED)
    assess_all(kit, filed.request_id)
    check_authority(kit, ADA, filed.request_id)
    named(kit, filed, *NAMES)
    assert [one.names for one in agreed(kit, filed.request_id)] == [NAMES]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Ada Quill", ""),
        ("@odd_name_42", ""),
        ("می‌خواهم", ""),  # a joiner that belongs to the spelling
        ("李", ""),
        ("n" * NAME_CHARACTERS, ""),
        ("n" * (NAME_CHARACTERS + 1), "name_long"),
        ("Ada\u202eQuill", "name_unseen"),  # turns around what follows in the letter
        ("Ada\x00Quill", "name_unseen"),
        ("https://one.example/a", "name_address"),
        ("WWW.one.example", "name_address"),
        ("---", "name_empty"),
        ("", "name_empty"),
    ],
)
def test_a_name_is_a_name(name: str, problem: str) -> None:
    assert name_problem(name) == problem


def test_names_are_read_one_in_each_line_and_stay_as_they_are() -> None:
    assert read_names("  Ada   Quill \r\n\nada quill\nAda Quill\n") == ("Ada Quill", "ada quill")
    assert read_names(" \n\t\n") == ()


@pytest.mark.parametrize(
    "names", [(), ("",), ("---",), ("https://one.example/",), tuple(f"n{n}" for n in range(MOST_NAMES + 1))]
)
def test_what_is_no_name_is_not_kept(kit: Kit, names: tuple[str, ...]) -> None:
    filed = file_one(kit)
    with pytest.raises(NotAllowed):
        named(kit, filed, *names)
    assert agreed(kit, filed.request_id) == ()


def test_names_of_who_was_revoked_are_never_passed_on_and_they_do_not_notice(kit: Kit) -> None:
    both = family(kit)
    keep_names(kit, both.representative, NAMES)
    assert [one.number for one in agreed(kit, both.request_id)] == [1]
    with kit.database.reading() as work:
        party_id = next(one.id for one in work.parties.of_request(both.request_id) if one.number == 1)
    revoke_party_at_desk(kit, ADA, RevokeInput(both.request_id, party_id))
    assert agreed(kit, both.request_id) == ()
    actor = follow_with_code(kit, both.filed.code)
    with kit.database.reading() as work:
        before = work.requests.load(both.request_id).version
    keep_names(kit, actor, ("Odd-name-44",))
    assert read_follow(kit, actor).voice.names == ("Odd-name-44",)
    assert agreed(kit, both.request_id) == ()
    with kit.database.reading() as work:
        assert work.requests.load(both.request_id).version == before  # their page is their own alone


def test_a_childs_own_access_agrees_only_once_it_is_known_to_be_theirs(kit: Kit) -> None:
    both = family(kit)
    with pytest.raises(NotAllowed):
        keep_names(kit, both.child, NAMES)
    verify_child(kit, ADA, both.request_id)
    keep_names(kit, both.child, NAMES)
    assert [(one.number, one.names) for one in agreed(kit, both.request_id)] == [(2, NAMES)]


def test_what_waits_for_a_search_engine_is_stopped_when_a_name_is_taken_back(kit: Kit) -> None:
    filed = file_one(kit)
    named(kit, filed, *NAMES)
    mail, form = (
        waiting(kit, filed, NoticeKind.SEARCH),
        waiting(kit, filed, NoticeKind.SEARCH, Channel.FORM),
    )
    other = waiting(kit, filed, NoticeKind.CSAM)
    take_back_names(kit, follow_with_code(kit, filed.code))
    assert (state_of(kit, mail), state_of(kit, form)) == (NoticeState.UNDELIVERED, NoticeState.UNDELIVERED)
    assert state_of(kit, other) is NoticeState.APPROVED
    with kit.database.reading() as work:
        assert [one.state for one in work.letters.of_notice(mail)] == [LetterState.DROPPED]


def test_what_waits_goes_on_where_no_name_was_in_it(kit: Kit) -> None:
    filed = file_one(kit)
    notice_id = waiting(kit, filed, NoticeKind.SEARCH)
    named(kit, filed, *NAMES)
    named(kit, filed, *NAMES)  # the same again changes nothing
    assert state_of(kit, notice_id) is NoticeState.APPROVED
    named(kit, filed, NAMES[0])
    assert state_of(kit, notice_id) is NoticeState.UNDELIVERED
