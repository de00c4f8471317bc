"""A request as one of its parties changes it: rows read anew, places opened with that party's own key.

What a revoked party does changes the page they are shown, and is told to the hotline in an aside that they
are not shown. It never changes the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.errors import NotAllowed, NotFound
from app.casework.frozen_page import FrozenPage, FrozenPlace, freeze, page_of
from app.casework.kit import new_id
from app.casework.reopen_request import reopen_request
from app.domain.asking import PlaceNote
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Standing, YesNo
from app.persistence.database import Work
from app.persistence.messages import Message
from app.persistence.parties import Party
from app.places.showing import whole_place
from app.vault.seal import Purpose, lock

ADDED, BACK, CORRECTED, WITHDRAWN, FORGOTTEN = "+", "↻", "✎", "−", "✗"
"""What a line of an aside begins with. Signs, so that a caseworker of any language reads them."""


@dataclass(frozen=True)
class OwnRequest:
    """`page` is what the party knows; `locations` are all of the request, by id."""

    actor: Requester
    request: Request
    party: Party
    page: FrozenPage
    locations: Mapping[str, Location]

    def __repr__(self) -> str:
        return "OwnRequest(…)"

    def place(self, number: int) -> FrozenPlace:
        """Raises NotFound."""
        found = next((one for one in self.page.places if one.number == number), None)
        if found is None:
            raise NotFound
        return found


def load_to_change(work: Work, actor: Requester, at: datetime) -> OwnRequest:
    """As `load_opened`; NotAllowed for a bystander, too. Who changes something is heard: what was set aside
    is open again (`reopen_request`)."""
    own = load_opened(work, actor)
    if own.party.standing is Standing.BYSTANDER:
        raise NotAllowed
    return replace(own, request=reopen_request(work, own.request, own.party, at))


def load_opened(work: Work, actor: Requester) -> OwnRequest:
    """Raises NotFound; NotAllowed before a handed-over code was replaced."""
    request, party = load_own(work, actor)
    if party.is_handed_over:
        raise NotAllowed
    locations = work.requests.locations_of(request.id)
    page = page_of(request, party, locations, actor.request_key)
    return OwnRequest(actor, request, party, page, {one.id: one for one in locations})


def load_seeing(work: Work, actor: Requester, at: datetime) -> OwnRequest:
    """As `load_to_change`, for what needs a place that is shown: NotAllowed for who sees none, too."""
    own = load_to_change(work, actor, at)
    if not own.party.standing.sees_places:
        raise NotAllowed
    return own


def is_represented(work: Work, party: Party) -> bool:
    """Whether somebody else acts beside this party. Never for who filed the request: a child's own access
    beside theirs is not theirs to know of."""
    if party.number == 1 or not party.standing.is_own:
        return False
    others = (other for other in work.parties.of_request(party.request_id) if other.id != party.id)
    return any(not other.is_revoked for other in others)


def may_end(work: Work, own: OwnRequest) -> bool:
    """Whether ending is this party's own to do. A representative would see it on their page at once, and
    know who did it: their access ends first. What a revoked party ends, it ends on its own page only."""
    if own.party.standing is not Standing.OWN:
        return False
    return own.party.is_revoked or not is_represented(work, own.party)


def say(work: Work, own: OwnRequest, text: str, at: datetime, is_aside: bool = False) -> None:
    """Keep a message of this party; an aside is for the hotline alone."""
    message_id = new_id()
    sealed = lock(own.actor.voice_key, Purpose.MESSAGE, message_id, text.encode())
    work.messages.add(Message(message_id, own.party.id, False, to_minute(at), sealed, is_aside))
    entry = Entry(TrailKind.MESSAGE_WRITTEN, message_id)
    work.trail.append(own.request.trail_id, entry, "requester", at)


def show_and_tell(work: Work, own: OwnRequest, at: datetime, **told: tuple[FrozenPlace, ...]) -> None:
    """Change a revoked party's page, and tell the hotline. `told`: places by the name of their sign."""
    signs = {"added": ADDED, "back": BACK, "corrected": CORRECTED, "withdrawn": WITHDRAWN}
    changed = tuple(one for places in told.values() for one in places)
    if not changed:
        return
    page = own.page.with_places(*changed)
    sealed = freeze(own.party.id, page, own.actor.request_key)
    work.parties.save(replace(own.party, frozen_sealed=sealed))
    lines = [_line(signs[name], one) for name, places in told.items() for one in places]
    say(work, own, "\n".join(lines), at, is_aside=True)


def _line(sign: str, one: FrozenPlace) -> str:
    note = one.note or PlaceNote()
    threat = "!" if note.threat in (YesNo.YES, YesNo.UNSURE) or note.threat_on else ""
    when = note.threat_on.isoformat() if note.threat_on else ""
    said = (f"{sign} {one.number}", whole_place(one.place), note.label, threat, when)
    return " · ".join(part for part in said if part)
