"""Steps that wait for a person: what they see, what they settle, and what becomes of stalled places."""

import pytest

from app.casework.approve_rung import RungInput, approve_rung
from app.casework.errors import NotAllowed, NotFound, Recused, Stale
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.preview_rungs import preview_rungs
from app.casework.recuse import recuse
from app.casework.review_stalled import Review, ReviewInput, review_stalled
from app.casework.revoke_link import revoke_link
from app.casework.settle_wanted import WantedInput, settle_wanted
from app.casework.take_case import take_case
from app.domain.desk_words import NoteKind
from app.domain.notice_words import ChaseStep
from app.domain.words import LocationState, Reply
from app.reads.chase import read_chase, root_of
from app.reads.chasing import read_chasing
from tests.casework.chase_steps import TWO, Round
from tests.casework.steps import trail_of
from tests.make import ADA, BEN, SINA, make_known

NOC = "noc@slow.example"


def wanting_nudge(kit: Kit, places: str = TWO) -> Round:
    gone = Round(kit, places, ahead=())
    for hours in (24, 24, 24, 4 * 24):
        gone.later(hours)
    return gone


def stalled(kit: Kit) -> Round:
    gone = wanting_nudge(kit)
    gone.later(35 * 24)
    return gone


def test_the_list_names_step_provider_and_case_and_no_address(kit: Kit) -> None:
    gone = wanting_nudge(kit)
    (row,) = read_chasing(kit, BEN).wanted
    assert (row.step, row.provider_name, row.places) == (ChaseStep.NUDGE, "Slow Hosting", 2)
    assert row.handle == gone.filed.request_id[:8]
    assert row.since == kit.clock().replace(second=0, microsecond=0)
    assert "slow.example" not in str(vars(row))


def test_what_was_removed_since_is_not_on_the_list(kit: Kit) -> None:
    gone = wanting_nudge(kit)
    gone.answers(Reply.REMOVED, 1)
    assert read_chasing(kit, BEN).wanted[0].places == 1
    gone.answers(Reply.REMOVED, 2)
    assert read_chasing(kit, BEN).wanted == ()


def test_who_stepped_back_sees_and_settles_nothing_of_it(kit: Kit) -> None:
    gone = stalled(kit)
    make_known(kit, BEN)
    recuse(kit, BEN, gone.filed.request_id)
    assert (read_chasing(kit, BEN).wanted, read_chasing(kit, BEN).stalled) == ((), ())
    ids = tuple(one.id for one in gone.places)
    for refused in (
        lambda: read_chase(kit, BEN, gone.id),
        lambda: revoke_link(kit, BEN, gone.id),
        lambda: settle_wanted(kit, BEN, WantedInput(gone.id, ChaseStep.UPSTREAM, "Done.")),
        lambda: review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, ids, Review.LATER)),
    ):
        with pytest.raises(Recused):
            refused()


def test_only_a_supervisor_settles_regulator_and_police_and_says_what_was_done(kit: Kit) -> None:
    gone = wanting_nudge(kit)
    with pytest.raises(NotAllowed):
        settle_wanted(kit, ADA, WantedInput(gone.id, ChaseStep.NUDGE, "I wrote to them."))
    with pytest.raises(NotAllowed):
        settle_wanted(kit, SINA, WantedInput(gone.id, ChaseStep.NUDGE, "  "))
    settle_wanted(kit, SINA, WantedInput(gone.id, ChaseStep.NUDGE, "I wrote to them."))
    assert gone.notice.wants is None
    assert {one.due_at for one in gone.places} == {gone.notice.chase_at}
    notes = open_case(kit, ADA, gone.filed.request_id).notes
    assert [(one.kind, one.text) for one in notes] == [(NoteKind.NUDGE, "I wrote to them.")]
    assert trail_of(kit, gone.filed.request_id).count("chase_settled") == 1
    with pytest.raises(Stale):
        settle_wanted(kit, SINA, WantedInput(gone.id, ChaseStep.NUDGE, "Again."))


