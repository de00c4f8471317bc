"""I know this person: from then on a caseworker gets nothing of a case, anywhere."""

from collections.abc import Callable
from functools import partial

import pytest

from app.casework.actors import Caseworker
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import NotAllowed, NotFound, Recused, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_back import give_back
from app.casework.give_proof import give_proof
from app.casework.hand_over_case import HandOverInput, hand_over_case
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit
from app.casework.lift_recusal import LiftInput, lift_recusal
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.recuse import recuse
from app.casework.set_danger import DangerInput, set_danger
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput, write_note
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.words import Asker, LetterState
from app.reads.forgotten import read_forgotten
from app.reads.joinable import read_joinable
from app.reads.letters import read_letters
from app.reads.proofs import read_proofs
from tests.casework.holding_steps import (
    clock_of,
    everything_in,
    is_hidden,
    known_staff,
    notes_of,
    request_of,
    rows_aside,
)
from tests.casework.steps import all_at_once, all_letters, file_approved, kinds, trail_of
from tests.make import ADA, BEN, SINA, file_one
from tests.rules.people import RefusingMailer
from tests.walks import deliver


def refused(kit: Kit, act: Callable[[], object], error: type[Exception] = Recused) -> None:
    """Nothing is shown, and nothing was written, not even that somebody tried."""
    before = everything_in(kit)
    with pytest.raises(error):
        act()
    assert everything_in(kit) == before


