"""`heard courier`: the process that sends; and `heard courier status`: how it gets on."""

import signal
import sys
import threading
from typing import Any

import click

from app import jobs
from app.commands.courier_key import require_courier_key
from app.commands.settings_first import open_kit, with_settings
from app.reads.courier_state import CourierState, read_courier_state
from app.settings import Settings


@click.group(invoke_without_command=True)
@click.pass_context
def courier(context: click.Context) -> None:
    """Run the process that sends letters and reminders, reads answers, and destroys what is to be forgotten.

    Letters wait until a caseworker signs in, unless there is a key file (`heard courier-key`). On PostgreSQL
    several may run and share the work.
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


@courier.command(hidden=True)
@with_settings
def run(parts: Any, settings: Settings) -> None:
    """What `heard courier` does without another word."""
    parts.no_core_dumps()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    kit = parts.make_kit(settings)
    require_courier_key(kit)
    jobs.run_courier(kit, parts.make_mailer(settings), parts.make_mailbox(settings), stop)


@courier.command()
@with_settings
def status(parts: Any, settings: Settings) -> None:
    """Say how many letters wait, and whether somebody must do something (exit code 1)."""
    state = read_courier_state(open_kit(parts, settings))
    for line in lines(state):
        click.echo(line)
    sys.exit(1 if state.needs_a_person else 0)


def lines(state: CourierState) -> list[str]:
    """Counts and times alone: no letter, provider or case is named."""
    oldest = f"{state.oldest:%Y-%m-%d %H:%M} UTC" if state.oldest else "none"
    return [
        f"couriers: {state.alive} running, {state.open} open",
        f"waiting: {state.waiting}, not taken for now: {state.failing}, overdue: {state.overdue}",
        f"oldest due: {oldest}",
        f"in doubt: {state.in_doubt}",
        f"refused: {state.refused}",
        f"mails that belong to no notice: {state.unmatched}",
    ]
