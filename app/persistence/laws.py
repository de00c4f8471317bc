"""Laws a notice may cite, by country: data of the operator, off until confirmed with counsel."""

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.domain.laws import Law
from app.domain.notice_words import LawUse, NoticeKind
from app.persistence.base import ID, metadata, plain
from app.persistence.errors import Overtaken

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


__all__ = ["Law", "Laws", "laws"]


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

    def save(self, law: Law, before: Law | None = None) -> None:
        """Instead of what was kept before. Raises Overtaken when that is not what is kept any more."""
        if before is None:
            try:
                self._connection.execute(insert(laws).values(**_values(law)))
            except IntegrityError:
                raise Overtaken from None
        elif self._connection.execute(update(laws).where(_is(before)).values(**_values(law))).rowcount != 1:
            raise Overtaken

    def remove(self, before: Law) -> None:
        """Raises Overtaken when it is not as it was."""
        if self._connection.execute(delete(laws).where(_is(before))).rowcount != 1:
            raise Overtaken


def _values(law: Law) -> dict[str, object]:
    return vars(law) | {"kinds": " ".join(law.kinds), "is_on": int(law.is_on)}


def _is(law: Law) -> ColumnElement[bool]:
    """Every column as it was read."""
    return and_(*(laws.c[name] == value for name, value in _values(law).items()))
