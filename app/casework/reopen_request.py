"""A request that counts again: whoever asks wrote or changed something, or a caseworker sees it otherwise."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, RequestState
from app.persistence.database import Work
from app.persistence.parties import Party


def reopen_request(work: Work, request: Request, party: Party, at: datetime) -> Request:
    """For what a party says or changes: a doubt is dropped, what was set aside is in the queue again, and a
    hold ends. The request as it then stands; saved, if anything of that was so.

    What a revoked party does changes nothing.
    """
    if party.is_revoked:
        return request
    heard = trusted(work, replace(request, hold_until=None), "requester", at)
    if heard == request:
        return request
    work.requests.save(heard.following(work.requests.locations_of(request.id)))
    return work.requests.load(request.id)


def trusted(work: Work, request: Request, by: str, at: datetime) -> Request:
    """Without a doubt, and open if it was set aside; the trail says so. The caller saves it."""
    if request.doubted_by is None and request.state is not RequestState.NOT_A_REQUEST:
        return request
    request, entry = request.trust()
    work.trail.append(request.trail_id, entry, by, at)
    return request


def answered(work: Work, request: Request, places: Iterable[Location], at: datetime) -> tuple[Location, ...]:
    """Those of these places about which something was asked: it was answered, so they are looked at again.
    The caller saves them."""
    asked = [one for one in places if one.state is LocationState.ASKED]
    for one in asked:
        work.trail.append(request.trail_id, Entry(TrailKind.REQUESTER_ANSWERED, one.id), "requester", at)
    return tuple(one.move(LocationState.ASSESSING, at) for one in asked)
