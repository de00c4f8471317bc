"""`heard courier-key`: the courier's key in a file, for sending without a sign-in after each start."""

import sys
from typing import Any

import click

from app.casework.courier_key_file import CourierKeyRefused, read_courier_key
from app.casework.kit import Kit
from app.casework.write_courier_key import write_courier_key
from app.commands.settings_first import open_kit, with_settings
from app.commands.staff_prompt import ask_who_acts
from app.settings import Settings

REFUSED = {
    "missing": "there is no such file, or it cannot be read: run `heard courier-key write`",
    "open_to_others": "others may read it: `chmod 600`, and think of it as stolen if others were there",
    "not_a_key": "it holds no courier key: run `heard courier-key write`",
    "other_key": "it is not the courier's key of this database. After a rotation run"
    " `heard courier-key write` again; if there was none, somebody swapped a key: stop and look",
}


@click.group("courier-key")
def courier_key() -> None:
    """The courier's key in the file of HEARD_COURIER_KEY_FILE.

    With it the courier sends after a restart, without a caseworker's sign-in. Its price: who steals this
    file and the database reads the places of every notice that waits or is being chased.
    """


@courier_key.command()
@with_settings
def write(parts: Any, settings: Settings) -> None:
    """A caseworker signs in and writes the file. To be done again after every rotation.

    Where HEARD_TWO_PERSON is set, two of them sign in.
    """
    file = settings.courier_key_file
    if file is None:
        click.echo("HEARD_COURIER_KEY_FILE: is missing", err=True)
        sys.exit(2)
    kit = open_kit(parts, settings)
    actor, _ = ask_who_acts(kit)
    try:
        write_courier_key(kit, actor, file)
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        sys.exit(1)
    click.echo(f"written: {file}")


def require_courier_key(kit: Kit) -> None:
    """End the command (exit code 1) when the settings name a key file that does not fit."""
    file = kit.settings.courier_key_file
    if file is None:
        return
    try:
        with kit.database.reading() as work:
            read_courier_key(work, file)
    except CourierKeyRefused as refused:
        click.echo(f"HEARD_COURIER_KEY_FILE: {REFUSED[refused.code]}", err=True)
        sys.exit(1)
