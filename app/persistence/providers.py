"""The hotline's own directory of providers: their host suffixes, whom to write to, who supplies them."""

from collections.abc import Iterable, Iterator, Sequence
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ProviderKind
from app.domain.providers import FIRST_SCOPES, Contact, Provider
from app.persistence.errors import AlreadyThere, NotThere
from app.persistence.provider_tables import (
    provider_contacts,
    provider_suffixes,
    provider_upstreams,
    providers,
)

__all__ = ["FIRST_SCOPES", "Contact", "Provider", "Providers", "providers"]

_PARTS = (provider_suffixes, provider_contacts, provider_upstreams)
_AT_ONCE = 500
"""So many ids or hosts in one question to the database."""


class Providers:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Changes of the directory take turns: who supplies whom is a matter of all of it. On the embedded
        database every writing transaction does so anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE providers IN SHARE ROW EXCLUSIVE MODE"))

    def all(self) -> tuple[Provider, ...]:
        """The whole directory, by name: for export and import, not for a page about one case."""
        return self._load(select(providers).order_by(providers.c.name, providers.c.id))

    def of_ids(self, ids: Iterable[str]) -> tuple[Provider, ...]:
        """Those of these that there are."""
        found = (self._load(select(providers).where(providers.c.id.in_(some))) for some in _some_of(ids))
        return tuple(one for some in found for one in some)

    def of_kind(self, kind: ProviderKind) -> tuple[Provider, ...]:
        """By name."""
        query = select(providers).where(providers.c.kind == kind)
        return self._load(query.order_by(providers.c.name, providers.c.id))

    def load(self, provider_id: str) -> Provider:
        found = self.of_ids((provider_id,))
        if not found:
            raise NotThere
        return found[0]

    def page(self, after: str, most: int) -> tuple[Provider, ...]:
        """By name; the next ones after the provider with that id, or the first ones."""
        query = select(providers).order_by(providers.c.name, providers.c.id).limit(most)
        name = self._connection.execute(select(providers.c.name).where(providers.c.id == after)).scalar()
        if name is not None:
            query = query.where(
                tuple_(providers.c.name, providers.c.id) > tuple_(literal(name), literal(after))
            )
        return self._load(query)

    def find(self, part: str, most: int) -> tuple[Provider, ...]:
        """By name: those with this in their name, or in one of their hosts."""
        hosts = select(provider_suffixes.c.provider_id).where(
            provider_suffixes.c.suffix.contains(part.lower(), autoescape=True)
        )
        named = func.lower(providers.c.name).contains(part.lower(), autoescape=True)
        query = select(providers).where(or_(named, providers.c.id.in_(hosts)))
        return self._load(query.order_by(providers.c.name, providers.c.id).limit(most))

    def count(self) -> int:
        return self._connection.execute(select(func.count()).select_from(providers)).scalar() or 0

    def owners_of(self, suffixes: Iterable[str]) -> dict[str, str]:
        """Id of the provider that has it, for each of these suffixes that somebody has."""
        suffix, owner = provider_suffixes.c.suffix, provider_suffixes.c.provider_id
        rows = (
            self._connection.execute(select(suffix, owner).where(suffix.in_(some)))
            for some in _some_of(suffixes)
        )
        return {row.suffix: row.provider_id for some in rows for row in some}

    def supplies(self) -> dict[str, tuple[str, ...]]:
        """Who is supplied by whom: ids of upstream providers in their order, by id."""
        rows = self._parts(provider_upstreams, provider_upstreams.c.number, None)
        return {one: tuple(row.upstream_id for row in some) for one, some in rows.items()}

    def add(self, *added: Provider) -> None:
        """Raises AlreadyThere when somebody has one of the suffixes."""
        if added:
            self._connection.execute(insert(providers), [_columns(one) for one in added])
            self._add_parts(added)

    def save(self, *changed: Provider) -> None:
        """Raises NotThere, AlreadyThere. Of many at once, none may be missing."""
        if not changed:
            return
        names = [name for name in _columns(changed[0]) if name != "id"]
        change = update(providers).where(providers.c.id == bindparam("own_id"))
        change = change.values({name: bindparam(f"new_{name}") for name in names})
        rows = [
            {f"new_{name}": _columns(one)[name] for name in names} | {"own_id": one.id} for one in changed
        ]
        there = self._connection.execute(change, rows).rowcount
        if there != len(changed):
            raise NotThere
        for some in _some_of(one.id for one in changed):
            for table in _PARTS:
                self._connection.execute(delete(table).where(_is_of(table, some)))
        self._add_parts(changed)

    def _add_parts(self, added: Sequence[Provider]) -> None:
        suffixes = [
            {"provider_id": one.id, "suffix": suffix, "number": number}
            for one in added
            for number, suffix in enumerate(one.suffixes)
        ]
        contacts = [
            vars(contact) | {"provider_id": one.id, "id": token_hex(16), "rung": rung}
            for one in added
            for rung, contact in enumerate(one.contacts, start=1)
        ]
        upstreams = [
            {"provider_id": one.id, "upstream_id": upstream_id, "number": number}
            for one in added
            for number, upstream_id in enumerate(one.upstreams)
        ]
        try:
            for table, rows in zip(_PARTS, (suffixes, contacts, upstreams), strict=True):
                if rows:
                    self._connection.execute(insert(table), rows)
        except IntegrityError:
            raise AlreadyThere from None

    def _load(self, query: Select[Any]) -> tuple[Provider, ...]:
        """The rows with their parts: of all of them at once, where they are many."""
        rows = self._connection.execute(query).all()
        ids = [row.id for row in rows] if len(rows) <= _AT_ONCE else None
        suffixes = self._parts(provider_suffixes, provider_suffixes.c.number, ids)
        contacts = self._parts(provider_contacts, provider_contacts.c.rung, ids)
        upstreams = self._parts(provider_upstreams, provider_upstreams.c.number, ids)
        return tuple(
            Provider(
                id=row.id,
                name=row.name,
                country=row.country,
                terms_clause=row.terms_clause,
                suffixes=tuple(one.suffix for one in suffixes.get(row.id, ())),
                contacts=tuple(_contact(one) for one in contacts.get(row.id, ())),
                behaviours=tuple(Behaviour(one) for one in row.behaviours.split()),
                notes=row.notes,
                upstreams=tuple(one.upstream_id for one in upstreams.get(row.id, ())),
                kind=ProviderKind(row.kind),
                is_covered=bool(row.is_covered),
                letters_per_hour=row.letters_per_hour,
            )
            for row in rows
        )

    def _parts(
        self, table: Table, order: Column[int], ids: Sequence[str] | None
    ) -> dict[str, list[Row[Any]]]:
        """By provider, each in its order; of all providers without `ids`."""
        query = select(table).order_by(table.c.provider_id, order)
        found: dict[str, list[Row[Any]]] = {}
        for row in self._connection.execute(query if ids is None else query.where(_is_of(table, ids))):
            found.setdefault(row.provider_id, []).append(row)
        return found


def _is_of(table: Table, ids: Sequence[str]) -> ColumnElement[bool]:
    return table.c.provider_id.in_(ids)


def _some_of(many: Iterable[str]) -> Iterator[list[str]]:
    """Each once, in portions that fit into one question."""
    each = list(dict.fromkeys(many))
    return (each[start : start + _AT_ONCE] for start in range(0, len(each), _AT_ONCE))


def _contact(row: Row[Any]) -> Contact:
    return Contact(Scope(row.scope), Channel(row.channel), row.address, row.language)


def _columns(provider: Provider) -> dict[str, str | int]:
    return {
        "id": provider.id,
        "name": provider.name,
        "country": provider.country,
        "terms_clause": provider.terms_clause,
        "behaviours": " ".join(provider.behaviours),
        "notes": provider.notes,
        "kind": provider.kind,
        "is_covered": int(provider.is_covered),
        "letters_per_hour": provider.letters_per_hour,
    }
