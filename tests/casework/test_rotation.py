"""A new team key: everything still opens, and the key before opens nothing any more."""

from dataclasses import replace
from os import urandom

import pytest
from sqlalchemy import select, update

from app.casework import reseal_to_team as resealing
from app.casework.approve_notice import approve_notice
from app.casework.enrol_member import add_grant
from app.casework.errors import KeyNotTrusted, RotationRefused, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.prepare_rotation import prepare_rotation
from app.casework.rotate_team_key import count_to_rotate, left_to_rotate, rotate_team_key
from app.casework.switch_team_key import switch_team_key
from app.domain.staff import KeyState, StaffState
from app.domain.words import Role
from app.persistence.sessions import SessionRow
from app.persistence.staff import grants
from app.persistence.team_keys import COURIER, INDEX, SIGNING
from app.persistence.wraps import wraps
from app.reads.follow import read_follow
from app.reads.rotation_state import read_rotation
from app.vault.pairs import KeyPair, fingerprint_of, open_with, ring_of
from app.vault.seal import NotOpened, Purpose
from tests.casework.key_steps import (
    again,
    answered,
    dump,
    enrol,
    hotline_lines,
    opened_by,
    pinning,
    prepared,
    rotated,
)
from tests.casework.steps import approvals, assess_all, places_of
from tests.make import ADA, BEN, MIRA, RECOVERY, TEAM, URL, file_one

EVE = replace(ADA, id="e" * 32, name="Eve Stone", pair=KeyPair(b"e" * 32))


def test_after_a_rotation_every_code_and_every_case_opens_as_before(kit: Kit) -> None:
    filed = [answered(kit), file_one(kit), file_one(kit, f"{URL}\nhttps://talkyard.example/9")]
    before = [open_case(kit, ADA, one.request_id) for one in filed]
    kit = rotated(kit)
    for member in (ADA, BEN):
        back = again(kit, member)
        assert len(back.team.pairs) == 1
        for one, folder in zip(filed, before, strict=True):
            now = open_case(kit, back, one.request_id)
            # Cases with the same place are found anew, as those are opened.
            now, folder = (
                replace(each, trail=(), taken_by_me=False, candidates=()) for each in (now, folder)
            )
            assert now == folder
    for one in filed:
        assert read_follow(kit, follow_with_code(kit, one.code)).places
    assert count_to_rotate(kit) > 0
    assert left_to_rotate(kit) is None


def test_after_a_rotation_the_key_before_opens_nothing(kit: Kit) -> None:
    answered(kit)
    kit = prepared(kit)
    was = opened_by(kit, TEAM)
    assert was == {"wraps.key_sealed", "answers.answer_sealed", "hotline_keys.secret_sealed"}
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    assert opened_by(kit, TEAM) == set()
    assert opened_by(kit, again(kit, ADA).team) == was
    with kit.database.reading() as work:
        assert work.team_keys.in_state(KeyState.OLD) is None
        assert work.team_keys.current().before_sealed is None
        assert [key.state for key in work.hotline_keys.of_kind(COURIER)] == [KeyState.CURRENT]
        assert len(work.hotline_keys.of_kind(INDEX)) == 1
        signing = {key.state: key.secret_sealed is None for key in work.hotline_keys.of_kind(SIGNING)}
    assert signing == {KeyState.CURRENT: False, KeyState.OLD: True}
    with pytest.raises(NotOpened):
        open_case(kit, ADA, file_one(kit).request_id)


def test_while_it_runs_who_signs_in_holds_both_keys_and_opens_old_and_new(kit: Kit) -> None:
    filed = file_one(kit)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    later = file_one(kit)
    ben = again(kit, BEN)
    assert [fingerprint_of(pair.public) for pair in ben.team.pairs] == [*kit.settings.team_fingerprints][::-1]
    for one in (filed, later):
        assess_all(kit, one.request_id, actor=ben)
        for given in approvals(kit, one.request_id, ben):
            approve_notice(kit, ben, given)
    assert read_rotation(kit).left == resealing.Left(wraps=3, answers=0, packs=0)
    rotate_team_key(kit, ben)
    assert [place.provider_name for place in places_of(kit, filed.request_id, again(kit, ADA))]


def test_a_second_rotation_follows_the_first(kit: Kit) -> None:
    filed = answered(kit)
    kit = rotated(kit)
    ada = again(kit, ADA)
    kit = pinning(kit, *kit.settings.team_fingerprints, prepare_rotation(kit, ada))
    rotate_team_key(kit, ada)
    assert open_case(kit, again(kit, BEN), filed.request_id).answers[0].words == "Which one?"
    assert opened_by(kit, ring_of(TEAM, *ada.team.pairs)) == set()
    with kit.database.reading() as work:
        assert len(work.hotline_keys.of_kind(SIGNING)) == 3


def test_who_left_holds_nothing_and_who_is_suspended_may_come_back(kit: Kit) -> None:
    enrol(kit, EVE, StaffState.LEFT)
    dan = replace(EVE, id="d" * 32, name="Dan Fir", pair=KeyPair(b"d" * 32))
    enrol(kit, dan, StaffState.SUSPENDED)
    kit = rotated(kit)
    with pytest.raises(NotOpened):
        again(kit, EVE)
    assert again(kit, dan).team == again(kit, ADA).team


def test_who_leaves_or_comes_between_preparing_and_running_counts(kit: Kit) -> None:
    kit = prepared(kit)
    with kit.database.writing() as work:
        ben = work.staff.member(BEN.id)
        work.staff.save(replace(ben, state=StaffState.LEFT), ben.state)
        work.staff.destroy_grants(BEN.id)
        work.commit()
    enrol(kit, EVE)
    rotate_team_key(kit, ADA)
    assert again(kit, EVE).team == again(kit, ADA).team
    with pytest.raises(NotOpened):
        again(kit, BEN)


