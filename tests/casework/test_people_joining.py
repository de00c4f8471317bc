"""Joining by an invitation: once, within seven days, and with no key unless the link brings it."""

from dataclasses import replace

import pyotp
import pytest

from app.casework.actors import Admin, Caseworker
from app.casework.enrol_member import draw_member
from app.casework.errors import KeyNotTrusted, NotFound, SignInRefused, SignInTaken
from app.casework.invite_member import Invite, invite_member
from app.casework.join_hotline import Joined, Joining, join_hotline, open_invitation
from app.casework.kit import Kit
from app.casework.recovery_codes import draw_recovery_codes
from app.casework.sign_in import SignIn, sign_in
from app.domain.staff import StaffState
from app.domain.words import Role
from app.vault.pairs import fingerprint_of, new_pair
from tests.casework.key_steps import hotline_lines
from tests.casework.steps import all_at_once
from tests.make import MIRA, TEAM, Clock


def joining(name: str = "Cleo Marsh") -> Joining:
    return Joining(draw_member(name), 0, draw_recovery_codes())


def typed(kit: Kit, given: Joining, name: str = "cleo") -> SignIn:
    code = pyotp.TOTP(given.drawn.totp_secret).at(kit.clock())
    return SignIn(name, given.drawn.passphrase, code)


def invite(kit: Kit, role: Role = Role.CASEWORKER) -> str:
    return invite_member(kit, MIRA, Invite(role, "cleo"))


def test_who_joins_waits_and_has_no_key_to_any_case(kit: Kit) -> None:
    link, given = invite(kit), joining()
    joined = join_hotline(kit, link, given)
    assert joined.state is StaffState.WAITING
    assert joined.fingerprint == fingerprint_of(given.drawn.pair.public)
    with kit.database.reading() as work:
        member = work.staff.member(joined.member_id)
        assert work.staff.grant(member.id, kit.team_key(work).id) is None
        assert work.staff.count_factor_codes(member.id) == 10
    assert (member.public_mac, member.role) == (b"", Role.CASEWORKER)
    with pytest.raises(SignInRefused):
        sign_in(kit, typed(kit, given))
    assert hotline_lines(kit)[-2:] == ["member_invited", "member_enrolled"]


def test_an_admin_is_in_at_once(kit: Kit) -> None:
    given = joining()
    assert join_hotline(kit, invite(kit, Role.ADMIN), given).state is StaffState.ACTIVE
    assert isinstance(sign_in(kit, typed(kit, given)), Admin)


def test_the_first_caseworker_gets_the_key_from_the_link(kit: Kit) -> None:
    link, given = invite_member(kit, MIRA, Invite(Role.CASEWORKER, "cleo"), TEAM), joining()
    assert join_hotline(kit, link, given).state is StaffState.ACTIVE
    actor = sign_in(kit, typed(kit, given))
    assert isinstance(actor, Caseworker)
    assert actor.team.current == TEAM


def test_a_link_that_brings_another_team_key_is_refused(kit: Kit) -> None:
    link = invite_member(kit, MIRA, Invite(Role.CASEWORKER, "cleo"), new_pair())
    with pytest.raises(KeyNotTrusted):
        join_hotline(kit, link, joining())
    with kit.database.reading() as work:
        assert work.staff.members() == ()


def test_a_link_works_once(kit: Kit) -> None:
    link = invite(kit)
    join_hotline(kit, link, joining())
    for use in (lambda: open_invitation(kit, link), lambda: join_hotline(kit, link, joining())):
        with pytest.raises(NotFound):
            use()


def test_of_two_at_once_one_joins(kit: Kit) -> None:
    link = invite(kit)
    came_of = all_at_once(*[lambda: join_hotline(kit, link, joining())] * 2)
    assert {type(one) for one in came_of} == {Joined, NotFound}


def test_a_link_ends_after_seven_days(kit: Kit) -> None:
    link = invite(kit)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=7, seconds=-1)
    open_invitation(kit, link)
    kit.clock.move(seconds=1)
    with pytest.raises(NotFound):
        join_hotline(kit, link, joining())
    invite(kit)


@pytest.mark.parametrize("link", ["", "x", "a" * 43, "\u00e9", "../" * 9])
def test_a_wrong_link_is_not_found(kit: Kit, link: str) -> None:
    invite(kit)
    with pytest.raises(NotFound):
        open_invitation(kit, link)


def test_a_name_that_is_in_use_is_not_given_twice(kit: Kit) -> None:
    link = invite(kit)
    for _ in range(2):
        with pytest.raises(SignInTaken):
            invite(kit)
        if link:
            join_hotline(kit, link, joining())
        link = ""


def test_the_number_that_proved_the_factor_does_not_work_again(kit: Kit) -> None:
    given = joining()
    step = int(kit.clock().timestamp()) // 30
    join_hotline(kit, invite(kit, Role.ADMIN), replace(given, totp_step=step))
    with pytest.raises(SignInRefused):
        sign_in(kit, typed(kit, given))


def test_nothing_secret_is_shown_by_a_repr(kit: Kit) -> None:
    given = joining()
    for secret in (given.drawn.passphrase, given.drawn.totp_secret, given.recovery_codes[0], "Cleo"):
        assert secret not in repr(given)
