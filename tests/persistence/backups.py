"""Empty databases to restore into, and what a backup's tests look at."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.casework.back_up import back_up
from app.casework.kit import Kit
from app.casework.restore_backup import Restored, RestoreInput, restore_backup
from app.persistence.base import metadata
from app.persistence.database import open_embedded, open_postgres
from app.persistence.schema import migrate
from tests.conftest import Postgres
from tests.make import DATABASE_KEY, Clock

Fresh = Callable[[], Kit]
Rows = dict[str, set[tuple[object, ...]]]
PASSING = (
    *("sessions", "courier_processes", "contacts", "contact_mails", "queue_counts"),
    *("staged_lists", "openings", "alarms", "place_digests"),
)


def fresh_kits(request: pytest.FixtureRequest, kit: Kit, kind: str, tmp_path: Path) -> Iterator[Fresh]:
    """A maker of migrated, empty databases of one kind, each with the settings of `kit`."""
    with ExitStack() as ending:
        made = 0

        def make() -> Kit:
            nonlocal made
            made += 1
            if kind == "sqlite":
                folder = tmp_path / f"fresh{made}"
                folder.mkdir()
                database = open_embedded(folder / "heard.db", DATABASE_KEY)
                migrate(database)
                settings = replace(kit.settings, folder=folder)
            else:
                server: Postgres = request.getfixturevalue("postgres")
                name = server.create(request.getfixturevalue("migrated_template"))
                ending.callback(server.drop, name)
                database, settings = open_postgres(server.url(name)), kit.settings
            ending.callback(database.engine.dispose)
            return replace(kit, database=database, settings=settings)

        yield make


def rows(kit: Kit) -> Rows:
    """Every row of every table that a backup holds."""
    with kit.database.reading() as work:
        return {
            table.name: {tuple(row) for row in work.connection.execute(select(table))}
            for table in metadata.sorted_tables
            if table.name not in PASSING
        }


def is_empty(kit: Kit) -> bool:
    return not any(rows(kit).values())


def restore(kit: Kit, main: Path, wraps: Path, was_stopped: bool = False) -> Restored:
    return restore_backup(kit, RestoreInput(main, wraps, DATABASE_KEY, was_stopped))


def pair(kit: Kit, folder: Path, keep_days: int = 30) -> tuple[Path, Path]:
    """A backup made now: (main, wraps)."""
    main, wraps = back_up(kit, folder, keep_days)
    return main, wraps


def move(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)