def test_stepping_back_gives_the_case_to_others_and_says_so_in_the_trail(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    take_case(kit, ADA, request_id)
    recuse(kit, ADA, request_id)
    assert trail_of(kit, request_id)[-1] == "recused"
    assert is_hidden(kit, request_id, ADA.id)
    clock_of(kit).move(days=400)
    assert is_hidden(kit, request_id, ADA.id), "for good"
    take_case(kit, BEN, request_id)
    assert request_of(kit, request_id).is_held_by(BEN.id, kit.clock())


def test_who_stepped_back_gets_nothing_of_the_case(kit: Kit) -> None:
    known_staff(kit)
    filed = file_one(kit)
    requester = follow_with_code(kit, filed.code)
    give_proof(kit, requester, ProofContent(Tier.DECLARED))
    proof_id = read_proofs(kit, requester).proofs[0].id
    request_id = filed.request_id
    recuse(kit, ADA, request_id)
    for act in (
        lambda: open_case(kit, ADA, request_id),
        lambda: open_proof(kit, ADA, request_id, proof_id),
        lambda: preview_notices(kit, ADA, request_id),
        lambda: take_case(kit, ADA, request_id),
        lambda: give_back(kit, ADA, request_id),
        lambda: skip_case(kit, ADA, request_id),
        lambda: recuse(kit, ADA, request_id),
        lambda: write_note(kit, ADA, NoteInput(request_id, "x")),
        lambda: set_danger(kit, ADA, DangerInput(request_id, True, "x")),
        lambda: write_message(kit, ADA, MessageInput("x", request_id)),
        lambda: forget_request(kit, ADA, request_id),
    ):
        refused(kit, act)


def test_a_skip_before_or_after_changes_nothing_of_it(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    skip_case(kit, ADA, request_id)
    recuse(kit, ADA, request_id)
    assert rows_aside(kit) == [(request_id, ADA.id, "recused")]
    skip_case(kit, BEN, request_id)
    assert rows_aside(kit) == [(request_id, ADA.id, "recused"), (request_id, BEN.id, "skipped")]


def test_a_forgotten_case_is_not_brought_back_by_who_stepped_back(kit: Kit) -> None:
    known_staff(kit)
    filed = file_one(kit)
    recuse(kit, ADA, filed.request_id)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    assert read_forgotten(kit, ADA) == ()
    assert [row.request_id for row in read_forgotten(kit, BEN)] == [filed.request_id]
    refused(kit, lambda: undo_forgetting(kit, ADA, filed.request_id))
    undo_forgetting(kit, BEN, filed.request_id)


def test_letters_of_the_case_are_somebody_elses_to_settle(kit: Kit) -> None:
    known_staff(kit)
    door = CourierDoor(kit)
    filed = file_approved(kit)
    deliver(kit, door, RefusingMailer())
    [letter] = all_letters(kit)
    assert letter.state is LetterState.REFUSED
    recuse(kit, ADA, filed.request_id)
    assert read_letters(kit, ADA) == ()
    assert [row.id for row in read_letters(kit, BEN)] == [letter.id]
    refused(kit, lambda: settle_letter(kit, ADA, SettleInput(letter.id, Choice.DROP)))
    settle_letter(kit, BEN, SettleInput(letter.id, Choice.DROP))


def two_to_join(kit: Kit) -> tuple[str, str]:
    """Where a parent asks, and where the child asks alone."""
    known_staff(kit)
    parent = file_one(kit, asker=Asker.PARENT).request_id
    child = file_one(kit, "https://img.northlight.example/mine").request_id
    return parent, child


@pytest.mark.parametrize("stepped", [0, 1])
def test_neither_of_two_cases_is_joined_by_who_stepped_back_from_one(kit: Kit, stepped: int) -> None:
    cases = two_to_join(kit)
    for one in cases:
        take_case(kit, ADA, one)
    assert [row.request_id for row in read_joinable(kit, ADA, cases[0])] == [cases[1]]
    recuse(kit, ADA, cases[stepped])
    refused(kit, lambda: join_requests(kit, ADA, JoinInput(*cases)))
    shown = [row.request_id for row in read_joinable(kit, ADA, cases[0])]
    assert shown == ([] if stepped else [cases[1]])


def test_who_stepped_back_from_a_childs_case_is_kept_from_the_one_it_is_joined_to(kit: Kit) -> None:
    parent, child = two_to_join(kit)
    recuse(kit, BEN, child)
    write_note(kit, ADA, NoteInput(parent, "the first"))
    clock_of(kit).move(minutes=1)
    write_note(kit, SINA, NoteInput(child, "the second"))
    for one in (parent, child):
        take_case(kit, ADA, one)
    join_requests(kit, ADA, JoinInput(parent, child))
    refused(kit, lambda: open_case(kit, BEN, parent))
    assert notes_of(kit, parent) == [("note", "the first", ADA.id), ("note", "the second", SINA.id)]


def test_only_a_supervisor_lifts_it_and_never_their_own(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    for who in (ADA, SINA):
        recuse(kit, who, request_id)
    cleo = Caseworker("8" * 32, "Cleo Marsh", SINA.pair, SINA.team, SINA.role)
    refused(kit, lambda: lift_recusal(kit, BEN, LiftInput(request_id, ADA.id)), NotAllowed)
    refused(kit, lambda: lift_recusal(kit, ADA, LiftInput(request_id, ADA.id)), NotAllowed)
    refused(kit, lambda: lift_recusal(kit, SINA, LiftInput(request_id, SINA.id)))
    refused(kit, lambda: lift_recusal(kit, SINA, LiftInput(request_id, ADA.id)))
    refused(kit, lambda: lift_recusal(kit, cleo, LiftInput(request_id, BEN.id)), Stale)
    refused(kit, lambda: lift_recusal(kit, cleo, LiftInput("0" * 32, ADA.id)), NotFound)
    lift_recusal(kit, cleo, LiftInput(request_id, ADA.id))
    assert trail_of(kit, request_id)[-1] == "recusal_lifted"
    assert open_case(kit, ADA, request_id).recused == (SINA.id,)
    refused(kit, lambda: open_case(kit, SINA, request_id))


def test_a_skip_is_not_lifted_as_if_it_were_a_recusal(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    skip_case(kit, ADA, request_id)
    refused(kit, lambda: lift_recusal(kit, SINA, LiftInput(request_id, ADA.id)), Stale)
    assert open_case(kit, SINA, request_id).recused == ()


def test_nobody_is_handed_a_case_while_they_step_back_from_it(kit: Kit) -> None:
    known_staff(kit)
    for _ in range(4):
        request_id = file_one(kit).request_id
        take_case(kit, ADA, request_id)
        came_of = all_at_once(
            partial(hand_over_case, kit, ADA, HandOverInput(request_id, BEN.id)),
            partial(recuse, kit, BEN, request_id),
        )
        assert kinds(came_of) in (["NoneType", "NoneType"], ["NoneType", "NotAllowed"])
        assert request_of(kit, request_id).offered_to is None


def test_who_stepped_aside_is_destroyed_with_the_request(kit: Kit) -> None:
    known_staff(kit)
    filed, other = file_one(kit), file_one(kit, "https://img.northlight.example/other")
    for one in (filed, other):
        recuse(kit, ADA, one.request_id)
        write_note(kit, BEN, NoteInput(one.request_id, "x"))
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    clock_of(kit).move(days=8)
    assert destroy_forgotten(kit).count == 1
    assert rows_aside(kit) == [(other.request_id, ADA.id, "recused")]
    assert [row.request_id for row in everything_in(kit)["desk_notes"]] == [other.request_id]
