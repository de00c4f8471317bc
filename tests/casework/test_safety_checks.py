"""Before a notice: a caseworker thinks of the person's safety, says what they found, and why."""

import pytest
from sqlalchemy import select

from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, NotFound, NotHolding, SafetyCheckDue
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.casework.take_case import take_case
from app.domain.asking import About, Acting, Safety, Voice
from app.domain.words import Asker, LetterState, LocationState, SafetyState, YesNo
from app.outbound.ports import Doubtful, NullMailer
from app.persistence.safety_notes import safety_notes
from app.reads.queue import read_queue
from tests.casework.steps import (
    FaultyMailer,
    all_letters,
    approvals,
    file_approved,
    open_courier,
    places_of,
    trail_of,
)
from tests.make import ADA, BEN, CSAM, Filed, file_one

WORRIED = Voice(asker=Asker.PERSON, safety=Safety(could_guess=YesNo.UNSURE))
SECRET = "Odd-word-42, and why."


def worried(kit: Kit, voice: Voice = WORRIED) -> Filed:
    """A request whose place is assessed while its safety check is due."""
    filed = file_one(kit, voice=voice)
    take_case(kit, ADA, filed.request_id)
    (place,) = places_of(kit, filed.request_id)
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    return filed


def check(kit: Kit, filed: Filed, found: SafetyState, note: str = SECRET) -> None:
    record_safety_check(kit, ADA, SafetyInput(filed.request_id, found, note))


@pytest.mark.parametrize(
    "voice",
    [
        WORRIED,
        Voice(safety=Safety(could_guess=YesNo.YES)),
        Voice(safety=Safety(lives_near=YesNo.UNSURE)),
        Voice(about=About(is_under_18=YesNo.YES)),
        Voice(asker=Asker.AUTHORISED, acting=Acting(is_unsafe=True)),
        Voice(asker=Asker.PARENT),
    ],
)
def test_no_notice_is_approved_before_the_check_says_clear(kit: Kit, voice: Voice) -> None:
    filed = worried(kit, voice)
    (given,) = approvals(kit, filed.request_id)
    with pytest.raises(SafetyCheckDue):
        approve_notice(kit, ADA, given)
    check(kit, filed, SafetyState.HOLD)
    with pytest.raises(SafetyCheckDue):
        approve_notice(kit, ADA, given)
    assert all_letters(kit) == []
    check(kit, filed, SafetyState.CLEAR)
    approve_notice(kit, ADA, given)
    assert [letter.state for letter in all_letters(kit)] == [LetterState.WAITING]


def test_every_check_stays_to_be_read_at_the_desk(kit: Kit) -> None:
    filed = worried(kit)
    check(kit, filed, SafetyState.HOLD, "first")
    check(kit, filed, SafetyState.CLEAR, "second")
    folder = open_case(kit, BEN, filed.request_id)
    said = [(one.found, one.note, one.by) for one in folder.safety_notes]
    assert said == [(SafetyState.HOLD, "first", ADA.id), (SafetyState.CLEAR, "second", ADA.id)]
    assert folder.safety is SafetyState.CLEAR
    kinds = [kind for kind in trail_of(kit, filed.request_id) if kind.startswith("safety_")]
    assert kinds == ["safety_hold", "safety_clear"]


def test_why_lies_sealed(kit: Kit) -> None:
    filed = worried(kit)
    check(kit, filed, SafetyState.HOLD)
    with kit.database.reading() as work:
        (row,) = work.connection.execute(select(safety_notes)).all()
    assert b"Odd-word" not in row.note_sealed
    assert b"hold" not in row.note_sealed
    assert SECRET not in repr(open_case(kit, ADA, filed.request_id).safety_notes)


def test_a_check_needs_a_reason_a_finding_and_the_case(kit: Kit) -> None:
    filed = worried(kit)
    for found, note in (
        (SafetyState.CLEAR, ""),
        (SafetyState.HOLD, " \n "),
        (SafetyState.NONE, "why"),
        (SafetyState.DUE, "why"),
    ):
        with pytest.raises(NotAllowed):
            check(kit, filed, found, note)
    with pytest.raises(NotHolding):
        record_safety_check(kit, BEN, SafetyInput(filed.request_id, SafetyState.CLEAR, "why"))
    with pytest.raises(NotFound):
        record_safety_check(kit, ADA, SafetyInput("0" * 32, SafetyState.CLEAR, "why"))
    assert open_case(kit, ADA, filed.request_id).safety is SafetyState.DUE


def test_a_check_that_nobody_made_in_time_is_seen_in_the_queue(kit: Kit) -> None:
    filed = file_one(kit, voice=WORRIED)
    (row,) = read_queue(kit, ADA, "free", None).rows
    assert row.safety_due
    assert not row.is_overdue
    assert read_queue(kit, ADA, "due", None).rows == ()
    kit.clock.move(hours=25)  # type: ignore[attr-defined]
    (row,) = read_queue(kit, ADA, "due", None).rows
    assert (row.request_id, row.is_overdue, row.safety_due) == (filed.request_id, True, True)
    take_case(kit, ADA, filed.request_id)
    check(kit, filed, SafetyState.CLEAR)
    (row,) = read_queue(kit, ADA, "open", None).rows
    assert not row.safety_due


def test_hold_stops_a_letter_that_has_not_left(kit: Kit) -> None:
    filed = file_approved(kit)
    check(kit, filed, SafetyState.HOLD)
    assert [letter.state for letter in all_letters(kit)] == [LetterState.DROPPED]
    assert {place.state for place in places_of(kit, filed.request_id)} == {LocationState.ASSESSED}
    mailer = NullMailer()
    assert not deliver_letter(kit, open_courier(kit), mailer)
    assert mailer.sent == []
    check(kit, filed, SafetyState.CLEAR)
    (given,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, given)
    assert deliver_letter(kit, open_courier(kit), mailer)
    assert len(mailer.sent) == 1


def test_hold_leaves_alone_what_is_out(kit: Kit) -> None:
    filed = file_approved(kit)
    deliver_letter(kit, open_courier(kit), NullMailer())
    check(kit, filed, SafetyState.HOLD)
    assert [letter.state for letter in all_letters(kit)] == [LetterState.SENT]
    assert {place.state for place in places_of(kit, filed.request_id)} == {LocationState.NOTICE_SENT}


def test_a_letter_in_doubt_does_not_go_again_while_the_case_is_on_hold(kit: Kit) -> None:
    filed = file_approved(kit)
    deliver_letter(kit, open_courier(kit), FaultyMailer(Doubtful()))
    (letter,) = all_letters(kit)
    assert letter.state is LetterState.DOUBT
    check(kit, filed, SafetyState.HOLD)
    with pytest.raises(SafetyCheckDue):
        settle_letter(kit, ADA, SettleInput(letter.id, Choice.AGAIN))
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.DROP))
    assert {place.state for place in places_of(kit, filed.request_id)} == {LocationState.ASSESSED}
