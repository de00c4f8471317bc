"""`heard sweep`: what the courier does by itself every few minutes, now."""

import sys
from typing import Any

import click

from app.casework.count_queue import count_queue
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.end_vouchers import end_vouchers
from app.casework.staged_lists import sweep_staged_lists
from app.casework.sweep_openings import sweep_openings
from app.casework.sweep_sessions import sweep_sessions
from app.commands.settings_first import open_kit, with_settings
from app.settings import Settings


@click.command()
@click.option(
    "--full",
    is_flag=True,
    help="PostgreSQL only: write the tables anew (VACUUM FULL), so that no destroyed row is left in their"
    " files. The site waits meanwhile.",
)
@with_settings
def sweep(parts: Any, settings: Settings, full: bool) -> None:
    """Destroy forgotten requests whose days are over, delete ended sessions, count the queue anew."""
    kit = open_kit(parts, settings)
    ended = sweep_sessions(kit)
    sweep_openings(kit)
    sweep_staged_lists(kit)
    end_vouchers(kit)
    count_queue(kit)
    destroyed = destroy_forgotten(kit, by="command", scrub_anyway=True, is_full=full)
    click.echo(f"{ended} sessions deleted, {destroyed.count} forgotten requests destroyed")
    if not destroyed.is_scrubbed:
        click.echo("the write-ahead log could not be emptied: somebody was reading; try again", err=True)
        sys.exit(1)
