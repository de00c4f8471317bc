"""The `heard` command. Settings come from the environment; no secret is ever an argument."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
import pyotp

from app.commands.backup import backup, restore
from app.commands.courier_key import courier_key
from app.commands.courier_status import courier
from app.commands.init import init
from app.commands.recover import drill, recover
from app.commands.rekey import rekey_database
from app.commands.rotate import rotate
from app.commands.settings_first import with_settings
from app.commands.sweep import sweep
from app.commands.trail import trail
from app.demo.prepare import OTHERS, prepare_demo
from app.demo.run import DemoFailed, run_demo
from app.outbound.mailbox import is_reached
from app.persistence.schema import is_current, migrate
from app.settings import Settings

WORKERS, THREADS = 2, 32


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="heard", message="%(version)s")
def heard() -> None:
    """Heard: a hotline's site for survivors of child sexual abuse imagery.

    Settings are environment variables that begin with HEARD_; the README lists them.
    """


@heard.command()
@with_settings
def check(parts: Any, settings: Settings) -> None:
    """Check settings, texts and database, and say what is missing."""
    ready = parts.read_texts(settings) is not None
    click.echo("texts: complete" if ready else "texts: incomplete, the portal stays closed", err=not ready)
    current = is_current(parts.make_kit(settings).database)
    click.echo("database: current" if current else "database: run `heard migrate`", err=not current)
    answers = settings.mailbox is None or is_reached(parts.make_mailbox(settings))
    said = (
        "not reached"
        if not answers
        else "none, answers by mail are not read"
        if not settings.mailbox
        else "reached"
    )
    click.echo(f"mailbox: {said}", err=not answers)
    sys.exit(0 if ready and current and answers else 1)


@heard.command("migrate")
@with_settings
def migrate_command(parts: Any, settings: Settings) -> None:
    """Bring the database to this program's schema."""
    migrate(parts.make_kit(settings).database)
    click.echo("database: current")


@heard.command()
@click.option(
    "--bind", default="127.0.0.1", show_default=True, help="Address to listen on; put TLS in front of it."
)
@with_settings
def serve(parts: Any, settings: Settings, bind: str) -> None:
    """Run the web server (Gunicorn)."""
    program = str(Path(sys.executable).parent / "gunicorn")
    os.execv(program, [program, *gunicorn_arguments(bind, settings.port)])  # noqa: S606, no shell is meant


def gunicorn_arguments(bind: str, port: int) -> list[str]:
    """No access log (it would hold addresses), no request on disk, heartbeats in memory."""
    return [
        "app.wiring:make_web()",
        f"--bind={bind}:{port}",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
        "--worker-class=gthread",
        "--worker-tmp-dir=/dev/shm",
        "--timeout=60",
        "--graceful-timeout=20",
        "--keep-alive=5",
        "--log-level=error",
        "--no-control-socket",
    ]


@heard.command()
@click.pass_obj
def demo(parts: Any) -> None:
    """Try Heard on this machine: invented staff and providers, mail kept in a folder, nothing sent out.

    HEARD_DATA (default ./var) is where everything lies, HEARD_PORT (default 8080) where it listens.
    """
    try:
        prepared = prepare_demo(parts, gunicorn_arguments)
        sys.exit(run_demo(prepared.services, prepared.base_url, prepared.introduction))
    except DemoFailed as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@heard.command("demo-codes")
def demo_codes() -> None:
    """Print the demo staff's second-factor codes of this moment."""
    file = Path(os.environ.get("HEARD_DATA") or "./var") / "demo.json"
    if not file.exists():
        click.echo(f"There is no demo in {file.parent}: run `make demo` first.", err=True)
        sys.exit(1)
    shown = json.loads(file.read_text())
    others = (shown[role] for role in OTHERS if role in shown)
    for one in (*shown["caseworkers"], *others):
        click.echo(f"{one['sign_in']:6} {pyotp.TOTP(one['totp_secret']).now()}")


heard.add_command(init)
heard.add_command(backup)
heard.add_command(restore)
heard.add_command(sweep)
heard.add_command(trail)
heard.add_command(rekey_database)
heard.add_command(courier)
heard.add_command(courier_key)
heard.add_command(recover)
heard.add_command(drill)
heard.add_command(rotate)
