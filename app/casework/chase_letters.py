"""The letters that one step of a ladder puts into the outbox: reminders, and what was approved ahead."""

from datetime import datetime

from app.casework.kit import Kit, new_id
from app.casework.letter_moves import put_in_outbox
from app.casework.stop_letters import cancel_rung, drop_reminders
from app.domain.letters import Letter
from app.domain.notice_words import ChaseStep, LetterKind
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice

REMINDER = {
    ChaseStep.REMINDER_1: LetterKind.REMINDER_1,
    ChaseStep.REMINDER_2: LetterKind.REMINDER_2,
}
_ON_ITS_WAY = frozenset({NoticeState.APPROVED, NoticeState.SENT, NoticeState.ANSWERED})


def remind(kit: Kit, work: Work, request: Request, notice: Notice, kind: LetterKind, at: datetime) -> bool:
    """A letter in the thread of the notice, to be written by the courier when it goes. False where a person
    has to ask again: it went out by hand, or the link that would stand in it was revoked.

    A reminder that still waits is dropped, so that never two go at once; nor does one go soon after another
    that left late, or while one is being handed over.
    """
    if not notice.channel.is_mail or notice.link_ends_at <= at or not _has_pack(work, notice):
        return False
    drop_reminders(work, notice)
    if _left_of_late(kit, work, request, notice, at):
        return True
    work.letters.add(
        Letter(
            id=new_id(),
            notice_id=notice.id,
            state=LetterState.WAITING,
            due_at=at,
            attempts=0,
            message_id=f"<{new_id()}@{kit.settings.hotline.domain}>",
            lease=None,
            lease_until=None,
            kind=kind,
            provider_id=notice.provider_id,
        )
    )
    return True


def send_rungs(
    kit: Kit,
    work: Work,
    request: Request,
    notice: Notice,
    step: ChaseStep,
    location_ids: tuple[str, ...],
    at: datetime,
) -> bool:
    """What was approved ahead for this step goes out. False where nothing was, or a person sends it.

    One that names none of the places that are still asked for is not needed any more.
    """
    goes_by_itself = False
    for rung in work.notices.rungs_of(notice.id):
        if rung.step is not step:
            continue
        if rung.state is not NoticeState.PLANNED:  # it went before its time: the first contact bounced
            goes_by_itself |= rung.state in _ON_ITS_WAY and rung.channel.is_mail
        elif not _has_pack(work, rung) or not set(work.notices.location_ids(rung.id)) & set(location_ids):
            cancel_rung(work, rung)
            work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_CANCELLED, rung.id), "courier", at)
        else:
            goes_by_itself |= put_in_outbox(kit, work, rung, at)
    return goes_by_itself


def _left_of_late(kit: Kit, work: Work, request: Request, notice: Notice, at: datetime) -> bool:
    letters = work.letters.of_notice(notice.id)
    if any(one.state is LetterState.SENDING and one.kind is not LetterKind.FIRST for one in letters):
        return True
    sent = work.trail.newest_of(request.trail_id, (TrailKind.NOTICE_REMINDED,))
    last = sent.get((TrailKind.NOTICE_REMINDED, notice.id))
    times = kit.settings.times
    return last is not None and at - last < (times.reminder_2 - times.reminder_1) / 2


def _has_pack(work: Work, notice: Notice) -> bool:
    try:
        work.notices.pack(notice.id)
    except NotThere:
        return False
    return True
