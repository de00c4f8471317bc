"""`heard init`: founding a hotline. Keys in memory, shares on paper, and only then anything kept."""

import gc
import secrets
import sys
from typing import Any

import click

from app.casework.errors import AlreadyFounded, CaseworkError
from app.casework.found_hotline import Recovery, found_hotline, is_founded
from app.casework.invite_member import GOOD_FOR, Invite, invitation_link
from app.casework.kit import Kit
from app.commands.settings_first import with_founding_settings, words_for
from app.commands.staff_prompt import ask
from app.domain.words import Role
from app.persistence.schema import migrate
from app.settings import Settings
from app.vault.pairs import fingerprint_of, new_pair
from app.vault.shares import split_key

CEREMONY = """\
The recovery key is split into {shares} shares; any {needed} of them open everything, fewer open nothing.
With {lost} shares lost, everything still opens; with one more lost, a hotline whose caseworkers all lose
their passphrases loses every case.

  1. Here stand those who hold a share, and nobody else. One after the other comes before the screen;
     the others see neither screen nor paper.
  2. No phone and no camera in the room, and no window that looks at the screen. No screen sharing,
     no remote desktop, no terminal that records.
  3. Each holder writes their share by hand, or prints it on a printer on a cable, without a network,
     a disk or a memory of its own. Nothing is photographed, mailed or typed elsewhere.
  4. The team key's fingerprint stands beside each share: write it down too. Compare it aloud at the end.
  5. Each share goes into an envelope of its own, closed and signed, and no two into one building.
  6. Nothing is kept before the last share was checked. Stopping earlier (Ctrl-C) leaves nothing behind:
     then burn what was written.
"""


@click.command()
@click.option("--shares", default=5, show_default=True, type=click.IntRange(2, 16), help="Shares to be made.")
@click.option(
    "--needed", default=3, show_default=True, type=click.IntRange(2, 16), help="How many of them open."
)
@click.option(
    "--caseworkers",
    "how_many",
    default=2,
    show_default=True,
    type=click.IntRange(1, 20),
    help="How many first caseworkers to ask for.",
)
@click.option(
    "--caseworker", "caseworkers", multiple=True, metavar="NAME", help="A sign-in name, instead of asking."
)
@click.option("--admin", "admins", multiple=True, metavar="NAME", help="A sign-in name, instead of asking.")
@click.option(
    "--supervisor", "supervisors", multiple=True, metavar="NAME", help="A sign-in name; none asked."
)
@click.option("--auditor", "auditors", multiple=True, metavar="NAME", help="A sign-in name; none is asked.")
@click.option("--yes", is_flag=True, help="Ask nothing and print all shares at once: for scripts alone.")
@with_founding_settings
def init(
    parts: Any,
    settings: Settings,
    shares: int,
    needed: int,
    how_many: int,
    caseworkers: tuple[str, ...],
    admins: tuple[str, ...],
    supervisors: tuple[str, ...],
    auditors: tuple[str, ...],
    yes: bool,
) -> None:
    """Found a hotline: make its keys, print the recovery shares, invite the first people.

    Reads the settings, brings the database to this program's schema, and refuses where a hotline is.
    """
    if needed > shares:
        raise click.UsageError("--needed is more than --shares")
    if yes and not (caseworkers and admins):
        raise click.UsageError("--yes asks nothing: give --caseworker and --admin")
    parts.no_core_dumps()
    kit: Kit = parts.make_kit(settings)
    migrate(kit.database)
    if is_founded(kit):
        raise AlreadyFounded
    more = tuple(Invite(Role.SUPERVISOR, name) for name in supervisors)
    more += tuple(Invite(Role.AUDITOR, name) for name in auditors)
    invited = _who_comes_first(admins, caseworkers, how_many, more)
    if settings.two_person and sum(one.role.opens_cases for one in invited) < 2:
        raise click.UsageError("HEARD_TWO_PERSON needs two caseworkers at least")
    try:
        fingerprint, links = _found(kit, needed, shares, invited, yes)
    except (KeyboardInterrupt, EOFError, click.Abort):
        _clear()
        click.echo("\nStopped. Nothing was kept: burn what was written.", err=True)
        sys.exit(1)
    except CaseworkError as error:
        click.echo(f"{words_for(error)} Burn what was written.", err=True)
        sys.exit(1)
    finally:
        gc.collect()  # Python cannot wipe memory; this gives it back early
    _say_what_next(kit, fingerprint, invited, links)


