"""The desk's door: one refusal for every fault, slower each time, and never locked."""

from contextvars import copy_context
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import delete, update

from app.casework.actors import Admin, Caseworker
from app.casework.errors import Busy, KeyNotTrusted, SignInRefused
from app.casework.kit import Kit, lane
from app.casework.sign_in import SignIn, sign_in
from app.domain.words import Role
from app.persistence.staff import grants, staff
from app.persistence.team_keys import team_keys
from app.vault.pairs import new_pair, ring_of
from app.vault.queue import FairQueue, Slowdown
from tests.casework.steps import all_at_once, file_approved, kinds
from tests.make import TEAM, WRONG_NUMBER, Clock, Enrolled, enrol_member


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def door(embedded_kit: Kit, slept: list[float]) -> Kit:
    """The kit with a slowdown that only notes how long it would have waited."""
    return replace(embedded_kit, slowdown=Slowdown(sleep=slept.append))


def code_of(kit: Kit, member: Enrolled, steps: int = 0) -> str:
    return pyotp.TOTP(member.totp_secret).at(kit.clock() + timedelta(seconds=30 * steps))


def typed(kit: Kit, member: Enrolled, **other: str) -> SignIn:
    right = {"name": member.sign_in, "passphrase": member.passphrase, "totp": code_of(kit, member)}
    return SignIn(**right | other)


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def test_the_right_name_passphrase_and_code_open_the_desk(kit: Kit) -> None:
    ada = enrol_member(kit, Role.CASEWORKER, "Ada Quill", "ada")
    given = typed(kit, ada, name=" ADA ", passphrase=f"  {ada.passphrase.upper()}\n")
    code = code_of(kit, ada)
    actor = sign_in(kit, replace(given, totp=f" {code[:3]} {code[3:]} "))
    assert isinstance(actor, Caseworker)
    assert (actor.name, actor.team) == ("Ada Quill", ring_of(TEAM))


def test_an_admin_gets_in_and_brings_no_key_to_any_case(kit: Kit) -> None:
    mira = enrol_member(kit, Role.ADMIN, "Mira Lund", "mira")
    actor = sign_in(kit, typed(kit, mira))
    assert isinstance(actor, Admin)
    assert not hasattr(actor, "team")
    with kit.database.reading() as work:
        assert work.staff.grant(actor.id, work.team_keys.current().id) is None


def test_every_fault_gets_one_and_the_same_refusal(door: Kit) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    ben = enrol_member(door, Role.CASEWORKER, "Ben Osei", "ben")
    right = {code_of(door, ada, steps) for steps in (-1, 0, 1)}
    wrong = {code_of(door, ada, -2), code_of(door, ada, 2), WRONG_NUMBER}
    assert not wrong & right
    said = set()
    for other in (
        {"name": "nobody"},
        {"name": ""},
        {"passphrase": "wrong words"},
        {"passphrase": ben.passphrase},
        {"passphrase": ""},
        {"totp": ""},
        {"totp": "١٢٣٤٥٦"},
        *({"totp": one} for one in wrong | ({code_of(door, ben)} - right)),
    ):
        with pytest.raises(SignInRefused) as refused:
            sign_in(door, typed(door, ada, **other))
        said.add((str(refused.value), refused.value.__cause__))
    assert said == {("sign_in_refused", None)}


def test_a_code_works_once_and_an_older_one_never_after_it(kit: Kit) -> None:
    ada = enrol_member(kit, Role.CASEWORKER, "Ada Quill", "ada")
    given = typed(kit, ada)
    sign_in(kit, given)
    for replayed in (given, replace(given, totp=code_of(kit, ada, -1))):
        with pytest.raises(SignInRefused):
            sign_in(kit, replayed)
    clock_of(kit).move(seconds=30)
    sign_in(kit, typed(kit, ada))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_that_is_half_a_minute_off_is_no_reason_to_refuse(door: Kit, steps: int) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    sign_in(door, typed(door, ada, totp=code_of(door, ada, steps)))


