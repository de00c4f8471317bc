"""From a confirmed list to requests that the hotline opens itself: all of them, or none.

Everything is sealed first, and whoever asked can watch it. Then one transaction writes it. Whoever stops
watching before has changed nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.open_own_motion import OwnMotion, SealedRequest, open_own_motion, seal_own_motion
from app.casework.stage_own_motion import ListedPlaces, listed_places
from app.casework.staged_lists import ListKind, Staged, drop_staged, load_staged
from app.domain.locations import MOST_PLACES
from app.domain.words import Content
from app.persistence.errors import AlreadyThere


@dataclass(frozen=True)
class Progress:
    """How many places are sealed. With the last one come the requests: they are written then."""

    sealed: int
    in_all: int
    request_ids: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return bool(self.request_ids)


def import_own_motion(kit: Kit, actor: Caseworker, staged_id: str) -> Iterator[Progress]:
    """Open the requests of one of the actor's own lists, at most MOST_PLACES places in each.

    Raises at once NotFound: a list that was used, or dropped, is gone. Later, KeyNotTrusted, or NotFound
    when it was used meanwhile: then nothing was written by this.
    """
    staged = load_staged(kit, actor, staged_id)
    listed = listed_places(staged) if staged.kind is ListKind.OWN_MOTION else None
    if listed is None or not listed.places:
        raise NotFound
    return _in_steps(kit, actor, staged, listed)


def _in_steps(kit: Kit, actor: Caseworker, staged: Staged, listed: ListedPlaces) -> Iterator[Progress]:
    sealed: list[SealedRequest] = []
    in_all = len(listed.places)
    for start in range(0, in_all, MOST_PLACES):
        yield Progress(start, in_all)
        sealed.append(seal_own_motion(_part(staged, listed, start), kit.clock()))
    yield Progress(in_all, in_all)
    _write(kit, actor, staged.id, sealed)
    yield Progress(in_all, in_all, tuple(one.request.id for one in sealed))


def _part(staged: Staged, listed: ListedPlaces, start: int) -> OwnMotion:
    part = slice(start, start + MOST_PLACES)
    return OwnMotion(
        f"{staged.id} {start}",
        listed.places[part],
        listed.labels[part],
        tuple(Content(one) for one in staged.more["contents"]),
        staged.more["reason"],
    )


def _write(kit: Kit, actor: Caseworker, staged_id: str, sealed: list[SealedRequest]) -> None:
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        drop_staged(work, actor, staged_id)
        for one in sealed:
            try:
                open_own_motion(work, team_public, one, actor.id)
            except AlreadyThere:
                raise NotFound from None
        work.commit()
