"""What every table shares: column classes, times, the metadata.

Each column says whether it is plain, sealed or a digest. The README lists them, with what the
plain ones tell a thief; a test compares.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

ID = String(32)


class UtcTime(TypeDecorator[datetime]):
    """A UTC time kept as whole seconds, the same on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


def plain(name: str, kind: Any, *args: Any, **options: Any) -> Column[Any]:
    """A column anyone with the database key reads. Not null unless said otherwise."""
    return Column(name, kind, *args, **{"nullable": False} | options, info={"class": "plain"})


def sealed(name: str, **options: Any) -> Column[bytes]:
    """A column only a key that a person brings can open."""
    return Column(name, LargeBinary, **{"nullable": False} | options, info={"class": "sealed"})


def digest(name: str, **options: Any) -> Column[bytes]:
    """A digest or MAC: compared, never read."""
    return Column(name, LargeBinary, **{"nullable": False} | options, info={"class": "digest"})
