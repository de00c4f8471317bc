"""Loading a case for a verb: it is there, and who changes it holds it."""

from collections.abc import Iterable

from app.casework.actors import Caseworker, Requester
from app.casework.errors import NotFound, NotHolding, Recused, Stale
from app.casework.kit import Kit
from app.casework.tell_news import tell_moves
from app.domain.locations import Location
from app.domain.requests import NotTaken, Request
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.parties import Party


def load(work: Work, request_id: str) -> Request:
    """The request, or NotFound. A forgotten one is hidden: it is not found either."""
    request = load_even_forgotten(work, request_id)
    if request.is_forgotten:
        raise NotFound
    return request


def load_for(work: Work, actor: Caseworker, request_id: str) -> Request:
    """The request for one caseworker. Raises Recused when they stepped back from it, NotFound."""
    request = load(work, request_id)
    refuse_recused(work, actor, request_id)
    return request


def refuse_recused(work: Work, actor: Caseworker, request_id: str) -> None:
    """Raises Recused: whoever stepped back from a case gets nothing of it, in whatever state it is."""
    if work.stepped_aside.is_recused(request_id, actor.id):
        raise Recused


def load_even_forgotten(work: Work, request_id: str) -> Request:
    """For forgetting itself, and for a letter that was on its way when its request was forgotten."""
    try:
        return work.requests.load(request_id)
    except NotThere:
        raise NotFound from None


def load_held(work: Work, actor: Caseworker, request_id: str, kit: Kit) -> Request:
    """The request with its lease renewed by use. Raises NotHolding: changes need the lease."""
    try:
        return load_for(work, actor, request_id).renewed(actor.id, kit.clock())
    except NotTaken:
        raise NotHolding from None


def load_own(work: Work, actor: Requester) -> tuple[Request, Party]:
    """The request and the party of somebody who follows it, read anew: a session may be older than both.

    Raises NotFound when the code was replaced meanwhile, or the request is forgotten.
    """
    request = load(work, actor.request_id)
    party = next((p for p in work.parties.of_request(request.id) if p.id == actor.party_id), None)
    if party is None or party.generation != actor.generation:
        raise NotFound
    return request, party


def save_moves(
    work: Work,
    request: Request,
    *moved: Location,
    by_party: str = "",
    tells: bool = True,
    known: Iterable[Location] | None = None,
) -> Request:
    """Write locations that moved, and the request with its counters brought up to all of them.

    Every change of a location passes here, and so does the news of it: the parties who may be told are, all
    but `by_party`, who moved it themselves. `known`: all its locations as they were, where a caller has just
    read them. Saves the request, so a verb calls this once, last. Raises Stale.
    """
    known = work.requests.locations_of(request.id) if known is None else known
    before = {location.id: location for location in known}
    after = before | {location.id: location for location in moved}
    try:
        work.requests.save_locations(moved)
        followed = request.following(after.values())
        work.requests.save(followed)
    except Overtaken:
        raise Stale from None
    if tells:
        tell_moves(work, followed, before, after, by_party)
    return followed
