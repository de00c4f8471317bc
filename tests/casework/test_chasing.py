"""What the courier does after a notice, step by step, on both databases."""

from datetime import timedelta

from app.casework.kit import Kit
from app.domain.notice_words import ChaseStep, LetterKind
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from tests.casework.chase_steps import TWO, Round, approve_with, chase_all
from tests.casework.referral_steps import clock_of
from tests.casework.steps import all_at_once, trail_of

HOST, NOC, BACKBONE = "abuse@slow.example", "noc@slow.example", "abuse@backbone.example"


def test_a_notice_that_nobody_answers_goes_up_the_whole_ladder_by_itself(kit: Kit) -> None:
    gone = Round(kit)
    first = gone.mailer.sent[0]
    assert gone.to(gone.later(23)) == []
    (reminder,) = gone.later(1)
    assert gone.to([reminder]) == [HOST]
    assert reminder["In-Reply-To"] == first["Message-ID"]
    assert sorted(gone.to(gone.later(24))) == [HOST, NOC]
    assert gone.to(gone.later(24)) == [BACKBONE]
    assert [one.kind for one in gone.letters] == [
        LetterKind.FIRST,
        LetterKind.REMINDER_1,
        LetterKind.REMINDER_2,
    ]
    assert [one.state for one in gone.places] == [LocationState.UPSTREAM]
    assert gone.notice.wants is None
    assert gone.later(4 * 24) == []
    assert gone.notice.wants is ChaseStep.NUDGE
    assert gone.later(35 * 24) == []
    assert [one.state for one in gone.places] == [LocationState.STALLED]
    assert (gone.notice.chase_at, gone.notice.wants) == (None, None)
    assert not gone.has_pack(gone.id)
    kinds = trail_of(kit, gone.filed.request_id)
    assert kinds.count("notice_reminded") == 2
    assert kinds.count("chase_wants") == 1
    assert kinds.count("place_stalled") == 1


def test_the_places_are_looked_at_again_on_the_day_of_the_next_step(kit: Kit) -> None:
    gone = Round(kit)
    sent_at = gone.notice.sent_at
    assert sent_at is not None
    for hours, due in ((24, 48), (24, 72), (24, 7 * 24)):
        gone.later(hours)
        assert {one.due_at for one in gone.places} == {sent_at + timedelta(hours=due)}
        assert gone.notice.chase_at == sent_at + timedelta(hours=due)


def test_without_a_letter_approved_ahead_a_person_is_called_and_the_ladder_goes_on(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    gone.later(24)
    assert gone.to(gone.later(24)) == [HOST]
    assert gone.notice.wants is ChaseStep.SECOND_WAY
    assert all(one.due_at is not None and one.due_at <= kit.clock() for one in gone.places)
    gone.later(24)
    assert gone.notice.wants is ChaseStep.UPSTREAM


def test_nobody_is_reminded_of_what_they_removed_and_what_was_planned_is_cancelled(kit: Kit) -> None:
    gone = Round(kit)
    gone.answers(Reply.REMOVED)
    assert gone.later(24) == []
    assert {one.state for one in gone.rungs.values()} == {NoticeState.CANCELLED}
    assert not any(gone.has_pack(one.id) for one in (gone.notice, *gone.rungs.values()))
    assert gone.notice.chase_at is None
    assert trail_of(kit, gone.filed.request_id).count("notice_cancelled") == 2


def test_of_two_places_only_the_one_that_is_still_up_goes_on(kit: Kit) -> None:
    gone = Round(kit, TWO)
    gone.answers(Reply.REMOVED, 1)
    (reminder,) = gone.later(24)
    assert "a/1" not in reminder.get_body().get_content()
    assert "a/2" in reminder.get_body().get_content()
    gone.later(24)
    gone.later(24)
    assert [one.state for one in gone.places] == [LocationState.SAYS_REMOVED, LocationState.UPSTREAM]


def test_a_further_letter_names_nothing_that_was_removed_meanwhile(kit: Kit) -> None:
    gone = Round(kit, TWO)
    gone.answers(Reply.REMOVED, 1)
    gone.later(24)
    further = next(one for one in gone.later(24) if gone.to([one]) == [NOC])
    assert "a/1" not in further.get_body().get_content()
    assert "a/2" in further.get_body().get_content()


def test_a_letter_that_was_answered_while_it_waited_is_not_sent(kit: Kit) -> None:
    gone = Round(kit)
    kit.clock.move(hours=24)  # type: ignore[attr-defined]
    assert chase_all(kit) == 1
    gone.answers(Reply.REMOVED)
    assert gone.deliver() == []
    assert [one.state for one in gone.letters] == [LetterState.SENT, LetterState.DROPPED]


def test_a_receipt_buys_a_day(kit: Kit) -> None:
    gone = Round(kit)
    kit.clock.move(hours=10)  # type: ignore[attr-defined]
    gone.answers(Reply.HAS_IT)
    assert gone.later(14) == []
    assert gone.to(gone.later(10)) == [HOST]


def test_who_refuses_is_not_reminded_but_others_are_written_to(kit: Kit) -> None:
    gone = Round(kit)
    gone.answers(Reply.REFUSES)
    assert gone.later(24) == []
    assert gone.to(gone.later(24)) == [NOC]


def test_two_couriers_take_no_step_twice(kit: Kit) -> None:
    gone = Round(kit, TWO)
    kit.clock.move(hours=48)  # type: ignore[attr-defined]
    done = all_at_once(*(lambda: chase_all(kit) for _ in range(4)))
    assert all(isinstance(one, int) for one in done)
    assert sorted(gone.to(gone.deliver())) == [HOST, NOC]
    assert gone.notice.chase_done == 3


def test_a_courier_that_was_away_for_days_sends_one_reminder_not_two(kit: Kit) -> None:
    gone = Round(kit)
    sent = gone.to(gone.later(100))
    assert {NOC, BACKBONE} <= set(sent)
    assert sent.count(HOST) <= 1  # none, where the letter upstream was the first to leave
    kinds = [one.kind for one in gone.letters]
    assert kinds == [LetterKind.FIRST, LetterKind.REMINDER_2]


def test_a_reminder_that_could_not_leave_is_left_out_when_the_second_is_due(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    kit.clock.move(hours=24)  # type: ignore[attr-defined]
    chase_all(kit)
    kit.clock.move(hours=24)  # type: ignore[attr-defined]
    chase_all(kit)
    states = {one.kind: one.state for one in gone.letters}
    assert states[LetterKind.REMINDER_1] is LetterState.DROPPED
    assert gone.to(gone.deliver()) == [HOST]


def test_what_a_later_notice_is_about_is_chased_by_that_one_alone(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    clock_of(kit).move(hours=1)
    gone.answers(Reply.REFUSES)
    newer = approve_with(kit, gone.filed)
    assert gone.to(gone.deliver()) == [HOST]
    assert gone.later(23) == []
    assert gone.notice.chase_at is None
    (reminder,) = gone.later(1)
    with kit.database.reading() as work:
        assert work.notices.load(newer).reference in reminder["Subject"]
