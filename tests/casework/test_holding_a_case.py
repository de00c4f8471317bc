"""Who holds a case: one caseworker at a time, for as long as they use it."""

from collections.abc import Callable

import pytest

from app.casework.actors import Caseworker
from app.casework.assess import AssessInput, assess
from app.casework.errors import NotFound, NotHolding, TakenBySomeoneElse
from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.words import LocationState
from app.reads import queue
from app.reads.queue import read_queue
from tests.casework.steps import all_at_once, assess_all, kinds, places_of, trail_of
from tests.make import ADA, BEN, CSAM, Clock, file_one


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def test_a_case_is_taken_used_and_given_back(kit: Kit) -> None:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    assert open_case(kit, ADA, filed.request_id).taken_by_me
    assert not open_case(kit, BEN, filed.request_id).taken_by_me
    with pytest.raises(TakenBySomeoneElse):
        take_case(kit, BEN, filed.request_id)
    with pytest.raises(NotHolding):
        give_back(kit, BEN, filed.request_id)
    give_back(kit, ADA, filed.request_id)
    with pytest.raises(NotHolding):
        give_back(kit, ADA, filed.request_id)
    take_case(kit, BEN, filed.request_id)
    kinds_of_lines = [kind for kind in trail_of(kit, filed.request_id) if kind != "case_opened"]
    assert kinds_of_lines == ["request_filed", "case_taken", "case_given_back", "case_taken"]


def test_taking_a_case_shows_its_places_as_being_looked_at(kit: Kit) -> None:
    filed = file_one(kit)
    assert places_of(kit, filed.request_id)[0].state is LocationState.RECEIVED
    take_case(kit, ADA, filed.request_id)
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSING
    give_back(kit, ADA, filed.request_id)
    take_case(kit, BEN, filed.request_id)
    assert places_of(kit, filed.request_id)[0].state is LocationState.ASSESSING


def test_a_lease_that_ran_out_can_be_taken_over_and_no_longer_used(kit: Kit) -> None:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    place = places_of(kit, filed.request_id)[0]
    clock_of(kit).move(minutes=29)
    with pytest.raises(TakenBySomeoneElse):
        take_case(kit, BEN, filed.request_id)
    clock_of(kit).move(minutes=2)
    with pytest.raises(NotHolding):
        assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    take_case(kit, BEN, filed.request_id)
    with pytest.raises(TakenBySomeoneElse):
        take_case(kit, ADA, filed.request_id)
    assess(kit, BEN, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))


def test_using_a_case_keeps_it(kit: Kit) -> None:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    for _ in range(4):
        clock_of(kit).move(minutes=20)
        write_message(kit, ADA, MessageInput("still here", filed.request_id))
    with pytest.raises(TakenBySomeoneElse):
        take_case(kit, BEN, filed.request_id)
    assert read_queue(kit, BEN, "free", None).rows == ()


@pytest.mark.parametrize("again", range(3))
def test_of_two_caseworkers_at_the_same_moment_exactly_one_gets_the_case(kit: Kit, again: int) -> None:
    filed = file_one(kit)

    def take(actor: Caseworker) -> Callable[[], None]:
        return lambda: take_case(kit, actor, filed.request_id)

    came_of = all_at_once(*[take(ADA), take(BEN)] * 2)
    winners = {number % 2 for number, one in enumerate(came_of) if one is None}
    assert len(winners) == 1, "one of them, who may ask twice"
    assert kinds(came_of) == ["NoneType"] * 2 + ["TakenBySomeoneElse"] * 2


def test_the_queue_shows_who_has_what_without_opening_anything(kit: Kit) -> None:
    filed = [file_one(kit) for _ in range(3)]
    take_case(kit, ADA, filed[0].request_id)
    take_case(kit, BEN, filed[1].request_id)
    page = read_queue(kit, ADA, "open", None)
    assert page.counts == {"free": 1, "mine": 1, "open": 3, "due": 0}
    assert {row.request_id for row in page.rows if row.taken_by_me} == {filed[0].request_id}
    assert [row.request_id for row in read_queue(kit, ADA, "free", None).rows] == [filed[2].request_id]
    clock_of(kit).move(minutes=31)
    assert read_queue(kit, ADA, "free", None).counts == {"free": 3, "mine": 0, "open": 3, "due": 0}


def test_the_queue_turns_its_pages_without_losing_or_repeating_a_case(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    filed = []
    for hours in (0, 0, 0, 1, 2):
        clock_of(kit).move(hours=hours)
        filed.append(file_one(kit).request_id)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = read_queue(kit, ADA, "open", after)
        seen += [row.request_id for row in page.rows]
        after = page.next_after
    assert sorted(seen[:3]) == sorted(filed[:3])
    assert seen[3:] == filed[3:]


@pytest.mark.parametrize("key", ["", "x", "-", "9" * 30 + "-a", "1-\x00", "²-a", "1-" + "a" * 99])
def test_an_odd_key_into_the_queue_only_starts_somewhere(kit: Kit, key: str) -> None:
    file_one(kit)
    assert len(read_queue(kit, ADA, "open", key).rows) <= 1


def test_every_opening_of_a_case_stands_in_its_trail(kit: Kit) -> None:
    filed = file_one(kit)
    for actor in (ADA, BEN, ADA):
        open_case(kit, actor, filed.request_id)
    folder = open_case(kit, ADA, filed.request_id)
    assert [(line.kind, line.by) for line in folder.trail] == [
        ("request_filed", "requester"),
        ("case_opened", ADA.id),
        ("case_opened", BEN.id),
        ("case_opened", ADA.id),
    ]
    assert trail_of(kit, filed.request_id).count("case_opened") == 4
    assert folder.handle in repr(folder)
    assert "northlight" not in repr(folder) + repr(folder.places)


def test_many_verbs_at_once_on_one_case_keep_its_trail_whole(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    came_of = all_at_once(
        *[lambda: open_case(kit, BEN, filed.request_id)] * 4,
        *[lambda: write_message(kit, ADA, MessageInput("words", filed.request_id))] * 4,
    )
    assert kinds(came_of) == ["CaseFolder"] * 4 + ["NoneType"] * 4
    assert trail_of(kit, filed.request_id).count("message_written") == 4


def test_a_case_that_is_not_there_is_not_found(kit: Kit) -> None:
    for verb in (open_case, take_case, give_back):
        with pytest.raises(NotFound):
            verb(kit, ADA, "0" * 32)
