"""HPKE with X-Wing, both ways against an implementation by other people (npm, @hpke)."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.vault.padding import pad, unpad
from app.vault.pairs import VERSION, key_id_of, new_pair, open_with, seal_to
from app.vault.seal import Purpose, binding

HERE = Path(__file__).parent
HEADER_BYTES = 9
TEXT = "dix-huit élans \N{SNOWMAN}".encode()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Other"]:
    """The other implementation, installed by npm from a lock file with hashes."""
    # The one test that needs npm and a network: a person without them can run all the others.
    if (shutil.which("npm") is None or shutil.which("node") is None) and not os.environ.get("CI"):
        pytest.skip("npm and node are not here; CI has them and does not skip this")
    folder = tmp_path_factory.mktemp("interop")
    for name in ("package.json", "package-lock.json", "xwing.mjs"):
        shutil.copy(HERE / name, folder / name)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    subprocess.run(("npm", "ci", *quiet), cwd=folder, check=True, timeout=120)
    with subprocess.Popen(
        ("node", "xwing.mjs"), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Other(process)
        process.terminate()


class Other:
    """Asks the other implementation one thing at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **asked: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answered: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answered


def test_another_implementation_opens_what_we_sealed(other: Other) -> None:
    pair = new_pair()
    sealed = seal_to(pair.public, Purpose.REQUEST_KEY, "row", TEXT)
    info = binding(VERSION, key_id_of(pair.public), Purpose.REQUEST_KEY, "row")
    answer = other.ask(what="open", seed=pair.seed.hex(), sealed=sealed[HEADER_BYTES:].hex(), info=info.hex())
    assert unpad(bytes.fromhex(answer["plain"])) == TEXT


def test_we_open_what_another_implementation_sealed(other: Other) -> None:
    pair = new_pair()
    key_id = key_id_of(pair.public)
    info = binding(VERSION, key_id, Purpose.REQUEST_KEY, "row")
    answer = other.ask(what="seal", public=pair.public.hex(), plain=pad(TEXT).hex(), info=info.hex())
    sealed = VERSION + key_id + bytes.fromhex(answer["sealed"])
    assert open_with(pair, Purpose.REQUEST_KEY, "row", sealed) == TEXT
