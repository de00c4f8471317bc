"""Who is given the courier's key: a process that this installation started, and no other."""

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.unlock_courier import unlock_courier
from app.persistence.courier_processes import CourierProcess, courier_processes
from app.vault.derive import mac
from app.vault.pairs import new_pair
from tests.make import ADA, Clock


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def test_a_courier_that_was_not_seen_for_a_minute_is_taken_to_be_gone(kit: Kit) -> None:
    door = CourierDoor(kit)
    clock_of(kit).move(seconds=61)
    assert unlock_courier(kit, ADA) == 0
    door.knock()
    assert unlock_courier(kit, ADA) == 1
    assert door.knock() is not None


def test_a_courier_whose_row_was_swept_away_posts_itself_again(kit: Kit) -> None:
    door = CourierDoor(kit)
    with kit.database.writing() as work:
        work.connection.execute(courier_processes.delete())
        work.commit()
    clock_of(kit).move(seconds=16)
    door.knock()
    assert unlock_courier(kit, ADA) == 1


def test_a_process_nobody_vouches_for_is_not_given_the_key(kit: Kit) -> None:
    eve, real = new_pair(), CourierDoor(kit)
    with kit.database.reading() as work:
        (posted,) = work.courier_processes.alive(kit.clock())
    with kit.database.writing() as work:
        for process_id, vouched in (
            ("1" * 32, b""),
            ("2" * 32, bytes(32)),
            ("3" * 32, posted.public_mac),
            ("4" * 32, mac(kit.sign_in_key, f"courier process {'4' * 32}", eve.public)),
        ):
            work.courier_processes.post(CourierProcess(process_id, eve.public, vouched, kit.clock(), None))
        work.commit()
    assert unlock_courier(kit, ADA) == 1
    with kit.database.reading() as work:
        given = [p.id for p in work.courier_processes.alive(kit.clock()) if p.courier_sealed]
    assert given == [posted.id]
    assert real.knock() is not None


def test_a_key_sealed_to_one_process_does_not_open_another(kit: Kit) -> None:
    first, second = CourierDoor(kit), CourierDoor(kit)
    unlock_courier(kit, ADA)
    with kit.database.writing() as work:
        one, other = work.courier_processes.alive(kit.clock())
        for mine, theirs in ((one, other), (other, one)):
            work.courier_processes.unlock(mine.id, theirs.courier_sealed or b"")
        work.commit()
    assert first.knock() is None
    assert second.knock() is None