def test_of_two_who_use_one_code_at_the_same_moment_one_gets_in(kit: Kit) -> None:
    ada = enrol_member(kit, Role.CASEWORKER, "Ada Quill", "ada")
    given = typed(kit, ada)
    came_of = all_at_once(*[lambda: sign_in(kit, given)] * 3)
    assert kinds(came_of) == ["Caseworker", "SignInRefused", "SignInRefused"]


def test_wrong_tries_are_slowed_and_the_right_one_still_gets_in(door: Kit, slept: list[float]) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    for _ in range(7):
        with pytest.raises(SignInRefused):
            sign_in(door, typed(door, ada, passphrase="wrong words"))
    assert slept == [0.25, 0.5, 1.0, 2.0]
    assert isinstance(sign_in(door, typed(door, ada)), Caseworker)
    clock_of(door).move(seconds=30)
    slept.clear()
    sign_in(door, typed(door, ada))
    assert slept == []


def test_a_stranger_who_knows_a_name_slows_only_themselves(door: Kit, slept: list[float]) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    in_lane = copy_context()
    in_lane.run(lane.set, "stranger")
    for _ in range(6):
        with pytest.raises(SignInRefused):
            in_lane.run(sign_in, door, typed(door, ada, passphrase="wrong words"))
    assert slept == [0.25, 0.5, 1.0]
    assert isinstance(sign_in(door, typed(door, ada)), Caseworker)
    assert slept == [0.25, 0.5, 1.0]


def test_wrong_codes_after_the_right_passphrase_are_slowed_from_wherever_they_come(
    door: Kit, slept: list[float]
) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    for number in range(6):
        in_lane = copy_context()
        in_lane.run(lane.set, f"address {number}")
        with pytest.raises(SignInRefused):
            in_lane.run(sign_in, door, typed(door, ada, totp="no code"))
    assert slept == [0.25, 0.5, 1.0]
    sign_in(door, typed(door, ada))


def test_names_that_do_not_exist_are_slowed_the_same_way(door: Kit, slept: list[float]) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(door, typed(door, ada, name="nobody"))
    assert slept == [0.25, 0.5]
    sign_in(door, typed(door, ada))
    assert slept == [0.25, 0.5]


def test_a_full_queue_says_busy_and_counts_as_no_wrong_try(door: Kit, slept: list[float]) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    full = replace(door, sign_ins=FairQueue(at_once=0, per_lane=0))
    for _ in range(9):
        with pytest.raises(Busy):
            sign_in(full, typed(door, ada))
    sign_in(door, typed(door, ada))
    assert slept == []


def test_without_a_grant_a_caseworker_does_not_get_in(door: Kit) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    with door.database.writing() as work:
        work.connection.execute(delete(grants))
        work.commit()
    with pytest.raises(SignInRefused):
        sign_in(door, typed(door, ada))


def test_another_members_keys_put_into_ones_row_open_nothing(door: Kit) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    eve = enrol_member(door, Role.ADMIN, "Eve Stone", "eve")
    with door.database.writing() as work:
        rows = {row.role: row for row in work.connection.execute(staff.select())}
        names = ("salt", "public", "public_mac", "pair_sealed", "totp_sealed", "name_sealed")
        values = {name: getattr(rows["admin"], name) for name in names}
        work.connection.execute(update(staff).where(staff.c.id == rows["caseworker"].id).values(**values))
        work.commit()
    for other in ({"passphrase": eve.passphrase, "totp": code_of(door, eve)}, {}):
        with pytest.raises(SignInRefused):
            sign_in(door, typed(door, ada, **other))


def test_signing_in_under_a_swapped_team_key_stops(kit: Kit) -> None:
    ada = enrol_member(kit, Role.CASEWORKER, "Ada Quill", "ada")
    file_approved(kit)
    clock_of(kit).move(seconds=1)
    with kit.database.writing() as work:
        work.connection.execute(update(team_keys).values(public=new_pair().public))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        sign_in(kit, typed(kit, ada))


def test_nothing_typed_and_nothing_drawn_is_shown_by_a_repr(door: Kit) -> None:
    ada = enrol_member(door, Role.CASEWORKER, "Ada Quill", "ada")
    assert repr(ada) == "Enrolled(…)"
    assert repr(typed(door, ada)) == "SignIn(…)"
    assert repr(sign_in(door, typed(door, ada))) == f"Caseworker({ada.id})"
