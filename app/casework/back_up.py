"""A backup: two sealed files of one moment, made while the site runs."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from app.casework.backup_files import Header, as_line, name_of, of_name, purpose_of, secret_print, stream_key
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.domain.trail import TrailKind
from app.persistence.backup_rows import Part, Snapshot, snapshot, tables_of
from app.vault.streams import seal_stream

LONGEST_DAYS = 30
"""How long a wraps file is kept at most: so long a forgotten request can still be opened from it."""
_UNFINISHED = timedelta(days=1)


def back_up(
    kit: Kit, folder: Path, keep_days: int = LONGEST_DAYS, wrote: Callable[[int], object] = int
) -> tuple[Path, ...]:
    """Write both files into `folder` and delete the wraps files there that are too old; the new files.

    `wrote` is told how many rows were written each time. Raises OSError: then there is no new file.
    """
    at = kit.clock().replace(microsecond=0)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with kit.database.writing() as work:  # first, so that a restored copy goes on from the same line
        note(work, TrailKind.BACKUP_MADE, "command", at)
        work.commit()
    made = {part: folder / name_of(part, at) for part in Part}
    with ExitStack() as unfinished:
        with snapshot(kit.database.engine) as seen:
            for part, file in made.items():
                unfinished.callback(_temporary(file).unlink, missing_ok=True)
                forgotten = seen.forgotten() if part is Part.WRAPS else {}
                header = Header(part, at, seen.schema, secret_print(kit), forgotten)
                _write(kit, seen, header, _temporary(file), wrote)
        for part in (Part.WRAPS, Part.MAIN):  # a main file without its wraps would be of no use
            _temporary(made[part]).rename(made[part])
    _keep_on_disk(folder)
    delete_old_wraps(kit, folder, keep_days)
    return tuple(made.values())


def delete_old_wraps(kit: Kit, folder: Path, keep_days: int) -> int:
    """By the time in the name: copying changes what the file system says. Also what was left unfinished."""
    at, count = kit.clock(), 0
    keep = timedelta(days=min(keep_days, LONGEST_DAYS))
    for file in folder.iterdir():
        named = of_name(file.name)
        if named is None:
            continue
        made_at, part, is_unfinished = named
        if at - made_at > (_UNFINISHED if is_unfinished else keep) and (is_unfinished or part == Part.WRAPS):
            file.unlink(missing_ok=True)
            count += 1
    _keep_on_disk(folder)
    return count


def _write(kit: Kit, seen: Snapshot, header: Header, to: Path, wrote: Callable[[int], object]) -> None:
    def lines() -> Iterator[bytes]:
        yield header.line()
        for table in tables_of(header.part):
            yield as_line({"table": table.name, "columns": table.columns.keys()})
            for row in seen.rows(table):
                yield as_line(row)
                wrote(1)

    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        seal_stream(stream_key(kit.settings.database_key), purpose_of(header.part), lines(), out)
        out.flush()
        os.fsync(out.fileno())


def _temporary(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")


def _keep_on_disk(folder: Path) -> None:
    """A renamed or deleted file is sure only when its folder was written, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
