"""What became of places after their notice, as a caseworker notes it."""

import pytest

from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.record_outcome import OutcomeInput, record_outcome
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.take_case import take_case
from app.domain.desk_words import Outcome
from app.domain.words import LocationState, Reply
from app.outbound.ports import NullMailer
from app.reads.follow import read_follow
from app.reads.queue import read_queue
from tests.casework.steps import approve_all, assess_all, file_approved, open_courier, places_of, trail_of
from tests.make import ADA, BEN, CSAM, URL, Clock, Filed, file_one

TWO = f"{URL}\nhttps://x.northlight.example/b"


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def noticed(kit: Kit) -> Filed:
    filed = file_approved(kit, places=TWO)
    deliver_letter(kit, open_courier(kit), NullMailer())
    return filed


def ids(kit: Kit, filed: Filed, *numbers: int) -> tuple[str, ...]:
    return tuple(place.id for place in places_of(kit, filed.request_id) if place.number in numbers)


def note(kit: Kit, filed: Filed, outcome: Outcome, *numbers: int) -> None:
    record_outcome(kit, ADA, OutcomeInput(filed.request_id, ids(kit, filed, *numbers), outcome))


def reply(kit: Kit, filed: Filed, said: Reply, *numbers: int) -> None:
    record_reply(kit, ADA, ReplyInput(filed.request_id, ids(kit, filed, *numbers), said))


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [place.state for place in read_follow(kit, follow_with_code(kit, filed.code)).places]


def test_gone_needs_the_providers_word_and_an_hour(kit: Kit) -> None:
    filed = noticed(kit)
    with pytest.raises(NotAllowed):
        note(kit, filed, Outcome.GONE, 1)
    reply(kit, filed, Reply.REMOVED, 1)
    clock_of(kit).move(minutes=29)
    with pytest.raises(NotAllowed):
        note(kit, filed, Outcome.GONE, 1)
    clock_of(kit).move(minutes=31, seconds=59)
    take_case(kit, ADA, filed.request_id)  # the lease had run out meanwhile
    note(kit, filed, Outcome.GONE, 1)
    assert states(kit, filed) == [LocationState.GONE, LocationState.NOTICE_SENT]
    assert trail_of(kit, filed.request_id)[-1] == "outcome_gone"


def test_what_was_gone_can_be_back_and_then_have_a_new_notice(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1, 2)
    assert read_queue(kit, ADA, "open", None).rows == ()
    note(kit, filed, Outcome.BACK, 1)
    assert states(kit, filed) == [LocationState.BACK, LocationState.SAYS_REMOVED]
    assert [row.open_places for row in read_queue(kit, ADA, "open", None).rows] == [1]
    place = places_of(kit, filed.request_id)[0]
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    assert len(approve_all(kit, filed.request_id)) == 1
    assert states(kit, filed)[0] is LocationState.APPROVED


def test_the_supplier_takes_over(kit: Kit) -> None:
    filed = noticed(kit)
    note(kit, filed, Outcome.UPSTREAM, 2)
    assert states(kit, filed) == [LocationState.NOTICE_SENT, LocationState.UPSTREAM]
    reply(kit, filed, Reply.REMOVED, 2)
    assert states(kit, filed)[1] is LocationState.SAYS_REMOVED


def test_asking_again_moves_only_the_day_to_look_again(kit: Kit) -> None:
    filed = noticed(kit)
    before = places_of(kit, filed.request_id)[0]
    clock_of(kit).move(minutes=20)
    note(kit, filed, Outcome.ASKED_AGAIN, 1)
    after = places_of(kit, filed.request_id)[0]
    assert (after.state, after.state_at) == (before.state, before.state_at)
    assert after.due_at is not None
    assert before.due_at is not None
    assert after.due_at > before.due_at
    reply(kit, filed, Reply.REFUSES, 1)
    note(kit, filed, Outcome.ASKED_AGAIN, 1)
    assert places_of(kit, filed.request_id)[0].state is LocationState.REFUSED


def test_an_outcome_needs_a_notice_that_went_out(kit: Kit) -> None:
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    for outcome in Outcome:
        with pytest.raises(NotAllowed):
            note(kit, filed, outcome, 1)
    assert states(kit, filed) == [LocationState.ASSESSED] * 2


def test_one_place_that_cannot_come_there_keeps_all_where_they_are(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    with pytest.raises(NotAllowed):
        note(kit, filed, Outcome.BACK, 1, 2)
    assert states(kit, filed) == [LocationState.SAYS_REMOVED, LocationState.NOTICE_SENT]
    assert "outcome_back" not in trail_of(kit, filed.request_id)


def test_an_outcome_is_for_the_holder_and_for_places_of_the_case(kit: Kit) -> None:
    filed, other = noticed(kit), file_one(kit)
    mine = ids(kit, filed, 1)
    with pytest.raises(NotHolding):
        record_outcome(kit, BEN, OutcomeInput(filed.request_id, mine, Outcome.UPSTREAM))
    for wrong in ((), (new_id(),), (*mine, new_id()), ids(kit, other, 1)):
        with pytest.raises(NotFound):
            record_outcome(kit, ADA, OutcomeInput(filed.request_id, wrong, Outcome.UPSTREAM))


def test_has_it_is_a_reply_of_its_own(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.HAS_IT, 1)
    assert states(kit, filed)[0] is LocationState.HAS_IT
    assert trail_of(kit, filed.request_id)[-2:].count("reply_has_it") == 1
