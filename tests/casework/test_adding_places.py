"""Adding, noting and correcting places, and saying that one is back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.casework.actors import Requester
from app.casework.add_places import MOST_AT_ONCE, AddInput, add_places
from app.casework.cases import save_moves
from app.casework.correct_place import CorrectInput, correct_place
from app.casework.errors import NotAllowed, NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.open_case import open_case
from app.casework.revoke_party import revoke_party
from app.casework.say_back_again import say_back_again
from app.casework.take_case import take_case
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.asking import PlaceNote
from app.domain.locations import MOST_PLACES, Location
from app.domain.moves import CORRECTABLE
from app.domain.words import Asker, LocationState, YesNo
from app.reads.follow import FollowPlace, read_follow
from tests.casework.party_steps import NEW, TWO_PLACES, app_place, family, places, put_in_state
from tests.casework.steps import all_at_once, trail_of
from tests.make import ADA, URL, Filed, file_one


def own(kit: Kit) -> tuple[Filed, Requester]:
    filed = file_one(kit, TWO_PLACES)
    return filed, follow_with_code(kit, filed.code)


def locations(kit: Kit, request_id: str) -> tuple[Location, ...]:
    with kit.database.reading() as work:
        return work.requests.locations_of(request_id)


def shown(kit: Kit, actor: Requester, number: int) -> FollowPlace:
    return next(one for one in read_follow(kit, actor, per_page=99).places if one.number == number)


def test_a_new_place_is_received_numbered_on_and_in_the_queue(kit: Kit) -> None:
    filed, me = own(kit)
    take_case(kit, ADA, filed.request_id)
    put_in_state(kit, filed.request_id, 1, LocationState.GONE)
    put_in_state(kit, filed.request_id, 2, LocationState.GONE)
    note = PlaceNote(label="the third one")
    assert add_places(kit, me, AddInput(places(NEW), (note,))) == 1
    added = shown(kit, me, 3)
    assert (added.state, added.place.url, added.note) == (LocationState.RECEIVED, NEW, note)
    with kit.database.reading() as work:
        request = work.requests.load(filed.request_id)
    assert (request.open_places, request.due_by) == (1, added.due_at)
    assert open_case(kit, ADA, filed.request_id).places[2].place.url == NEW
    assert trail_of(kit, filed.request_id)[-2] == "places_added"


def test_a_place_named_before_is_kept_once(kit: Kit) -> None:
    filed, me = own(kit)
    given = (*places(TWO_PLACES), *places(NEW), *places(NEW), app_place("Chatty", "Some Name"))
    assert add_places(kit, me, AddInput(given)) == 2
    again = (app_place(" CHATTY", "some  name"), *places("hxxps://img[.]northlight[.]example/a/1"))
    assert add_places(kit, me, AddInput(again, (PlaceNote(), PlaceNote(label="first")))) == 0
    assert [one.number for one in locations(kit, filed.request_id)] == [1, 2, 3, 4]
    assert shown(kit, me, 1).note.label == "first"
    assert trail_of(kit, filed.request_id).count("places_added") == 1


@pytest.mark.parametrize("state", [LocationState.SAYS_REMOVED, LocationState.GONE])
def test_a_place_that_was_gone_and_is_named_again_is_back(kit: Kit, state: LocationState) -> None:
    filed, me = own(kit)
    put_in_state(kit, filed.request_id, 1, state)
    note = PlaceNote(threat_on=kit.clock().date())
    assert add_places(kit, me, AddInput(places(URL), (note,))) == 0
    assert add_places(kit, me, AddInput(places(URL))) == 0
    back = shown(kit, me, 1)
    assert back.state is LocationState.BACK
    assert back.due_at is not None
    assert back.due_at <= kit.clock()
    assert trail_of(kit, filed.request_id).count("said_back_again") == 1


def test_a_place_that_was_withdrawn_and_is_named_again_is_asked_for_anew(kit: Kit) -> None:
    filed, me = own(kit)
    withdraw_places(kit, me, WithdrawInput((1,)))
    assert add_places(kit, me, AddInput(places(URL))) == 1
    assert [one.state for one in locations(kit, filed.request_id)] == ["withdrawn", "received", "received"]


def test_what_only_the_child_named_looks_new_to_who_acts_for_them_and_leaves_no_gap(kit: Kit) -> None:
    both = family(kit)
    assert add_places(kit, both.child, AddInput(places(NEW))) == 1
    assert add_places(kit, both.representative, AddInput(places(NEW))) == 1
    assert add_places(kit, both.representative, AddInput((app_place("a", "b"),))) == 1
    assert [one.number for one in locations(kit, both.request_id)] == [1, 2, 3, 4, 1001]
    assert [one.number for one in read_follow(kit, both.representative).places] == [1, 2, 3, 4]
    assert [one.number for one in read_follow(kit, both.child).places] == [1, 2, 3, 4, 1001]
    for number in (1001, 5):
        with pytest.raises(NotFound):
            note_place(kit, both.representative, NoteInput(number, PlaceNote("x")))
        with pytest.raises(NotFound):
            say_back_again(kit, both.representative, number)


def test_too_many_at_once_or_in_all_none_and_a_bystanders_are_not_taken(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, me = own(kit)
    many = tuple(app_place("app", str(n)) for n in range(MOST_AT_ONCE + 1))
    for given in ((), many):
        with pytest.raises(NotAllowed):
            add_places(kit, me, AddInput(given))
    assert add_places(kit, me, AddInput(many[:-1])) == MOST_AT_ONCE
    monkeypatch.setattr("app.casework.add_places.MOST_PLACES", MOST_AT_ONCE + 3)
    assert add_places(kit, me, AddInput(many[-1:])) == 1
    with pytest.raises(NotAllowed):
        add_places(kit, me, AddInput(places(NEW)))
    assert len(locations(kit, filed.request_id)) == MOST_AT_ONCE + 3
    bystander = follow_with_code(kit, file_one(kit, asker=Asker.BYSTANDER).code)
    with pytest.raises(NotAllowed):
        add_places(kit, bystander, AddInput(places(NEW)))
    assert MOST_PLACES == 1000


def test_a_note_is_ones_own_and_a_threat_makes_the_place_due(kit: Kit) -> None:
    both = family(kit)
    tomorrow = kit.clock().date() + timedelta(days=1)
    note = PlaceNote("mine", threat=YesNo.YES, threat_on=tomorrow)
    note_place(kit, both.child, NoteInput(1, note))
    assert shown(kit, both.child, 1).note == note
    assert shown(kit, both.representative, 1).note == PlaceNote()
    due_at = shown(kit, both.child, 1).due_at
    assert due_at is not None
    assert due_at <= datetime.combine(tomorrow, time(), UTC)
    child = open_case(kit, ADA, both.request_id).parties[1]
    assert list(child.notes.values()) == [note]
    note_place(kit, both.child, NoteInput(1, PlaceNote()))
    assert shown(kit, both.child, 1).note == PlaceNote()


def test_a_threat_in_the_past_is_due_now_and_what_is_done_with_stays_so(kit: Kit) -> None:
    filed, me = own(kit)
    put_in_state(kit, filed.request_id, 2, LocationState.GONE)
    with kit.database.writing() as work:
        done = work.requests.locations_of(filed.request_id)[1]
        save_moves(work, work.requests.load(filed.request_id), replace(done, due_at=None))
        work.commit()
    for number in (1, 2):
        note_place(kit, me, NoteInput(number, PlaceNote(threat_on=date(2020, 1, 1))))
    first, second = locations(kit, filed.request_id)
    assert first.due_at == kit.clock().replace(second=0, microsecond=0)
    assert second.due_at is None


def test_a_place_is_corrected_until_somebody_judged_it(kit: Kit) -> None:
    filed, me = own(kit)
    (right,) = places(NEW)
    correct_place(kit, me, CorrectInput(1, right))
    take_case(kit, ADA, filed.request_id)
    correct_place(kit, me, CorrectInput(2, app_place("Chatty", "name")))
    assert shown(kit, me, 1).place == right
    assert shown(kit, me, 2).whole == "Chatty: name"
    assert trail_of(kit, filed.request_id).count("place_corrected") == 2
    for state in set(LocationState) - CORRECTABLE:
        put_in_state(kit, filed.request_id, 1, state)
        with pytest.raises(NotAllowed):
            correct_place(kit, me, CorrectInput(1, right))
    with pytest.raises(NotFound):
        correct_place(kit, me, CorrectInput(9, right))


def test_putting_a_place_right_answers_what_was_asked_of_it(kit: Kit) -> None:
    filed, me = own(kit)
    put_in_state(kit, filed.request_id, 1, LocationState.ASKED)
    correct_place(kit, me, CorrectInput(1, places(NEW)[0]))
    assert shown(kit, me, 1).state is LocationState.ASSESSING
    lines = trail_of(kit, filed.request_id)
    assert lines[-2:] == ["place_corrected", "requester_answered"]


def test_a_representative_corrects_nothing(kit: Kit) -> None:
    both = family(kit)
    with pytest.raises(NotAllowed):
        correct_place(kit, both.representative, CorrectInput(1, places(NEW)[0]))
    correct_place(kit, both.child, CorrectInput(1, places(NEW)[0]))


def test_it_is_back_is_welcome_where_it_was_gone_and_nowhere_else(kit: Kit) -> None:
    both = family(kit)
    for actor, state in ((both.representative, LocationState.GONE), (both.child, LocationState.SAYS_REMOVED)):
        put_in_state(kit, both.request_id, 1, state)
        say_back_again(kit, actor, 1)
        say_back_again(kit, actor, 1)
        assert shown(kit, actor, 1).state is LocationState.BACK
    assert trail_of(kit, both.request_id).count("said_back_again") == 2
    with pytest.raises(NotAllowed):
        say_back_again(kit, both.child, 2)


def test_who_is_not_shown_places_can_neither_note_them_nor_say_that_they_are_back(kit: Kit) -> None:
    both = family(kit, checked=False)
    for number in (1, 2, 3):
        with pytest.raises(NotAllowed):
            note_place(kit, both.representative, NoteInput(number, PlaceNote("x")))
        with pytest.raises(NotAllowed):
            say_back_again(kit, both.representative, number)
    assert add_places(kit, both.representative, AddInput(places(f"{NEW}\n{URL}"))) == 1


def test_places_that_are_added_at_one_moment_are_all_kept_each_with_a_number_of_its_own(kit: Kit) -> None:
    filed, me = own(kit)

    def adding(number: int) -> Callable[[], int]:
        return lambda: add_places(kit, me, AddInput((app_place("app", str(number % 6)),)))

    came_of = all_at_once(*map(adding, range(12)))
    assert sorted(map(str, came_of)) == ["0"] * 6 + ["1"] * 6
    assert [one.number for one in locations(kit, filed.request_id)] == [*range(1, 9)]


def test_who_adds_while_somebody_else_is_revoked_is_either_in_or_told_to_come_in_anew(kit: Kit) -> None:
    both = family(kit)
    added = AddInput(places(NEW))
    came_of = all_at_once(
        lambda: revoke_party(kit, both.child),
        lambda: add_places(kit, both.representative, added),
        lambda: add_places(kit, both.child, added),
    )
    assert isinstance(came_of[0], Requester)
    assert all(one == 1 or isinstance(one, NotFound) for one in came_of[1:])
    kept = sum(one == 1 for one in came_of[1:])
    assert len(open_case(kit, ADA, both.request_id).places) == 2 + kept
    assert len(read_follow(kit, came_of[0]).places) == 2 + kept
