"""Counter-claims: somebody says that the person shown was 18 or older."""

from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Integer, String, Table, insert, select, update
from sqlalchemy.engine import RowMapping

from app.domain.claims import OPEN, Claim
from app.domain.notice_words import ClaimState
from app.domain.words import RequestState
from app.persistence.base import ID, UtcTime, metadata, plain
from app.persistence.errors import NotThere, Overtaken
from app.persistence.notices import notices
from app.persistence.requests import requests
from app.persistence.stepped_aside import is_recused_from

claims = Table(
    "claims",
    metadata,
    plain("id", ID, primary_key=True),
    plain("version", Integer),
    plain("notice_id", ID, ForeignKey("notices.id"), index=True),
    plain("location_id", ID, ForeignKey("locations.id"), index=True),
    plain("state", String(16)),
    plain("made_at", UtcTime),
    plain("state_at", UtcTime),
    plain("proposed_by", ID, nullable=True),
)


class Claims:
    """Loading and saving within one transaction. Who adds one holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, claim: Claim) -> None:
        self._connection.execute(insert(claims).values(**vars(claim)))

    def load(self, claim_id: str) -> Claim:
        """Raises NotThere."""
        query = select(claims).where(claims.c.id == claim_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotThere
        return _claim(row)

    def about(self, notice_id: str, location_id: str) -> tuple[Claim, ...]:
        """Those that answers to this notice made about this place, oldest first."""
        mine = (claims.c.notice_id == notice_id) & (claims.c.location_id == location_id)
        query = select(claims).where(mine).order_by(claims.c.made_at, claims.c.id)
        return tuple(_claim(row) for row in self._connection.execute(query).mappings())

    def save(self, claim: Claim) -> None:
        """Write a claim's move. One row or Overtaken."""
        fitting = (claims.c.id == claim.id) & (claims.c.version == claim.version)
        values = {
            "version": claim.version + 1,
            "state": claim.state,
            "state_at": claim.state_at,
            "proposed_by": claim.proposed_by,
        }
        if self._connection.execute(update(claims).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def waiting(self, staff_id: str, after: tuple[datetime, str] | None, most: int) -> tuple[Claim, ...]:
        """Those that somebody must see to, oldest first; `after` is the key of the last one that was seen.
        None of a forgotten request, nor of a case from which this member stepped back for good."""
        of_case = claims.join(notices, notices.c.id == claims.c.notice_id)
        of_case = of_case.join(requests, requests.c.id == notices.c.request_id)
        query = select(claims).select_from(of_case).where(claims.c.state.in_(OPEN))
        query = query.where(requests.c.state != RequestState.FORGOTTEN)
        query = query.where(~is_recused_from(notices.c.request_id, staff_id))
        if after is not None:
            at, claim_id = after
            later = (claims.c.made_at == at) & (claims.c.id > claim_id)
            query = query.where((claims.c.made_at > at) | later)
        rows = self._connection.execute(query.order_by(claims.c.made_at, claims.c.id).limit(most))
        return tuple(_claim(row) for row in rows.mappings())


def _claim(row: RowMapping) -> Claim:
    fields = dict(row)
    return Claim(**fields | {"state": ClaimState(fields["state"])})
