"""Letters that cannot be delivered: the next way is tried where one was approved, else a person is needed."""

from datetime import timedelta

import pytest

from app.casework.cases import save_moves
from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.letter_moves import mark_bounced
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.domain.notice_words import ChaseStep, LetterKind
from app.domain.times import to_minute
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from app.outbound.ports import NotAccepted, NullMailer, Unreachable
from tests.casework.chase_steps import TWO, Round, answer, approve_with, know_slow
from tests.casework.steps import (
    FaultyMailer,
    all_letters,
    approve_all,
    file_approved,
    open_courier,
    trail_of,
)
from tests.make import ADA, Clock, file_one

NO = NotAccepted(False, 550)
SECOND, UPSTREAM = ChaseStep.SECOND_WAY, ChaseStep.UPSTREAM


class Refused(Round):
    """As a Round, but the very first letter is refused for good."""

    def __init__(self, kit: Kit, *ahead: ChaseStep) -> None:
        know_slow(kit)
        self.kit, self.courier, self.mailer = kit, open_courier(kit), FaultyMailer(NO)
        self.filed = file_one(kit, TWO)
        self.id = approve_with(kit, self.filed, *ahead)
        self.deliver()

    @property
    def states(self) -> set[LocationState]:
        return {one.state for one in self.places}

    def settle(self, choice: Choice) -> None:
        (letter,) = [one for one in self.letters if one.state is LetterState.REFUSED]
        settle_letter(self.kit, ADA, SettleInput(letter.id, choice))

    def bounces(self) -> None:
        """A mail says that what went out did not arrive."""
        with self.kit.database.writing() as work:
            mark_bounced(self.kit, work, work.notices.load(self.id), self.kit.clock())
            work.commit()


def test_the_next_way_that_was_approved_is_tried_soon(kit: Kit) -> None:
    case = Refused(kit, SECOND)
    assert case.states == {LocationState.BOUNCED}
    assert case.later(hours=0.2) == []
    (sent,) = case.later(hours=0.1)
    assert case.to([sent]) == ["noc@slow.example"]
    assert case.rungs[SECOND].state is NoticeState.SENT
    assert case.states == {LocationState.BOUNCED}, "no reminder goes to where nothing arrives"
    assert {one.due_at for one in case.places} == {case.notice.chase_at}
    assert case.later(hours=47) == [], "no reminders, and the second way was taken already"


def test_the_ladder_of_what_bounced_goes_on_by_time(kit: Kit) -> None:
    case = Refused(kit, SECOND, UPSTREAM)
    case.later(hours=1)
    assert case.to(case.later(hours=72)) == ["abuse@backbone.example"]
    assert case.states == {LocationState.UPSTREAM}


def test_without_another_way_a_person_is_needed_at_once(kit: Kit) -> None:
    case = Refused(kit)
    now = to_minute(kit.clock())
    assert case.states == {LocationState.BOUNCED}
    assert {(one.due_at, one.since_at) for one in case.places} == {(now, now)}
    assert case.notice.chase_at is not None


def test_a_refused_letter_goes_again_when_a_caseworker_says_so(kit: Kit) -> None:
    case = Refused(kit)
    kit.clock.move(hours=5)  # type: ignore[attr-defined]
    case.settle(Choice.AGAIN)
    (sent,) = case.deliver()
    assert sent["Message-ID"] == case.letters[0].message_id
    assert case.states == {LocationState.NOTICE_SENT}
    assert case.notice.chase_at == to_minute(kit.clock()) + kit.settings.times.reminder_1
    assert {one.due_at for one in case.places} == {case.notice.chase_at}


def test_dropping_what_was_refused_gives_its_places_back_and_cancels_what_was_to_follow(kit: Kit) -> None:
    case = Refused(kit, UPSTREAM)
    case.settle(Choice.DROP)
    assert case.states == {LocationState.ASSESSED}
    assert (case.notice.state, case.notice.chase_at) == (NoticeState.UNDELIVERED, None)
    assert case.rungs[UPSTREAM].state is NoticeState.CANCELLED
    assert not case.has_pack(case.rungs[UPSTREAM].id)
    assert case.later(hours=24 * 60) == []


