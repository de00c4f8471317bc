"""Reminders on their way out: in the thread of their notice, and only about what is still waited for."""

from collections.abc import Callable
from email.message import EmailMessage

from app.casework.chase_notices import chase_notices
from app.casework.kit import Kit
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.domain.notice_words import LetterKind
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from app.outbound.ports import Doubtful
from tests.casework.chase_steps import TWO, Round
from tests.casework.steps import FaultyMailer, trail_of
from tests.make import ADA


def text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content())


def reminder_of(case: Round) -> LetterState:
    (letter,) = [one for one in case.letters if one.kind is LetterKind.REMINDER_1]
    return letter.state


def test_a_reminder_stands_in_the_thread_of_its_notice(kit: Kit) -> None:
    case = Round(kit, TWO, ())
    (first,) = case.mailer.sent
    reminders = case.later(hours=24) + case.later(hours=24)
    assert len(reminders) == 2
    for reminder in reminders:
        assert reminder["In-Reply-To"] == reminder["References"] == first["Message-ID"]
        assert reminder["To"] == first["To"]
        assert reminder["Subject"].endswith(first["Subject"])
        assert list(reminder.iter_attachments()) == []
    ids = {one["Message-ID"] for one in (first, *reminders)}
    assert ids == {letter.message_id for letter in case.letters}
    assert len(ids) == 3
    assert trail_of(kit, case.filed.request_id).count("notice_reminded") == 2
    assert case.notice.state is NoticeState.SENT


def test_a_reminder_is_about_the_places_that_nobody_answered_for(kit: Kit) -> None:
    case = Round(kit, TWO, ())
    case.answers(Reply.REMOVED, 1)
    (reminder,) = case.later(hours=24)
    assert "/a/2" in text_of(reminder)
    assert "/a/1" not in text_of(reminder)


def test_a_reminder_that_waited_until_everything_was_answered_is_never_sent(kit: Kit) -> None:
    case = Round(kit, TWO, ())
    kit.clock.move(hours=24)  # type: ignore[attr-defined]
    assert chase_notices(kit) == 1
    case.answers(Reply.REMOVED)
    assert case.deliver() == []
    assert reminder_of(case) is LetterState.DROPPED


def test_an_answer_that_comes_while_the_reminder_is_written_is_kept_to(kit: Kit) -> None:
    case = Round(kit, TWO, ())

    class Slow(FaultyMailer):
        def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
            if not self.asked:
                case.answers(Reply.REMOVED, 2)  # the connection took its time
            super().send(message, before_handing_over)

    case.mailer = Slow()
    (reminder,) = case.later(hours=24)
    assert case.mailer.asked == 2
    assert "/a/1" in text_of(reminder)
    assert "/a/2" not in text_of(reminder)


def test_a_reminder_in_doubt_waits_for_a_person_and_leaves_the_notice_as_it_is(kit: Kit) -> None:
    case = Round(kit, TWO, ())
    case.mailer = FaultyMailer(Doubtful())
    case.later(hours=24)
    assert reminder_of(case) is LetterState.DOUBT
    sent_at = case.notice.sent_at
    (letter,) = [one for one in case.letters if one.state is LetterState.DOUBT]
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.ARRIVED))
    assert reminder_of(case) is LetterState.SENT
    assert (case.notice.state, case.notice.sent_at) == (NoticeState.SENT, sent_at)
    assert {one.state for one in case.places} == {LocationState.NOTICE_SENT}
