"""What became of places after their notice, as a caseworker notes it."""

import pytest

from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.kit import Kit, new_id
from app.casework.record_outcome import OutcomeInput, record_outcome
from app.casework.record_reply import ReplyInput, record_reply
from app.domain.desk_words import Outcome
from app.domain.words import LocationState, Reply
from tests.casework.steps import assess_all, places_of, trail_of
from tests.casework.watch_steps import TWO, clock_of, ids, noticed, reply, states
from tests.make import ADA, BEN, Filed, file_one

S = LocationState


def note(kit: Kit, filed: Filed, outcome: Outcome, *numbers: int) -> None:
    record_outcome(kit, ADA, OutcomeInput(filed.request_id, ids(kit, filed, *numbers), outcome))


def test_the_supplier_takes_over(kit: Kit) -> None:
    filed = noticed(kit)
    note(kit, filed, Outcome.UPSTREAM, 2)
    assert states(kit, filed) == [S.NOTICE_SENT, S.UPSTREAM]
    reply(kit, filed, Reply.REMOVED, 2)
    assert states(kit, filed)[1] is S.SAYS_REMOVED


def test_asking_again_moves_only_the_day_to_look_again(kit: Kit) -> None:
    filed = noticed(kit)
    before = places_of(kit, filed.request_id)[0]
    clock_of(kit).move(minutes=20)
    reply(kit, filed, Reply.REFUSES, 1)
    refused = places_of(kit, filed.request_id)[0]
    clock_of(kit).move(minutes=5)
    note(kit, filed, Outcome.ASKED_AGAIN, 1)
    after = places_of(kit, filed.request_id)[0]
    assert (after.state, after.state_at) == (refused.state, refused.state_at)
    assert before.due_at is not None
    assert refused.due_at is not None
    assert after.due_at is not None
    assert after.due_at > refused.due_at


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_needs_a_notice_that_went_out(kit: Kit, outcome: Outcome) -> None:
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    with pytest.raises(NotAllowed):
        note(kit, filed, outcome, 1)
    assert states(kit, filed) == [S.ASSESSED] * 2


@pytest.mark.parametrize("outcome", Outcome)
def test_one_place_that_is_said_to_be_gone_keeps_all_where_they_are(kit: Kit, outcome: Outcome) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    with pytest.raises(NotAllowed):
        note(kit, filed, outcome, 1, 2)
    assert states(kit, filed) == [S.SAYS_REMOVED, S.NOTICE_SENT]
    assert f"outcome_{outcome}" not in trail_of(kit, filed.request_id)


def test_an_outcome_is_for_the_holder_and_for_places_of_the_case(kit: Kit) -> None:
    filed, other = noticed(kit), file_one(kit)
    mine = ids(kit, filed, 1)
    with pytest.raises(NotHolding):
        record_outcome(kit, BEN, OutcomeInput(filed.request_id, mine, Outcome.UPSTREAM))
    for wrong in ((), (new_id(),), (*mine, new_id()), ids(kit, other, 1)):
        with pytest.raises(NotFound):
            record_outcome(kit, ADA, OutcomeInput(filed.request_id, wrong, Outcome.UPSTREAM))
        with pytest.raises(NotFound):
            record_reply(kit, ADA, ReplyInput(filed.request_id, wrong, Reply.REMOVED))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (Reply.HAS_IT, S.HAS_IT),
        (Reply.REMOVED, S.SAYS_REMOVED),
        (Reply.NOT_OURS, S.MOVED),
        (Reply.ASKS, S.ASKS),
        (Reply.REFUSES, S.REFUSED),
        (Reply.AGE_DOUBT, S.HAS_IT),
        (Reply.OVER_18, S.REFUSED),
    ],
)
def test_a_reply_that_a_caseworker_notes_does_what_it_does_by_link(kit: Kit, said: Reply, then: S) -> None:
    filed = noticed(kit)
    reply(kit, filed, said, 1)
    assert states(kit, filed) == [then, S.NOTICE_SENT]
    assert trail_of(kit, filed.request_id).count(f"reply_{said}") == 1
    with kit.database.reading() as work:
        [notice] = work.notices.of_request(filed.request_id)
        assert list(work.notices.replies(notice.id).values()) == [said, None]


def test_a_reply_needs_a_notice_that_went_out(kit: Kit) -> None:
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    with pytest.raises(NotAllowed):
        reply(kit, filed, Reply.REMOVED, 1)
    assert states(kit, filed) == [S.ASSESSED] * 2


def test_what_was_said_to_be_removed_is_looked_at_within_a_day(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    place = places_of(kit, filed.request_id)[0]
    assert place.due_at is not None
    assert place.due_at - place.state_at == kit.settings.times.confirm
