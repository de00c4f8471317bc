"""Series: all material of one person, across requests. At the desk only.

Which requests belong together is sealed: the series' own record, to the team key, lists them; a request's
link, under its desk key, names the series. The digests of places are keyed by the index key and made when a
caseworker opens a case: equal places show as equal, and nothing else does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from app.domain.series import Match
from app.domain.words import LocationState, RequestState, Standing
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.parties import parties
from app.persistence.requests import locations, requests
from app.persistence.sealed_to import SealedTo
from app.persistence.stepped_aside import is_recused_from

series = Table(
    "series",
    metadata,
    plain("id", ID, primary_key=True),
    plain("made_at", UtcTime),
    sealed("series_sealed"),
)

series_links = Table(
    "series_links",
    metadata,
    plain("request_id", ID, ForeignKey("requests.id"), primary_key=True),
    sealed("link_sealed"),
)

place_digests = Table(
    "place_digests",
    metadata,
    plain("location_id", ID, ForeignKey("locations.id"), primary_key=True),
    plain("kind", String(8), primary_key=True),
    digest("place_digest"),
    Index(None, "place_digest"),
)

_RANK = {match.value: rank for rank, match in enumerate(Match)}
MOST_MATCHES = 300
"""Rows: a place that everybody names must not keep a case from opening."""


@dataclass(frozen=True)
class Matched:
    """How many places of a case have their like in one other request, by the strongest kind of each."""

    request_id: str
    match: Match
    count: int


@dataclass(frozen=True)
class LinkedCase:
    """A case as a series shows it: plain columns, and whether one member stepped back from it."""

    request_id: str
    received_at: datetime
    open_places: int
    taken_by: str | None
    lease_until: datetime | None
    state: RequestState
    is_recused: bool


class Series:
    """Loading and saving within one transaction. Whoever changes a link holds the row of its request, and
    the rows of the series it leaves and joins, series last: so nobody waits in a circle."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.records = SealedTo(connection, series.c.id, series.c.series_sealed)
        self.digests = PlaceDigests(connection)

    def add(self, series_id: str, made_at: datetime, series_sealed: bytes) -> None:
        row = {"id": series_id, "made_at": made_at, "series_sealed": series_sealed}
        self._connection.execute(insert(series).values(**row))

    def load(self, series_id: str) -> bytes | None:
        return self._connection.execute(
            select(series.c.series_sealed).where(series.c.id == series_id)
        ).scalar()

    def hold(self, *series_ids: str) -> None:
        """Nobody else changes these until the end of the transaction."""
        query = select(series.c.id).where(series.c.id.in_(series_ids)).order_by(series.c.id)
        self._connection.execute(query.with_for_update()).all()

    def save(self, series_id: str, series_sealed: bytes) -> None:
        mine = update(series).where(series.c.id == series_id)
        self._connection.execute(mine.values(series_sealed=series_sealed))

    def destroy(self, series_id: str) -> None:
        self._connection.execute(delete(series).where(series.c.id == series_id))

    def ids(self) -> tuple[str, ...]:
        return tuple(self._connection.execute(select(series.c.id).order_by(series.c.id)).scalars())

    def link_of(self, request_id: str) -> bytes | None:
        query = select(series_links.c.link_sealed).where(series_links.c.request_id == request_id)
        return self._connection.execute(query).scalar()

    def linked_among(self, request_ids: Iterable[str]) -> frozenset[str]:
        """Those that are in some series: neither destroyed nor taken out."""
        query = select(series_links.c.request_id).where(series_links.c.request_id.in_(tuple(request_ids)))
        return frozenset(self._connection.execute(query).scalars())

    def put_link(self, request_id: str, link_sealed: bytes) -> None:
        """In place of the one there was."""
        self.drop_link(request_id)
        row = {"request_id": request_id, "link_sealed": link_sealed}
        self._connection.execute(insert(series_links).values(**row))

    def drop_link(self, request_id: str) -> None:
        self._connection.execute(delete(series_links).where(series_links.c.request_id == request_id))

    def cases(self, request_ids: Iterable[str], staff_id: str) -> tuple[LinkedCase, ...]:
        """By id; none that is forgotten, or was destroyed. No row is held."""
        is_recused = is_recused_from(requests.c.id, staff_id).label("is_recused")
        names = ("received_at", "open_places", "taken_by", "lease_until", "state")
        query = (
            select(requests.c.id.label("request_id"), *(requests.c[name] for name in names), is_recused)
            .where(requests.c.id.in_(tuple(request_ids)), requests.c.state != RequestState.FORGOTTEN)
            .order_by(requests.c.id)
        )
        rows = self._connection.execute(query).mappings()
        return tuple(
            LinkedCase(
                **dict(row) | {"state": RequestState(row["state"]), "is_recused": bool(row["is_recused"])}
            )
            for row in rows
        )

    def standings_in(self, request_ids: Iterable[str]) -> frozenset[Standing]:
        """In what standing people ask in these cases."""
        query = select(parties.c.standing).distinct().where(parties.c.request_id.in_(tuple(request_ids)))
        return frozenset(Standing(one) for one in self._connection.execute(query).scalars())

    def requests_called(self, start: str) -> tuple[str, ...]:
        """Ids of requests that begin so, two at most; none that is forgotten."""
        query = select(requests.c.id).where(
            requests.c.id >= start, requests.c.id < f"{start}g", requests.c.state != RequestState.FORGOTTEN
        )
        return tuple(self._connection.execute(query.limit(2)).scalars())


