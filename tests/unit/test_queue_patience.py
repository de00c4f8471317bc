"""In a shared lane persistence wins: who comes again with the same goes before who comes first."""

import pytest

from app.vault.queue import FairQueue, QueueFull
from tests.unit.crowd import Crowd, running_in, waiting_in


def refused(crowd: Crowd, ticket: bytes = b"", lane: str = "shared") -> None:
    with pytest.raises(QueueFull):
        crowd.queue.run(lane, lambda: None, ticket)


def test_who_comes_again_with_the_same_ticket_takes_the_place_of_the_newest_who_came_first() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=3, in_all=9))
    crowd.enter("shared", waits=False)
    for number in range(3):
        crowd.enter("shared", ticket=b"guess %d" % number)
    refused(crowd, b"good")
    crowd.enter("shared", ticket=b"good", takes_a_place=True)
    refused(crowd, b"guess 9")  # what was never asked for before pushes nobody out
    refused(crowd)
    crowd.finish()
    assert crowd.tickets == [b"", b"guess 0", b"guess 1", b"good"]


def test_who_lost_a_place_is_as_patient_as_who_was_refused() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=1, in_all=9))
    crowd.enter("shared", waits=False)
    crowd.enter("shared", ticket=b"first")
    refused(crowd, b"good")
    crowd.enter("shared", ticket=b"good", takes_a_place=True)
    refused(crowd, b"first")  # as patient as who waits: no reason to push anybody out
    crowd.finish()
    assert crowd.tickets == [b"", b"good"]


def test_hammering_is_no_patience() -> None:
    times = [0.0]
    crowd = Crowd(FairQueue(at_once=1, per_lane=1, in_all=9, clock=lambda: times[0]))
    crowd.enter("shared", waits=False)
    crowd.enter("shared", ticket=b"guess")
    refused(crowd, b"calm")
    crowd.enter("shared", ticket=b"calm", takes_a_place=True)
    for _ in range(500):
        refused(crowd, b"hammer")
    times[0] = 5.0  # as long as the page asks people to wait
    refused(crowd, b"hammer")
    crowd.enter("shared", ticket=b"hammer", takes_a_place=True)
    crowd.finish()
    assert crowd.tickets == [b"", b"hammer"]


def test_who_waits_twice_with_one_ticket_makes_room_first() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=3, in_all=9))
    crowd.enter("a", waits=False)
    for ticket in (b"same", b"same", b"other"):
        crowd.enter("a", ticket=ticket)
    for _ in range(20):
        refused(crowd, b"same", lane="a")
    crowd.enter("a", ticket=b"new", takes_a_place=True)
    refused(crowd, b"newer", lane="a")
    crowd.finish()
    assert crowd.tickets == [b"", b"same", b"other", b"new"]


def test_a_double_click_gets_both_answers_where_there_is_room() -> None:
    crowd = Crowd(FairQueue(at_once=1))
    crowd.enter("a", waits=False)
    for _ in range(3):
        crowd.enter("a", ticket=b"same")
    crowd.finish()
    assert crowd.tickets == [b"", b"same", b"same", b"same"]


def test_a_short_lane_takes_a_place_of_the_longest_when_all_are_taken() -> None:
    crowd = Crowd(FairQueue(at_once=1, per_lane=4, in_all=4))
    crowd.enter("flood", waits=False)
    for _ in range(4):
        crowd.enter("flood")
    for lane in ("ada", "ben", "eve"):
        crowd.enter(lane, takes_a_place=True)
    refused(crowd, lane="flood")
    refused(crowd, lane="fay")
    crowd.finish()
    assert sorted(crowd.done) == ["ada", "ben", "eve", "flood", "flood"]
    assert (running_in(crowd.queue), waiting_in(crowd.queue)) == (0, 0)


def test_what_was_refused_is_remembered_within_bounds_and_forgotten_once_it_was_served() -> None:
    crowd = Crowd(FairQueue(at_once=0, per_lane=0))
    tickets = [number.to_bytes(4, "big") for number in range(12_000)]
    for ticket in tickets:
        refused(crowd, ticket)
    refused(crowd)
    assert len(crowd.queue._refused._times) == 10_000
    crowd.queue._at_once = 1
    crowd.queue.run("shared", lambda: None, tickets[-1])
    assert len(crowd.queue._refused._times) == 9_999
