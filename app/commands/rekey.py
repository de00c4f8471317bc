"""`heard rekey-database`: another key for the embedded database, while nothing runs."""

import sys
from typing import Any

import click

from app.commands.settings_first import with_settings
from app.commands.staff_prompt import ask_secret
from app.persistence.rekey import DatabaseHeld, NotRekeyed, WrongKey, rekey
from app.setting_values import read_key
from app.settings import Settings

POSTGRES = (
    "This hotline's database is PostgreSQL: HEARD_DATABASE_KEY does not encrypt it, so encrypt its disk."
    " The key still encrypts backups: change it in the settings, and keep the old one as long as its backups."
)


@click.command("rekey-database")
@with_settings
def rekey_database(parts: Any, settings: Settings) -> None:
    """Encrypt the embedded database under another key, with web server and courier stopped.

    The new key (64 hexadecimal digits, as `openssl rand -hex 32` draws) is typed at a prompt, or read from
    standard input when that is no terminal. Then put it into HEARD_DATABASE_KEY: the old one opens
    nothing but earlier backups (`heard restore --ask-key`), so keep it as long as those.
    """
    if settings.database_url:
        click.echo(POSTGRES, err=True)
        sys.exit(1)
    if not settings.database_path.exists():
        _end("There is no database yet.")
    typed = ask_secret("New HEARD_DATABASE_KEY")
    if sys.stdin.isatty() and typed != ask_secret("Once more"):
        _end("These were two different keys. Nothing was changed.")
    new = read_key(typed)
    if not new:
        click.echo("a key is 64 hexadecimal digits, drawn at random", err=True)
        sys.exit(2)
    if new == settings.database_key:
        _end("This is the key the database has.")
    try:
        rekey(settings.database_path, settings.database_key, new)
    except DatabaseHeld:
        _end("Another process has the database open: stop the web server and the courier first.")
    except WrongKey:
        _end("HEARD_DATABASE_KEY does not open the database.")
    except NotRekeyed:
        _end("The database does not open whole with the new key. Restore a backup.")
    click.echo("The database has its new key: put it into HEARD_DATABASE_KEY before anything starts.")


def _end(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(1)
