"""Referrals: places handed to another hotline, to police, or to child protection."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.referrals import Referral
from app.domain.words import RequestState
from app.persistence.base import ID, UtcTime, metadata, plain, sealed
from app.persistence.errors import NotThere, Overtaken
from app.persistence.requests import requests
from app.persistence.stepped_aside import is_recused_from

referrals = Table(
    "referrals",
    metadata,
    plain("id", ID, primary_key=True),
    plain("version", Integer),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("kind", String(16)),
    plain("state", String(16)),
    plain("state_at", UtcTime),
    plain("due_at", UtcTime, nullable=True),
    plain("reference", String(16), unique=True),
    plain("prepared_by", ID),
    plain("prepared_at", UtcTime),
    plain("sent_at", UtcTime, nullable=True),
    sealed("package_sealed"),
    Index(None, "due_at", "id"),
)

referral_locations = Table(
    "referral_locations",
    metadata,
    plain("referral_id", ID, ForeignKey("referrals.id"), primary_key=True),
    plain("location_id", ID, ForeignKey("locations.id"), primary_key=True, index=True),
    plain("number", Integer),
)


class Referrals:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, referral: Referral, location_ids: tuple[str, ...]) -> None:
        """`location_ids` in the order of their numbers in the package."""
        self._connection.execute(insert(referrals).values(**vars(referral)))
        rows = [
            {"referral_id": referral.id, "location_id": location_id, "number": number}
            for number, location_id in enumerate(location_ids, start=1)
        ]
        if rows:
            self._connection.execute(insert(referral_locations), rows)

    def load(self, referral_id: str) -> Referral:
        """Raises NotThere."""
        query = select(referrals).where(referrals.c.id == referral_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotThere
        return _referral(row)

    def is_there(self, referral_id: str) -> bool:
        query = select(referrals.c.id).where(referrals.c.id == referral_id)
        return self._connection.execute(query).first() is not None

    def of_request(self, request_id: str) -> tuple[Referral, ...]:
        """Oldest first."""
        query = select(referrals).where(referrals.c.request_id == request_id)
        rows = self._connection.execute(query.order_by(referrals.c.prepared_at, referrals.c.id)).mappings()
        return tuple(_referral(row) for row in rows)

    def location_ids(self, referral_id: str) -> tuple[str, ...]:
        """In the order of their numbers in the package."""
        query = select(referral_locations.c.location_id)
        query = query.where(referral_locations.c.referral_id == referral_id)
        return tuple(self._connection.execute(query.order_by(referral_locations.c.number)).scalars())

    def save(self, referral: Referral) -> None:
        """Write a referral's move. One row or Overtaken."""
        fitting = (referrals.c.id == referral.id) & (referrals.c.version == referral.version)
        values = {
            "version": referral.version + 1,
            "state": referral.state,
            "state_at": referral.state_at,
            "due_at": referral.due_at,
            "sent_at": referral.sent_at,
        }
        if self._connection.execute(update(referrals).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def due(self, staff_id: str, after: tuple[datetime, str] | None, most: int) -> tuple[Referral, ...]:
        """Those that are open, by when they are due; `after` is the key of the last one that was seen. None
        of a forgotten request, nor of a case from which this member stepped back for good."""
        query = select(referrals).select_from(referrals.join(requests))
        query = query.where(referrals.c.due_at.is_not(None), shown())
        query = query.where(~is_recused_from(referrals.c.request_id, staff_id))
        if after is not None:
            at, referral_id = after
            later = (referrals.c.due_at == at) & (referrals.c.id > referral_id)
            query = query.where((referrals.c.due_at > at) | later)
        rows = self._connection.execute(query.order_by(referrals.c.due_at, referrals.c.id).limit(most))
        return tuple(_referral(row) for row in rows.mappings())

    def count_open(self, kinds: Iterable[ReferralKind], before: datetime | None = None) -> int:
        """Those that somebody must see to; `before`: that were due by then. Few at any time."""
        chosen = referrals.c.kind.in_(tuple(kinds)) & referrals.c.due_at.is_not(None)
        if before is not None:
            chosen &= referrals.c.due_at <= before
        return self._count(chosen)

    def count_emergencies(self) -> int:
        """Prepared, and not handed over."""
        is_waiting = referrals.c.due_at.is_not(None) & (referrals.c.state == ReferralState.PREPARED)
        return self._count(is_waiting & (referrals.c.kind == ReferralKind.EMERGENCY))

    def _count(self, chosen: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(referrals.join(requests)).where(chosen, shown())
        return self._connection.execute(query).scalar() or 0


def shown() -> ColumnElement[bool]:
    """For a query that joins requests: those of forgotten ones are hidden."""
    return requests.c.state != RequestState.FORGOTTEN


def _referral(row: RowMapping) -> Referral:
    fields = dict(row)
    kinds = {"kind": ReferralKind(fields["kind"]), "state": ReferralState(fields["state"])}
    return Referral(**fields | kinds)