def test_a_reminder_that_is_refused_bounces_too_and_can_go_once_more(kit: Kit) -> None:
    case = Refused(kit)
    case.settle(Choice.AGAIN)
    case.deliver()
    case.mailer = FaultyMailer(NO)
    assert case.later(hours=24) == []
    assert case.states == {LocationState.BOUNCED}
    assert case.notice.state is NoticeState.SENT
    case.settle(Choice.AGAIN)
    assert case.states == {LocationState.NOTICE_SENT}
    (sent,) = case.deliver()
    assert sent["In-Reply-To"]
    assert trail_of(kit, case.filed.request_id).count("notice_reminded") == 1


def test_a_reminder_that_is_dropped_leaves_the_notice_out_and_gives_back_what_bounced(kit: Kit) -> None:
    case = Round(kit, TWO)
    answer(kit, case.id, Reply.HAS_IT, 2)
    case.mailer = FaultyMailer(NO)
    case.later(hours=24)
    assert [one.state for one in case.places] == [LocationState.BOUNCED, LocationState.HAS_IT]
    letter = next(one for one in case.letters if one.kind is LetterKind.REMINDER_1)
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.DROP))
    assert [one.state for one in case.places] == [LocationState.ASSESSED, LocationState.HAS_IT]
    assert case.notice.state is NoticeState.SENT
    assert case.has_pack(case.id)


def test_nothing_follows_a_bounce_while_police_asked_to_wait(kit: Kit) -> None:
    case = Round(kit, TWO, (SECOND,))
    police_hold(kit, ADA, HoldInput(case.filed.request_id, HoldAct.START, "Asked to wait."))
    Refused.bounces(case)  # type: ignore[arg-type]
    assert {one.state for one in case.places} == {LocationState.BOUNCED}
    assert case.rungs[SECOND].state is NoticeState.PLANNED
    assert case.later(hours=1) == []


def test_what_came_back_by_mail_takes_the_next_way(kit: Kit) -> None:
    case = Round(kit, TWO, (SECOND,))
    Refused.bounces(case)  # type: ignore[arg-type]
    assert {one.state for one in case.places} == {LocationState.BOUNCED}
    assert case.to(case.later(hours=0.3)) == ["noc@slow.example"]
    Refused.bounces(case)  # type: ignore[arg-type]
    assert case.later(hours=0.3) == [], "it came back twice: there is no third way"
    assert {one.due_at for one in case.places} <= {to_minute(kit.clock()), case.places[0].due_at}


def test_a_late_bounce_does_not_touch_a_place_that_a_newer_notice_asks_for(kit: Kit) -> None:
    case = Round(kit, ahead=())
    answer(kit, case.id, Reply.REMOVED)
    with kit.database.writing() as work:
        back = [one.move(LocationState.BACK, kit.clock()) for one in case.places]
        save_moves(work, work.requests.load(case.filed.request_id), *back)
        work.commit()
    kit.clock.move(minutes=10)  # type: ignore[attr-defined]
    approve_all(kit, case.filed.request_id)
    Refused.bounces(case)  # type: ignore[arg-type]
    assert [one.state for one in case.places] == [LocationState.APPROVED]


@pytest.mark.parametrize(
    ("fault", "state"),
    [(NotAccepted(True, 451), LocationState.BOUNCED), (Unreachable(), LocationState.APPROVED)],
)
def test_a_day_without_our_own_mail_server_says_nothing_of_the_recipient(
    kit: Kit, fault: Exception, state: LocationState
) -> None:
    filed, courier = file_approved(kit), open_courier(kit)
    assert isinstance(kit.clock, Clock)
    for _ in range(40):
        if all_letters(kit)[0].state is not LetterState.WAITING:
            break
        kit.clock.move(hours=1)
        deliver_letter(kit, courier, FaultyMailer(fault))
    assert all_letters(kit)[0].state is LetterState.REFUSED
    with kit.database.reading() as work:
        (place,) = work.requests.locations_of(filed.request_id)
    assert place.state is state
    (letter,) = all_letters(kit)
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.AGAIN))
    assert deliver_letter(kit, courier, NullMailer())
    with kit.database.reading() as work:
        (place,) = work.requests.locations_of(filed.request_id)
    assert place.state is LocationState.NOTICE_SENT
    assert kit.settings.times.bounced < timedelta(hours=1)
