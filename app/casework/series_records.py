"""A series and its links as sealed records. No plain column says which requests belong together.

A request's link lies under its own desk key; the series' record lies under the team key. Both are as long
whatever is in them (the record up to some seventy requests), and what the trail and the series' row say of
the time is the day, so that links cannot be matched by the second in which they were made.
"""

import json
from collections.abc import Iterable
from hmac import compare_digest

from app.casework.case_keys import KIND_OF
from app.domain.series import PoliceFile, Series
from app.persistence.database import Work
from app.persistence.wraps import TEAM
from app.vault.derive import key_from, mac
from app.vault.pairs import KeyPair, Ring, open_with
from app.vault.records import Record, lock_record, open_record_with, seal_record_to, unlock_record
from app.vault.seal import NotOpened, Purpose, SecretKey

_ROOM = 3_500  # together with the record's own marks it stays below one step of the padding (4096)


def series_record(series: Series) -> Record:
    """What is sealed of a series; `room` makes small and larger ones equally long."""
    record: Record = {
        "requests": list(series.requests),
        "is_known": series.police.is_known,
        "reference": series.police.reference,
        "country": series.police.country,
        "note": series.note,
        "version": series.version,
    }
    written = sum(len(one) + 3 for one in series.requests)
    written += len((series.police.reference + series.note).encode())
    return record | {"room": " " * max(0, _ROOM - written)}


def series_of_record(series_id: str, record: Record) -> Series:
    """What `series_record` wrote."""
    police = PoliceFile(record["is_known"], record["reference"], record["country"])
    return Series(series_id, tuple(record["requests"]), police, record["note"], record["version"])


def seal_series(team: KeyPair, series: Series) -> bytes:
    """To the team, with a MAC that only who holds the team key can make: anybody can seal to a public key."""
    record = series_record(series)
    record["mac"] = _mac(team, series.id, record).hex()
    return seal_record_to(team.public, Purpose.SERIES, series.id, record)


def open_series_record(team: KeyPair, series_id: str, sealed: bytes) -> Series:
    """Raises NotOpened, also for a record that nobody with the team key made."""
    record = open_record_with(team, Purpose.SERIES, series_id, sealed)
    claimed = str(record.pop("mac", ""))
    try:
        if not compare_digest(_mac(team, series_id, record), bytes.fromhex(claimed)):
            raise NotOpened
        return series_of_record(series_id, record)
    except (KeyError, TypeError, ValueError):
        raise NotOpened from None


def _mac(team: KeyPair, series_id: str, record: Record) -> bytes:
    written = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    return mac(key_from(team.seed, "series"), f"series {series_id}", written)


def load_series(work: Work, team: Ring, series_id: str) -> Series | None:
    """None for an id that leads nowhere, and for a record that was damaged or put there by somebody else:
    neither keeps a case from opening. Who changes a series holds its row first."""
    sealed = work.series.load(series_id) or b""
    pair = team.pair_for(sealed)
    try:
        return None if pair is None else open_series_record(pair, series_id, sealed)
    except NotOpened:
        return None


def linked_to(work: Work, team: Ring, request_id: str) -> str:
    """The id of the request's series; empty when it is in none."""
    sealed = work.series.link_of(request_id)
    if sealed is None:
        return ""
    key = _desk_key(work, team, request_id)
    return str(unlock_record(key, Purpose.SERIES_LINK, request_id, sealed)["series"])


def write_links(work: Work, team: Ring, series_id: str, request_ids: Iterable[str]) -> None:
    """These requests belong to this series from now on, and to no other."""
    for request_id in request_ids:
        key = _desk_key(work, team, request_id)
        sealed = lock_record(key, Purpose.SERIES_LINK, request_id, {"series": series_id})
        work.series.put_link(request_id, sealed)


def _desk_key(work: Work, team: Ring, request_id: str) -> SecretKey:
    wrapped = work.wraps.one(request_id, KIND_OF[Purpose.DESK_KEY], TEAM)
    return SecretKey(open_with(team, Purpose.DESK_KEY, request_id, wrapped))
