"""Countries of providers: which hotline is there, what was agreed with it, what the law asks."""

from dataclasses import dataclass

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
    text,
    update,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from app.domain.desk_words import ReferralPolicy
from app.persistence.base import metadata, plain
from app.persistence.errors import Overtaken

countries = Table(
    "countries",
    metadata,
    plain("code", String(2), primary_key=True),
    plain("hotline_name", String(200)),
    plain("hotline_way", String(2000)),
    plain("policy", String(16)),
    plain("policy_hours", Integer),
    plain("police_name", String(200)),
    plain("police_way", String(2000)),
    plain("legal_note", String(2000)),
    plain("verified_on", String(10)),
    plain("regulator_name", String(200), server_default=text("''")),
    plain("regulator_way", String(2000), server_default=text("''")),
)


@dataclass(frozen=True)
class Country:
    """One country (ISO 3166-1 alpha-2). `…_way`: how things are handed over there, for a person to read.

    `policy` holds where `hotline_name` is given; `policy_hours` with AFTER_HOURS. `legal_note`: mandatory
    reporting and preservation there, as the operator had it checked on the day `verified_on` (ISO date, or
    empty).
    """

    code: str
    hotline_name: str
    hotline_way: str
    policy: ReferralPolicy
    policy_hours: int
    police_name: str
    police_way: str
    legal_note: str
    verified_on: str
    regulator_name: str = ""  # who supervises providers there
    regulator_way: str = ""

    @property
    def has_hotline(self) -> bool:
        """Whether something can be referred there; without a hotline a notice goes out directly."""
        return bool(self.hotline_name)


class Countries:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Country, ...]:
        """By code."""
        query = select(countries).order_by(countries.c.code)
        return tuple(_country(row) for row in self._connection.execute(query).mappings())

    def of(self, code: str) -> Country | None:
        """None for a country nobody wrote anything of."""
        query = select(countries).where(countries.c.code == code)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _country(row)

    def save(self, country: Country, before: Country | None = None) -> None:
        """Instead of what was kept before. Raises Overtaken when that is not what is kept any more."""
        if before is None:
            try:
                self._connection.execute(insert(countries).values(**_values(country)))
            except IntegrityError:
                raise Overtaken from None
        elif (
            self._connection.execute(update(countries).where(_is(before)).values(**_values(country))).rowcount
            != 1
        ):
            raise Overtaken

    def remove(self, before: Country) -> None:
        """Raises Overtaken when it is not as it was."""
        if self._connection.execute(delete(countries).where(_is(before))).rowcount != 1:
            raise Overtaken


def _values(country: Country) -> dict[str, object]:
    return vars(country) | {"policy": str(country.policy)}


def _is(country: Country) -> ColumnElement[bool]:
    """Every column as it was read."""
    return and_(*(countries.c[name] == value for name, value in _values(country).items()))


def _country(row: RowMapping) -> Country:
    return Country(**dict(row) | {"policy": ReferralPolicy(row["policy"])})
