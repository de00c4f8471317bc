"""Letters that wait, and ladders, are stopped: because the person no longer wants them, or for a while."""

from dataclasses import replace
from datetime import datetime

from app.casework.letter_moves import mark_dropped
from app.domain.notice_words import LetterKind
from app.domain.requests import Request
from app.domain.words import LetterState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.persistence.notices import Notice


def stop_letters(work: Work, request: Request, at: datetime) -> None:
    """All of a request: nothing waits, nothing is planned or chased, and the courier keeps no places. One in
    doubt stays in doubt: should a forgetting be undone, it still may have gone out."""
    for notice in work.notices.of_request(request.id):
        stop_waiting(work, notice, at)
        end_chase(work, work.notices.load(notice.id))


def stop_waiting(work: Work, notice: Notice, at: datetime) -> None:
    """What waits of one notice is dropped, and what was approved ahead needs a new approval. So do all places
    of a first letter; a notice that is out stays out, and its ladder goes on."""
    notice = work.notices.load(notice.id)
    is_by_hand = notice.state is NoticeState.APPROVED and not notice.channel.is_mail
    if notice.state is NoticeState.PLANNED:
        cancel_rung(work, notice)
    elif _drop(work, notice, LetterKind.FIRST) or is_by_hand:
        mark_dropped(work, notice, at)
        _ask_for(work, notice)
    drop_reminders(work, notice)


def drop_reminders(work: Work, notice: Notice) -> None:
    """Those that wait. What they ask for, the next step asks for."""
    _drop(work, notice, LetterKind.REMINDER_1, LetterKind.REMINDER_2)


def _drop(work: Work, notice: Notice, *kinds: LetterKind) -> bool:
    """Whether any was."""
    is_dropped = False
    for letter in work.letters.of_notice(notice.id):
        if letter.kind in kinds and letter.state is LetterState.WAITING:
            try:
                work.letters.move(letter, LetterState.DROPPED)
            except Overtaken:
                continue  # the courier is handing it over at this moment: it cannot be called back
            is_dropped = True
    return is_dropped


def _ask_for(work: Work, rung: Notice) -> None:
    """A letter that was a step of another one's ladder was dropped: that step waits for a person now."""
    root = work.notices.load(rung.root_id) if rung.root_id else None
    if root is not None and root.chase_at is not None:
        work.notices.save(replace(root, wants=rung.step))


def end_chase(work: Work, notice: Notice) -> None:
    """No step follows, nothing that was planned goes out, and the courier keeps no places of it.

    `notice` is saved as it is otherwise. Raises Overtaken.
    """
    drop_reminders(work, notice)
    for rung in work.notices.rungs_of(notice.id):
        if rung.state is NoticeState.PLANNED:
            cancel_rung(work, rung)
        elif rung.state is not NoticeState.APPROVED:  # that one may be on its way
            work.notices.destroy_pack(rung.id)
    if notice.state is NoticeState.PLANNED:
        cancel_rung(work, notice)
        return
    work.notices.save(replace(notice, chase_at=None, wants=None))
    work.notices.destroy_pack(notice.id)


def cancel_rung(work: Work, rung: Notice) -> None:
    """What was approved ahead does not go out. Nothing where that was so already. Raises Overtaken."""
    if rung.state is NoticeState.PLANNED:
        work.notices.save(replace(rung, state=NoticeState.CANCELLED))
        work.notices.destroy_pack(rung.id)
