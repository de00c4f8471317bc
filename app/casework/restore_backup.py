"""Putting a backup into an empty database of either kind: after a loss, or to move from one to the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from secrets import token_bytes
from typing import Any

from app.casework.backup_files import (
    BackupRefused,
    Header,
    read_header,
    read_lines,
    read_tables,
    secret_print,
    stream_key,
)
from app.casework.cases import load_even_forgotten
from app.casework.errors import NotFound
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState
from app.persistence.backup_rows import Loading, Part, count_rows, forgotten_in, tables_of
from app.persistence.database import Work
from app.persistence.schema import revision_of
from app.vault.seal import SecretKey

BY = "command"
_AT_ONCE = 500


@dataclass(frozen=True)
class RestoreInput:
    """`database_key` is the HEARD_DATABASE_KEY of when the backup was made. `was_stopped`: the site did
    not run between backup and restore, so that a letter that waits did not go out meanwhile."""

    main: Path
    wraps: Path
    database_key: bytes
    was_stopped: bool = False

    def __repr__(self) -> str:
        return "RestoreInput(…)"


@dataclass(frozen=True)
class Restored:
    """How many rows were put in, how many requests were left out because they had been forgotten since,
    and how many letters a caseworker must decide about."""

    rows: int
    forgotten: int
    in_doubt: int


def restore_backup(kit: Kit, given: RestoreInput, read: Callable[[int], object] = int) -> Restored:
    """All of it in one transaction, or nothing. Both files are read whole before the first row is written.

    A newer wraps file goes with an older main file. What only one of them knows is left out: requests
    that were forgotten since then do not come back. Raises BackupRefused. `read` is told how many bytes
    were read each time.
    """
    key = stream_key(given.database_key)
    main, _ = _look_through(given.main, Part.MAIN, key, read)
    wraps, openable = _look_through(given.wraps, Part.WRAPS, key, read)
    if {main.secret, wraps.secret} != {secret_print(kit)}:
        raise BackupRefused("other_secret")
    if wraps.made_at < main.made_at:
        raise BackupRefused("older_wraps")  # every request between the two would be lost
    with kit.database.writing() as work:
        if {main.schema, wraps.schema} != {revision_of(work.connection)}:
            raise BackupRefused("other_schema")
        if count_rows(work.connection):
            raise BackupRefused("not_empty")
        loading = Loading(work.connection, openable)
        rows = 0
        for file, part in ((given.main, Part.MAIN), (given.wraps, Part.WRAPS)):
            lines = read_lines(file, part, key, read)
            read_header(lines)
            rows += sum(_load(loading, part, lines))
        _bring_up_to(work, wraps, loading, kit.clock())
        _shut_out_revoked(work, kit.clock())
        in_doubt = 0 if given.was_stopped else _doubt_waiting(work, kit.clock())
        work.queue_counts.count_anew()
        note(work, TrailKind.BACKUP_RESTORED, BY, kit.clock())
        work.commit()
    return Restored(rows, len(loading.trails_left_out), in_doubt)


def _look_through(
    file: Path, part: Part, key: SecretKey, read: Callable[[int], object]
) -> tuple[Header, set[str]]:
    """The header, and the requests whose keys are there; by now the whole file has been opened once."""
    lines = read_lines(file, part, key, read)
    header, openable = read_header(lines), set[str]()
    for table, columns, row in read_tables(lines):
        if table == "wraps":
            openable.add(row[columns.index("request_id")])
    return header, openable


def _load(loading: Loading, part: Part, lines: Iterator[Any]) -> Iterator[int]:
    tables = {table.name: table for table in tables_of(part)}
    for name, rows in groupby(read_tables(lines), key=itemgetter(0)):
        while batch := list(islice(rows, _AT_ONCE)):
            yield loading.add(tables[name], batch[0][1], [row for _, _, row in batch])


def _bring_up_to(work: Work, wraps: Header, loading: Loading, at: datetime) -> None:
    """What the newer wraps file knows of forgetting counts, not what an older main file says."""
    for trail_id in loading.trails_left_out:
        work.trail.append(trail_id, Entry(TrailKind.REQUEST_DESTROYED), BY, at)
    now_forgotten = forgotten_in(work.connection)
    for request_id, destroy_at in wraps.forgotten.items():
        if request_id in now_forgotten:
            continue
        try:
            request = load_even_forgotten(work, request_id)
        except NotFound:
            continue  # newer than the main file
        request, entry = request.forget(at)
        work.requests.save(replace(request, destroy_at=datetime.fromtimestamp(destroy_at, UTC)))
        work.trail.append(request.trail_id, entry, BY, at)
    for request_id in now_forgotten.keys() - wraps.forgotten.keys():
        request = load_even_forgotten(work, request_id)
        request, entry = request.undo_forgetting(work.requests.locations_of(request_id))
        work.requests.save(request)
        work.trail.append(request.trail_id, entry, BY, at)


def _shut_out_revoked(work: Work, at: datetime) -> None:
    """Parties that were revoked after the main file was made. Its requests lie under the keys of before, so
    those come back; and nobody who was revoked may come in by a code again, until it is settled anew."""
    for request_id, number in work.wraps.set_aside_for():
        for party in work.parties.of_request(request_id):
            if party.number == number and not party.is_revoked:
                work.wraps.bring_back(request_id, number)
                work.parties.save_code(party.id, token_bytes(32))
                trail_id = load_even_forgotten(work, request_id).trail_id
                work.trail.append(trail_id, Entry(TrailKind.PARTY_REVOKED, party.id), BY, at)


def _doubt_waiting(work: Work, at: datetime) -> int:
    """A letter that waited may have gone out after the backup: a person decides, so that none goes twice."""
    count = 0
    while waiting := work.letters.in_state(LetterState.WAITING):
        for letter in waiting:
            notice = work.notices.load(letter.notice_id)
            request = load_even_forgotten(work, notice.request_id)
            work.letters.move(letter, LetterState.DOUBT)
            work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_IN_DOUBT, notice.id), BY, at)
            count += 1
    return count
