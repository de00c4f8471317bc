"""Nothing that is sent is written to a file beside the database, and no reported host is ever contacted."""

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.outbound.smtp import SmtpMailer, SmtpSettings
from tests.conftest import MailServer
from tests.make import ADA
from tests.pdfs import bomb_pdf, scan_pdf, text_pdf
from tests.walks import HOST, Answering, Asking, Desk, case_of, deliver
from tests.web.pages import PLACES, PNG, SAME_ORIGIN, post
from tests.web.proof_walks import Proving

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
DATABASE_FILES = {"heard.db", "heard.db-wal", "heard.db-shm"}
CONNECTS = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.sendto",
}


@dataclass
class Watch:
    """What Python did while it was on: files opened to be written, places connected to or looked up."""

    is_on: bool = False
    written: list[str] = field(default_factory=list)
    contacted: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)


_watches: list[Watch] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    watch = _watches[-1]
    if not watch.is_on:
        return
    if event == "open":
        path, _mode, flags = args
        if isinstance(flags, int) and flags & WRITES:
            watch.written.append(str(path))
    elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "tempfile.mkstemp", "tempfile.mkdtemp"):
        watch.written.append(f"{event} {args}")
    elif event in CONNECTS:
        watch.contacted.append(repr(args[1:] if event == "socket.connect" else args))
    elif event in ("subprocess.Popen", "os.exec", "os.system", "os.posix_spawn"):
        watch.started.append(event)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The watch, off. An audit hook cannot be taken away again, so there is one for all tests."""
    _watches.append(Watch())
    if len(_watches) == 1:
        sys.addaudithook(_hook)
    yield _watches[-1]
    _watches[-1].is_on = False


def test_the_watch_sees_a_file_and_a_connection(watch: Watch, tmp_path: Path) -> None:
    watch.is_on = True
    (tmp_path / "a").write_text("a")
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        socket.create_connection(here.getsockname()).close()
    watch.is_on = False
    assert watch.written == [str(tmp_path / "a")]
    assert "127.0.0.1" in watch.contacted[-1]


def test_nothing_that_is_sent_is_written_to_a_file(site: Flask, watch: Watch, tmp_path: Path) -> None:
    client = site.test_client()
    client.get("/ask")  # templates are read once
    large = PNG * 12_000  # more than the 500 kB from which Werkzeug would keep a file on disk
    # Written out here, because the test client itself would keep it in a file.
    upload = (
        b'--x\r\nContent-Disposition: form-data; name="places"; filename="a.png"\r\n\r\n'
        + large
        + b"\r\n--x--"
    )
    watch.is_on = True
    for path in (
        "/ask",
        "/ask/review",
        "/follow",
        "/follow/message",
        "/desk/sign-in",
        "/n/some-link",
        "/nothing",
    ):
        client.post(path, data=upload, content_type="multipart/form-data; boundary=x", headers=SAME_ORIGIN)
        client.post(path, data=large, content_type="image/png", base_url=HOST, headers=SAME_ORIGIN)
        client.post(path, data=large, content_type="application/x-www-form-urlencoded", headers=SAME_ORIGIN)
        client.post(
            path, data=large[:800_000], content_type="application/x-www-form-urlencoded", headers=SAME_ORIGIN
        )
        post(client, path, {"places": "https://a.example/?" + "x." * 400_000, "words": "w " * 90_000})
        post(client, path, {"places": PLACES, "words": "w" * 900_000}, headers={})
        client.put(path, data=large, content_type="image/png")
    watch.is_on = False
    assert (watch.written, watch.contacted, watch.started) == ([], [], [])
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} <= DATABASE_FILES


def test_a_document_is_written_to_no_file_and_starts_one_child_alone(
    site: Flask, embedded_kit: Kit, watch: Watch, tmp_path: Path
) -> None:
    asker = Proving(site, embedded_kit)
    asker.go("/follow/proof/document")
    large = text_pdf() + b"\n" * 3_000_000
    for content in (large, scan_pdf(), bomb_pdf(), PNG * 20_000):
        watch.started.clear()
        watch.is_on = True
        asker.upload(content)
        watch.is_on = False
        assert watch.started == ([] if content.startswith(PNG) else ["subprocess.Popen"])
    # Pipes are opened by their number, and what the child says of faults goes nowhere.
    assert {file for file in watch.written if not file.isdecimal()} <= {os.devnull}
    assert watch.contacted == []
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} <= DATABASE_FILES


def test_no_reported_host_is_contacted_or_looked_up_on_the_whole_way(
    site: Flask, embedded_kit: Kit, maildir_server: MailServer, watch: Watch
) -> None:
    settings = SmtpSettings("127.0.0.1", maildir_server.port, "none", "", "", 60)
    mailer, door, ada, asking = SmtpMailer(settings), CourierDoor(embedded_kit), Desk(site, ADA), Asking(site)
    reported = PLACES + "\nhttp://93.184.216.34/x\nhttps://example.com/a"
    watch.is_on = True
    code = asking.ask(reported)
    asking.note_code()
    asking.follow(code)
    asking.write("see https://img.northlight.example/message")
    request_id = case_of(embedded_kit, code)
    ada.take(request_id)
    ada.assess(request_id)
    ada.approve(request_id)
    ada.approve(request_id)
    deliver(embedded_kit, door, mailer)
    Answering(site).go("/n/some-link")
    asking.go("/leave")
    watch.is_on = False
    letters = list((maildir_server.maildir / "new").iterdir())
    assert len(letters) == 2
    assert watch.contacted
    assert all(f"'127.0.0.1', {maildir_server.port}" in said for said in watch.contacted), watch.contacted
    assert watch.written == []
    assert watch.started == []
