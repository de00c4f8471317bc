"""Words that a place is gone, or is there: what each of them is, and what they do together."""

from datetime import timedelta

import pytest

from app.casework.assess import AssessInput, assess
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.note_signal import Noted, SignalInput, note_signal
from app.casework.say_back_again import say_back_again
from app.casework.take_case import take_case
from app.domain.notice_words import Seen, SignalSource
from app.domain.times import to_minute
from app.domain.words import LocationState, Reply
from app.reads.queue import read_queue
from tests.casework.steps import approve_all, assess_all, places_of, trail_of
from tests.casework.watch_steps import TWO, clock_of, gone, ids, location_of, noticed, reply, seen, states
from tests.make import ADA, BEN, CSAM, file_one

S = LocationState


def test_a_check_right_after_the_providers_word_confirms_nothing_yet(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    clock_of(kit).move(minutes=59)
    assert seen(kit, filed, Seen.GONE, 1) == Noted(unmoved=1)
    assert states(kit, filed) == [S.SAYS_REMOVED, S.NOTICE_SENT]
    assert location_of(kit, filed).due_at == to_minute(kit.clock() + timedelta(hours=1))
    clock_of(kit).move(minutes=1)
    assert seen(kit, filed, Seen.GONE, 1) == Noted(gone=1)
    assert states(kit, filed) == [S.GONE, S.NOTICE_SENT]
    assert trail_of(kit, filed.request_id).count("signal_noted") == 2
    assert trail_of(kit, filed.request_id).count("outcome_gone") == 1


def test_the_providers_word_may_be_the_second_one(kit: Kit) -> None:
    filed = noticed(kit)
    assert seen(kit, filed, Seen.GONE, 1) == Noted(unmoved=1)
    assert states(kit, filed)[0] is S.NOTICE_SENT
    clock_of(kit).move(hours=2)
    take_case(kit, ADA, filed.request_id)
    reply(kit, filed, Reply.REMOVED, 1)
    assert states(kit, filed)[0] is S.GONE


def test_no_number_of_words_without_a_lawful_check_confirms(kit: Kit) -> None:
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1)
    for _ in range(3):
        clock_of(kit).move(hours=5)
        assert seen(kit, filed, Seen.GONE, 1, by=SignalSource.REQUESTER) == Noted(unmoved=1)
    assert states(kit, filed)[0] is S.SAYS_REMOVED


def test_we_and_a_partner_confirm_without_a_word_of_the_provider(kit: Kit) -> None:
    filed = noticed(kit)
    seen(kit, filed, Seen.GONE, 1, 2)
    clock_of(kit).move(hours=1)
    assert seen(kit, filed, Seen.GONE, 1, by=SignalSource.PARTNER) == Noted(gone=1)
    assert states(kit, filed) == [S.GONE, S.NOTICE_SENT]


