"""Handing over, letting wait, skipping, putting elsewhere, notes and danger: what each does to a case."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from app.casework.errors import NotAllowed, NotFound, NotHolding, Recused, Stale, TakenBySomeoneElse
from app.casework.follow_with_code import follow_with_code
from app.casework.give_back import give_back
from app.casework.hand_over_case import HandOverInput, hand_over_case
from app.casework.hold_case import HoldInput, hold_case
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.put_in_order import Order, OrderInput, put_in_order
from app.casework.recuse import recuse
from app.casework.set_danger import DangerInput, set_danger
from app.casework.skip_case import skip_case
from app.casework.suspend_member import suspend_member
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput, write_note
from app.domain.desk_words import Why
from app.reads.colleagues import read_colleagues
from tests.casework.holding_steps import (
    clock_of,
    everything_in,
    is_hidden,
    known_staff,
    notes_of,
    request_of,
    rows_aside,
)
from tests.casework.steps import all_at_once, kinds, trail_of
from tests.make import ADA, BEN, LOU, MIRA, SINA, file_one

WORDS = "Odd-words-for-colleagues"


def filed_and_held(kit: Kit) -> str:
    known_staff(kit)
    request_id = file_one(kit).request_id
    take_case(kit, ADA, request_id)
    return request_id


def test_a_case_handed_over_stands_with_the_colleague_and_anybody_may_take_it(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    hand_over_case(kit, ADA, HandOverInput(request_id, BEN.id, WORDS))
    request = request_of(kit, request_id)
    assert (request.offered_to, request.taken_by, request.lease_until) == (BEN.id, None, None)
    assert notes_of(kit, request_id) == [("hand_over", WORDS, ADA.id)]
    assert "case_handed_over" in trail_of(kit, request_id)
    take_case(kit, SINA, request_id)
    assert request_of(kit, request_id).offered_to is None


def test_a_case_is_handed_over_without_a_word_too(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    hand_over_case(kit, ADA, HandOverInput(request_id, BEN.id))
    assert notes_of(kit, request_id) == []


def test_a_case_goes_only_to_somebody_who_can_take_it(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    recuse(kit, SINA, request_id)
    for nobody in (ADA.id, MIRA.id, LOU.id, SINA.id, "f" * 32, ""):
        before = everything_in(kit)
        with pytest.raises(NotAllowed):
            hand_over_case(kit, ADA, HandOverInput(request_id, nobody, WORDS))
        assert everything_in(kit) == before
    assert [one.id for one in read_colleagues(kit, ADA, request_id)] == [BEN.id]
    suspend_member(kit, MIRA, BEN.id)
    assert read_colleagues(kit, ADA, request_id) == ()
    with pytest.raises(NotAllowed):
        hand_over_case(kit, ADA, HandOverInput(request_id, BEN.id))


def test_a_case_that_waits_is_free_again_by_itself(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    day = kit.clock().date() + timedelta(days=3)
    due_by = request_of(kit, request_id).due_by
    hold_case(kit, ADA, HoldInput(request_id, day, WORDS))
    request = request_of(kit, request_id)
    assert request.hold_until is not None
    assert request.hold_until.date() == day
    assert (request.taken_by, request.due_by) == (None, due_by), "what is due stays due"
    assert open_case(kit, BEN, request_id).hold_until == request.hold_until
    assert notes_of(kit, request_id) == [("hold", WORDS, ADA.id)]
    clock_of(kit).move(days=3)
    assert open_case(kit, BEN, request_id).hold_until is None


def test_anybody_may_take_a_case_that_waits(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    hold_case(kit, ADA, HoldInput(request_id, kit.clock().date() + timedelta(days=14), WORDS))
    take_case(kit, BEN, request_id)
    assert request_of(kit, request_id).hold_until is None


@pytest.mark.parametrize("days", [-1, 0, 15, 400])
def test_no_case_waits_for_yesterday_or_for_long(kit: Kit, days: int) -> None:
    request_id = filed_and_held(kit)
    with pytest.raises(NotAllowed):
        hold_case(kit, ADA, HoldInput(request_id, kit.clock().date() + timedelta(days=days), WORDS))
    with pytest.raises(NotAllowed):
        hold_case(kit, ADA, HoldInput(request_id, kit.clock().date() + timedelta(days=1), "  "))
    assert request_of(kit, request_id).is_held_by(ADA.id, kit.clock())


def test_what_the_requester_writes_ends_the_waiting(kit: Kit) -> None:
    known_staff(kit)
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    hold_case(kit, ADA, HoldInput(filed.request_id, kit.clock().date() + timedelta(days=2), WORDS))
    write_message(kit, follow_with_code(kit, filed.code), MessageInput("hello"))
    assert request_of(kit, filed.request_id).hold_until is None
    assert "request_reopened" not in trail_of(kit, filed.request_id)


def test_skipping_hides_a_case_for_half_a_day_and_leaves_no_trace(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    before = trail_of(kit, request_id)
    skip_case(kit, ADA, request_id)
    assert trail_of(kit, request_id) == before
    assert is_hidden(kit, request_id, ADA.id)
    assert not is_hidden(kit, request_id, BEN.id)
    clock_of(kit).move(hours=12)
    assert not is_hidden(kit, request_id, ADA.id)
    skip_case(kit, ADA, file_one(kit).request_id)
    assert request_id not in {row[0] for row in rows_aside(kit)}, "what is over is forgotten"


def test_skipping_gives_back_what_one_holds_or_was_handed(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    skip_case(kit, ADA, request_id)
    assert request_of(kit, request_id).taken_by is None
    assert trail_of(kit, request_id)[-1] == "case_given_back"
    take_case(kit, BEN, request_id)
    hand_over_case(kit, BEN, HandOverInput(request_id, ADA.id))
    skip_case(kit, ADA, request_id)
    assert request_of(kit, request_id).offered_to is None


def test_skipping_takes_nothing_from_a_colleague_and_taking_ends_it(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    skip_case(kit, BEN, request_id)
    assert request_of(kit, request_id).is_held_by(ADA.id, kit.clock())
    give_back(kit, ADA, request_id)
    take_case(kit, BEN, request_id)
    assert not is_hidden(kit, request_id, BEN.id)


def test_skipping_twice_at_the_same_moment_is_skipping_once(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    came_of = all_at_once(*[lambda: skip_case(kit, ADA, request_id)] * 4)
    assert kinds(came_of) == ["NoneType"] * 4
    assert rows_aside(kit) == [(request_id, ADA.id, "skipped")]


def test_a_case_stands_where_it_was_put_until_the_rules_are_asked_again(kit: Kit) -> None:
    known_staff(kit)
    early = file_one(kit).request_id
    clock_of(kit).move(hours=5)
    late = file_one(kit).request_id
    by_rules = request_of(kit, late).queue_at

    def order(request_id: str, where: Order) -> None:
        seen = open_case(kit, ADA, request_id).put_at
        put_in_order(kit, ADA, OrderInput(request_id, where, WORDS, seen))

    def stands_first() -> str:
        first = min((early, late), key=lambda one: str(request_of(kit, one).queue_at))
        return "early" if first == early else "late"

    assert stands_first() == "early"
    order(late, Order.FIRST)
    assert stands_first() == "late"
    assert Why.BY_HAND in open_case(kit, BEN, late).why
    order(late, Order.BY_RULES)
    assert (stands_first(), request_of(kit, late).queue_at) == ("early", by_rules)
    order(early, Order.LAST)
    assert stands_first() == "late"
    assert [kind for kind, _, _ in notes_of(kit, late)] == ["order", "order"]
    assert trail_of(kit, late).count("order_changed") == 2


def test_of_two_who_put_a_case_elsewhere_the_second_looks_again(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    put_in_order(kit, ADA, OrderInput(request_id, Order.FIRST, WORDS))
    before = everything_in(kit)
    with pytest.raises(Stale):
        put_in_order(kit, BEN, OrderInput(request_id, Order.LAST, WORDS))
    with pytest.raises(NotAllowed):
        put_in_order(kit, BEN, OrderInput(request_id, Order.LAST, " ", request_of(kit, request_id).put_at))
    assert everything_in(kit) == before


def test_danger_brings_a_case_forward_and_its_end_puts_it_back(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    by_rules = request_of(kit, request_id).queue_at
    hold_case(kit, ADA, HoldInput(request_id, kit.clock().date() + timedelta(days=5), WORDS))
    set_danger(kit, BEN, DangerInput(request_id, True, WORDS))
    request = request_of(kit, request_id)
    assert request.queue_at is not None
    assert by_rules is not None
    assert request.queue_at < by_rules
    assert request.hold_until is None, "nobody in danger waits for a day"
    assert open_case(kit, ADA, request_id).in_danger
    with pytest.raises(Stale):
        set_danger(kit, ADA, DangerInput(request_id, True, WORDS))
    set_danger(kit, ADA, DangerInput(request_id, False, WORDS))
    assert request_of(kit, request_id).queue_at == by_rules
    lines = [line for line in trail_of(kit, request_id) if line.startswith("danger")]
    assert lines == ["danger_set", "danger_over"]
    with pytest.raises(NotAllowed):
        set_danger(kit, ADA, DangerInput(request_id, True, ""))


def test_two_who_see_the_same_danger_write_it_once(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    came_of = all_at_once(
        *(lambda who=who: set_danger(kit, who, DangerInput(request_id, True, WORDS)) for who in (ADA, BEN))
    )
    assert kinds(came_of) == ["NoneType", "Stale"]
    assert trail_of(kit, request_id).count("danger_set") == 1


def test_a_note_needs_no_lease_and_keeps_ones_own(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    clock_of(kit).move(minutes=20)
    write_note(kit, BEN, NoteInput(request_id, "from Ben"))
    write_note(kit, ADA, NoteInput(request_id, f"  {WORDS}\n"))
    assert notes_of(kit, request_id) == [("note", "from Ben", BEN.id), ("note", WORDS, ADA.id)]
    clock_of(kit).move(minutes=20)
    with pytest.raises(TakenBySomeoneElse):
        take_case(kit, BEN, request_id)
    with pytest.raises(NotAllowed):
        write_note(kit, ADA, NoteInput(request_id, " \n "))


def test_many_notes_at_once_are_all_kept(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    notes = [NoteInput(request_id, f"note {number}") for number in range(6)]
    came_of = all_at_once(*(lambda note=note: write_note(kit, ADA, note) for note in notes))
    assert kinds(came_of) == ["NoneType"] * 6
    assert sorted(text for _, text, _ in notes_of(kit, request_id)) == [note.text for note in notes]


def test_a_lease_that_ran_out_while_somebody_typed_is_no_lease(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    clock_of(kit).move(minutes=31)
    day = kit.clock().date() + timedelta(days=1)
    acts: tuple[Callable[[], None], ...] = (
        lambda: hand_over_case(kit, ADA, HandOverInput(request_id, BEN.id, WORDS)),
        lambda: hold_case(kit, ADA, HoldInput(request_id, day, WORDS)),
    )
    before = everything_in(kit)
    for act in acts:
        with pytest.raises(NotHolding):
            act()
    assert everything_in(kit) == before


def test_what_is_not_there_cannot_be_held(kit: Kit) -> None:
    known_staff(kit)
    nothing = "0" * 32
    for act in (
        partial(skip_case, kit, ADA, nothing),
        partial(recuse, kit, ADA, nothing),
        partial(write_note, kit, ADA, NoteInput(nothing, WORDS)),
        partial(set_danger, kit, ADA, DangerInput(nothing, True, WORDS)),
        partial(put_in_order, kit, ADA, OrderInput(nothing, Order.FIRST, WORDS)),
        partial(hand_over_case, kit, ADA, HandOverInput(nothing, BEN.id)),
    ):
        with pytest.raises(NotFound):
            act()


def test_no_note_is_read_by_who_stepped_back(kit: Kit) -> None:
    request_id = filed_and_held(kit)
    write_note(kit, ADA, NoteInput(request_id, WORDS))
    recuse(kit, BEN, request_id)
    with pytest.raises(Recused):
        open_case(kit, BEN, request_id)
    assert WORDS in {note.text for note in open_case(kit, ADA, request_id).notes}