def test_an_admin_gets_no_grant_and_needs_no_voucher(kit: Kit) -> None:
    mira = replace(EVE, id=MIRA.id, name=MIRA.name, pair=MIRA.pair)
    enrol(kit, mira, role=Role.ADMIN)
    kit = rotated(kit)
    assert {row["staff_id"] for row in dump(kit)["grants"]} == {ADA.id, BEN.id}


def test_staff_sessions_end_and_visitors_sessions_do_not(kit: Kit) -> None:
    kit = prepared(kit)
    at = kit.clock()
    with kit.database.writing() as work:
        for staff_id in (ADA.id, BEN.id, None):
            work.sessions.add(SessionRow(urandom(8), at, at, b"", staff_id))
        work.commit()
    switch_team_key(kit, ADA)
    assert [row["staff_id"] for row in dump(kit)["sessions"]] == [None]


def test_a_caseworker_whose_page_was_open_across_the_switch_approves_nothing(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    given = approvals(kit, filed.request_id)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, given[0])


def test_nothing_is_switched_before_the_new_fingerprint_is_pinned(kit: Kit) -> None:
    unpinned = pinning(prepared(kit), *kit.settings.team_fingerprints)
    was = dump(kit)
    with pytest.raises(RotationRefused, match="not_pinned"):
        rotate_team_key(unpinned, ADA)
    assert dump(kit) == was
    assert read_rotation(unpinned).prepared
    assert not read_rotation(unpinned).is_pinned


def test_nothing_is_prepared_twice_unless_it_is_said(kit: Kit) -> None:
    kit = prepared(kit)
    with pytest.raises(RotationRefused, match="under_way"):
        prepare_rotation(kit, ADA)
    fresh = prepare_rotation(kit, ADA, is_again=True)
    assert fresh not in kit.settings.team_fingerprints
    with pytest.raises(RotationRefused, match="not_pinned"):
        rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[0], fresh)
    switch_team_key(kit, ADA)
    with pytest.raises(RotationRefused, match="under_way"):
        prepare_rotation(kit, again(kit, BEN), is_again=True)


def test_nothing_runs_unprepared(kit: Kit) -> None:
    enrol(kit, ADA)
    with pytest.raises(RotationRefused, match="nothing_prepared"):
        rotate_team_key(kit, ADA)


def test_where_two_are_asked_for_one_does_not_rotate(kit: Kit) -> None:
    two = replace(kit, settings=replace(kit.settings, two_person=True))
    for member in (ADA, BEN):
        enrol(kit, member)
    for second in (None, ADA):
        with pytest.raises(RotationRefused, match="second_person"):
            prepare_rotation(two, ADA, second)
    two = pinning(two, *two.settings.team_fingerprints, prepare_rotation(two, ADA, BEN))
    with pytest.raises(RotationRefused, match="second_person"):
        rotate_team_key(two, ADA)
    rotate_team_key(two, ADA, BEN)
    kinds = ["rotation_prepared", "rotation_switched", "rotation_finished"]
    assert hotline_lines(kit) == ["hotline_founded", *(kind for kind in kinds for _ in range(2))]


def test_a_damaged_row_keeps_the_key_before_until_it_is_given_up(kit: Kit) -> None:
    filed, other = file_one(kit), file_one(kit)
    with kit.database.writing() as work:
        damaged = work.connection.execute(
            select(wraps).where(wraps.c.request_id == filed.request_id, wraps.c.holder == "team")
        ).first()
        assert damaged is not None
        broken = damaged.key_sealed[:-1] + bytes([damaged.key_sealed[-1] ^ 1])
        work.connection.execute(update(wraps).where(wraps.c.id == damaged.id).values(key_sealed=broken))
        work.commit()
    kit = prepared(kit)
    heard: list[resealing.Batch] = []
    with pytest.raises(RotationRefused, match="left_over"):
        rotate_team_key(kit, ADA, on_batch=heard.append)
    assert [one for batch in heard for one in batch.damaged] == [damaged.id]
    ada = again(kit, ADA)
    assert len(ada.team.pairs) == 2
    rotate_team_key(kit, ada, gives_up_damaged=True)
    assert open_case(kit, again(kit, ADA), other.request_id).places
    with pytest.raises(NotOpened):
        open_case(kit, again(kit, ADA), filed.request_id)


def test_the_recovery_key_opens_the_new_team_key_too(kit: Kit) -> None:
    kit = rotated(kit)
    with kit.database.reading() as work:
        key, recovery = work.team_keys.current(), work.team_keys.recovery()
        assert recovery is not None
        grant = work.team_keys.recovery_grant(recovery.id, key.id)
    opened = open_with(RECOVERY, Purpose.TEAM_KEY_RECOVERY, key.id, grant or b"")
    assert KeyPair(opened) == again(kit, ADA).team.current
    assert len(dump(kit)["recovery_grants"]) == 1


def test_a_grant_that_holds_another_key_is_not_believed(kit: Kit) -> None:
    kit = prepared(kit)
    with kit.database.writing() as work:
        row = work.staff.member(ADA.id)

        work.staff.destroy_grants(ADA.id, work.team_keys.current().id)
        add_grant(work, row, work.team_keys.current().id, KeyPair(b"x" * 32))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        again(kit, ADA)
    assert len(dump(kit)[grants.name]) == 4