def test_what_is_confirmed_gone_is_watched_on_six_days(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    gone_at = to_minute(kit.clock())
    days = []
    for step in range(1, 7):
        place = location_of(kit, filed)
        assert place.due_at is not None
        days.append((place.due_at - gone_at).days)
        clock_of(kit).at = place.due_at + timedelta(minutes=1)
        assert seen(kit, filed, Seen.GONE, 1) == Noted(watched=1)
        assert (location_of(kit, filed).state, location_of(kit, filed).watch_step) == (S.WATCHED, step)
    assert days == [1, 3, 7, 30, 90, 365]
    assert location_of(kit, filed).due_at is None
    assert trail_of(kit, filed.request_id).count("place_watched") == 6


def test_a_look_before_its_day_and_a_word_that_is_no_look_move_nothing(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    before = location_of(kit, filed)
    assert seen(kit, filed, Seen.GONE, 1) == Noted(unmoved=1)
    clock_of(kit).move(days=2)
    assert seen(kit, filed, Seen.GONE, 1, by=SignalSource.REQUESTER) == Noted(unmoved=1)
    assert location_of(kit, filed) == before


def test_a_look_that_comes_late_is_not_followed_by_those_that_were_missed(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    clock_of(kit).move(days=8)
    seen(kit, filed, Seen.GONE, 1)
    place = location_of(kit, filed)
    assert place.watch_step == 3
    assert place.due_at is not None
    assert place.due_at > kit.clock()


@pytest.mark.parametrize("by", [SignalSource.US, SignalSource.PARTNER, SignalSource.REQUESTER])
def test_seen_there_it_is_back_and_first_in_the_queue(kit: Kit, by: SignalSource) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    clock_of(kit).move(days=1)
    other = file_one(kit)
    assert seen(kit, filed, Seen.THERE, 1, by=by) == Noted(back=1)
    place = location_of(kit, filed)
    assert (place.state, place.back_count, place.watch_step) == (S.BACK, 1, 0)
    assert place.due_at == to_minute(kit.clock())
    rows = read_queue(kit, BEN, "open", None).rows
    assert [row.request_id for row in rows] == [filed.request_id, other.request_id]


def test_still_there_moves_nothing_and_takes_an_earlier_word_back(kit: Kit) -> None:
    filed = noticed(kit)
    seen(kit, filed, Seen.GONE, 1)
    clock_of(kit).move(hours=1)
    assert seen(kit, filed, Seen.THERE, 1) == Noted(unmoved=1)
    clock_of(kit).move(hours=1)
    assert seen(kit, filed, Seen.GONE, 1, by=SignalSource.PARTNER) == Noted(unmoved=1)
    assert states(kit, filed)[0] is S.NOTICE_SENT


def test_words_from_before_it_was_back_confirm_nothing_after(kit: Kit) -> None:
    filed = noticed(kit, places=TWO.splitlines()[0])
    gone(kit, filed, 1)
    seen(kit, filed, Seen.THERE, 1)
    assert len(approve_all(kit, filed.request_id)) == 1  # by the finding it has
    assert states(kit, filed) == [S.APPROVED]
    from app.casework.deliver_letter import deliver_letter
    from app.outbound.ports import NullMailer
    from tests.casework.steps import open_courier

    deliver_letter(kit, open_courier(kit), NullMailer())
    clock_of(kit).move(hours=3)
    assert seen(kit, filed, Seen.GONE, 1) == Noted(unmoved=1)
    clock_of(kit).move(hours=3)
    take_case(kit, ADA, filed.request_id)
    reply(kit, filed, Reply.REMOVED, 1)
    assert states(kit, filed) == [S.GONE]
    assert location_of(kit, filed).back_count == 1


def test_what_is_back_can_be_found_anew(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    seen(kit, filed, Seen.THERE, 1)
    place = places_of(kit, filed.request_id)[0]
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    assert states(kit, filed)[0] is S.ASSESSED


def test_a_volunteered_word_that_it_is_back_is_kept_as_theirs(kit: Kit) -> None:
    filed = noticed(kit)
    gone(kit, filed, 1)
    say_back_again(kit, follow_with_code(kit, filed.code), 1)
    with kit.database.reading() as work:
        words = work.signals.of_location(location_of(kit, filed).id)
    assert [(one.source, one.seen, one.round) for one in words] == [
        (SignalSource.PROVIDER, Seen.GONE, 0),
        (SignalSource.US, Seen.GONE, 0),
        (SignalSource.REQUESTER, Seen.THERE, 0),
    ]
    assert words[1].by == ADA.id
    assert location_of(kit, filed).state is S.BACK


def test_a_providers_word_is_never_noted_by_hand_here(kit: Kit) -> None:
    filed = noticed(kit)
    with pytest.raises(NotAllowed):
        seen(kit, filed, Seen.GONE, 1, by=SignalSource.PROVIDER)


def test_a_place_without_a_notice_has_no_signal(kit: Kit) -> None:
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    with pytest.raises(NotAllowed):
        seen(kit, filed, Seen.GONE, 1)
    assert "signal_noted" not in trail_of(kit, filed.request_id)


def test_a_signal_is_for_the_holder_and_for_places_of_the_case(kit: Kit) -> None:
    filed, other = noticed(kit), file_one(kit)
    mine = ids(kit, filed, 1)
    given = SignalInput(filed.request_id, mine, SignalSource.US, Seen.GONE)
    with pytest.raises(NotHolding):
        note_signal(kit, BEN, given)
    for wrong in ((), (new_id(),), (*mine, new_id()), ids(kit, other, 1)):
        with pytest.raises(NotFound):
            note_signal(kit, ADA, SignalInput(filed.request_id, wrong, SignalSource.US, Seen.GONE))
