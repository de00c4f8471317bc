"""Chase packs: the courier sends what was approved, and nothing that somebody slipped in."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.packs import facts_record, open_pack, seal_pack
from app.domain.words import LetterState
from app.outbound.ports import NullMailer
from app.persistence.notices import chase_packs
from app.vault.pairs import new_pair, ring_of
from app.vault.records import seal_record_to
from app.vault.seal import NotOpened, Purpose
from tests.casework.steps import all_letters, file_approved, open_courier
from tests.make_notice import notice_facts


def test_a_pack_comes_back_as_it_was_made() -> None:
    courier, facts = new_pair(), notice_facts()
    assert open_pack(ring_of(courier), "notice", seal_pack(courier, "notice", facts)) == facts


def test_a_pack_opens_for_its_own_notice_and_its_own_courier_alone() -> None:
    courier = new_pair()
    pack = seal_pack(courier, "notice", notice_facts())
    for opener, notice_id in ((courier, "another"), (new_pair(), "notice")):
        with pytest.raises(NotOpened):
            open_pack(ring_of(opener), notice_id, pack)


@pytest.mark.parametrize("claimed", [None, "", "00" * 32, "not hexadecimal"])
def test_a_pack_sealed_by_somebody_without_the_team_key_is_refused(claimed: str | None) -> None:
    courier = new_pair()
    record = facts_record(notice_facts()) | ({} if claimed is None else {"mac": claimed})
    forged = seal_record_to(courier.public, Purpose.CHASE_PACK, "notice", record)
    with pytest.raises(NotOpened):
        open_pack(courier, "notice", forged)


def test_a_letter_whose_pack_was_swapped_in_the_database_is_not_sent(kit: Kit) -> None:
    file_approved(kit)
    courier, mailer = open_courier(kit), NullMailer()
    (letter,) = all_letters(kit)
    facts = notice_facts()
    other = replace(facts, recipient=replace(facts.recipient, email="somebody@else.example"))
    forged = seal_record_to(
        courier.ring.current.public, Purpose.CHASE_PACK, letter.notice_id, facts_record(other)
    )
    with kit.database.writing() as work:
        work.connection.execute(update(chase_packs).values(pack_sealed=forged))
        work.commit()
    assert deliver_letter(kit, courier, mailer)
    assert mailer.sent == []
    assert all_letters(kit)[0].state is LetterState.REFUSED
