"""Counter-claims: somebody says that the person shown was 18 or older."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Integer, String, Table

from app.domain.notice_words import ClaimState
from app.persistence.base import ID, UtcTime, metadata, plain

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


@dataclass(frozen=True)
class Claim:
    """One claim about one place, made in an answer to one notice.

    `proposed_by`: the caseworker who found that its proof holds, until a second one finds the same.
    """

    id: str
    version: int
    notice_id: str
    location_id: str
    state: ClaimState
    made_at: datetime
    state_at: datetime
    proposed_by: str | None = None


class Claims:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
