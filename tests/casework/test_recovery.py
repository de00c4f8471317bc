"""The printed shares, on the worst day: what they open, whom they let in, what they refuse."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, update

from app.casework.drill_recovery import drill_recovery
from app.casework.errors import KeyNotTrusted, NotAllowed, NotFound, OtherRecoveryKey, SignInTaken, Stale
from app.casework.grant_by_recovery import GrantInput, grant_by_recovery, invite_by_recovery
from app.casework.invite_member import Invite, invitation_key, invitation_lookup
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.recover_team_key import recover_team_key
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.team_keys import recovery_grants, recovery_keys, team_keys
from app.reads.desk_state import read_desk_state
from app.reads.drill_state import read_drill_state
from app.vault.pairs import KeyPair, fingerprint_of, new_pair, seal_to
from app.vault.seal import Purpose, unlock
from app.vault.shares import ShareProblem, split_key
from tests.casework.key_steps import again, dump, enrol, hotline_lines, pinning, rotated
from tests.make import ADA, BEN, MIRA, RECOVERY, TEAM, Clock, file_one

SHARES = split_key(RECOVERY.seed, 2, 3)
BEN_PRINT = fingerprint_of(BEN.pair.public)


def test_enough_shares_open_the_team_key_and_write_nothing(kit: Kit) -> None:
    was = dump(kit)
    for pair in (SHARES[:2], SHARES[1:], SHARES):
        opened = recover_team_key(kit, pair)
        assert opened.team == TEAM
        assert repr(opened) == "Recovered(…)"
    assert dump(kit) == was


def test_one_share_too_few_opens_nothing(kit: Kit) -> None:
    was = dump(kit)
    for share in SHARES:
        with pytest.raises(ShareProblem, match="too_few"):
            recover_team_key(kit, (share,))
    assert dump(kit) == was


def test_shares_of_another_hotline_open_nothing(kit: Kit) -> None:
    with pytest.raises(OtherRecoveryKey):
        recover_team_key(kit, split_key(bytes(32), 2, 2))


def test_a_caseworker_who_waits_is_let_in_by_voice_and_shares(kit: Kit) -> None:
    filed = file_one(kit)
    enrol(kit, BEN, StaffState.WAITING)
    opened = recover_team_key(kit, SHARES[:2])
    assert grant_by_recovery(kit, opened, GrantInput(BEN.name, BEN_PRINT)) == BEN.id
    assert open_case(kit, again(kit, BEN), filed.request_id).places
    with kit.database.reading() as work:
        member = work.staff.member(BEN.id)
    assert member.state is StaffState.ACTIVE
    assert member.public_mac
    assert hotline_lines(kit) == ["hotline_founded", "recovery_used"]


@pytest.mark.parametrize("state", [StaffState.ACTIVE, StaffState.SUSPENDED])
def test_a_member_whose_grant_was_lost_or_is_there_still_is_granted_anew(kit: Kit, state: StaffState) -> None:
    enrol(kit, BEN, state)
    opened = recover_team_key(kit, SHARES[:2])
    grant_by_recovery(kit, opened, GrantInput(BEN.name.upper(), BEN_PRINT))
    assert again(kit, BEN).team.current == TEAM
    assert len(dump(kit)["grants"]) == 1


def test_nobody_is_let_in_whose_fingerprint_is_another(kit: Kit) -> None:
    enrol(kit, BEN, StaffState.WAITING)
    opened = recover_team_key(kit, SHARES[:2])
    was = dump(kit)
    with pytest.raises(KeyNotTrusted) as stopped:
        grant_by_recovery(kit, opened, GrantInput(BEN.name, fingerprint_of(new_pair().public)))
    assert BEN.id in stopped.value.what
    assert dump(kit) == was


def test_neither_an_admin_nor_who_left_nor_nobody_is_granted(kit: Kit) -> None:
    enrol(kit, BEN, StaffState.LEFT)
    enrol(kit, replace(ADA, id=MIRA.id, name=MIRA.name, pair=MIRA.pair), role=Role.ADMIN)
    opened = recover_team_key(kit, SHARES[:2])
    was = dump(kit)
    for name, pair, error in (
        (BEN.name, BEN.pair, NotAllowed),
        (MIRA.name, MIRA.pair, NotAllowed),
        ("nobody", BEN.pair, NotFound),
    ):
        with pytest.raises(error):
            grant_by_recovery(kit, opened, GrantInput(name, fingerprint_of(pair.public)))
    assert dump(kit) == was


def test_where_nobody_can_sign_in_the_shares_invite_somebody_anew(kit: Kit) -> None:
    opened = recover_team_key(kit, SHARES[:2])
    secret = invite_by_recovery(kit, opened, Invite(Role.CASEWORKER, "nora"))
    with kit.database.reading() as work:
        invitation = work.invitations.by_link(invitation_lookup(secret))
    assert invitation is not None
    carried = invitation.team_sealed or b""
    assert unlock(invitation_key(secret), Purpose.TEAM_KEY_INVITED, invitation.id, carried) == TEAM.seed
    assert hotline_lines(kit) == ["hotline_founded", "member_invited", "recovery_used"]
    with pytest.raises(SignInTaken):
        invite_by_recovery(kit, opened, Invite(Role.CASEWORKER, " NORA "))


def test_shares_stay_good_after_a_rotation_and_what_they_opened_before_does_not(kit: Kit) -> None:
    before = recover_team_key(kit, SHARES[:2])
    kit = rotated(kit)
    opened = recover_team_key(kit, SHARES[1:])
    assert opened.team == again(kit, ADA).team.current != TEAM
    with pytest.raises(Stale):
        grant_by_recovery(kit, before, GrantInput(BEN.name, BEN_PRINT))


def write(kit: Kit, table: Table, values: dict[str, Any]) -> None:
    with kit.database.writing() as work:
        work.connection.execute(update(table).values(**values))
        work.commit()


def test_swapped_keys_in_the_database_stop_a_recovery(kit: Kit) -> None:
    strange, (row,) = new_pair(), dump(kit)["recovery_grants"]
    sealed = seal_to(RECOVERY.public, Purpose.TEAM_KEY_RECOVERY, row["team_key_id"], strange.seed)
    for table, values, error in (
        (recovery_grants, {"team_sealed": sealed}, KeyNotTrusted),
        (recovery_grants, {"team_sealed": b""}, KeyNotTrusted),
        (recovery_keys, {"public": strange.public}, OtherRecoveryKey),
        (recovery_keys, {"public_mac": b""}, KeyNotTrusted),
        (team_keys, {"public": strange.public}, KeyNotTrusted),
    ):
        (was,) = dump(kit)[table.name]
        write(kit, table, values)
        with pytest.raises(error):
            recover_team_key(kit, SHARES[:2])
        write(kit, table, was)
    assert recover_team_key(kit, SHARES[:2]).team == TEAM


def test_a_drill_changes_nothing_but_its_day_and_the_trail(kit: Kit) -> None:
    file_one(kit)
    was = dump(kit)
    drill_recovery(kit, SHARES[1:])
    now = dump(kit)
    (key,) = now["recovery_keys"]
    assert key.pop("drilled_at") == kit.clock().replace(microsecond=0)
    assert was["recovery_keys"][0].pop("drilled_at") is None
    (line,) = (row for row in now["trail"] if row not in was["trail"])
    assert line["kind"] == "recovery_drilled"
    now["trail"].remove(line)
    assert now == was


def test_a_drill_that_fails_changes_nothing_at_all(kit: Kit) -> None:
    was = dump(kit)
    for shares, error in (
        (SHARES[:1], ShareProblem),
        (split_key(bytes(32), 2, 2), OtherRecoveryKey),
    ):
        with pytest.raises(error):
            drill_recovery(kit, shares)
    assert dump(kit) == was


def test_the_desk_is_reminded_half_a_year_after_the_last_drill_or_the_making(kit: Kit) -> None:
    clock = kit.clock
    assert isinstance(clock, Clock)
    clock.move(days=179)
    assert not read_desk_state(kit, ADA).drill_overdue
    clock.move(days=2)
    assert read_desk_state(kit, ADA).drill_overdue
    assert (read_drill_state(kit).days, read_drill_state(kit).was_drilled) == (181, False)
    drill_recovery(kit, SHARES[:2])
    assert not read_desk_state(kit, ADA).drill_overdue
    assert (read_drill_state(kit).days, read_drill_state(kit).was_drilled) == (0, True)
    clock.move(days=181)
    assert read_desk_state(kit, ADA).drill_overdue


def test_a_hotline_without_a_recovery_key_has_nothing_to_drill(kit: Kit) -> None:
    with kit.database.writing() as work:
        work.connection.execute(recovery_grants.delete())
        work.connection.execute(recovery_keys.delete())
        work.commit()
    assert not read_drill_state(kit).is_overdue
    with pytest.raises(OtherRecoveryKey):
        drill_recovery(kit, SHARES[:2])


def test_an_unpinned_team_key_is_not_recovered(kit: Kit) -> None:
    with pytest.raises(KeyNotTrusted):
        recover_team_key(pinning(kit, fingerprint_of(KeyPair(b"x" * 32).public)), SHARES[:2])