def test_a_caseworker_settles_a_step_for_which_there_is_nobody(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    gone.later(48)
    settle_wanted(kit, BEN, WantedInput(gone.id, ChaseStep.SECOND_WAY, "They have no other desk."))
    assert gone.notice.wants is None
    gone.later(24)
    with pytest.raises(Stale):
        settle_wanted(kit, BEN, WantedInput(gone.id, ChaseStep.SECOND_WAY, "Once more."))
    assert gone.notice.wants is ChaseStep.UPSTREAM


def test_a_further_letter_approved_after_its_day_goes_at_once_and_nobody_is_called_any_more(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    gone.later(48)
    take_case(kit, ADA, gone.filed.request_id)
    rung = next(one for one in preview_rungs(kit, ADA, gone.id) if one.step is ChaseStep.SECOND_WAY)
    approve_rung(kit, ADA, RungInput(gone.id, rung.provider_id, rung.rung, rung.seen))
    assert gone.notice.wants is None
    assert gone.to(gone.deliver()) == [NOC]
    assert read_chasing(kit, BEN).wanted == ()


def test_the_page_of_a_notice_says_what_was_done_what_comes_next_and_what_is_planned(kit: Kit) -> None:
    gone = Round(kit, TWO)
    gone.answers(Reply.REMOVED, 1)
    gone.later(24)
    shown = read_chase(kit, BEN, gone.id)
    assert [(line.step, line.is_done, line.is_next) for line in shown.lines[:3]] == [
        (ChaseStep.REMINDER_1, True, False),
        (ChaseStep.REMINDER_2, False, True),
        (ChaseStep.SECOND_WAY, False, False),
    ]
    assert [len(line.rungs) for line in shown.lines] == [0, 0, 1, 1, 0, 0]
    assert [(place.number, place.state, place.reply) for place in shown.places] == [
        (1, LocationState.SAYS_REMOVED, Reply.REMOVED),
        (2, LocationState.NOTICE_SENT, None),
    ]
    rung = shown.lines[2].rungs[0]
    assert root_of(kit, rung.id) == gone.id
    with pytest.raises(NotFound):
        read_chase(kit, BEN, rung.id)


def test_stalled_places_are_looked_at_and_come_back_in_a_month(kit: Kit) -> None:
    gone = stalled(kit)
    (case,) = read_chasing(kit, BEN).stalled
    assert [number for _, number in case.places] == [1, 2]
    assert not case.is_due
    first, second = gone.places
    review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, (first.id,), Review.LATER, "Still there."))
    gone.later(8 * 24)
    assert read_chasing(kit, BEN).stalled[0].is_due  # the other one
    review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, (second.id,), Review.LATER))
    assert not read_chasing(kit, BEN).stalled[0].is_due
    gone.later(22 * 24)
    assert read_chasing(kit, BEN).stalled[0].is_due
    assert [one.state for one in gone.places] == [LocationState.STALLED] * 2


def test_a_stalled_place_that_is_tried_again_waits_for_a_new_notice(kit: Kit) -> None:
    gone = stalled(kit)
    ids = tuple(one.id for one in gone.places)
    review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, ids, Review.AGAIN))
    assert [one.state for one in gone.places] == [LocationState.ASSESSED] * 2
    assert read_chasing(kit, BEN).stalled == ()
    with pytest.raises(Stale):
        review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, ids, Review.LATER))
    assert trail_of(kit, gone.filed.request_id).count("place_reviewed") == 2


def test_places_of_another_case_and_none_at_all_are_refused(kit: Kit) -> None:
    gone = stalled(kit)
    with pytest.raises(NotAllowed):
        review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, (), Review.LATER))
    with pytest.raises(NotFound):
        review_stalled(kit, BEN, ReviewInput(gone.filed.request_id, ("0" * 32,), Review.LATER))
    for unknown in (lambda: root_of(kit, "0" * 32), lambda: revoke_link(kit, BEN, "0" * 32)):
        with pytest.raises(NotFound):
            unknown()
