"""Numbers for auditors: counts of plain columns, nothing sealed. Few of anything are never counted out:
with small numbers somebody who knows one case would recognise it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, case, func, select

from app.casework.actors import Auditor
from app.casework.kit import Kit
from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.words import LocationState, NoticeState, RequestState
from app.persistence.notices import notices
from app.persistence.referrals import referrals
from app.persistence.requests import locations, requests

FEWEST = 5
ROUNDED_TO = 10
"""Sums are rounded down to this: the small number in a table could else be worked out from them."""
Word = TypeVar("Word", bound=StrEnum)
BANDS = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))


@dataclass(frozen=True)
class Numbers:
    """A count is None where it is below FEWEST; sums are rounded down. `waiting`: places in the queue by how
    long they have waited, up to each of BANDS, and longer."""

    open_cases: int
    open_places: int
    places: tuple[tuple[LocationState, int | None], ...]
    notices: tuple[tuple[NoticeState, int | None], ...]
    referrals: tuple[tuple[ReferralKind, ReferralState, int | None], ...]
    waiting: tuple[int | None, ...]
    second_wanted: int | None
    set_aside: int | None


def read_numbers(kit: Kit, actor: Auditor) -> Numbers:
    """What is there now. Opens nothing."""
    with kit.database.reading() as work:
        counted = work.queue_counts.read()
        by = work.connection
        doubted = select(func.count()).where(
            requests.c.doubted_by.is_not(None), requests.c.state == RequestState.OPEN
        )
        aside = select(func.count()).where(requests.c.state == RequestState.NOT_A_REQUEST)
        return Numbers(
            open_cases=_rounded(counted.open),
            open_places=_rounded(counted.places),
            places=_each(LocationState, _by_state(by, locations.c.state)),
            notices=_each(NoticeState, _by_state(by, notices.c.state)),
            referrals=_referrals(by),
            waiting=_waiting(by, kit.clock()),
            second_wanted=_cell(by.execute(doubted).scalar()),
            set_aside=_cell(by.execute(aside).scalar()),
        )


def _cell(count: int | None) -> int | None:
    return count if count is not None and count >= FEWEST else None


def _rounded(count: int) -> int:
    return count // ROUNDED_TO * ROUNDED_TO


def _each(words: Iterable[Word], counts: Mapping[str, int]) -> tuple[tuple[Word, int | None], ...]:
    return tuple((word, _cell(counts.get(word))) for word in words)


def _by_state(connection: Connection, state: Column[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(select(state, func.count()).group_by(state))}


def _referrals(connection: Connection) -> tuple[tuple[ReferralKind, ReferralState, int | None], ...]:
    both = (referrals.c.kind, referrals.c.state)
    rows = connection.execute(select(*both, func.count()).group_by(*both))
    counts = {(row[0], row[1]): row[2] for row in rows}
    return tuple(
        (kind, state, _cell(counts.get((kind, state)))) for kind in ReferralKind for state in ReferralState
    )


def _waiting(connection: Connection, at: datetime) -> tuple[int | None, ...]:
    """Cases in the queue, by since when something of them waits for the hotline."""
    since = requests.c.since_at
    band = case(*((since > at - band, number) for number, band in enumerate(BANDS)), else_=len(BANDS))
    query = select(band, func.count()).where(requests.c.queue_at.is_not(None), since <= at).group_by(band)
    counts = {row[0]: row[1] for row in connection.execute(query)}
    return tuple(_cell(counts.get(number)) for number in range(len(BANDS) + 1))
