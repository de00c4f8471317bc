"""A caseworker says who has a place: where nobody in the directory answers for its host, where another one
does in truth, or where a provider said that it is not theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_held, save_moves
from app.casework.directory import directory_for
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.domain.locations import Location
from app.domain.notice_words import ProviderKind
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.errors import NotThere
from app.persistence.providers import Provider

_BEFORE = frozenset(
    {
        LocationState.RECEIVED,
        LocationState.ASSESSING,
        LocationState.ASKED,
        LocationState.ASSESSED,
        LocationState.HEARING_DUE,
        LocationState.BACK,
    }
)
_ANEW = frozenset({LocationState.MOVED, LocationState.BOUNCED})
"""The notice that it had came to nothing: it waits for a new one."""
CHOOSABLE = _BEFORE | _ANEW


@dataclass(frozen=True)
class ChooseInput:
    """`provider_id`: who has these places; empty: whoever the directory has for their hosts."""

    request_id: str
    location_ids: tuple[str, ...]
    provider_id: str


def choose_provider(kit: Kit, actor: Caseworker, given: ChooseInput) -> None:
    """Places that moved, or whose notice did not arrive, then wait for a new notice by the finding they have.

    Raises NotAllowed for a place with a notice under way, and for a provider that holds nothing itself;
    NotFound, NotHolding, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = {one.id: one for one in work.requests.locations_of(request.id)}
        chosen = tuple(dict.fromkeys(given.location_ids))
        if not chosen or not set(chosen) <= set(locations):
            raise NotFound
        if given.provider_id:
            try:
                provider = work.providers.load(given.provider_id)
            except NotThere:
                raise NotFound from None
            if provider.kind is ProviderKind.SUPPLIER:
                raise NotAllowed
        moved = [_with(locations[one], given.provider_id, at) for one in chosen]
        for location_id in chosen:
            work.trail.append(request.trail_id, Entry(TrailKind.PROVIDER_CHOSEN, location_id), actor.id, at)
        save_moves(work, request, *moved)
        work.commit()


def find_providers(kit: Kit, typed: str, most: int = 12) -> tuple[Provider, ...]:
    """Who has this host, or just this name; else those with it in their name or in a host. None that only
    supplies others."""
    wanted = " ".join(typed.lower().split())
    if not wanted:
        return ()
    with kit.database.reading() as work:
        owner = directory_for(work, (wanted,)).provider_of(wanted)
        if owner is not None:
            return _that_hold((owner,))
        found = _that_hold(work.providers.find(wanted, most))
    return tuple(one for one in found if one.name.lower() == wanted) or found


def _that_hold(providers: Iterable[Provider]) -> tuple[Provider, ...]:
    return tuple(one for one in providers if one.kind is not ProviderKind.SUPPLIER)


def _with(location: Location, provider_id: str, at: datetime) -> Location:
    if location.state not in CHOOSABLE:
        raise NotAllowed
    owned = replace(location, provider_id=provider_id or None)
    return owned.move(LocationState.ASSESSED, at) if location.state in _ANEW else owned
