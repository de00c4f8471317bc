"""`heard rotate`: a new team key in place of the one before."""

import sys
from typing import Any

import click

from app.casework.errors import RotationRefused
from app.casework.prepare_rotation import prepare_rotation
from app.casework.reseal_to_team import Batch
from app.casework.rotate_team_key import count_to_rotate, rotate_team_key
from app.commands.settings_first import open_kit, with_settings
from app.commands.staff_prompt import ask_who_acts
from app.reads.rotation_state import read_rotation
from app.settings import Settings


@click.group()
def rotate() -> None:
    """Give the team a new key: after somebody left, after a machine was lost, or once a year.

    Three steps: `prepare`, pin both fingerprints and restart web server and courier, then `run`. The site
    goes on meanwhile. With HEARD_TWO_PERSON a second caseworker signs in, too. The shares stay good.
    """


@rotate.command()
@click.option("--again", is_flag=True, help="Drop a key that was prepared and not used; make another one.")
@with_settings
def prepare(parts: Any, settings: Settings, again: bool) -> None:
    """Make the next team key and grant it to every caseworker. Nothing uses it yet."""
    kit = open_kit(parts, settings)
    actor, second = ask_who_acts(kit)
    before = read_rotation(kit).current
    after = prepare_rotation(kit, actor, second, is_again=again)
    click.echo(f"The next team key: {after}")
    click.echo("Pin both, restart web server and courier, then `heard rotate run`:\n")
    click.echo(f"HEARD_TEAM_FINGERPRINT={before.replace(' ', '')},{after.replace(' ', '')}")


@rotate.command()
@click.option("--yes", is_flag=True, help="Do not ask whether web server and courier were restarted.")
@click.option(
    "--give-up-damaged", is_flag=True, help="End even where damaged rows, which no key opens, stay behind."
)
@with_settings
def run(parts: Any, settings: Settings, yes: bool, give_up_damaged: bool) -> None:
    """Switch to the prepared key, seal everything anew, destroy the key before.

    Stopped or killed at any moment, it goes on where it was when it is run again.
    """
    kit = open_kit(parts, settings)
    state = read_rotation(kit)
    if state.left is None and not state.prepared:
        raise RotationRefused("nothing_prepared")
    if state.left is None and not state.is_pinned:
        raise RotationRefused("not_pinned")
    if not yes:
        click.confirm("Do web server and courier run with both fingerprints?", abort=True)
    actor, second = ask_who_acts(kit)
    damaged: list[str] = []
    with click.progressbar(length=count_to_rotate(kit), label="sealing anew", file=sys.stderr) as bar:

        def step(batch: Batch) -> None:
            damaged.extend(batch.damaged)
            bar.update(batch.count)

        try:
            rotate_team_key(kit, actor, second, give_up_damaged, step)
        except RotationRefused as refusal:
            if refusal.code != "left_over":
                raise
    for one in damaged:
        click.echo(f"damaged, no key opens it: {one}", err=True)
    if damaged and not give_up_damaged:
        click.echo("Not ended: the key before is kept. --give-up-damaged ends it all the same.", err=True)
        sys.exit(1)
    state = read_rotation(kit)
    if state.left is not None:
        click.echo("Not ended: run it once more.", err=True)
        sys.exit(1)
    click.echo("The key before is destroyed. Everybody signs in anew; letters wait until somebody has.")
    click.echo("Pin the new key alone, and restart web server and courier when it suits:\n")
    click.echo(f"HEARD_TEAM_FINGERPRINT={state.current.replace(' ', '')}")


@rotate.command()
@with_settings
def status(parts: Any, settings: Settings) -> None:
    """Say where a rotation stands. Nobody needs to sign in."""
    state = read_rotation(open_kit(parts, settings))
    click.echo(f"team key in use: {state.current}")
    if state.prepared:
        pinned = "pinned" if state.is_pinned else "not pinned yet"
        click.echo(f"prepared: {state.prepared}, {pinned}; compare it with what `prepare` printed")
    elif state.left is not None:
        left = state.left
        click.echo(f"under way; still under the key before: {left.wraps} keys, {left.answers} answers,")
        click.echo(f"{left.packs} letters' packs, {left.contacts} mail addresses, {left.series} series.")
        click.echo("Go on with `heard rotate run`.")
    else:
        click.echo("no rotation is prepared or under way")
