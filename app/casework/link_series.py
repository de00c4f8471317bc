"""Putting two cases into one series: a caseworker's judgement that they show the same person.

Nothing of it is shown to anybody who asks, ever. Every trail concerned gets its line, with the day only.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_even_forgotten, load_for, load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit, new_id
from app.casework.series_records import linked_to, load_series, seal_series, write_links
from app.domain.requests import Request
from app.domain.series import Series
from app.domain.times import to_day
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work


@dataclass(frozen=True)
class LinkInput:
    """`other_request_id`: the case it belongs with; or `series_id`: a series that it joins."""

    request_id: str
    other_request_id: str = ""
    series_id: str = ""


@dataclass(frozen=True)
class _Pair:
    """The series of the case, and the one that it is to be in one with; None where there is none yet."""

    mine: Series | None
    theirs: Series | None

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple("" if one is None else one.id for one in (self.mine, self.theirs))

    @property
    def is_one(self) -> bool:
        return self.mine is not None and self.theirs is not None and self.mine.id == self.theirs.id


def link_series(kit: Kit, actor: Caseworker, given: LinkInput) -> str:
    """Make a series of two cases, join one, or make one of two; its id. In one already: nothing happens.

    Raises NotAllowed for a case and itself, NotHolding without the lease on `request_id`, NotFound, Recused
    for the other case, Stale when somebody else changed either series at this very moment.
    """
    if given.other_request_id == given.request_id or not (given.other_request_id or given.series_id):
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)  # a rotation waits
        seen = _pair(work, actor, given)
        held = _hold(kit, work, actor, given, seen)
        pair = _pair(work, actor, given)
        concerned = _concerned(work, given, pair)
        if pair.ids != seen.ids or not concerned <= held.keys():
            raise Stale  # somebody linked one of them between the two looks
        if pair.is_one:
            return pair.ids[0]
        made = _save(work, actor, concerned, pair, at)
        write_links(work, actor.team, made.id, concerned)
        for request_id in sorted(concerned):
            entry = Entry(TrailKind.SERIES_LINKED)
            work.trail.append(held[request_id].trail_id, entry, actor.id, to_day(at))
        save_moves(work, held[given.request_id])
        work.commit()
    return made.id


def _pair(work: Work, actor: Caseworker, given: LinkInput) -> _Pair:
    mine_id = linked_to(work, actor.team, given.request_id)
    theirs_id = given.series_id or linked_to(work, actor.team, given.other_request_id)
    mine, theirs = (load_series(work, actor.team, one) if one else None for one in (mine_id, theirs_id))
    if given.series_id and theirs is None:
        raise NotFound
    return _Pair(mine, theirs)


def _concerned(work: Work, given: LinkInput, pair: _Pair) -> frozenset[str]:
    """The requests that get a link: both, and where two series become one all of the other one."""
    found = {given.request_id, given.other_request_id} - {""}
    if pair.mine is not None and pair.theirs is not None and not pair.is_one:
        found |= work.series.linked_among(pair.theirs.requests)
    return frozenset(found)


def _hold(kit: Kit, work: Work, actor: Caseworker, given: LinkInput, pair: _Pair) -> dict[str, Request]:
    """Always in one order, requests before series: two who link the same cases do not wait in a circle."""
    held = {}
    for request_id in sorted(_concerned(work, given, pair)):
        if request_id == given.request_id:
            held[request_id] = load_held(work, actor, request_id, kit)
        elif request_id == given.other_request_id:
            held[request_id] = load_for(work, actor, request_id)
        else:
            held[request_id] = load_even_forgotten(work, request_id)
    work.series.hold(*(one for one in pair.ids if one))
    return held


def _save(work: Work, actor: Caseworker, concerned: frozenset[str], pair: _Pair, at: datetime) -> Series:
    """One series of what there was, with all that is concerned."""
    made = pair.mine or pair.theirs or Series(new_id(), (), version=0)
    if pair.mine is not None and pair.theirs is not None:
        made = pair.mine.absorbing(pair.theirs)
        work.series.destroy(pair.theirs.id)
    for request_id in concerned:
        made = made.with_request(request_id)
    known = work.series.linked_among(made.requests) | concerned
    made = replace(made.among(known), version=made.version + 1)
    if any(pair.ids):
        work.series.save(made.id, seal_series(actor.team.current, made))
    else:
        work.series.add(made.id, to_day(at), seal_series(actor.team.current, made))
    return made
