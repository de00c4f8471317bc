"""Showing what the page of a case keeps covered: whole addresses, own words, one exact address.

Each is a step of its own. It is counted for who asked for it, and stands in the case's trail.
"""

from dataclasses import dataclass
from typing import Literal

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotFound
from app.casework.exposure import count_opening
from app.casework.kit import Kit
from app.casework.open_case import open_folder
from app.domain.trail import Entry, TrailKind

What = Literal["addresses", "story", "live"]


@dataclass(frozen=True)
class ShowInput:
    """What to show. `location_ids`: the chosen places; none for a story, one for an exact address."""

    request_id: str
    location_ids: tuple[str, ...]
    what: What


def show_in_case(kit: Kit, actor: Caseworker, given: ShowInput) -> CaseFolder:
    """The case, opened, after what is shown of it was counted and written down.

    An exact address needs the lease: it is there to be carried to the hotline's authorised system, which is
    part of the work on a case. Raises NotFound (also for places of another case, or a place without an
    address), NotHolding, EnoughForToday.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        held = load_held(work, actor, given.request_id, kit) if given.what == "live" else None
        folder = open_folder(kit, work, actor, given.request_id)
        entries = _entries(folder, given)
        count_opening(kit, work, actor)
        for entry in entries:
            work.trail.append(folder.trail_id, entry, actor.id, at)
        if held is not None:
            save_moves(work, held)
        work.commit()
    return folder


def _entries(folder: CaseFolder, given: ShowInput) -> tuple[Entry, ...]:
    """One line for the words, one for each place."""
    if given.what == "story":
        return (Entry(TrailKind.WORDS_SHOWN),)
    chosen = [place for place in folder.places if place.id in given.location_ids]
    wanted = dict.fromkeys(given.location_ids)
    if not chosen or len(chosen) != len(wanted):
        raise NotFound
    if given.what == "addresses":
        return tuple(Entry(TrailKind.PLACES_SHOWN, place.id) for place in chosen)
    if len(chosen) > 1 or not chosen[0].url:
        raise NotFound
    return (Entry(TrailKind.PLACE_LIVE, chosen[0].id),)
