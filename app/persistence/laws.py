"""Laws a notice may cite, by country: data of the operator, off until confirmed with counsel."""

from dataclasses import dataclass

from sqlalchemy import Connection, Integer, String, Table, delete, insert, select, update

from app.domain.notice_words import LawUse, NoticeKind
from app.persistence.base import ID, metadata, plain
from app.persistence.errors import NotThere

laws = Table(
    "laws",
    metadata,
    plain("id", ID, primary_key=True),
    plain("code", String(32)),
    plain("country", String(2)),
    plain("use", String(16)),
    plain("kinds", String(64)),
    plain("citation", String(300)),
    plain("is_on", Integer),
    plain("verified_on", String(10)),
)


@dataclass(frozen=True)
class Law:
    """One law. `code`: "dsa_16", "take_it_down", "report_act", "gdpr_17" or "national": which sentence of a
    letter cites it. `country`: ISO 3166-1 alpha-2, or "EU". `kinds`: of notices. `is_on`: confirmed with
    counsel on the day `verified_on` (ISO date)."""

    id: str
    code: str
    country: str
    use: LawUse
    kinds: tuple[NoticeKind, ...]
    citation: str
    is_on: bool
    verified_on: str


class Laws:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Law, ...]:
        """By country and code."""
        query = select(laws).order_by(laws.c.country, laws.c.code, laws.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(
            Law(
                **dict(row)
                | {
                    "use": LawUse(row["use"]),
                    "kinds": tuple(NoticeKind(one) for one in row["kinds"].split()),
                    "is_on": bool(row["is_on"]),
                }
            )
            for row in rows
        )

    def add(self, law: Law) -> None:
        self._connection.execute(insert(laws).values(**_values(law)))

    def save(self, law: Law) -> None:
        """Raises NotThere."""
        change = update(laws).where(laws.c.id == law.id).values(**_values(law))
        if self._connection.execute(change).rowcount != 1:
            raise NotThere

    def remove(self, law_id: str) -> None:
        self._connection.execute(delete(laws).where(laws.c.id == law_id))


def _values(law: Law) -> dict[str, object]:
    return vars(law) | {"kinds": " ".join(law.kinds), "is_on": int(law.is_on)}
