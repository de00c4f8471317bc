"""Addresses stay sealed, survive a rotation, belong to no backup; what was slipped in is mailed to nobody."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.casework.actors import Courier, Requester
from app.casework.back_up import back_up
from app.casework.contact_packs import ContactPack, courier_public, seal_for_courier
from app.casework.deliver_news import deliver_news
from app.casework.errors import KeyNotTrusted
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_contact import ContactInput
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.rotate_team_key import rotate_team_key
from app.casework.stop_contact import stop_contact
from app.casework.switch_team_key import switch_team_key
from app.casework.take_case import take_case
from app.casework.unlock_courier import unlock_courier
from app.domain.proof_words import ContactState
from app.domain.words import Hours, LetterState, Telling
from app.outbound.ports import NullMailer
from app.persistence.backup_rows import Part, tables_of
from app.persistence.contacts import contact_mails, contacts
from app.persistence.team_keys import COURIER, hotline_keys
from app.reads.contact import read_contact
from app.reads.follow import read_follow
from app.reads.rotation_state import read_rotation
from app.vault.pairs import new_pair, open_with, ring_of, start_of
from app.vault.records import seal_record_to
from app.vault.seal import NotOpened, Purpose
from tests.casework.contact_steps import (
    EMAIL,
    clock_of,
    confirm,
    contact_of,
    leave,
    mails_of,
    sent_by,
    told,
    with_courier,
)
from tests.casework.key_steps import again, prepared
from tests.make import ADA, BEN, TEAM, file_one

THEIRS = "somebody@else.example"
FORGED = ContactPack(THEIRS, "en", Telling.EACH_STEP, Hours.ANY, "", is_confirmed=True)


def slip_in(kit: Kit, sealed: bytes) -> None:
    """As somebody does who can write to the database and has nothing else."""
    values = {"for_courier_sealed": sealed, "state": ContactState.CONFIRMED}
    with kit.database.writing() as work:
        work.connection.execute(update(contacts).values(**values))
        work.connection.execute(update(contact_mails).values(state=LetterState.WAITING, about="step"))
        work.commit()


def test_what_was_sealed_without_the_settings_is_mailed_to_nobody(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    public = courier.ring.current.public
    slip_in(kit, seal_record_to(public, Purpose.CONTACT_FOR_COURIER, actor.party_id, asdict(FORGED)))
    assert sent_by(kit, courier) == []
    assert read_follow(kit, actor).contact is ContactState.UNDELIVERABLE


def test_what_another_installation_sealed_is_mailed_to_nobody(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    elsewhere = replace(kit, settings=replace(kit.settings, secret=bytes(range(32))))
    slip_in(kit, seal_for_courier(elsewhere, courier.ring.current.public, actor.party_id, FORGED))
    assert sent_by(kit, courier) == []


def test_one_partys_address_does_not_do_for_another(kit: Kit) -> None:
    courier = with_courier(kit)
    _, mine = told(kit, courier)
    kept = contact_of(kit, mine)
    assert kept is not None
    filed, other = told(kit, courier)
    with kit.database.writing() as work:
        theirs = update(contacts).where(contacts.c.party_id == other.party_id)
        work.connection.execute(theirs.values(for_courier_sealed=kept.for_courier_sealed))
        work.commit()
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(hours=1)
    assert sent_by(kit, courier) == []


def test_a_state_turned_in_the_database_confirms_nothing(kit: Kit) -> None:
    courier, filed = with_courier(kit), file_one(kit)
    actor = follow_with_code(kit, filed.code)
    leave(kit, actor)
    with kit.database.writing() as work:
        work.contacts.note(actor.party_id, state=ContactState.CONFIRMED)
        work.commit()
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(hours=1)
    assert sent_by(kit, courier) == []


def test_no_address_is_sealed_to_a_couriers_key_that_was_swapped_and_filing_goes_on(kit: Kit) -> None:
    with_courier(kit)
    actor, thief = follow_with_code(kit, file_one(kit).code), new_pair()
    with kit.database.writing() as work:
        swapped = update(hotline_keys).where(hotline_keys.c.kind == COURIER)
        work.connection.execute(swapped.values(public=thief.public))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        leave(kit, actor)
    filed = file_one(kit, contact=ContactInput(EMAIL, Telling.END))
    assert contact_of(kit, follow_with_code(kit, filed.code)) is None
    with kit.database.reading() as work, pytest.raises(KeyNotTrusted):
        courier_public(kit, work)


def test_a_stolen_database_with_its_settings_holds_no_address(kit: Kit) -> None:
    courier = with_courier(kit)
    told(kit, courier)
    with kit.database.reading() as work:
        row = work.connection.execute(select(contacts)).one()
    for value in row:
        assert EMAIL.encode() not in (value if isinstance(value, bytes) else str(value).encode())


def courier_of(kit: Kit) -> Courier:
    """A courier that was opened after a rotation."""
    door = CourierDoor(kit)
    unlock_courier(kit, again(kit, BEN))
    opened = door.knock()
    assert opened is not None
    return opened


def news_due(kit: Kit, courier: Courier) -> Requester:
    filed, actor = told(kit, courier)
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(minutes=16)
    return actor


def test_addresses_are_carried_over_to_the_couriers_next_key(kit: Kit) -> None:
    courier = with_courier(kit)
    actor = news_due(kit, courier)
    unconfirmed = follow_with_code(kit, file_one(kit).code)
    leave(kit, unconfirmed, "late@mail.example")
    with kit.database.reading() as work:
        before = work.hotline_keys.current(COURIER).public
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    with kit.database.reading() as work:
        assert work.contacts.for_courier.count(start_of(before)) == 0
    sent = {str(mail["To"]): mail for mail in sent_by(kit, courier_of(kit))}
    assert set(sent) == {EMAIL, "late@mail.example"}
    leave(kit, actor, telling=Telling.END)
    assert read_contact(kit, actor).contact is not None


def test_in_the_middle_of_a_rotation_old_and_new_addresses_are_written_to(kit: Kit) -> None:
    courier = with_courier(kit)
    news_due(kit, courier)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    left = read_rotation(kit).left
    assert left is not None
    assert left.contacts == 1
    late = follow_with_code(kit, file_one(kit).code)
    leave(kit, late, "late@mail.example")
    assert {str(mail["To"]) for mail in sent_by(kit, courier_of(kit))} == {EMAIL, "late@mail.example"}


def test_a_mail_for_a_key_the_courier_was_not_given_waits_and_its_tries_do_not_count(kit: Kit) -> None:
    courier = with_courier(kit)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    actor = follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    assert deliver_news(kit, courier, NullMailer())
    assert not deliver_news(kit, courier, NullMailer())
    [mail] = mails_of(kit, actor)
    assert (mail.state, mail.attempts, mail.lease) == (LetterState.WAITING, 0, None)
    clock_of(kit).move(minutes=1)
    confirm(kit, courier_of(kit), actor)


def test_who_changes_an_address_while_it_is_carried_over_keeps_the_new_one(kit: Kit) -> None:
    courier = with_courier(kit)
    actor = news_due(kit, courier)
    kept = contact_of(kit, actor)
    assert kept is not None
    leave(kit, actor, "other@mail.example")
    with kit.database.writing() as work:
        assert not work.contacts.for_courier.reseal(actor.party_id, kept.for_courier_sealed, b"old")
        work.commit()
    [mail] = sent_by(kit, courier)
    assert mail["To"] == "other@mail.example"


def test_no_backup_holds_an_address(embedded_kit: Kit, tmp_path: Path) -> None:
    courier = with_courier(embedded_kit)
    _, actor = told(embedded_kit, courier)
    assert {"contacts", "contact_mails"}.isdisjoint(table.name for part in Part for table in tables_of(part))
    assert len(back_up(embedded_kit, tmp_path / "kept")) == 2
    stop_contact(embedded_kit, actor)


def test_the_team_key_opens_the_voice_and_so_the_address_and_the_courier_opens_no_voice(kit: Kit) -> None:
    courier = with_courier(kit)
    _, actor = told(kit, courier)
    kept = contact_of(kit, actor)
    assert kept is not None
    opened = open_with(courier.ring, Purpose.CONTACT_FOR_COURIER, actor.party_id, kept.for_courier_sealed)
    assert EMAIL.encode() in opened
    with pytest.raises(NotOpened):
        open_with(ring_of(TEAM), Purpose.CONTACT_FOR_COURIER, actor.party_id, kept.for_courier_sealed)
