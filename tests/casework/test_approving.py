"""Approval: one notice for one provider, from the letter that was read, once."""

import json
from dataclasses import asdict, fields, replace

import pytest
from sqlalchemy import update

from app.casework.add_provider import add_provider
from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.change_provider import change_provider
from app.casework.errors import KeyNotTrusted, NotFound, NotHolding, Stale
from app.casework.found_hotline import new_hotline_key
from app.casework.kit import Kit, new_id
from app.casework.packs import facts_of, facts_record
from app.casework.preview_notice import preview_notices
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.take_case import take_case
from app.domain.desk_words import Channel
from app.domain.letters import Letter
from app.domain.notices import NoticeFacts
from app.domain.words import Asker, LetterState, LocationState
from app.persistence.team_keys import COURIER, hotline_keys
from app.reads.providers import list_providers
from app.vault.pairs import new_pair
from app.vault.records import open_record_with
from app.vault.seal import Purpose
from tests.casework.steps import (
    all_at_once,
    all_letters,
    approvals,
    approve_all,
    assess_all,
    kinds,
    open_courier,
    places_of,
    trail_of,
)
from tests.make import ADA, BEN, CSAM, MIRA, URL, Filed, file_one

MANY = "\n".join(
    (URL, "https://talkyard.example/t/9", "https://x.northlight.example/b", "https://nobody.example/c")
)


def ready(kit: Kit, places: str = URL, asker: Asker = Asker.PERSON, words: str = "") -> Filed:
    filed = file_one(kit, places, asker, words)
    assess_all(kit, filed.request_id)
    return filed


def facts_in(kit: Kit, letter: Letter) -> NoticeFacts:
    courier = open_courier(kit)
    with kit.database.reading() as work:
        pack = work.notices.pack(letter.notice_id)
    return facts_of(open_record_with(courier.ring, Purpose.CHASE_PACK, letter.notice_id, pack))


def test_places_are_grouped_by_provider_and_numbered_anew(kit: Kit) -> None:
    filed = ready(kit, MANY)
    groups = {p.provider_name: p.numbers for p in preview_notices(kit, ADA, filed.request_id)}
    assert groups == {"Northlight Hosting": (1, 3), "Talkyard": (2,), None: (4,)}
    approve_all(kit, filed.request_id)
    facts = sorted((facts_in(kit, letter) for letter in all_letters(kit)), key=lambda f: f.recipient.name)
    assert [[place.number for place in each.places] for each in facts] == [[1, 2], [1]]
    assert [place.url for place in facts[0].places] == [URL, "https://x.northlight.example/b"]
    states = [place.state for place in places_of(kit, filed.request_id)]
    assert states == [LocationState.APPROVED] * 3 + [LocationState.ASSESSED]
    assert trail_of(kit, filed.request_id).count("notice_approved") == 2


def test_the_letter_that_was_read_is_the_one_that_goes(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    (place,) = places_of(kit, filed.request_id)
    assess(
        kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), replace(CSAM, identified=True))
    )
    with pytest.raises(Stale):
        approve_notice(kit, ADA, given)
    (given,) = approvals(kit, filed.request_id)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(given, seen=""))
    approve_notice(kit, ADA, given)


def test_a_provider_changed_since_the_letter_was_read_makes_it_stale(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    provider = next(p for p in list_providers(kit) if p.id == given.provider_id)
    fields_of_input = {f.name: getattr(provider, f.name) for f in fields(ProviderInput)}
    moved = one_contact("new@northlight.example", "en", Channel.PLAIN)
    change_provider(kit, MIRA, provider.id, ProviderInput(**fields_of_input | {"contacts": moved}))
    with pytest.raises(Stale):
        approve_notice(kit, ADA, given)
    assert all_letters(kit) == []


def test_a_place_is_not_sent_to_a_provider_it_does_not_belong_to(kit: Kit) -> None:
    filed = ready(kit, MANY)
    first, second = approvals(kit, filed.request_id)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(first, provider_id=second.provider_id))
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(first, provider_id=new_id()))
    both = first.location_ids + second.location_ids
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(first, location_ids=both))
    for ids in ((), (*first.location_ids, new_id())):
        with pytest.raises(NotFound):
            approve_notice(kit, ADA, replace(first, location_ids=ids))
    with pytest.raises(NotHolding):
        approve_notice(kit, BEN, first)
    assert all_letters(kit) == []


