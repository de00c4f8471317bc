"""What a letter's fate means for its notice and its locations."""

from dataclasses import replace
from datetime import datetime

from app.casework.cases import save_moves
from app.domain.times import to_minute
from app.domain.words import LocationState, NoticeState
from app.persistence.database import Work
from app.persistence.notices import Notice


def mark_sent(work: Work, notice: Notice, at: datetime) -> None:
    """The notice went out: its locations say so from now on. Raises Overtaken."""
    work.notices.save(replace(notice, state=NoticeState.SENT, sent_at=to_minute(at)))
    _move_all(work, notice, LocationState.NOTICE_SENT, at)


def mark_dropped(work: Work, notice: Notice, at: datetime) -> None:
    """The notice does not go out: its locations wait for a notice again. Raises Overtaken."""
    work.notices.save(replace(notice, state=NoticeState.UNDELIVERED))
    work.notices.destroy_pack(notice.id)
    _move_all(work, notice, LocationState.ASSESSED, at)


def _move_all(work: Work, notice: Notice, to: LocationState, at: datetime) -> None:
    """Those that were withdrawn meanwhile stay withdrawn."""
    mine = set(work.notices.location_ids(notice.id))
    moved = [
        location.move(to, at)
        for location in work.requests.locations_of(notice.request_id)
        if location.id in mine and location.state is LocationState.APPROVED
    ]
    save_moves(work, work.requests.load(notice.request_id), *moved)
