"""Letters that wait are stopped when the person no longer wants them."""

from datetime import datetime

from app.casework.letter_moves import mark_dropped
from app.domain.requests import Request
from app.domain.words import LetterState
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.persistence.notices import Notice


def stop_letters(work: Work, request: Request, at: datetime) -> None:
    """All of a request, and the courier keeps no places. One in doubt stays in doubt: should a forgetting be
    undone, it still may have gone out."""
    for notice in work.notices.of_request(request.id):
        stop_waiting(work, notice, at)
        work.notices.destroy_pack(notice.id)


def stop_waiting(work: Work, notice: Notice, at: datetime) -> None:
    """What waits of one notice is dropped; its places wait for a new approval, all of them."""
    is_dropped = False
    for letter in work.letters.of_notice(notice.id):
        if letter.state is LetterState.WAITING:
            try:
                work.letters.move(letter, LetterState.DROPPED)
            except Overtaken:
                continue  # the courier is handing it over at this moment: it cannot be called back
            is_dropped = True
    if is_dropped:
        mark_dropped(work, notice, at)
