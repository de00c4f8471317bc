"""`heard recover` and `heard drill`: the printed shares, for the worst day and for practice."""

import sys
from typing import Any

import click

from app.casework.drill_recovery import drill_recovery
from app.casework.grant_by_recovery import GrantInput, grant_by_recovery, invite_by_recovery
from app.casework.invite_member import Invite, invitation_link
from app.casework.kit import Kit
from app.casework.recover_team_key import Recovered, recover_team_key
from app.commands.settings_first import open_kit, with_settings
from app.commands.staff_prompt import ask
from app.domain.words import Role
from app.setting_values import read_fingerprint
from app.settings import Settings
from app.vault.shares import ShareProblem, close_words, count_missing, read_share

WORDS_IN_A_SHARE = 33


@click.command()
@click.option(
    "--invite",
    metavar="NAME",
    help="Invite this new person instead: where nobody can sign in, not even to invite somebody.",
)
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.CASEWORKER.value,
    show_default=True,
    help="As what, with --invite.",
)
@click.option("--yes", is_flag=True, help="Do not ask whether to go on (a second person is asked still).")
@with_settings
def recover(parts: Any, settings: Settings, invite: str | None, role: str, yes: bool) -> None:
    """Grant the team key to a member with the printed shares, when no caseworker can.

    Asks for shares until there are enough, for the member's sign-in name, and for the fingerprint of
    their key, which they read out from their own screen, over a voice that you know.
    """
    kit = open_kit(parts, settings)
    _ask_people(settings, yes)
    opened = recover_team_key(kit, _ask_shares())
    click.echo("The shares open the team key.")
    if invite is not None:
        secret = invite_by_recovery(kit, opened, Invite(Role(role), invite))
        click.echo(f"This link lets one person in, once:\n{invitation_link(kit, secret)}")
        return
    _grant(kit, opened)


@click.command()
@with_settings
def drill(parts: Any, settings: Settings) -> None:
    """Try the printed shares while nothing is wrong: do they still open the team key?

    Changes nothing but the day of the last drill, and a line in the trail. The desk reminds of it when
    the last one was half a year ago.
    """
    kit = open_kit(parts, settings)
    drill_recovery(kit, _ask_shares())
    click.echo("These shares open the team key. Put them back where they belong.")


def _ask_people(settings: Settings, yes: bool) -> None:
    asked = ["Do you want to recover the team key with the printed shares?"]
    if settings.two_person:
        asked = [f"{who} person: do you agree that the team key is recovered?" for who in ("First", "Second")]
    elif yes:
        return
    for question in asked:
        click.confirm(question, abort=True)


def _ask_shares() -> tuple[str, ...]:
    """Shares until there are enough, each checked at once."""
    held: tuple[str, ...] = ()
    while True:
        click.echo(f"Share {len(held) + 1}: its {WORDS_IN_A_SHARE} words, in one line or several")
        typed = _read_words()
        click.clear()  # nobody who comes next needs to see it
        try:
            share = read_share(typed)
            missing = count_missing((*held, share))
        except ShareProblem as problem:
            click.echo(f"{_words_for(problem, typed)} It was not counted.", err=True)
            continue
        held = (*held, share)
        if not missing:
            return held
        click.echo(f"Good. Missing still: {missing}.")


def _read_words() -> str:
    """Words of one share, however they are broken into lines; numbers before them do not matter."""
    words: list[str] = []
    while len(words) < WORDS_IN_A_SHARE:
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        found = [word for word in line.split() if not word.rstrip(".").isdigit()]
        if not found and words:
            break  # an empty line ends a share that is too short
        words += found
    return " ".join(words)


def _words_for(problem: ShareProblem, typed: str) -> str:
    if problem.code == "word":
        place = typed.lower().split().index(problem.word) + 1
        close = close_words(problem.word)
        hint = f" Perhaps: {', '.join(close)}." if close else ""
        return f"Word {place}, “{problem.word}”, is not a word of any share.{hint}"
    return {
        "length": f"A share has {WORDS_IN_A_SHARE} words, this has {len(typed.split())}.",
        "checksum": "One or more words are wrong, though each of them exists: compare with the paper.",
        "other_set": "This share belongs to another set than those before it.",
        "twice": "This share was given before.",
    }[problem.code]


def _grant(kit: Kit, opened: Recovered) -> None:
    name = ask("Sign-in name of the caseworker")
    click.echo("Let them read the fingerprint of their key from their own screen.")
    fingerprint = read_fingerprint(ask("Fingerprint"))
    if not fingerprint:
        click.echo("A fingerprint has ten groups of four hex digits. Nothing was changed.", err=True)
        sys.exit(1)
    member_id = grant_by_recovery(kit, opened, GrantInput(name, fingerprint))
    click.echo(f"Member {member_id[:8]} holds the team key now and can sign in. It stands in the trail.")
