"""Four roles: who may become what, how each comes in, and what an auditor reads."""

from functools import partial
from itertools import permutations, product
from pathlib import Path

import pytest

from app.casework.actors import Auditor, Caseworker, Staff
from app.casework.change_role import RoleInput, change_role
from app.casework.enrol_member import draw_member
from app.casework.errors import LastOne, NotAllowed, NotFound, SignInRefused, Stale
from app.casework.invite_member import Invite, invite_member
from app.casework.join_hotline import Joining, join_hotline
from app.casework.kit import Kit
from app.casework.make_grant import make_grant
from app.casework.member_leaves import LeaveInput, member_leaves
from app.casework.read_trail import AT_ONCE, TrailInput, read_trail
from app.casework.recovery_codes import draw_recovery_codes
from app.casework.sign_in import SignIn, sign_in
from app.casework.suspend_member import suspend_member
from app.casework.verify_trail import Fault
from app.domain.staff import StaffState
from app.domain.trail import HOTLINE, Entry, TrailKind
from app.domain.words import Role
from app.persistence.database import open_embedded
from app.persistence.sessions import SessionRow
from app.persistence.trail import trail
from app.reads.people import is_member
from app.web.trail_words import WORDS
from tests.casework.key_steps import hotline_lines
from tests.casework.steps import all_at_once
from tests.command_line import run
from tests.make import (
    ADA,
    BEN,
    DATABASE_KEY,
    LOU,
    MIRA,
    SINA,
    TEAM,
    Clock,
    Enrolled,
    enrol_member,
    file_one,
    make_known,
    make_settings,
    number_of,
)


def move(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)


def come_in(kit: Kit, member: Enrolled) -> object:
    move(kit, seconds=60)
    return sign_in(kit, SignIn(member.sign_in, member.passphrase, number_of(kit, member.totp_secret)))


def role_of(kit: Kit, member_id: str) -> Role:
    with kit.database.reading() as work:
        return work.staff.member(member_id).role


@pytest.mark.parametrize(("role", "other"), list(permutations((Role.CASEWORKER, Role.SUPERVISOR))))
def test_a_new_role_ends_sessions_and_keeps_the_key(kit: Kit, role: Role, other: Role) -> None:
    ada = enrol_member(kit, role)
    before = come_in(kit, ada)
    assert isinstance(before, Caseworker)
    with kit.database.writing() as work:
        work.sessions.add(SessionRow(bytes(32), kit.clock(), kit.clock(), b"sealed", ada.id))
        work.commit()
    change_role(kit, MIRA, RoleInput(ada.id, other))
    assert (role_of(kit, ada.id), is_member(kit, before)) == (other, False)
    with kit.database.reading() as work:
        assert work.sessions.load(bytes(32)) is None
    after = come_in(kit, ada)
    assert isinstance(after, Caseworker)
    assert (after.role, after.team.current) == (other, TEAM)
    assert hotline_lines(kit)[-1] == "role_changed"
    with pytest.raises(Stale):
        change_role(kit, MIRA, RoleInput(ada.id, other))


@pytest.mark.parametrize(
    ("role", "to"), [one for one in product(Role, Role) if not all(role.opens_cases for role in one)]
)
def test_nobody_crosses_between_those_with_a_key_and_those_without(
    embedded_kit: Kit, role: Role, to: Role
) -> None:
    members: tuple[Staff, ...] = (ADA, SINA, MIRA, LOU)
    [actor] = [one for one in members if one.role is role]
    make_known(embedded_kit, actor)
    with pytest.raises(NotAllowed):
        change_role(embedded_kit, MIRA, RoleInput(actor.id, to))
    assert role_of(embedded_kit, actor.id) is role


@pytest.mark.parametrize("state", list(StaffState))
def test_only_who_is_there_gets_another_role(embedded_kit: Kit, state: StaffState) -> None:
    cleo = enrol_member(embedded_kit, sign_in="cleo", state=state)
    change = partial(change_role, embedded_kit, MIRA, RoleInput(cleo.id, Role.SUPERVISOR))
    if state in (StaffState.ACTIVE, StaffState.SUSPENDED):
        change()
    else:
        with pytest.raises(NotAllowed):
            change()
    with pytest.raises(NotFound):
        change_role(embedded_kit, MIRA, RoleInput("f" * 32, Role.SUPERVISOR))


def test_two_admins_who_give_one_role_at_once_give_it_once(kit: Kit) -> None:
    make_known(kit, BEN)
    give = partial(change_role, kit, MIRA, RoleInput(BEN.id, Role.SUPERVISOR))
    assert {type(one) for one in all_at_once(give, give)} == {type(None), Stale}
    assert hotline_lines(kit).count("role_changed") == 1


def test_an_auditor_does_not_stand_in_for_the_last_admin(kit: Kit) -> None:
    for actor in (MIRA, LOU, ADA):
        make_known(kit, actor)
    for leave in (
        partial(suspend_member, kit, MIRA, MIRA.id),
        partial(member_leaves, kit, MIRA, LeaveInput(MIRA.id)),
    ):
        with pytest.raises(LastOne, match="last_admin"):
            leave()


def test_a_supervisor_stands_in_for_the_last_caseworker(kit: Kit) -> None:
    ada, sina = enrol_member(kit), enrol_member(kit, Role.SUPERVISOR, "Sina Holt", "sina")
    suspend_member(kit, MIRA, ada.id)
    with pytest.raises(LastOne, match="last_caseworker"):
        member_leaves(kit, MIRA, LeaveInput(sina.id))


