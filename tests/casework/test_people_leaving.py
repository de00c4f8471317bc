"""Suspending, resuming, leaving: at once, from the right state, and never the last one unasked."""

from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest

from app.casework.actors import Caseworker
from app.casework.errors import LastOne, NotAllowed, NotFound, SignInRefused
from app.casework.invite_member import Invite, invite_member
from app.casework.kit import Kit
from app.casework.member_leaves import LeaveInput, member_leaves
from app.casework.resume_member import resume_member
from app.casework.sign_in import SignIn, open_team, sign_in
from app.casework.suspend_member import suspend_member
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.passkeys import Passkey
from app.persistence.sessions import SessionRow
from app.reads.people import is_member, read_people
from app.vault.seal import NotOpened
from tests.casework.key_steps import hotline_lines
from tests.casework.steps import all_at_once
from tests.make import ADA, BEN, MIRA, Clock, Enrolled, enrol_member, make_known, number_of


def come_in(kit: Kit, member: Enrolled) -> Caseworker:
    assert isinstance(kit.clock, Clock)
    kit.clock.at += timedelta(seconds=60)  # a number works once
    actor = sign_in(kit, SignIn(member.sign_in, member.passphrase, number_of(kit, member.totp_secret)))
    assert isinstance(actor, Caseworker)
    return actor


def open_session(kit: Kit, member_id: str) -> None:
    at = kit.clock()
    with kit.database.writing() as work:
        work.sessions.add(SessionRow(member_id.encode(), at, at, b"sealed", member_id))
        work.commit()


def sessions_left(kit: Kit, member_id: str) -> bool:
    with kit.database.reading() as work:
        return work.sessions.load(member_id.encode()) is not None


def test_a_suspended_member_is_out_at_once_and_comes_back_as_before(kit: Kit) -> None:
    ada = enrol_member(kit)
    make_known(kit, BEN)
    actor = come_in(kit, ada)
    open_session(kit, ada.id)
    open_session(kit, BEN.id)
    suspend_member(kit, MIRA, ada.id)
    assert not sessions_left(kit, ada.id)
    assert sessions_left(kit, BEN.id)
    assert not is_member(kit, actor)
    with pytest.raises(SignInRefused):
        come_in(kit, ada)
    resume_member(kit, MIRA, ada.id)
    assert is_member(kit, actor)
    assert come_in(kit, ada).team == actor.team
    assert hotline_lines(kit)[-2:] == ["member_suspended", "member_resumed"]


def test_who_leaves_leaves_nothing_that_lets_in(kit: Kit) -> None:
    ada = enrol_member(kit)
    make_known(kit, BEN)
    open_session(kit, ada.id)
    with kit.database.writing() as work:
        work.passkeys.add(Passkey("k" * 32, ada.id, b"id", b"public", 0, kit.clock(), b"label"))
        work.staff.replace_factor_codes(ada.id, (b"digest",))
        work.commit()
    member_leaves(kit, MIRA, LeaveInput(ada.id))
    with pytest.raises(NotOpened):
        open_team(kit, ada.id, ada.pair)
    with pytest.raises(SignInRefused):
        come_in(kit, ada)
    with kit.database.reading() as work:
        member = work.staff.member(ada.id)
        assert work.passkeys.of(ada.id) == ()
        assert work.staff.count_factor_codes(ada.id) == 0
    assert (member.state, member.pair_sealed, member.totp_sealed, member.name_sealed) == (
        StaffState.LEFT,
        b"",
        b"",
        b"",
    )
    assert not sessions_left(kit, ada.id)
    assert hotline_lines(kit)[-1] == "member_left"
    invite_member(kit, MIRA, Invite(Role.CASEWORKER, "ada"))


@pytest.mark.parametrize("state", list(StaffState))
def test_each_move_has_its_states(kit: Kit, state: StaffState) -> None:
    make_known(kit, ADA)
    ben = enrol_member(kit, sign_in="ben", state=state)
    for move, allowed in (
        (partial(suspend_member, kit, MIRA, ben.id), state is StaffState.ACTIVE),
        (partial(resume_member, kit, MIRA, ben.id), state in (StaffState.ACTIVE, StaffState.SUSPENDED)),
        (partial(member_leaves, kit, MIRA, LeaveInput(ben.id)), state is not StaffState.LEFT),
    ):
        with nullcontext() if allowed else pytest.raises(NotAllowed):
            move()


def test_nobody_moves_whom_there_is_not(kit: Kit) -> None:
    for move in (suspend_member, resume_member):
        with pytest.raises(NotFound):
            move(kit, MIRA, "f" * 32)
    with pytest.raises(NotFound):
        member_leaves(kit, MIRA, LeaveInput("f" * 32))


def test_the_last_admin_stays(kit: Kit) -> None:
    make_known(kit, MIRA)
    enrol_member(kit, Role.ADMIN, "Nora Dale", "nora", StaffState.SUSPENDED)
    for leave in (
        partial(suspend_member, kit, MIRA, MIRA.id),
        partial(member_leaves, kit, MIRA, LeaveInput(MIRA.id, even_last=True)),
    ):
        with pytest.raises(LastOne, match="last_admin"):
            leave()


def test_two_admins_who_suspend_each_other_leave_one(kit: Kit) -> None:
    make_known(kit, MIRA)
    nora = enrol_member(kit, Role.ADMIN, "Nora Dale", "nora")
    came_of = all_at_once(*(partial(suspend_member, kit, MIRA, one) for one in (nora.id, MIRA.id)))
    assert {type(one) for one in came_of} == {type(None), LastOne}


def test_the_last_caseworker_leaves_only_when_it_is_meant(kit: Kit) -> None:
    ada = enrol_member(kit)
    enrol_member(kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    with pytest.raises(LastOne, match="last_caseworker"):
        member_leaves(kit, MIRA, LeaveInput(ada.id))
    rows = {one.id: one.is_last_caseworker for one in read_people(kit, MIRA).members}
    assert [one for one, is_last in rows.items() if is_last] == [ada.id]
    member_leaves(kit, MIRA, LeaveInput(ada.id, even_last=True))


def test_an_active_caseworker_without_a_grant_does_not_count_as_another(kit: Kit) -> None:
    ada, ben = enrol_member(kit), enrol_member(kit, name="Ben Osei", sign_in="ben")
    with kit.database.writing() as work:
        work.staff.destroy_grants(ben.id)
        work.commit()
    with pytest.raises(LastOne):
        member_leaves(kit, MIRA, LeaveInput(ada.id))


def test_the_list_shows_handles_roles_and_states_and_no_name(kit: Kit) -> None:
    ada = enrol_member(kit)
    enrol_member(kit, name="Cleo Marsh", sign_in="cleo", state=StaffState.WAITING)
    shown = read_people(kit, MIRA)
    assert shown.waiting == 1
    assert [one.state for one in shown.members] == [StaffState.WAITING, StaffState.ACTIVE]
    assert shown.members[1].handle == ada.id[:6]
    assert "Ada" not in repr(shown)
    assert "Cleo" not in repr(shown)
