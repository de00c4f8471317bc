"""Search engines are asked to take places, and a name's tie to them, out of their results."""

import json
from dataclasses import replace

import pytest

from app.casework.approve_notice import approve_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_names import keep_names, take_back_names
from app.casework.kit import Kit
from app.casework.letter_previews import NoticePreview
from app.casework.packs import facts_record
from app.casework.preview_notice import preview_notices
from app.domain.notice_words import NoticeKind, ProviderKind
from app.domain.words import Asker, LocationState, NoticeState
from app.outbound.ports import NullMailer
from app.persistence.wraps import TEAM
from app.vault.pairs import open_with
from app.vault.records import unlock_record
from app.vault.seal import Purpose, SecretKey
from tests.casework.letter_steps import (
    add_host,
    approval_of,
    facts_of_notice,
    form_at,
    mail_to,
    move_place,
    notices_of,
    preview_of,
)
from tests.casework.steps import all_letters, approvals, assess_all, open_courier, places_of, trail_of
from tests.make import ADA, URL, Filed, Voice, file_one

NAME = "Oddname Quillfeather"
PLACES = f"{URL}\nhttps://results.lookaround.example/?q=x"


def engine(kit: Kit, name: str = "Lookaround") -> str:
    return add_host(kit, name, mail_to(f"removals@{name.lower()}.example"), kind=ProviderKind.SEARCH)


def ready(kit: Kit, places: str = URL, voice: Voice | None = None) -> Filed:
    filed = file_one(kit, places, voice=voice)
    assess_all(kit, filed.request_id)
    return filed


def search_letter(kit: Kit, filed: Filed, name: str = "Lookaround") -> NoticePreview:
    [found] = [
        one
        for one in preview_notices(kit, ADA, filed.request_id)
        if one.is_search and one.provider_name == name
    ]
    return found


def test_each_search_engine_has_a_letter_about_all_places_of_whatever_kind(kit: Kit) -> None:
    engine(kit)
    engine(kit, "Findall")
    filed = ready(kit)
    previews = preview_notices(kit, ADA, filed.request_id)
    assert [(one.provider_name, one.kind) for one in previews] == [
        ("Northlight Hosting", NoticeKind.CSAM),
        ("Findall", NoticeKind.SEARCH),
        ("Lookaround", NoticeKind.SEARCH),
    ]
    assert {one.numbers for one in previews} == {(1,)}
    assert previews[1].rungs == ()


def test_it_moves_no_place_and_is_written_once(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit)
    preview = search_letter(kit, filed)
    approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSED
    [notice] = notices_of(kit, filed.request_id).values()
    assert notice.kind is NoticeKind.SEARCH
    assert [one.kind for one in preview_notices(kit, ADA, filed.request_id)] == [NoticeKind.CSAM]
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    assert deliver_letter(kit, open_courier(kit), NullMailer())
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSED
    [given] = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, given)
    assert len(all_letters(kit)) == 2


def test_results_are_asked_for_even_when_the_place_itself_is_gone(kit: Kit) -> None:
    filed = ready(kit)
    [given] = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, given)
    for state in (LocationState.NOTICE_SENT, LocationState.SAYS_REMOVED, LocationState.GONE):
        move_place(kit, filed.request_id, 1, state)
    assert preview_notices(kit, ADA, filed.request_id) == ()
    engine(kit)
    assert search_letter(kit, filed).numbers == (1,)


def test_what_was_withdrawn_or_has_no_finding_is_named_to_nobody(kit: Kit) -> None:
    engine(kit)
    unseen = file_one(kit)
    assert preview_notices(kit, ADA, unseen.request_id) == ()
    filed = ready(kit)
    preview = search_letter(kit, filed)
    move_place(kit, filed.request_id, 1, LocationState.WITHDRAWN)
    assert preview_notices(kit, ADA, filed.request_id) == ()
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview))


