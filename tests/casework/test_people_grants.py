"""Granting the team key: by whom, for whom, and by comparing every group of the fingerprint."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import update

from app.casework.actors import Caseworker
from app.casework.errors import KeyNotTrusted, NotFound, SecondPersonNeeded, Stale
from app.casework.kit import Kit
from app.casework.make_grant import make_grant
from app.casework.propose_grant import propose_grant
from app.casework.sign_in import open_team
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.staff import grant_proposals, staff
from app.vault.pairs import KeyPair, fingerprint_of, new_pair, ring_of
from app.vault.seal import NotOpened
from tests.casework.key_steps import hotline_lines, rotated
from tests.casework.steps import all_at_once
from tests.make import ADA, BEN, TEAM, enrol_member, make_known


def waiting(kit: Kit, role: Role = Role.CASEWORKER, sign_in: str = "cleo") -> tuple[str, KeyPair, str]:
    """(id, pair, fingerprint) of somebody who has joined."""
    cleo = enrol_member(kit, role, "Cleo Marsh", sign_in, StaffState.WAITING)
    return cleo.id, cleo.pair, fingerprint_of(cleo.pair.public)


def with_two(kit: Kit) -> Kit:
    """The same hotline, whose settings ask for two people; Ada and Ben are members."""
    for one in (ADA, BEN):
        make_known(kit, one)
    return replace(kit, settings=replace(kit.settings, two_person=True))


def state_of(kit: Kit, member_id: str) -> StaffState:
    with kit.database.reading() as work:
        return work.staff.member(member_id).state


def test_a_grant_opens_the_team_key_to_the_one_who_was_compared(kit: Kit) -> None:
    cleo, pair, fingerprint = waiting(kit)
    other, other_pair, _ = waiting(kit, sign_in="dora")
    assert make_grant(kit, ADA, fingerprint) == cleo
    assert state_of(kit, cleo) is StaffState.ACTIVE
    assert open_team(kit, cleo, pair) == ring_of(TEAM)
    assert state_of(kit, other) is StaffState.WAITING
    with pytest.raises(NotOpened):
        open_team(kit, other, other_pair)
    assert hotline_lines(kit)[-1] == "grant_made"


def test_spacing_and_case_of_a_fingerprint_do_not_matter(kit: Kit) -> None:
    cleo, _, fingerprint = waiting(kit)
    assert make_grant(kit, ADA, f"  {fingerprint.lower().replace(' ', '')} ") == cleo


def test_a_fingerprint_that_differs_in_one_digit_grants_nothing(kit: Kit) -> None:
    cleo, _, fingerprint = waiting(kit)
    wrong = fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1")
    for typed in (wrong, fingerprint[:-5], "", fingerprint_of(TEAM.public), fingerprint + " 0000"):
        with pytest.raises(NotFound):
            make_grant(kit, ADA, typed)
    assert state_of(kit, cleo) is StaffState.WAITING


def test_an_admin_gets_no_grant(kit: Kit) -> None:
    _, _, fingerprint = waiting(kit, Role.ADMIN)
    with pytest.raises(NotFound):
        make_grant(kit, ADA, fingerprint)


def test_nobody_grants_to_themselves(kit: Kit) -> None:
    cleo, pair, fingerprint = waiting(kit)
    thief = Caseworker(cleo, "Cleo Marsh", pair, ring_of(TEAM))
    for grant in (make_grant, propose_grant):
        with pytest.raises(NotFound):
            grant(kit, thief, fingerprint)


@pytest.mark.parametrize("state", [StaffState.ACTIVE, StaffState.SUSPENDED, StaffState.LEFT])
def test_only_who_waits_is_granted(kit: Kit, state: StaffState) -> None:
    ben = enrol_member(kit, state=state)
    with pytest.raises(NotFound):
        make_grant(kit, ADA, fingerprint_of(ben.pair.public))


def test_two_who_grant_at_once_grant_once(kit: Kit) -> None:
    cleo, pair, fingerprint = waiting(kit)
    came_of = all_at_once(*(partial(make_grant, kit, one, fingerprint) for one in (ADA, BEN)))
    assert cleo in came_of
    assert {NotFound, Stale} & {type(one) for one in came_of}
    assert open_team(kit, cleo, pair) == ring_of(TEAM)
    assert hotline_lines(kit).count("grant_made") == 1


def test_after_a_rotation_the_key_of_before_grants_nothing(kit: Kit) -> None:
    kit = rotated(kit)
    _, _, fingerprint = waiting(kit)
    for grant in (make_grant, propose_grant):
        with pytest.raises(Stale):
            grant(kit, ADA, fingerprint)


def test_a_swapped_team_key_grants_nothing(kit: Kit) -> None:
    _, _, fingerprint = waiting(kit)
    unpinned = replace(kit, settings=replace(kit.settings, team_fingerprints=()))
    with pytest.raises(KeyNotTrusted):
        make_grant(unpinned, ADA, fingerprint)


def test_with_two_the_first_only_proposes_and_another_one_grants(kit: Kit) -> None:
    kit = with_two(kit)
    cleo, pair, fingerprint = waiting(kit)
    with pytest.raises(SecondPersonNeeded):
        make_grant(kit, ADA, fingerprint)
    propose_grant(kit, ADA, fingerprint)
    with pytest.raises(NotOpened):
        open_team(kit, cleo, pair)
    assert make_grant(kit, BEN, fingerprint) == cleo
    assert open_team(kit, cleo, pair) == ring_of(TEAM)
    assert hotline_lines(kit)[-2:] == ["grant_proposed", "grant_made"]
    with kit.database.reading() as work:
        assert work.staff.proposal(cleo) is None


def test_with_two_nobody_is_both(kit: Kit) -> None:
    kit = with_two(kit)
    cleo, _, fingerprint = waiting(kit)
    for _ in range(2):
        propose_grant(kit, ADA, fingerprint)
        with pytest.raises(SecondPersonNeeded):
            make_grant(kit, ADA, fingerprint)
    assert state_of(kit, cleo) is StaffState.WAITING


def test_a_proposal_counts_for_the_key_that_was_compared_alone(kit: Kit) -> None:
    kit = with_two(kit)
    cleo, _, fingerprint = waiting(kit)
    propose_grant(kit, ADA, fingerprint)
    swapped = new_pair().public
    with kit.database.writing() as work:
        work.connection.execute(update(staff).where(staff.c.id == cleo).values(public=swapped))
        work.commit()
    with pytest.raises(SecondPersonNeeded):
        make_grant(kit, BEN, fingerprint_of(swapped))


@pytest.mark.parametrize("change", [{"proposed_by": BEN.id}, {"public_mac": bytes(32)}])
def test_a_proposal_that_was_written_into_the_database_counts_for_nothing(
    kit: Kit, change: dict[str, object]
) -> None:
    kit = with_two(kit)
    _, _, fingerprint = waiting(kit)
    propose_grant(kit, ADA, fingerprint)
    with kit.database.writing() as work:
        work.connection.execute(update(grant_proposals).values(**change))
        work.commit()
    for actor in (BEN, ADA):
        with pytest.raises(SecondPersonNeeded):
            make_grant(kit, actor, fingerprint)


def test_a_proposal_ends_with_the_access_of_who_made_it(kit: Kit) -> None:
    kit = with_two(kit)
    _, _, fingerprint = waiting(kit)
    propose_grant(kit, ADA, fingerprint)
    with kit.database.writing() as work:
        ada = work.staff.member(ADA.id)
        work.staff.save(replace(ada, state=StaffState.SUSPENDED), ada.state)
        work.commit()
    with pytest.raises(SecondPersonNeeded):
        make_grant(kit, BEN, fingerprint)