def test_approving_a_second_time_is_stale_and_sends_nothing_more(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, given)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, given)
    assert [letter.state for letter in all_letters(kit)] == [LetterState.WAITING]


def test_approved_by_four_threads_at_once_it_is_one_notice(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    came_of = all_at_once(*[lambda: approve_notice(kit, ADA, given)] * 4)
    assert kinds(came_of) == ["Stale", "Stale", "Stale", "str"]
    assert len(all_letters(kit)) == 1
    assert trail_of(kit, filed.request_id).count("notice_approved") == 1


def test_each_letter_has_a_message_id_and_a_reference_of_its_own(kit: Kit) -> None:
    references = [ref for _ in range(3) for ref in approve_all(kit, ready(kit, MANY).request_id)]
    assert len(set(references)) == 6
    ids = {letter.message_id for letter in all_letters(kit)}
    assert len(ids) == 6
    assert all(one.endswith("@hotline.example>") for one in ids)


def test_a_courier_key_that_somebody_slipped_in_is_refused(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    with kit.database.writing() as work:
        work.connection.execute(
            update(hotline_keys).where(hotline_keys.c.kind == COURIER).values(public=new_pair().public)
        )
        work.commit()
    with pytest.raises(KeyNotTrusted):
        approve_notice(kit, ADA, given)
    assert all_letters(kit) == []
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSED


def test_a_courier_key_vouched_for_by_another_team_is_refused(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    with kit.database.writing() as work:
        work.hotline_keys.destroy(work.hotline_keys.current(COURIER).id)
        work.hotline_keys.add(new_hotline_key(kit, COURIER, new_pair(), kit.clock()))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        approve_notice(kit, ADA, given)


def test_what_a_notice_knows_has_no_field_for_the_one_who_asked() -> None:
    assert {f.name for f in fields(NoticeFacts)} == set(
        "reference made_at answer_by answer_link hotline recipient places statement kind verify_link "
        "verify_code laws names about about_provider ticket".split()
    )


@pytest.mark.parametrize("asker", list(Asker))
def test_a_letter_is_the_same_bytes_whoever_asked(embedded_kit: Kit, asker: Asker) -> None:
    kit = embedded_kit
    plain = ready(kit, MANY)
    other = ready(kit, MANY, asker, words="Odd-word-42, in words of my own.")
    (first, second) = (
        [(p.subject, p.body) for p in preview_notices(kit, ADA, filed.request_id)] for filed in (plain, other)
    )
    assert first == second
    approve_all(kit, plain.request_id)
    approve_all(kit, other.request_id)
    records = [facts_record(facts_in(kit, letter)) for letter in all_letters(kit)]
    for record in records:
        for drawn in ("reference", "answer_link", "verify_code"):
            del record[drawn]
    written = {json.dumps(record, sort_keys=True) for record in records}
    assert len(written) == 2, "one for each provider, whoever asked"
    assert "Odd-word" not in "".join(written)


def test_nothing_of_the_request_is_in_a_chase_pack(kit: Kit) -> None:
    filed = ready(kit, words="Odd-word-42")
    approve_all(kit, filed.request_id)
    (letter,) = all_letters(kit)
    packed = json.dumps(asdict(facts_in(kit, letter)), default=str)
    for secret in ("Odd-word", filed.code, filed.request_id, filed.request_id[:8], ADA.name, ADA.id):
        assert secret not in packed


def test_a_host_that_gets_a_provider_later_can_then_be_approved(kit: Kit) -> None:
    filed = ready(kit, "https://nobody.example/c")
    assert approvals(kit, filed.request_id) == []
    contacts = one_contact("abuse@nobody.example", "fr", Channel.PLAIN)
    given = ProviderInput("Nobody", ("nobody.example",), "FR", "", contacts)
    add_provider(kit, MIRA, given)
    approve_all(kit, filed.request_id)
    (letter,) = all_letters(kit)
    facts = facts_in(kit, letter)
    assert (facts.recipient.language, facts.recipient.wants_xarf) == ("fr", False)
    assert "/fr/n/" in facts.answer_link


def test_a_case_taken_over_is_approved_by_its_new_holder_only(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    kit.clock.move(minutes=31)  # type: ignore[attr-defined]
    take_case(kit, BEN, filed.request_id)
    with pytest.raises(NotHolding):
        approve_notice(kit, ADA, given)
    approve_notice(kit, BEN, given)
