"""Cases that may be a child's own beside a representative's: of plain columns, nothing is opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.words import RequestState, Standing
from app.persistence.notices import notices
from app.persistence.parties import parties
from app.persistence.referrals import referrals
from app.persistence.requests import requests
from app.persistence.stepped_aside import is_recused_from

_MOST = 50


@dataclass(frozen=True)
class JoinableCase:
    request_id: str
    handle: str
    received_at: datetime


def read_joinable(kit: Kit, actor: Caseworker, request_id: str) -> tuple[JoinableCase, ...]:
    """Other cases that this caseworker holds now, in which one person asks for themselves and neither a
    notice nor a referral was made yet."""
    at = kit.clock()
    theirs = parties.c.request_id == requests.c.id
    alone = select(func.count()).select_from(parties).where(theirs).scalar_subquery() == 1
    own = select(parties.c.id).where(theirs, parties.c.standing == Standing.OWN).exists()
    noticed = select(notices.c.id).where(notices.c.request_id == requests.c.id).exists()
    referred = select(referrals.c.id).where(referrals.c.request_id == requests.c.id).exists()
    held = (requests.c.taken_by == actor.id) & (requests.c.lease_until > at)
    query = (
        select(requests.c.id, requests.c.received_at)
        .where(~is_recused_from(requests.c.id, actor.id), ~noticed, ~referred)
        .where(held, requests.c.state == RequestState.OPEN, requests.c.id != request_id, alone, own)
        .order_by(requests.c.received_at, requests.c.id)
        .limit(_MOST)
    )
    with kit.database.reading() as work:
        rows = work.connection.execute(query).all()
    return tuple(JoinableCase(row.id, handle_of(row.id), row.received_at) for row in rows)
