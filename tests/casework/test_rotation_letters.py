"""Letters that wait while keys change: none is lost, none is refused for it, none goes twice."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.casework.actors import Courier
from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.rotate_team_key import rotate_team_key
from app.casework.switch_team_key import switch_team_key
from app.casework.unlock_courier import unlock_courier
from app.domain.words import LetterState
from app.outbound.ports import NullMailer
from app.persistence.notices import chase_packs
from app.persistence.team_keys import COURIER
from app.reads.desk_state import read_desk_state
from app.vault.pairs import KeyPair, open_with, ring_of
from app.vault.seal import Purpose
from tests.casework.key_steps import again, prepared
from tests.casework.steps import all_letters, approve_all, assess_all, file_approved, open_courier
from tests.make import ADA, BEN, Clock, file_one


def states(kit: Kit) -> list[LetterState]:
    return [letter.state for letter in all_letters(kit)]


def approve_with(kit: Kit, member: str) -> None:
    actor = again(kit, {"ada": ADA, "ben": BEN}[member])
    filed = file_one(kit)
    assess_all(kit, filed.request_id, actor=actor)
    approve_all(kit, filed.request_id, actor)


def test_a_letter_that_waited_across_a_rotation_goes_out_once(kit: Kit) -> None:
    door = CourierDoor(kit)
    file_approved(kit)
    assert door.knock() is not None, "approving opened it"
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    assert door.knock() is None
    assert not read_desk_state(kit, ADA).courier_open
    unlock_courier(kit, again(kit, BEN))
    courier, mailer = door.knock(), NullMailer()
    assert courier is not None
    assert len(courier.ring.pairs) == 1
    while deliver_letter(kit, courier, mailer):
        pass
    assert len(mailer.sent) == 1
    assert states(kit) == [LetterState.SENT]


def test_while_it_runs_a_courier_that_was_opened_anew_sends_old_and_new_letters(kit: Kit) -> None:
    door = CourierDoor(kit)
    file_approved(kit)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    assert door.knock() is None
    approve_with(kit, "ben")
    courier, mailer = door.knock(), NullMailer()
    assert courier is not None
    assert len(courier.ring.pairs) == 2
    assert [deliver_letter(kit, courier, mailer) for _ in range(3)] == [True, True, False]
    assert states(kit) == [LetterState.SENT] * 2
    rotate_team_key(kit, again(kit, ADA))
    assert len(mailer.sent) == 2


def test_a_letter_for_a_key_the_courier_was_not_given_waits_and_its_tries_do_not_count(kit: Kit) -> None:
    stale = open_courier(kit)
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    approve_with(kit, "ben")
    mailer = NullMailer()
    assert deliver_letter(kit, stale, mailer)
    assert not deliver_letter(kit, stale, mailer), "it is due again in a minute"
    (letter,) = all_letters(kit)
    assert (letter.state, letter.attempts, letter.lease) == (LetterState.WAITING, 0, None)
    clock = kit.clock
    assert isinstance(clock, Clock)
    clock.move(minutes=1)
    assert deliver_letter(kit, courier_of(kit), mailer)
    assert states(kit) == [LetterState.SENT]
    assert len(mailer.sent) == 1


def courier_of(kit: Kit) -> Courier:
    """A courier that holds the key in use."""
    with kit.database.reading() as work:
        key = work.hotline_keys.current(COURIER)
    seed = open_with(again(kit, ADA).team, Purpose.COURIER_KEY, key.id, key.secret_sealed or b"")
    return Courier("f" * 32, ring_of(KeyPair(seed)))


@pytest.mark.parametrize("at", [0, 1, 9, -1])
def test_a_damaged_pack_is_refused_and_does_not_wait_for_ever(kit: Kit, at: int) -> None:
    courier = open_courier(kit)
    file_approved(kit)
    with kit.database.writing() as work:
        pack = bytearray(work.connection.execute(select(chase_packs.c.pack_sealed)).scalar_one())
        pack[at] ^= 1
        work.connection.execute(update(chase_packs).values(pack_sealed=bytes(pack)))
        work.commit()
    assert deliver_letter(kit, courier, NullMailer())
    assert states(kit) == [LetterState.REFUSED]


def test_a_courier_that_was_locked_and_opened_between_two_knocks_takes_the_new_keys(kit: Kit) -> None:
    door = CourierDoor(kit)
    unlock_courier(kit, ADA)
    before = door.knock()
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    unlock_courier(kit, again(kit, ADA))
    after = door.knock()
    assert before is not None
    assert after is not None
    assert before.ring != after.ring
    assert door.knock() is after


def test_a_courier_is_not_opened_with_the_key_before_after_the_switch(kit: Kit) -> None:
    door = CourierDoor(kit)
    kit = prepared(kit)
    turned: list[bool] = []

    class Twin:
        """The database, with a switch right after the keys were read."""

        def __getattr__(self, name: str) -> object:
            return getattr(kit.database, name)

        def writing(self) -> object:
            if not turned:
                turned.append(True)
                switch_team_key(kit, ADA)
            return kit.database.writing()

    assert unlock_courier(replace(kit, database=Twin()), ADA) == 0  # type: ignore[arg-type]
    assert door.knock() is None