def test_a_supervisor_waits_for_a_grant_as_a_caseworker_does(kit: Kit) -> None:
    link = invite_member(kit, MIRA, Invite(Role.SUPERVISOR, "cleo"))
    drawn = draw_member("Cleo Marsh")
    joined = join_hotline(kit, link, Joining(drawn, 0, draw_recovery_codes()))
    assert joined.state is StaffState.WAITING
    make_grant(kit, ADA, joined.fingerprint)
    actor = sign_in(kit, SignIn("cleo", drawn.passphrase, number_of(kit, drawn.totp_secret)))
    assert isinstance(actor, Caseworker)
    assert actor.role is Role.SUPERVISOR


def test_an_auditor_is_in_at_once_and_never_holds_a_key(kit: Kit) -> None:
    link = invite_member(kit, MIRA, Invite(Role.AUDITOR, "cleo"), TEAM)
    drawn = draw_member("Cleo Marsh")
    joined = join_hotline(kit, link, Joining(drawn, 0, draw_recovery_codes()))
    actor = sign_in(kit, SignIn("cleo", drawn.passphrase, number_of(kit, drawn.totp_secret)))
    assert (joined.state, isinstance(actor, Auditor)) == (StaffState.ACTIVE, True)
    with kit.database.reading() as work:
        assert work.staff.grant(joined.member_id, kit.team_key(work).id) is None
    with pytest.raises(NotFound):
        make_grant(kit, ADA, joined.fingerprint)


def test_an_auditor_reads_a_trail_and_that_is_written_down_once_in_a_while(kit: Kit) -> None:
    filed = file_one(kit)
    with kit.database.reading() as work:
        trail_id = work.requests.load(filed.request_id).trail_id
    read_trail(kit, LOU, TrailInput(trail_id))
    page = read_trail(kit, LOU, TrailInput(trail_id))
    assert [line.entry.kind for line in page.lines] == [TrailKind.REQUEST_FILED]
    assert (page.is_checked, page.damage, page.older) == (True, None, None)
    move(kit, minutes=31)
    read_trail(kit, LOU, TrailInput(trail_id))
    with kit.database.reading() as work:
        read = [line for line, _ in work.trail.lines(HOTLINE) if line.entry.kind is TrailKind.TRAIL_READ]
    assert [(line.by, line.entry.subject) for line in read] == [(LOU.id, trail_id)] * 2
    with pytest.raises(NotFound):
        read_trail(kit, LOU, TrailInput("f" * 32))


def test_pages_of_a_trail_hold_every_line_once_and_filters_fit(kit: Kit) -> None:
    start = kit.clock()
    with kit.database.writing() as work:
        for number in range(AT_ONCE + 20):
            kind = TrailKind.BACKUP_MADE if number % 2 else TrailKind.MEMBER_INVITED
            work.trail.append("7" * 32, Entry(kind), "command", start)
        work.commit()
    first = read_trail(kit, LOU, TrailInput("7" * 32))
    second = read_trail(kit, LOU, TrailInput("7" * 32, below=first.older))
    positions = [line.position for page in (first, second) for line in page.lines]
    assert (positions, second.older) == (list(range(AT_ONCE + 19, -1, -1)), None)
    made = read_trail(kit, LOU, TrailInput("7" * 32, TrailKind.BACKUP_MADE, start.date()))
    assert (len(made.lines), made.older) == ((AT_ONCE + 20) // 2, None)
    move(kit, days=1)
    assert read_trail(kit, LOU, TrailInput("7" * 32, day=kit.clock().date())).lines == ()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"by": "f" * 32}, Fault.CHANGED),
        ({"kind": "no_such_kind"}, Fault.CHANGED),
        ({"position": 7}, Fault.REMOVED),
    ],
)
def test_a_line_that_was_tampered_with_is_named(kit: Kit, changed: dict[str, object], fault: Fault) -> None:
    with kit.database.writing() as work:
        for _ in range(3):
            work.trail.append("7" * 32, Entry(TrailKind.CASE_OPENED), ADA.id, kit.clock())
        where = (trail.c.trail_id == "7" * 32) & (trail.c.position == 1)
        work.connection.execute(trail.update().where(where).values(**changed))
        work.commit()
    page = read_trail(kit, LOU, TrailInput("7" * 32))
    assert page.damage is not None
    assert (page.damage.position, page.damage.fault, len(page.lines)) == (1, fault, 3)


def test_every_kind_of_line_has_words() -> None:
    assert set(WORDS) == set(TrailKind)


def test_init_invites_all_four_roles(tmp_path: Path) -> None:
    bare = Kit(open_embedded(tmp_path / "heard.db", DATABASE_KEY), make_settings(tmp_path), clock=Clock())
    people = ("--admin", "mira", "--caseworker", "ada", "--supervisor", "sina", "--auditor", "lou")
    assert run(bare, "init", "--yes", *people, "--auditor", "Sina").exit_code == 2
    done = run(bare, "init", "--yes", *people)
    assert done.exit_code == 0, done.output
    with bare.database.reading() as work:
        carried = {one.split()[0]: one for one in done.output.splitlines() if "/desk/join/" in one}
        assert set(carried) == set(Role)
        assert work.invitations.count_open(bare.clock()) == 4
    bare.database.engine.dispose()


def test_who_waits_cannot_sign_in_as_anything(kit: Kit) -> None:
    cleo = enrol_member(kit, Role.SUPERVISOR, "Cleo Marsh", "cleo", StaffState.WAITING)
    with pytest.raises(SignInRefused):
        come_in(kit, cleo)
