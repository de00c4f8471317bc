"""What ends a ladder, or makes it wait: the person's wish, police, somebody's safety, a revoked link."""

import pytest

from app.casework.errors import NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit, new_id
from app.casework.open_notice import open_notice
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.revoke_link import revoke_link
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.notice_words import ChaseStep, LetterKind, MailKind
from app.domain.words import LetterState, LocationState, NoticeState, Reply, SafetyState
from app.persistence.received_mails import ReceivedMail
from tests.casework.chase_steps import TWO, Round, chase_all
from tests.casework.referral_steps import clock_of
from tests.casework.steps import trail_of
from tests.make import ADA, BEN

HOST, NOC, BACKBONE = "abuse@slow.example", "noc@slow.example", "abuse@backbone.example"


def withdraw(gone: Round, *numbers: int) -> None:
    withdraw_places(gone.kit, follow_with_code(gone.kit, gone.filed.code), WithdrawInput(numbers))


def body_of(message: object) -> str:
    return str(message.get_body().get_content())  # type: ignore[attr-defined]


def test_a_withdrawn_place_ends_its_ladder_and_what_was_planned_for_it(kit: Kit) -> None:
    gone = Round(kit)
    withdraw(gone, 1)
    assert (gone.notice.chase_at, gone.notice.state) == (None, NoticeState.SENT)
    assert {one.state for one in gone.rungs.values()} == {NoticeState.CANCELLED}
    assert not any(gone.has_pack(one.id) for one in (gone.notice, *gone.rungs.values()))
    assert gone.later(24 * 60) == []


def test_a_reminder_that_waits_is_dropped_when_the_person_withdraws(kit: Kit) -> None:
    gone = Round(kit)
    clock_of(kit).move(hours=24)
    chase_all(kit)
    withdraw(gone, 1)
    assert [one.state for one in gone.letters] == [LetterState.SENT, LetterState.DROPPED]
    assert gone.deliver() == []


def test_beside_a_withdrawn_place_the_others_go_on_and_a_letter_that_named_it_needs_a_new_approval(
    kit: Kit,
) -> None:
    gone = Round(kit, TWO)
    withdraw(gone, 1)
    assert {one.state for one in gone.rungs.values()} == {NoticeState.CANCELLED}
    (reminder,) = gone.later(24)
    assert "a/1" not in body_of(reminder)
    assert "a/2" in body_of(reminder)
    assert gone.to(gone.later(24)) == [HOST]
    assert gone.notice.wants is ChaseStep.SECOND_WAY
    gone.later(24 * 42)
    gone.later(24)  # what was asked last had its time
    assert [one.state for one in gone.places] == [LocationState.WITHDRAWN, LocationState.STALLED]


def test_a_forgotten_case_is_chased_no_more_and_what_is_brought_back_is_due(kit: Kit) -> None:
    gone = Round(kit)
    clock_of(kit).move(hours=24)
    chase_all(kit)
    take_case(kit, ADA, gone.filed.request_id)
    forget_request(kit, ADA, gone.filed.request_id)
    assert gone.deliver() == []
    assert gone.notice.chase_at is None
    assert gone.later(24) == []
    undo_forgetting(kit, ADA, gone.filed.request_id)
    (place,) = gone.places
    assert place.state is LocationState.NOTICE_SENT
    assert place.due_at is not None
    assert place.due_at <= kit.clock()


def test_while_police_ask_to_wait_nothing_goes_out_and_then_the_ladder_goes_on(kit: Kit) -> None:
    gone = Round(kit)
    clock_of(kit).move(hours=23)
    police_hold(kit, ADA, HoldInput(gone.filed.request_id, HoldAct.START, "They called."))
    for _ in range(23):
        assert gone.later(1) == []
    assert gone.notice.chase_done == 0
    assert {one.state for one in gone.rungs.values()} == {NoticeState.PLANNED}
    assert all(one.due_at is not None and one.due_at >= kit.clock() for one in gone.places)
    sent = [*gone.later(1), *gone.later(1), *gone.later(2)]
    assert sorted(gone.to(sent)) == [HOST, NOC]


def test_police_drop_a_reminder_that_waits(kit: Kit) -> None:
    gone = Round(kit)
    clock_of(kit).move(hours=24)
    chase_all(kit)
    police_hold(kit, ADA, HoldInput(gone.filed.request_id, HoldAct.START, "They called."))
    assert gone.deliver() == []
    assert gone.notice.state is NoticeState.SENT
    assert {one.kind: one.state for one in gone.letters}[LetterKind.REMINDER_1] is LetterState.DROPPED


def test_while_a_notice_could_harm_nothing_goes_out_and_the_place_waits_for_a_person(kit: Kit) -> None:
    gone = Round(kit)
    take_case(kit, ADA, gone.filed.request_id)
    record_safety_check(kit, ADA, SafetyInput(gone.filed.request_id, SafetyState.HOLD, "They live near."))
    assert {one.state for one in gone.rungs.values()} == {NoticeState.CANCELLED}
    for _ in range(5):
        assert gone.later(24) == []
    assert gone.notice.chase_at is not None
    (place,) = gone.places
    assert place.due_at is not None
    assert place.due_at <= kit.clock()
    take_case(kit, ADA, gone.filed.request_id)
    record_safety_check(kit, ADA, SafetyInput(gone.filed.request_id, SafetyState.CLEAR, "They moved."))
    assert gone.to(gone.later(1)) == [HOST]


def test_a_revoked_link_opens_nothing_and_no_reminder_goes_with_it(kit: Kit) -> None:
    gone = Round(kit)
    body = body_of(gone.mailer.sent[0])
    link = next(word for word in body.split() if "/n/" in word).rsplit("/", 1)[-1]
    assert open_notice(kit, link).notice_id == gone.id
    revoke_link(kit, BEN, gone.id)
    revoke_link(kit, BEN, gone.id)
    with pytest.raises(NotFound):
        open_notice(kit, link)
    assert gone.later(24) == []
    assert gone.notice.wants is ChaseStep.REMINDER_1
    assert trail_of(kit, gone.filed.request_id).count("link_revoked") == 1


def test_a_ladder_that_waits_for_a_person_ends_when_everything_is_removed(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    gone.later(48)
    assert gone.notice.wants is ChaseStep.SECOND_WAY
    gone.answers(Reply.REMOVED)
    gone.later(24)
    assert (gone.notice.wants, gone.notice.chase_at) == (None, None)


def unread(gone: Round) -> ReceivedMail:
    """A mail came that nobody read yet."""
    mail = ReceivedMail(new_id(), gone.id, MailKind.ANSWER, gone.kit.clock(), 0, None, b"sealed")
    with gone.kit.database.writing() as work:
        work.received_mails.add(mail, mail.id.encode())
        work.commit()
    return mail


def test_before_a_reminder_a_mail_that_came_is_read_first(kit: Kit) -> None:
    gone = Round(kit)
    clock_of(kit).move(hours=20)
    mail = unread(gone)
    assert gone.later(4) == []
    with kit.database.writing() as work:
        work.received_mails.settle(mail, kit.clock())
        work.commit()
    assert gone.to(gone.later(1)) == [HOST]


def test_mails_that_nobody_reads_do_not_hold_the_ladder_up_for_ever(kit: Kit) -> None:
    gone = Round(kit)
    sent: list[str] = []
    for _ in range(6):
        unread(gone)
        sent += gone.to(gone.later(12))
    assert sorted(sent) == sorted([HOST, NOC, BACKBONE]) or sorted(sent) == sorted([NOC, BACKBONE])
