"""The demonstration, really running, and members of its staff who are signed in."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.steps import Live, sign_in, visitor
from tests.conftest import free_port

READY_WITHIN_S = 180


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """`heard demo` in a folder of its own, on a free port, ended by Ctrl-C."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    told = folder / "told.txt"
    heard = Path(sys.executable).parent / "heard"
    given = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    given |= {"HEARD_DATA": str(folder), "HEARD_PORT": str(port)}
    with told.open("wb") as out, subprocess.Popen([heard, "demo"], env=given, stdout=out, stderr=out) as demo:
        try:
            give_up_at = time.monotonic() + READY_WITHIN_S
            while b"ready http" not in told.read_bytes():
                if demo.poll() is not None or time.monotonic() > give_up_at:
                    pytest.fail(f"the demonstration did not start:\n{told.read_text()}")
                time.sleep(0.1)
            yield Live(f"http://127.0.0.1:{port}", folder)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(90)


def _session_of(chromium: Browser, live: Live, name: str, start: str) -> Any:
    with visitor(chromium) as context:
        page = context.new_page()
        sign_in(page, live, name)
        assert page.url.startswith(live.base + start)
        return context.storage_state()


@pytest.fixture(scope="session")
def ben(chromium: Browser, live: Live) -> Any:
    """A signed-in caseworker: what their browser keeps. (Ada signs in during the journey.)"""
    return _session_of(chromium, live, "ben", "/desk/")


@pytest.fixture(scope="session")
def mira(chromium: Browser, live: Live) -> Any:
    """A signed-in admin."""
    return _session_of(chromium, live, "mira", "/admin/")


@pytest.fixture(scope="session")
def staff(chromium: Browser, live: Live, ben: Any, mira: Any) -> dict[str, Any]:
    """Signed-in members, one of each role, by the name they sign in with."""
    sina = _session_of(chromium, live, "sina", "/desk/")
    lou = _session_of(chromium, live, "lou", "/audit/")
    return {"ben": ben, "mira": mira, "sina": sina, "lou": lou}
