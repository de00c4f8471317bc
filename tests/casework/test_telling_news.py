"""One mail when something happened: to those who asked for it, in their hours, and never too many."""

from dataclasses import replace

import pytest

from app.casework.actors import Courier, Requester
from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.revoke_party import revoke_party
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.casework.write_message import MessageInput, write_message
from app.domain.contacts import News
from app.domain.words import Asker, Hours, LetterState, LocationState, Reply, Telling
from app.outbound.ports import NullMailer
from tests.casework.contact_steps import (
    EMAIL,
    clock_of,
    confirm,
    leave,
    mails_of,
    sent_by,
    told,
    with_courier,
)
from tests.casework.party_steps import TWO_PLACES, family, put_in_state
from tests.casework.steps import all_at_once, approve_all, assess_all, places_of
from tests.make import ADA, BEN, CSAM, Filed, file_one


def waiting(kit: Kit, actor: Requester) -> list[News]:
    return [mail.about for mail in mails_of(kit, actor) if mail.state is LetterState.WAITING]


def say_removed(kit: Kit, filed: Filed, *numbers: int) -> None:
    ids = tuple(place.id for place in places_of(kit, filed.request_id) if place.number in numbers)
    record_reply(kit, ADA, ReplyInput(filed.request_id, ids, Reply.REMOVED))


def noticed(kit: Kit, courier: Courier, **asked: Telling | Hours) -> tuple[Filed, Requester]:
    """Two places with a notice out, and whatever there was to tell is told, six hours ago."""
    filed, actor = told(kit, courier, places=TWO_PLACES, **asked)  # type: ignore[arg-type]
    take_case(kit, ADA, filed.request_id)
    for number in (1, 2):
        put_in_state(kit, filed.request_id, number, LocationState.NOTICE_SENT)
    clock_of(kit).move(hours=6)
    sent_by(kit, courier)
    clock_of(kit).move(hours=6)
    take_case(kit, ADA, filed.request_id)
    return filed, actor


