"""One notice is about one kind: what is read, what goes, what is counted."""

import json
from dataclasses import replace

import pytest

from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.casework.note_mandate import MandateInput, note_mandate
from app.casework.open_case import open_case
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.laws import LawCode
from app.domain.notice_words import NoticeKind, ProviderKind
from app.domain.words import Basis, Ground, Kind, LocationState, NoticeState
from app.persistence.wraps import TEAM
from app.vault.pairs import open_with
from app.vault.records import unlock_record
from app.vault.seal import Purpose, SecretKey
from tests.casework.letter_steps import (
    add_host,
    approval_of,
    facts_of_notice,
    mail_to,
    move_place,
    notices_of,
    preview_of,
    switch_on,
)
from tests.casework.steps import approve_all, assess_all, places_of
from tests.make import ADA, CSAM, URL, file_one

HARMFUL = replace(CSAM, kind=Kind.HARMFUL, ground=Ground.PHYSICAL_ABUSE)
IDENTITY = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.US)
FOUR = "\n".join(f"https://img.northlight.example/{number}" for number in range(4))


def with_findings(kit: Kit, *findings: Finding) -> str:
    """A case with one place for each of these findings; its id."""
    filed = file_one(kit, "\n".join(FOUR.split("\n")[: len(findings)]))
    take_case(kit, ADA, filed.request_id)
    for place, finding in zip(places_of(kit, filed.request_id), findings, strict=True):
        assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), finding))
    return filed.request_id


def test_places_of_one_provider_go_in_a_letter_for_each_kind(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM, HARMFUL, IDENTITY, CSAM)
    groups = {one.kind: one.numbers for one in preview_notices(kit, ADA, request_id)}
    assert groups == {NoticeKind.CSAM: (1, 4), NoticeKind.HARMFUL: (2,), NoticeKind.IDENTITY: (3,)}
    approve_all(kit, request_id)
    made = notices_of(kit, request_id).values()
    assert {one.kind for one in made} == set(groups)
    for notice in made:
        facts = facts_of_notice(kit, notice)
        assert facts.kind is notice.kind
        assert {place.finding.kind.value for place in facts.places} == {notice.kind.value}


def test_places_of_two_kinds_are_never_approved_as_one_letter(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM, HARMFUL)
    first, second = preview_notices(kit, ADA, request_id)
    both = replace(approval_of(request_id, first), location_ids=first.location_ids + second.location_ids)
    with pytest.raises(NotAllowed):
        approve_notice(kit, ADA, both)


def test_a_kind_that_changed_since_it_was_read_makes_the_letter_stale(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM)
    [preview] = preview_notices(kit, ADA, request_id)
    [place] = places_of(kit, request_id)
    assess(kit, ADA, AssessInput(request_id, (place.id,), (place.version,), IDENTITY))
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(request_id, preview))


def test_the_answer_page_holds_neither_link_nor_code(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM)
    approve_all(kit, request_id)
    [notice] = notices_of(kit, request_id).values()
    with kit.database.reading() as work:
        wrapped = work.wraps.one(notice.id, "notice", TEAM)
    key = SecretKey(open_with(ADA.team, Purpose.NOTICE_KEY, notice.id, wrapped))
    record = unlock_record(key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed)
    facts = facts_of_notice(kit, notice)
    assert len(facts.verify_code) == 10
    assert "/n/" in facts.answer_link
    said = json.dumps(record)
    assert facts.verify_code not in said
    assert facts.answer_link not in said
    assert {record[name] for name in ("answer_link", "verify_code", "statement")} == {""}
    assert record["names"] == []


def test_a_place_that_is_back_has_a_new_letter_by_the_finding_it_has(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM)
    approve_all(kit, request_id)
    for state in (LocationState.NOTICE_SENT, LocationState.SAYS_REMOVED, LocationState.BACK):
        move_place(kit, request_id, 1, state)
    [preview] = preview_notices(kit, ADA, request_id)
    assert preview.may_be_approved
    approve_all(kit, request_id)
    assert len(notices_of(kit, request_id)) == 2
    assert places_of(kit, request_id)[0].state is LocationState.APPROVED