def _who_comes_first(
    admins: tuple[str, ...], caseworkers: tuple[str, ...], how_many: int, more: tuple[Invite, ...]
) -> tuple[Invite, ...]:
    """Admins first. Raises UsageError for an empty name or one given twice: before any ceremony."""
    admins = admins or (ask("Sign-in name of the first admin"),)
    caseworkers = caseworkers or tuple(
        ask(f"Sign-in name of caseworker {number}") for number in range(1, how_many + 1)
    )
    names = (*admins, *caseworkers, *(one.sign_in for one in more))
    same = [" ".join(name.split()).casefold() for name in names]
    if "" in same or len(set(same)) != len(same):
        raise click.UsageError("each person needs a sign-in name of their own")
    return (
        *(Invite(Role.ADMIN, name) for name in admins),
        *(Invite(Role.CASEWORKER, name) for name in caseworkers),
        *more,
    )


def _found(
    kit: Kit, needed: int, shares: int, invited: tuple[Invite, ...], yes: bool
) -> tuple[str, tuple[str, ...]]:
    """Ceremony, then one transaction. (Fingerprint, secrets of the links.)"""
    team, recovery = new_pair(), new_pair()
    fingerprint = fingerprint_of(team.public)
    written = split_key(recovery.seed, needed, shares)
    if not yes:
        click.echo(CEREMONY.format(shares=shares, needed=needed, lost=shares - needed))
        click.pause("Press any key when everybody has heard this ...")
    for number, share in enumerate(written, start=1):
        title = f"Share {number} of {shares}; any {needed} open. Team key {fingerprint}"
        if yes:
            click.echo(f"{title}\n{share}\n")
        else:
            _hand_out(title, share.split(), number)
    return fingerprint, found_hotline(kit, team, Recovery(recovery, needed, shares), invited)


def _hand_out(title: str, words: list[str], number: int) -> None:
    """Show one share until its holder has it on paper, which two of its words show."""
    while True:
        _clear()
        click.pause(f"Holder of share {number}: come before the screen alone. Press any key ...")
        _clear()
        click.echo(f"{title}\n")
        for row in range(0, len(words), 3):
            numbered = enumerate(words[row : row + 3], start=row + 1)
            click.echo("".join(f"{place:4}. {word:12}" for place, word in numbered))
        click.echo()
        click.pause("Press any key when it is on paper; the screen is then cleared ...")
        _clear()
        places = sorted(secrets.SystemRandom().sample(range(len(words)), 2))
        if all(ask(f"From the paper, word {place + 1}").lower() == words[place] for place in places):
            _clear()
            return
        click.echo("That is not what the share says. It is shown once more: compare word by word.")
        click.pause()


def _clear() -> None:
    """The screen, and what can be scrolled back to."""
    click.clear()
    if sys.stdout.isatty():
        click.echo("\x1b[3J", nl=False)


def _say_what_next(kit: Kit, fingerprint: str, invited: tuple[Invite, ...], links: tuple[str, ...]) -> None:
    until = kit.clock() + GOOD_FOR
    click.echo("The hotline is founded. Pin the team key in the settings:\n")
    click.echo(f"HEARD_TEAM_FINGERPRINT={fingerprint.replace(' ', '')}\n")
    click.echo("Then start web server and courier.")
    click.echo(f"Each link lets one person in, once, until {until:%Y-%m-%d}.")
    click.echo("The link of a caseworker or a supervisor holds the team key:")
    click.echo("hand it over in person, or by a channel as safe.\n")
    for one, secret in zip(invited, links, strict=True):
        click.echo(f"{one.role:10} {one.sign_in}  {invitation_link(kit, secret)}")
