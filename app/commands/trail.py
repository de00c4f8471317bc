"""`heard trail`: is the record whole, and what does its end look like today?"""

import sys
from pathlib import Path
from typing import Any

import click

from app.casework.join_trail_heads import join_trail_heads
from app.casework.kit import Kit
from app.casework.verify_trail import Fault, verify_trail
from app.commands.settings_first import open_kit, with_settings
from app.domain.trail import HOTLINE
from app.domain.trail_heads import Heads, HeadsDamaged, read_heads
from app.settings import Settings

WORDS = {
    Fault.CHANGED: "line {} was changed",
    Fault.REMOVED: "line {} was removed",
    Fault.INSERTED: "line {} does not follow the line before it: one was inserted or written anew",
    Fault.CUT: "the end was cut off: line {} was there and is gone",
    Fault.REWRITTEN: "line {} is not the one that was there when the head was written",
}


@click.group()
def trail() -> None:
    """The trail: who did what to which random id. One chain per case, one for people and keys."""


@trail.command()
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that `trail head --write` made earlier: every chain must go on from what it says.",
)
@with_settings
def verify(parts: Any, settings: Settings, heads: Path | None) -> None:
    """Walk every chain, and name the first broken line of each damaged one (exit code 1).

    Without --heads, a chain that was cut at its end or written anew as a whole goes unseen.
    """
    known = _read(heads) if heads else None
    kit = open_kit(parts, settings)
    with _bar(kit, "reading the trail") as bar:
        damages = verify_trail(kit, known, bar.update)
    for damage in damages:
        chain = "people and keys" if damage.trail_id == HOTLINE else damage.trail_id
        click.echo(f"{chain}: {WORDS[damage.fault].format(damage.position)}", err=True)
    if damages:
        sys.exit(1)
    click.echo("the trail is whole" + (f", and goes on from {known.line}" if known else ""))


@trail.command()
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a new file with the last line of every chain, for `trail verify --heads`.",
)
@with_settings
def head(parts: Any, settings: Settings, write: Path | None) -> None:
    """Print one line: the time, how many chains there are, one digest over all their last lines.

    Keep it, and the file, where nobody with the database can change it: on paper, on another machine,
    with another organisation. Both hold random ids and digests only; the number of chains tells how
    many requests there ever were.
    """
    kit = open_kit(parts, settings)
    with _bar(kit, "reading the trail") as bar:
        heads = join_trail_heads(kit, bar.update)
    if write is not None:
        try:
            with write.open("x", encoding="ascii") as file:  # a head that can be overwritten proves nothing
                file.write(heads.write())
        except OSError as error:
            click.echo(f"{write}: {error.strerror}", err=True)
            sys.exit(1)
    click.echo(heads.line)


def _read(file: Path) -> Heads:
    try:
        return read_heads(file.read_text("ascii"))
    except (HeadsDamaged, UnicodeDecodeError):
        click.echo(f"{file}: not a head file, or changed since it was written", err=True)
        sys.exit(1)


def _bar(kit: Kit, label: str) -> Any:
    with kit.database.reading() as work:
        count = work.trail.count()
    return click.progressbar(length=count, label=label, file=sys.stderr)
