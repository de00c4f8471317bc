"""How a provider answered, from plain columns alone: nothing sealed is opened, and no case is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from app.casework.actors import Admin, Caseworker
from app.casework.kit import Kit
from app.domain.behaviour import Asked, Record, count, propose, shown
from app.domain.desk_words import Behaviour
from app.domain.moves import DONE
from app.domain.notice_words import NoticeKind
from app.domain.trail import TrailKind
from app.domain.words import LocationState, NoticeState
from app.persistence.notices import notice_locations, notices
from app.persistence.requests import locations, requests
from app.persistence.trail import trail

NEWEST_NOTICES = 500
LOOKED_BACK = timedelta(days=365)
_WORDS = frozenset(
    {
        TrailKind.REPLY_REMOVED,
        TrailKind.REPLY_NOT_OURS,
        TrailKind.REPLY_ASKS,
        TrailKind.REPLY_REFUSES,
        TrailKind.REPLY_HAS_IT,
        TrailKind.REPLY_AGE_DOUBT,
        TrailKind.REPLY_OVER_18,
    }
)
_DEBATED = frozenset({TrailKind.REPLY_ASKS, TrailKind.REPLY_AGE_DOUBT, TrailKind.REPLY_OVER_18})
_OF_HOLDERS = (NoticeKind.CSAM, NoticeKind.HARMFUL, NoticeKind.IDENTITY)
"""Notices to who holds a place. What others were asked (search engines, who supplies a provider) is no record
of theirs: the words in the trail are of the place."""
_GONE = frozenset({TrailKind.REPLY_REMOVED, TrailKind.OUTCOME_GONE})
_BACK = frozenset({TrailKind.OUTCOME_BACK, TrailKind.SAID_BACK_AGAIN})


@dataclass(frozen=True)
class ShownRecord:
    """Counts as they may be shown; None stands for one that is too small. `places` is None when all are."""

    notices: int | None
    places: int | None
    answered: int | None
    removed: int | None
    fast: int | None
    debated: int | None
    refused: int | None
    silent: int | None
    back: int | None
    proposed: tuple[Behaviour, ...]


def read_record(kit: Kit, actor: Admin | Caseworker, provider_id: str) -> ShownRecord:
    """Of the newest notices of a year; an unknown provider has none."""
    with kit.database.reading() as work:
        return _shown(_record_of(work.connection, provider_id, kit.clock()))


def _shown(record: Record) -> ShownRecord:
    of = record.places
    return ShownRecord(
        notices=shown(record.notices, record.notices) if shown(of, of) is not None else None,
        places=shown(of, of),
        answered=shown(record.answered, of),
        removed=shown(record.removed, of),
        fast=shown(record.fast, of),
        debated=shown(record.debated, of),
        refused=shown(record.refused, of),
        silent=shown(record.silent, of),
        back=shown(record.back, of),
        proposed=propose(record),
    )


def _record_of(connection: Connection, provider_id: str, at: datetime) -> Record:
    sent = (
        select(notices.c.id, notices.c.request_id, notices.c.sent_at, notices.c.state)
        .where(
            notices.c.provider_id == provider_id,
            notices.c.sent_at >= at - LOOKED_BACK,
            notices.c.kind.in_(_OF_HOLDERS),
        )
        .order_by(notices.c.sent_at.desc(), notices.c.id)
        .limit(NEWEST_NOTICES)
    )
    found = connection.execute(sent).all()
    answered = {row.id for row in found if row.state == NoticeState.ANSWERED}
    places: dict[str, Asked] = {}
    held = select(
        notice_locations.c.notice_id, locations.c.id, locations.c.state, locations.c.state_at
    ).where(
        notice_locations.c.location_id == locations.c.id,
        notice_locations.c.notice_id.in_([row.id for row in found]),
    )
    sent_at = {row.id: row.sent_at for row in found}
    for row in connection.execute(held):
        before = places.get(row.id)
        first = min(sent_at[row.notice_id], before.sent_at) if before else sent_at[row.notice_id]
        word_at = first if row.notice_id in answered else before.word_at if before else None
        places[row.id] = Asked(first, word_at, is_open=LocationState(row.state) not in DONE)
    for subject, kind, said_at in _said(connection, {row.request_id for row in found}):
        if subject in places and said_at >= places[subject].sent_at.replace(microsecond=0):
            places[subject] = _with(places[subject], kind, said_at)
    return count(len(found), places.values(), at)


def _said(connection: Connection, request_ids: Iterable[str]) -> list[tuple[str, TrailKind, datetime]]:
    """Lines of the trail about places, by their order in each case."""
    query = (
        select(trail.c.subject, trail.c.kind, trail.c.at)
        .where(
            trail.c.trail_id == requests.c.trail_id,
            requests.c.id.in_(list(request_ids)),
            trail.c.kind.in_(_WORDS | _GONE | _BACK),
        )
        .order_by(trail.c.trail_id, trail.c.position)
    )
    return [(row.subject, TrailKind(row.kind), row.at) for row in connection.execute(query)]


def _with(place: Asked, kind: TrailKind, at: datetime) -> Asked:
    """The first word counts, and the first time that it was gone."""
    return Asked(
        sent_at=place.sent_at,
        word_at=place.word_at or (at if kind in _WORDS else None),
        removed_at=place.removed_at or (at if kind in _GONE else None),
        debated=place.debated or kind in _DEBATED,
        refused=place.refused or kind is TrailKind.REPLY_REFUSES,
        back=place.back or kind in _BACK,
        is_open=place.is_open,
    )
