"""Somebody with the database swaps keys around a rotation: it stops, and says where."""

from dataclasses import replace

import pytest
from sqlalchemy import Table, update

from app.casework.enrol_member import add_grant
from app.casework.errors import KeyNotTrusted, RotationRefused
from app.casework.kit import Kit
from app.casework.prepare_rotation import prepare_rotation
from app.casework.rotate_team_key import rotate_team_key
from app.casework.switch_team_key import switch_team_key
from app.domain.staff import KeyState, StaffState
from app.domain.words import Role
from app.persistence.staff import staff
from app.persistence.team_keys import COURIER, SIGNING, hotline_keys, recovery_keys, team_keys
from app.vault.pairs import KeyPair, fingerprint_of, new_pair, seal_to
from app.vault.seal import Purpose
from tests.casework.key_steps import again, dump, enrol, pinning, prepared
from tests.make import ADA, BEN, MIRA, file_one

STRANGE = new_pair()


def swap(kit: Kit, table: Table, row_id: str, **values: object) -> None:
    with kit.database.writing() as work:
        done = work.connection.execute(update(table).where(table.c.id == row_id).values(**values))
        assert done.rowcount == 1
        work.commit()


def refused(kit: Kit, named: str) -> None:
    """Neither preparing anew nor running goes on; nothing is written."""
    was = dump(kit)
    for step in (
        lambda: prepare_rotation(kit, ADA, is_again=True),
        lambda: rotate_team_key(kit, ADA),
    ):
        with pytest.raises(KeyNotTrusted) as stopped:
            step()
        assert named in stopped.value.what
    assert dump(kit) == was


def test_a_swapped_key_of_a_caseworker_stops_it_and_is_named(kit: Kit) -> None:
    kit = prepared(kit)
    swap(kit, staff, BEN.id, public=STRANGE.public)
    refused(kit, BEN.id)


def test_a_caseworker_for_whom_nobody_vouched_stops_it(kit: Kit) -> None:
    kit = prepared(kit)
    swap(kit, staff, BEN.id, public_mac=b"", state=StaffState.SUSPENDED)
    refused(kit, BEN.id)


def test_a_swapped_key_of_an_admin_stops_it(kit: Kit) -> None:
    enrol(kit, replace(ADA, id=MIRA.id, name=MIRA.name, pair=MIRA.pair), role=Role.ADMIN)
    kit = prepared(kit)
    swap(kit, staff, MIRA.id, public=STRANGE.public)
    refused(kit, MIRA.id)


def test_somebody_who_waits_with_a_strange_key_gets_nothing(kit: Kit) -> None:
    eve = replace(ADA, id="e" * 32, name="Eve Stone", pair=STRANGE)
    enrol(kit, eve, StaffState.WAITING)
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    assert {row["staff_id"] for row in dump(kit)["grants"]} == {ADA.id, BEN.id}
    assert {row["public_mac"] for row in dump(kit)["staff"] if row["id"] == eve.id} == {b""}


def test_a_swapped_recovery_key_stops_it(kit: Kit) -> None:
    kit = prepared(kit)
    swap(kit, recovery_keys, dump(kit)["recovery_keys"][0]["id"], public=STRANGE.public)
    refused(kit, "recovery key")


@pytest.mark.parametrize("kind", [COURIER, SIGNING])
def test_a_swapped_key_of_the_hotline_stops_the_switch(kit: Kit, kind: str) -> None:
    kit = prepared(kit)
    with kit.database.reading() as work:
        key = work.hotline_keys.current(kind)
    swap(kit, hotline_keys, key.id, public=STRANGE.public)
    was = dump(kit)
    with pytest.raises(KeyNotTrusted) as stopped:
        rotate_team_key(kit, ADA)
    assert stopped.value.what == f"{kind} key {key.id}"
    assert dump(kit) == was


def test_a_swapped_courier_key_stops_a_rotation_that_goes_on(kit: Kit) -> None:
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    with kit.database.reading() as work:
        courier = work.hotline_keys.current(COURIER)
    swap(kit, hotline_keys, courier.id, public=STRANGE.public)
    with pytest.raises(KeyNotTrusted):
        rotate_team_key(kit, again(kit, ADA))


def test_a_swapped_team_key_stops_everything(kit: Kit) -> None:
    kit = prepared(kit)
    swap(kit, team_keys, dump_state(kit, KeyState.CURRENT), public=STRANGE.public)
    refused(kit, "team key")
    with pytest.raises(KeyNotTrusted):
        again(kit, ADA)
    with pytest.raises(KeyNotTrusted):
        file_one(kit)


def dump_state(kit: Kit, state: KeyState) -> str:
    return str(next(row["id"] for row in dump(kit)["team_keys"] if row["state"] == state))


def test_a_swapped_prepared_key_is_not_the_pinned_one(kit: Kit) -> None:
    kit = prepared(kit)
    swap(kit, team_keys, dump_state(kit, KeyState.NEXT), public=STRANGE.public)
    with pytest.raises(RotationRefused, match="not_pinned"):
        rotate_team_key(kit, ADA)


def test_a_strangers_next_key_with_grants_and_even_pinned_is_not_believed(kit: Kit) -> None:
    kit = prepared(kit)
    key_id = dump_state(kit, KeyState.NEXT)
    guess = seal_to(STRANGE.public, Purpose.TEAM_KEY_BEFORE, key_id, b"x" * 32)  # they know no team key
    swap(kit, team_keys, key_id, public=STRANGE.public, before_sealed=guess)
    with kit.database.writing() as work:
        work.staff.destroy_grants(team_key_id=key_id)
        for member in (ADA, BEN):
            add_grant(work, work.staff.member(member.id), key_id, STRANGE)
        work.commit()
    kit = pinning(kit, kit.settings.team_fingerprints[0], fingerprint_of(STRANGE.public))
    was = dump(kit)
    with pytest.raises(KeyNotTrusted):
        rotate_team_key(kit, ADA)
    assert dump(kit) == was


def test_a_strangers_bridge_is_not_crossed(kit: Kit) -> None:
    file_one(kit)
    kit = prepared(kit)
    after = switch_team_key(kit, ADA).team.current
    key_id = dump_state(kit, KeyState.CURRENT)
    strange = seal_to(after.public, Purpose.TEAM_KEY_BEFORE, key_id, STRANGE.seed)
    swap(kit, team_keys, key_id, before_sealed=strange)
    swap(kit, team_keys, dump_state(kit, KeyState.OLD), public=STRANGE.public)
    with pytest.raises(KeyNotTrusted):
        rotate_team_key(kit, again(kit, ADA))


def test_a_grant_that_holds_another_key_is_not_believed(kit: Kit) -> None:
    kit = prepared(kit)
    with kit.database.writing() as work:
        key_id = work.team_keys.current().id
        work.staff.destroy_grants(ADA.id, key_id)
        add_grant(work, work.staff.member(ADA.id), key_id, KeyPair(b"x" * 32))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        again(kit, ADA)
