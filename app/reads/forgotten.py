"""Forgotten requests whose seven days are not over: ids and times, nothing is opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.words import RequestState
from app.persistence.requests import requests
from app.persistence.stepped_aside import is_recused_from


@dataclass(frozen=True)
class ForgottenRow:
    request_id: str
    handle: str
    received_at: datetime
    destroy_at: datetime


def read_forgotten(kit: Kit, actor: Caseworker) -> tuple[ForgottenRow, ...]:
    """Those that are destroyed next come first; none that the reader stepped back from."""
    query = (
        select(requests.c.id, requests.c.received_at, requests.c.destroy_at)
        .where(requests.c.state == RequestState.FORGOTTEN, requests.c.destroy_at > kit.clock())
        .where(~is_recused_from(requests.c.id, actor.id))
        .order_by(requests.c.destroy_at, requests.c.id)
    )
    with kit.database.reading() as work:
        rows = work.connection.execute(query).all()
    return tuple(ForgottenRow(row.id, handle_of(row.id), row.received_at, row.destroy_at) for row in rows)
