"""The schema: which migrations there are, and bringing a database to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.persistence.database import Database

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(database: Database, to: str = "head") -> None:
    """Bring the schema up (or, in tests, down). One command does this; workers only look."""
    config = _config()
    with database.schema_change() as connection:
        config.attributes["connection"] = connection
        if to == "base":
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)


def is_current(database: Database) -> bool:
    """Whether the schema is the newest one."""
    with database.reading() as work:
        return (
            MigrationContext.configure(work.connection).get_current_revision()
            == ScriptDirectory.from_config(_config()).get_current_head()
        )


def revision_of(connection: Connection) -> str:
    """The number of the newest migration that was run; empty when none was."""
    return MigrationContext.configure(connection).get_current_revision() or ""