def test_each_place_is_counted_once_for_each_time_that_it_was_there(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM, HARMFUL)

    def counted() -> dict[str, int]:
        with kit.database.reading() as work:
            cells = work.outcome_counts.of_year(kit.clock().year)
        return {cell.kind: count for cell, count in cells.items() if cell.outcome == "noticed"}

    approve_all(kit, request_id)
    assert counted() == {"csam": 1, "harmful": 1}
    move_place(kit, request_id, 1, LocationState.ASSESSED)  # its letter was dropped, and comes again
    approve_all(kit, request_id)
    assert counted() == {"csam": 1, "harmful": 1}
    for state in (LocationState.NOTICE_SENT, LocationState.GONE, LocationState.BACK):
        move_place(kit, request_id, 1, state)
    approve_all(kit, request_id)
    assert counted() == {"csam": 2, "harmful": 1}


def test_only_laws_that_hold_for_provider_and_kind_are_cited_and_a_change_makes_stale(kit: Kit) -> None:
    add_host(kit, "Lowlands", mail_to("abuse@lowlands.example"), country="NL")
    filed = file_one(kit, f"{URL}\nhttps://lowlands.example/1")
    assess_all(kit, filed.request_id)
    before = preview_of(kit, filed.request_id, "Lowlands")
    switch_on(kit, LawCode.DSA_16)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, before))
    approve_all(kit, filed.request_id)
    laws = {
        facts.recipient.name: [law.code for law in facts.laws]
        for facts in (facts_of_notice(kit, one) for one in notices_of(kit, filed.request_id).values())
    }
    assert laws == {"Lowlands": ["dsa_16"], "Northlight Hosting": []}


def test_a_mandate_is_told_only_where_it_is_noted_and_only_by_choice(kit: Kit) -> None:
    covered = {"kind": ProviderKind.PLATFORM, "country": "US", "is_covered": True}
    add_host(kit, "Square", mail_to("abuse@square.example"), **covered)  # type: ignore[arg-type]
    switch_on(kit, LawCode.TAKE_IT_DOWN)
    filed = file_one(kit, "https://square.example/1")
    assess_all(kit, filed.request_id)
    preview = preview_of(kit, filed.request_id, "Square")
    assert preview.mandate_body == ""
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview, tells_mandate=True))
    note_mandate(kit, ADA, MandateInput(filed.request_id, "Signed, on paper."))
    with pytest.raises(Stale):  # what may be chosen changed: it is read again
        approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    preview = preview_of(kit, filed.request_id, "Square")
    assert "TAKE IT DOWN" in preview.mandate_body
    assert "TAKE IT DOWN" not in (preview.body or "")
    approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    [notice] = notices_of(kit, filed.request_id).values()
    assert facts_of_notice(kit, notice).laws == ()


def test_a_mandate_that_was_chosen_stands_in_the_letter(kit: Kit) -> None:
    covered = {"kind": ProviderKind.PLATFORM, "country": "US", "is_covered": True}
    add_host(kit, "Square", mail_to("abuse@square.example"), **covered)  # type: ignore[arg-type]
    switch_on(kit, LawCode.TAKE_IT_DOWN)
    filed = file_one(kit, "https://square.example/1")
    assess_all(kit, filed.request_id)
    note_mandate(kit, ADA, MandateInput(filed.request_id, "Signed, on paper."))
    preview = preview_of(kit, filed.request_id, "Square")
    approve_notice(kit, ADA, approval_of(filed.request_id, preview, tells_mandate=True))
    [notice] = notices_of(kit, filed.request_id).values()
    assert [law.code for law in facts_of_notice(kit, notice).laws] == ["take_it_down"]


def test_a_letter_that_was_stopped_is_no_notice_that_a_referred_place_had(kit: Kit) -> None:
    request_id = with_findings(kit, CSAM)
    approve_all(kit, request_id)
    [notice] = notices_of(kit, request_id).values()
    with kit.database.writing() as work:
        work.notices.save(replace(notice, state=NoticeState.CANCELLED))
        work.commit()
    move_place(kit, request_id, 1, LocationState.ASSESSED)
    move_place(kit, request_id, 1, LocationState.REFERRED)
    assert len(preview_notices(kit, ADA, request_id)) == 1
    assert [one.reference for one in open_case(kit, ADA, request_id).notices] == [notice.reference]
