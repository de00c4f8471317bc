"""`heard backup` and `heard restore`: the same two files for both databases."""

import sys
from pathlib import Path
from typing import Any

import click

from app.casework.back_up import LONGEST_DAYS, back_up
from app.casework.backup_files import BackupRefused
from app.casework.restore_backup import RestoreInput, restore_backup
from app.commands.settings_first import open_kit, with_settings
from app.commands.staff_prompt import ask_secret
from app.persistence.backup_rows import snapshot
from app.setting_values import read_key
from app.settings import Settings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
WHY = {
    "not_opened": "a file does not open: another HEARD_DATABASE_KEY (see --ask-key), the two files in the"
    " wrong order, or damage",
    "other_schema": "the backup was made by another version: restore it with that one, then migrate",
    "other_secret": "HEARD_SECRET is not the one of the backup: no receipt code would fit",
    "older_wraps": "the wraps file is older than the main file: take the one made with it, or a newer one",
    "not_empty": "the database is not empty: restore into a fresh one, after `heard migrate`",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keep-days",
    type=click.IntRange(1, LONGEST_DAYS),
    default=LONGEST_DAYS,
    show_default=True,
    help="Delete wraps files in FOLDER that are older than this. It can be shortened, not lengthened.",
)
@with_settings
def backup(parts: Any, settings: Settings, folder: Path, keep_days: int) -> None:
    """Write heard-TIME.main and heard-TIME.wraps into FOLDER, of one moment, while the site runs.

    Both are encrypted under HEARD_DATABASE_KEY. The main file holds what is sealed and may be kept for
    long. The wraps file holds what opens it, and is deleted after 30 days: copies of it that you keep
    elsewhere must be deleted by then, too, or forgotten requests can still be opened.
    """
    kit = open_kit(parts, settings)
    with snapshot(kit.database.engine) as seen:
        count = seen.count()
    try:
        with click.progressbar(length=count, label="writing rows", file=sys.stderr) as bar:
            files = back_up(kit, folder, keep_days, bar.update)
    except OSError as error:
        click.echo(f"{error.filename or folder}: {error.strerror}", err=True)
        sys.exit(1)
    for file in files:
        click.echo(file)


@click.command()
@click.argument("main", type=FILE)
@click.argument("wraps", type=FILE)
@click.option(
    "--was-stopped",
    is_flag=True,
    help="The site did not run since the backup (a move to another database): letters that wait go out."
    " Otherwise a caseworker decides about each, because it may have gone out.",
)
@click.option(
    "--ask-key",
    is_flag=True,
    help="Ask for the HEARD_DATABASE_KEY that the backup was made with (or read it from standard input).",
)
@with_settings
def restore(
    parts: Any, settings: Settings, main: Path, wraps: Path, was_stopped: bool, ask_key: bool
) -> None:
    """Put the files MAIN and WRAPS into the database of the settings, which must be migrated and empty.

    It may be of the other kind: this is also the way from SQLite to PostgreSQL. The newest wraps file goes
    with any older main file; requests that were forgotten since then are left out. HEARD_SECRET must
    be the one of then. Nothing is written unless both files are whole.
    """
    key = settings.database_key
    if ask_key:
        key = read_key(ask_secret("HEARD_DATABASE_KEY of the backup"))
        if not key:
            click.echo("a key is 64 hexadecimal digits", err=True)
            sys.exit(2)
    kit = open_kit(parts, settings)
    length = 2 * (main.stat().st_size + wraps.stat().st_size)
    try:
        with click.progressbar(length=length, label="reading twice", file=sys.stderr) as bar:
            given = RestoreInput(main, wraps, key, was_stopped)
            restored = restore_backup(kit, given, bar.update)
    except BackupRefused as refused:
        click.echo(WHY[refused.code], err=True)
        sys.exit(1)
    click.echo(f"{restored.rows} rows restored")
    click.echo(f"{restored.forgotten} requests left out: their keys were destroyed since")
    if restored.in_doubt:
        click.echo(f"{restored.in_doubt} letters wait for a caseworker: they may have gone out since")