def test_each_step_is_told_to_who_asked_for_each_step(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    assess_all(kit, filed.request_id)
    assert waiting(kit, actor) == [News.STEP], "several steps are one mail"
    clock_of(kit).move(minutes=14)
    assert sent_by(kit, courier) == []
    clock_of(kit).move(minutes=1)
    [mail] = sent_by(kit, courier)
    assert (mail["To"], mail["Subject"]) == (EMAIL, "News for you")


def test_a_notice_that_went_out_is_news_too_though_nobody_is_signed_in(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    clock_of(kit).move(minutes=15)
    assert len(sent_by(kit, courier)) == 1
    clock_of(kit).move(hours=1)
    assert deliver_letter(kit, courier, NullMailer())
    assert waiting(kit, actor) == [News.STEP]
    clock_of(kit).move(hours=4, minutes=59)
    assert sent_by(kit, courier) == [], "six hours lie between two mails"
    clock_of(kit).move(minutes=1)
    assert len(sent_by(kit, courier)) == 1


def test_who_asked_for_the_end_is_told_the_end_alone(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = noticed(kit, courier, telling=Telling.END)
    say_removed(kit, filed, 1)
    write_message(kit, ADA, MessageInput("hello", filed.request_id))
    clock_of(kit).move(minutes=15)
    assert sent_by(kit, courier) == []
    assert waiting(kit, actor) == []
    say_removed(kit, filed, 2)
    clock_of(kit).move(minutes=15)
    assert len(sent_by(kit, courier)) == 1


def test_the_end_is_told_though_another_step_was_waiting_to_be_told(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = noticed(kit, courier, telling=Telling.END)
    say_removed(kit, filed, 1)
    say_removed(kit, filed, 2)
    assert waiting(kit, actor) == [News.END]
    clock_of(kit).move(minutes=15)
    assert len(sent_by(kit, courier)) == 1
    assert sent_by(kit, courier) == []


def test_a_finding_that_changes_no_state_is_no_news(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    assess_all(kit, filed.request_id)
    clock_of(kit).move(minutes=15)
    sent_by(kit, courier)
    [place] = places_of(kit, filed.request_id)
    finding = replace(CSAM, identified=True)
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), finding))
    assert waiting(kit, actor) == []


def test_a_message_is_told_to_whom_it_is_for_and_ones_own_to_nobody(kit: Kit) -> None:
    courier, both = with_courier(kit), family(kit)
    for actor, email in ((both.representative, "one@mail.example"), (both.child, "two@mail.example")):
        leave(kit, actor, email)
        confirm(kit, courier, actor)
    write_message(kit, both.child, MessageInput("hello"))
    assert waiting(kit, both.representative) == waiting(kit, both.child) == []
    write_message(kit, ADA, MessageInput("hello", both.request_id, both.child.party_id))
    assert waiting(kit, both.representative) == []
    assert waiting(kit, both.child) == [News.MESSAGE]


def test_a_representative_nobody_checked_is_told_of_messages_only(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier, asker=Asker.PARENT)
    take_case(kit, ADA, filed.request_id)
    assert waiting(kit, actor) == []
    write_message(kit, ADA, MessageInput("hello", filed.request_id))
    assert waiting(kit, actor) == [News.MESSAGE]


def test_a_revoked_party_is_told_nothing_not_even_what_waited(kit: Kit) -> None:
    courier, both = with_courier(kit), family(kit, verified=True)
    leave(kit, both.representative)
    confirm(kit, courier, both.representative)
    put_in_state(kit, both.request_id, 1, LocationState.NOTICE_SENT)
    write_message(kit, ADA, MessageInput("hello", both.request_id, both.representative.party_id))
    assert len(waiting(kit, both.representative)) == 1
    revoke_party(kit, both.child)
    say_removed(kit, both.filed, 1)
    clock_of(kit).move(hours=1)
    assert sent_by(kit, courier) == []


def test_nobody_is_told_of_what_they_did_themselves(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier, places=TWO_PLACES)
    withdraw_places(kit, actor, WithdrawInput((1, 2), ""))
    assert waiting(kit, actor) == []
    assert filed.code


@pytest.mark.parametrize(("hours", "wait_h"), [(Hours.SCHOOL, 0), (Hours.EVENING, 6), (Hours.ANY, 0)])
def test_news_leaves_in_the_hours_that_are_safe(kit: Kit, hours: Hours, wait_h: int) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    leave(kit, actor, hours=hours)
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(minutes=15)
    first = len(sent_by(kit, courier))
    assert first == (1 if wait_h == 0 else 0)
    clock_of(kit).move(hours=wait_h)
    assert first + len(sent_by(kit, courier)) == 1


def test_the_number_too_waits_for_the_hours_that_are_safe(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor, hours=Hours.EVENING)
    assert sent_by(kit, courier) == []
    clock_of(kit).move(hours=5, minutes=30)
    assert sent_by(kit, courier) == []
    clock_of(kit).move(minutes=30)
    assert len(sent_by(kit, courier)) == 1


def test_other_hours_count_for_a_mail_that_waits(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor, hours=Hours.EVENING)
    assert sent_by(kit, courier) == []
    leave(kit, actor, hours=Hours.ANY)
    assert len(sent_by(kit, courier)) == 1


def test_the_hours_are_those_of_the_hotline(kit: Kit) -> None:
    courier = with_courier(kit)
    there = replace(kit, settings=replace(kit.settings, timezone="Asia/Tokyo"))  # 21:00 there at noon
    actor = follow_with_code(kit, file_one(kit).code)
    leave(there, actor, hours=Hours.SCHOOL)
    assert sent_by(there, courier) == []
    clock_of(kit).move(hours=12)
    assert len(sent_by(there, courier)) == 1


def test_forgetting_stops_the_mail_at_once_and_undoing_it_does_not_send_what_was_stopped(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    assess_all(kit, filed.request_id)
    forget_request(kit, actor, filed.request_id)
    clock_of(kit).move(hours=1)
    assert sent_by(kit, courier) == []
    undo_forgetting(kit, ADA, filed.request_id)
    clock_of(kit).move(hours=1)
    assert sent_by(kit, courier) == []
    take_case(kit, ADA, filed.request_id)
    write_message(kit, ADA, MessageInput("hello", filed.request_id))
    clock_of(kit).move(minutes=15)
    assert len(sent_by(kit, courier)) == 1


def test_things_that_happen_at_one_moment_make_one_mail(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    take_case(kit, ADA, filed.request_id)

    def write() -> None:
        write_message(kit, ADA, MessageInput("hello", filed.request_id))

    all_at_once(*[write] * 6)
    clock_of(kit).move(minutes=15)
    assert len(waiting(kit, actor)) == 1
    assert len(sent_by(kit, courier)) == 1


def test_one_request_never_tells_of_another(kit: Kit) -> None:
    courier = with_courier(kit)
    _, mine = told(kit, courier)
    other, _ = told(kit, courier)
    take_case(kit, BEN, other.request_id)
    assert waiting(kit, mine) == []
