"""Notices of a case wait, because police asked: for a day, once longer by a second person, never more than
three.

It ends by itself. Letters that wait to leave are stopped, as by a safety check: they need a new approval.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, ReferralRefused, SecondCaseworkerNeeded
from app.casework.kit import Kit
from app.casework.stop_letters import stop_waiting
from app.domain.desk_words import NoteKind
from app.domain.requests import NoSuchHold, Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import NoticeState
from app.persistence.database import Work


@unique
class HoldAct(StrEnum):
    START = "start"
    EXTEND = "extend"
    END = "end"


@dataclass(frozen=True)
class HoldInput:
    """`reason` is for the desk alone: who asked, and why."""

    request_id: str
    act: HoldAct
    reason: str

    def __repr__(self) -> str:
        return f"HoldInput({self.request_id}, {self.act})"


def police_hold(kit: Kit, actor: Caseworker, given: HoldInput) -> None:
    """Start it, make it longer, or end it before its time. Nobody need hold the case: police ask at any hour,
    and the one who makes it longer is not the one who began. Nor does anybody begin twice in a row.

    Raises ReferralRefused ("no_reason"); NotAllowed where there is no such hold, or one runs;
    SecondCaseworkerNeeded, NotFound, Stale.
    """
    at, reason = kit.clock(), given.reason.strip()
    if not reason:
        raise ReferralRefused("no_reason")
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        if given.act is not HoldAct.END and _began(work, request.trail_id) == actor.id:
            if given.act is HoldAct.START and request.is_on_police_hold(at):
                raise NotAllowed
            raise SecondCaseworkerNeeded
        keys = open_case_keys(work, actor.team, request.id)
        if given.act is HoldAct.START and not request.is_on_police_hold(at):
            for notice in work.notices.of_request(request.id):
                if notice.state is not NoticeState.PLANNED:  # ladders wait as a whole, and go on
                    stop_waiting(work, notice, at)
            request = load_for(work, actor, request.id)  # its places may have moved
        try:
            request, entry = _after(request, given.act, at)
        except NoSuchHold:
            raise NotAllowed from None
        keep_note(work, request.id, keys, NoteKind.POLICE_HOLD, reason, actor.id, at)
        save_moves(work, request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()


def _after(request: Request, act: HoldAct, at: datetime) -> tuple[Request, Entry]:
    """Raises NoSuchHold."""
    match act:
        case HoldAct.START:
            return request.start_police_hold(at)
        case HoldAct.EXTEND:
            return request.extend_police_hold(at)
        case HoldAct.END:
            return request.end_police_hold(at)


def _began(work: Work, trail_id: str) -> str:
    """Who began the newest hold of a case, as its trail says; empty when there was none."""
    began = [
        line.by for line, _ in work.trail.lines(trail_id) if line.entry.kind is TrailKind.POLICE_HOLD_STARTED
    ]
    return began[-1] if began else ""
