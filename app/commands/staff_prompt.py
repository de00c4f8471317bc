"""What people type at a command's prompts: lines, secrets, a caseworker's sign-in."""

import sys

import click

from app.casework.actors import Caseworker
from app.casework.errors import SignInRefused
from app.casework.kit import Kit
from app.casework.sign_in import SignIn, sign_in

_TRIES = 3


def ask(text: str) -> str:
    """One visible line."""
    return str(click.prompt(text, default="", show_default=False)).strip()


def ask_secret(text: str) -> str:
    """One line that the screen does not show; from standard input where that is no terminal."""
    if sys.stdin.isatty():
        return str(click.prompt(text, hide_input=True, default="", show_default=False))
    click.echo(f"{text}: ", nl=False)
    line = sys.stdin.readline()
    click.echo()
    if not line:
        raise click.Abort
    return line.rstrip("\r\n")


def ask_who_acts(kit: Kit) -> tuple[Caseworker, Caseworker | None]:
    """A caseworker signs in; where HEARD_TWO_PERSON is set, another one does, too. Ends with exit code 1
    after three wrong tries."""
    first = _sign_in(kit, "caseworker")
    if not kit.settings.two_person:
        return first, None
    second = _sign_in(kit, "second caseworker")
    if second.id == first.id:
        click.echo("That is the same person. Nothing was changed.", err=True)
        sys.exit(1)
    return first, second


def _sign_in(kit: Kit, who: str) -> Caseworker:
    for _ in range(_TRIES if sys.stdin.isatty() else 1):
        typed = SignIn(
            name=ask(f"Sign-in name of the {who}"),
            passphrase=ask_secret("Passphrase"),
            totp=ask_secret("Code of the second factor"),
        )
        try:
            actor = sign_in(kit, typed)
        except SignInRefused:
            click.echo("That did not open. A code works once: wait for the next one.", err=True)
            continue
        if isinstance(actor, Caseworker):
            return actor
        click.echo("An admin holds no team key: this needs a caseworker.", err=True)
    click.echo("Nothing was changed.", err=True)
    sys.exit(1)