def test_what_lies_with_the_search_engine_itself_goes_by_the_letter_about_it(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit, PLACES)
    groups = {
        (one.provider_name, one.kind): one.numbers for one in preview_notices(kit, ADA, filed.request_id)
    }
    assert groups == {
        ("Northlight Hosting", NoticeKind.CSAM): (1,),
        ("Lookaround", NoticeKind.CSAM): (2,),
        ("Lookaround", NoticeKind.SEARCH): (1,),
    }


def test_nobody_but_a_search_engine_is_written_to_as_one(kit: Kit) -> None:
    filed = ready(kit, f"{URL}\nhttps://talkyard.example/1")
    first, second = approvals(kit, filed.request_id)
    crossed = replace(first, provider_id=second.provider_id, is_search=True)
    with pytest.raises(NotAllowed):
        approve_notice(kit, ADA, crossed)


def test_a_name_goes_only_when_it_was_agreed_and_chosen_and_only_in_the_letter(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit)
    assert search_letter(kit, filed).names == ()
    follower = follow_with_code(kit, filed.code)
    keep_names(kit, follower, (NAME,))
    preview = search_letter(kit, filed)
    [named] = preview.names
    assert named.names == (NAME,)
    assert NAME in named.body
    assert NAME not in (preview.body or "")
    approve_notice(kit, ADA, approval_of(filed.request_id, preview, names_of=named.party_id))
    [notice] = notices_of(kit, filed.request_id).values()
    assert facts_of_notice(kit, notice).names == (NAME,)
    assert trail_of(kit, filed.request_id).count("names_passed_on") == 1
    with kit.database.reading() as work:
        wrapped = work.wraps.one(notice.id, "notice", TEAM)
    key = SecretKey(open_with(ADA.team, Purpose.NOTICE_KEY, notice.id, wrapped))
    record = unlock_record(key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed)
    assert NAME not in json.dumps(record, ensure_ascii=False)


def test_without_a_choice_no_name_goes(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit)
    keep_names(kit, follow_with_code(kit, filed.code), (NAME,))
    approve_notice(kit, ADA, approval_of(filed.request_id, search_letter(kit, filed)))
    [notice] = notices_of(kit, filed.request_id).values()
    assert NAME not in json.dumps(facts_record(facts_of_notice(kit, notice)))
    assert "names_passed_on" not in trail_of(kit, filed.request_id)


def test_a_name_that_was_taken_back_since_it_was_read_does_not_go(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit)
    follower = follow_with_code(kit, filed.code)
    keep_names(kit, follower, (NAME,))
    preview = search_letter(kit, filed)
    take_back_names(kit, follower)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview, names_of=preview.names[0].party_id))
    assert all_letters(kit) == []


def test_no_name_and_no_own_words_are_offered_to_the_other_kind_of_provider(kit: Kit) -> None:
    engine(kit)
    filed = ready(kit, voice=Voice(asker=Asker.PERSON, words="Odd-word-42.", may_provider_hear=True))
    follower = follow_with_code(kit, filed.code)
    keep_names(kit, follower, (NAME,))
    host = preview_of_kind(kit, filed, NoticeKind.CSAM)
    assert host.names == ()
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, host, names_of=follower.party_id))
    search = search_letter(kit, filed)
    assert search.statements == ()
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, search, words_of=follower.party_id))


def preview_of_kind(kit: Kit, filed: Filed, kind: NoticeKind) -> NoticePreview:
    [found] = [one for one in preview_notices(kit, ADA, filed.request_id) if one.kind is kind]
    return found


def test_a_search_engine_with_a_form_is_written_to_by_hand(kit: Kit) -> None:
    form = form_at("https://formsearch.example/remove")
    add_host(kit, "Formsearch", form, kind=ProviderKind.SEARCH)
    filed = ready(kit)
    preview = preview_of(kit, filed.request_id, "Formsearch")
    approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    [notice] = notices_of(kit, filed.request_id).values()
    assert (notice.state, notice.channel.value) == (NoticeState.APPROVED, "form")
    assert all_letters(kit) == []
