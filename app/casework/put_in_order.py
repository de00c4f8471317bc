"""Putting a case elsewhere in the queue than the rules do, with a reason that colleagues read."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.requests import Request
from app.domain.trail import Entry


@unique
class Order(StrEnum):
    """Where a case is put. LAST: behind all that waits now; it moves up with the days, as everything does."""

    FIRST = "first"
    BY_RULES = "by_rules"
    LAST = "last"


@dataclass(frozen=True)
class OrderInput:
    """`seen`: where somebody had put it (`Request.put_at`) when the page was made."""

    request_id: str
    where: Order
    reason: str
    seen: datetime | None = None

    def __repr__(self) -> str:
        return "OrderInput(…)"


def put_in_order(kit: Kit, actor: Caseworker, given: OrderInput) -> None:
    """Nobody needs to hold the case for that. One that waited for a day and is put first waits no longer.

    Raises NotAllowed without a reason, Stale when somebody put it elsewhere meanwhile, Recused, NotFound.
    """
    reason, at = given.reason.strip(), kit.clock()
    if not reason:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        if request.put_at != given.seen:
            raise Stale
        request, entry = _put(request, given.where, at)
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.ORDER, reason, actor.id, at)
        save_moves(work, request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()


def _put(request: Request, where: Order, at: datetime) -> tuple[Request, Entry]:
    match where:
        case Order.FIRST:
            return replace(request, hold_until=None).put_first(at)
        case Order.BY_RULES:
            return request.put(None)
        case Order.LAST:
            return request.put(at)
