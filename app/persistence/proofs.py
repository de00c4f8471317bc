"""Proofs of having been under 18: rows, loading, saving. What lies in one opens under its own key alone."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from app.domain.proof_words import ProofState
from app.domain.proofs import Proof
from app.domain.words import RequestState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere, Overtaken
from app.persistence.requests import requests

proofs = Table(
    "proofs",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("party_id", ID, ForeignKey("parties.id"), index=True),
    plain("version", Integer),
    plain("state", String(16)),
    plain("given_at", UtcTime),
    plain("ends_at", UtcTime, nullable=True),
    digest("link_digest", nullable=True, unique=True),
    sealed("proof_sealed", nullable=True),
    sealed("decision_sealed", nullable=True),
    sealed("told_sealed"),
    Index(None, "state", "ends_at"),
)

_COLUMNS = [column for column in proofs.c if column.name != "link_digest"]


class Proofs:
    """Loading and saving within one transaction. Who changes a proof holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, proof: Proof, link_digest: bytes | None = None) -> None:
        """`link_digest`: of the link by which somebody else is to confirm."""
        self._connection.execute(insert(proofs).values(**vars(proof), link_digest=link_digest))

    def load(self, proof_id: str) -> Proof:
        """Raises NotThere."""
        found = self._select(proofs.c.id == proof_id)
        if not found:
            raise NotThere
        return found[0]

    def of_request(self, request_id: str) -> tuple[Proof, ...]:
        """The one that has waited longest first."""
        return self._select(proofs.c.request_id == request_id)

    def of_party(self, party_id: str) -> tuple[Proof, ...]:
        return self._select(proofs.c.party_id == party_id)

    def by_link(self, link_digest: bytes) -> Proof | None:
        """None for a link there never was, one that was used, and one of a forgotten request, by the same
        question."""
        shown = select(requests.c.id).where(
            requests.c.id == proofs.c.request_id, requests.c.state != RequestState.FORGOTTEN
        )
        return next(iter(self._select((proofs.c.link_digest == link_digest) & shown.exists())), None)

    def ended(self, at: datetime) -> tuple[Proof, ...]:
        """Those whose link has ended, and of which something is still there to be destroyed."""
        over = (proofs.c.state == ProofState.AWAITED) & (proofs.c.ends_at <= at)
        return self._select(over & proofs.c.proof_sealed.is_not(None))

    def save(self, proof: Proof) -> None:
        """Write a proof's move; a link that was open to it is open no more. One row or Overtaken."""
        fitting = (proofs.c.id == proof.id) & (proofs.c.version == proof.version)
        values = vars(proof) | {"version": proof.version + 1, "link_digest": None}
        if self._connection.execute(update(proofs).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def delete(self, proof_id: str) -> None:
        self._connection.execute(delete(proofs).where(proofs.c.id == proof_id))

    def _select(self, condition: ColumnElement[bool]) -> tuple[Proof, ...]:
        query = select(*_COLUMNS).where(condition).order_by(proofs.c.given_at, proofs.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(Proof(**dict(row) | {"state": ProofState(row["state"])}) for row in rows)