class PlaceDigests:
    """Digests of places, by (location id, kind)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_request(self, request_id: str) -> dict[tuple[str, str], bytes]:
        query = (
            select(place_digests)
            .join(locations, locations.c.id == place_digests.c.location_id)
            .where(locations.c.request_id == request_id)
        )
        return {(r.location_id, r.kind): bytes(r.place_digest) for r in self._connection.execute(query)}

    def add(self, made: dict[tuple[str, str], bytes]) -> None:
        rows = [{"location_id": one, "kind": kind, "place_digest": it} for (one, kind), it in made.items()]
        if rows:
            self._connection.execute(insert(place_digests), rows)

    def drop(self, names: Iterable[tuple[str, str]]) -> None:
        mine = (place_digests.c.location_id == bindparam("place")) & (
            place_digests.c.kind == bindparam("what")
        )
        rows = [{"place": location_id, "what": kind} for location_id, kind in names]
        if rows:
            self._connection.execute(delete(place_digests).where(mine), rows)

    def drop_of(self, location_id: str) -> None:
        """Of a place whose address changes: the next who opens the case makes them anew."""
        self._connection.execute(delete(place_digests).where(place_digests.c.location_id == location_id))

    def drop_all(self) -> None:
        """At once, however many there are: everybody waits for who does this."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("TRUNCATE place_digests"))
        else:
            self._connection.execute(delete(place_digests))

    def matches(self, request_id: str, staff_id: str) -> tuple[Matched, ...]:
        """Other requests with a place like one of this one's; neither forgotten ones, nor those from which
        this member stepped back, nor by a place that was taken back."""
        mine, theirs = place_digests.alias("mine"), place_digests.alias("theirs")
        place, other = locations.alias("place"), locations.alias("other")
        rank = func.min(case(_RANK, value=mine.c.kind)).label("rank")
        best = (
            select(other.c.request_id, place.c.id, rank)
            .select_from(mine)
            .join(place, place.c.id == mine.c.location_id)
            .join(theirs, (theirs.c.place_digest == mine.c.place_digest) & (theirs.c.kind == mine.c.kind))
            .join(other, other.c.id == theirs.c.location_id)
            .join(requests, requests.c.id == other.c.request_id)
            .where(place.c.request_id == request_id, other.c.request_id != request_id)
            .where(place.c.state != LocationState.WITHDRAWN, other.c.state != LocationState.WITHDRAWN)
            .where(requests.c.state != RequestState.FORGOTTEN, ~is_recused_from(other.c.request_id, staff_id))
            .group_by(other.c.request_id, place.c.id)
            .subquery()
        )
        count = func.count().label("how_many")
        query = select(best.c.request_id, best.c.rank, count).group_by(best.c.request_id, best.c.rank)
        query = query.order_by(best.c.rank, count.desc(), best.c.request_id).limit(MOST_MATCHES)
        found = tuple(Match)
        return tuple(
            Matched(row.request_id, found[row.rank], row.how_many) for row in self._connection.execute(query)
        )
