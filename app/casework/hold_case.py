"""A case that waits for a day: out of the queue until then, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.contacts import zone_of
from app.domain.desk_words import NoteKind
from app.domain.requests import NoSuchHold


@dataclass(frozen=True)
class HoldInput:
    """`until`: the day on which it is in the queue again, in the time zone of the hotline."""

    request_id: str
    until: date
    reason: str

    def __repr__(self) -> str:
        return "HoldInput(…)"


def hold_case(kit: Kit, actor: Caseworker, given: HoldInput) -> None:
    """Give the case back, to be taken up again on a day. It ends by itself, what is due stays due, anybody
    may take it before, and whatever the requester writes or changes ends it.

    Raises NotAllowed without a reason, for a day that is not after today, and for one more than fourteen
    days away (domain.requests.MOST_HOLD); NotHolding, Recused, NotFound.
    """
    reason, at = given.reason.strip(), kit.clock()
    if not reason:
        raise NotAllowed
    until = datetime.combine(given.until, time(), zone_of(kit.settings.timezone))
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        try:
            request, entry = request.hold(actor.id, until, at)
        except NoSuchHold:
            raise NotAllowed from None
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.HOLD, reason, actor.id, at)
        save_moves(work, request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
