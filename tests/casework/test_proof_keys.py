"""The keys of proofs: through a rotation, into the right part of a backup, gone with a forgotten request."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.casework.answer_voucher import answer_voucher
from app.casework.case_keys import open_case_keys
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.end_vouchers import end_vouchers
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_proof import give_proof
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.open_voucher import open_voucher
from app.casework.proof_records import open_content, open_decision, open_told
from app.casework.take_back_proof import take_back_proof
from app.casework.take_case import take_case
from app.domain.proof_words import AgeResult
from app.domain.words import Asker
from app.persistence.backup_rows import Part, tables_of
from app.persistence.proofs import proofs
from app.persistence.wraps import TEAM, wraps
from app.vault.pairs import open_with
from app.vault.seal import NotOpened, Purpose, SecretKey
from tests.casework.key_steps import again, rotated
from tests.casework.proof_steps import DECLARED, RECORD, SAID, WORD, asked, asking, decide, given, own
from tests.casework.test_forgetting_files import plain_files
from tests.make import ADA, Clock, file_one
from tests.make import TEAM as TEAM_PAIR


def test_after_a_rotation_every_proof_opens_and_every_link_too(kit: Kit) -> None:
    filed, actor, proof_id = given(kit, RECORD)
    decided = file_one(kit)
    other = follow_with_code(kit, decided.code)
    give_proof(kit, other, WORD)
    decide(kit, decided, own(kit, other)[0].id, AgeResult.LIKELY, DECLARED)
    shown = asked(kit, actor)
    kit = rotated(kit)
    ada = again(kit, ADA)
    assert open_proof(kit, ada, filed.request_id, proof_id).content == RECORD
    [kept] = open_case(kit, ada, decided.request_id).proofs
    assert kept.decision is not None
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), SAID)
    content = open_proof(kit, ada, filed.request_id, shown.id).content
    assert content is not None
    assert content.confirmation == SAID
    with kit.database.reading() as work:
        wrapped = work.wraps.one(proof_id, "proof", TEAM)
    with pytest.raises(NotOpened):
        open_with(TEAM_PAIR, Purpose.PROOF_KEY, proof_id, wrapped)


def test_nothing_of_a_proof_opens_anywhere_but_at_home(kit: Kit) -> None:
    (filed, actor, first), second = given(kit, RECORD), ""
    give_proof(kit, actor, RECORD)
    second = next(one.id for one in own(kit, actor) if one.id != first)
    decide(kit, filed, first)
    with kit.database.reading() as work:
        keys = open_case_keys(work, ADA.team, filed.request_id)
        one, two = work.proofs.load(first), work.proofs.load(second)
        key = SecretKey(
            open_with(TEAM_PAIR, Purpose.PROOF_KEY, second, work.wraps.one(second, "proof", TEAM))
        )
    voice = actor.voice_key
    assert open_content(key, second, two.proof_sealed or b"") == RECORD
    for tried in (
        lambda: open_content(key, first, two.proof_sealed or b""),
        lambda: open_content(keys.desk, second, two.proof_sealed or b""),
        lambda: open_decision(keys.desk, second, one.decision_sealed or b""),
        lambda: open_decision(voice, first, one.decision_sealed or b""),
        lambda: open_told(voice, first, two.told_sealed),
        lambda: open_told(keys.desk, first, one.told_sealed),
    ):
        with pytest.raises(NotOpened):
            tried()


def test_a_proof_put_in_the_place_of_another_does_not_open(kit: Kit) -> None:
    filed, actor, first = given(kit, RECORD)
    give_proof(kit, actor, WORD)
    with kit.database.writing() as work:
        rows = {row.id: row.proof_sealed for row in work.proofs.of_request(filed.request_id)}
        other = next(sealed for one, sealed in rows.items() if one != first)
        work.connection.execute(update(proofs).where(proofs.c.id == first).values(proof_sealed=other))
        work.commit()
    with pytest.raises(NotOpened):
        open_proof(kit, ADA, filed.request_id, first)


def test_a_destroyed_request_leaves_no_row_of_its_proofs(kit: Kit) -> None:
    filed, actor, _first = given(kit, RECORD)
    asked(kit, actor)
    forget_request(kit, actor, filed.request_id)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=31)
    assert end_vouchers(kit) == 1, "the link has ended before the request was destroyed"
    destroy_forgotten(kit)
    with kit.database.reading() as work:
        for table in (proofs, wraps):
            assert work.connection.execute(select(table)).all() == []


def test_a_main_file_of_a_backup_opens_no_proof() -> None:
    assert proofs in tables_of(Part.MAIN)
    assert wraps in tables_of(Part.WRAPS)


def test_a_child_who_is_joined_to_another_request_brings_their_proofs(kit: Kit) -> None:
    family = file_one(kit, asker=Asker.PARENT)
    child_filed, child = asking(kit)
    give_proof(kit, child, WORD)
    decide(kit, child_filed, own(kit, child)[0].id, AgeResult.LIKELY, DECLARED)
    give_proof(kit, child, RECORD)
    shown = asked(kit, child)
    take_case(kit, ADA, family.request_id)
    join_requests(kit, ADA, JoinInput(family.request_id, child_filed.request_id))
    now = follow_with_code(kit, child_filed.code)
    assert {one.result for one in own(kit, now)} == {AgeResult.LIKELY, None}
    folder = open_case(kit, ADA, family.request_id)
    assert {one.party_id for one in folder.proofs} == {now.party_id}
    [record] = [one for one in folder.proofs if one.is_to_decide]
    assert open_proof(kit, ADA, family.request_id, record.id).content == RECORD
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), replace(SAID, name="Another"))
    assert sum(one.is_to_decide for one in open_case(kit, ADA, family.request_id).proofs) == 2
    assert isinstance(kit.clock, Clock)
    kit.clock.move(minutes=1)
    destroy_forgotten(kit)
    assert open_proof(kit, ADA, family.request_id, record.id).content == RECORD


@pytest.mark.parametrize("how", ["decided", "taken back"])
def test_no_file_of_the_database_holds_a_proof_that_was_destroyed(embedded_kit: Kit, how: str) -> None:
    filed, actor, proof_id = given(embedded_kit, RECORD)
    with embedded_kit.database.reading() as work:
        sealed = work.proofs.load(proof_id).proof_sealed or b""
        wrapped = work.wraps.one(proof_id, "proof", TEAM)
    folder = embedded_kit.settings.database_path.parent
    assert sealed[9:41] in plain_files(folder)
    if how == "decided":
        decide(embedded_kit, filed, proof_id)
    else:
        take_back_proof(embedded_kit, actor, proof_id)
    left = plain_files(folder)
    assert [piece in left for piece in (sealed[9:41], wrapped[9:41])] == [False, False]
