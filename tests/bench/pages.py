"""What a first visit loads over the wire: bytes (headers and bodies) and requests, in the largest language.

14,000 bytes is about what a server may send before the first acknowledgement comes back (RFC 6928:
ten segments), so over Tor or on an old phone the page is there after one round trip.
"""

import gzip
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserTrouble

from app.i18n.locales import LOCALES, SOURCE
from tests.bench.figures import BenchBroken, Figure
from tests.bench.reading import loaded_by
from tests.conftest import CHROMIUM, CHROMIUM_ARGS

BYTES_BAR, REQUESTS_BAR = 14_000.0, 3.0
PAGES = (("first_page", "/"), ("ask_page", "/ask"))


@dataclass(frozen=True)
class Load:
    """Bytes received for each path that showing a page fetches."""

    received: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.received.values())


def measure_pages(port: int) -> Iterator[Figure]:
    """Bytes and requests of the first page and of the form, as Chromium counts them where it is installed."""
    loads = _by_chromium(port) if CHROMIUM.exists() else None
    if loads is None:
        loads = {path: _by_socket(port, path) for path in _paths()}
    for name, path in PAGES:
        of_page = [loads[each] for each in _in_all_languages(path)]
        yield Figure(f"{name}_bytes", max(load.total for load in of_page), "bytes", BYTES_BAR)
        most = max(len(load.received) for load in of_page)
        yield Figure(f"{name}_requests", most, "requests", REQUESTS_BAR)


def _in_all_languages(path: str) -> list[str]:
    return [path if code == SOURCE else f"/{code}{path}" for code in LOCALES]


def _paths() -> list[str]:
    return [each for _, path in PAGES for each in _in_all_languages(path)]


def _by_chromium(port: int) -> dict[str, Load] | None:
    """None when Chromium cannot be started here."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        except BrowserTrouble:
            return None
        try:
            return {path: _shown(browser, port, path) for path in _paths()}
        finally:
            browser.close()


def _shown(browser: Browser, port: int, path: str) -> Load:
    """One page in a fresh profile with scripts off. Its icon is added, which headless Chromium leaves out."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    watch = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    received: dict[str, int] = {}

    def on_response(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["response"]["url"].partition(f":{port}")[2]

    def on_finished(event: dict[str, Any]) -> None:
        received[asked.get(event["requestId"], "?")] = int(event["encodedDataLength"])

    watch.on("Network.responseReceived", on_response)
    watch.on("Network.loadingFinished", on_finished)
    watch.send("Network.enable")
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
    expected = {path, *loaded_by(page.content())}
    context.close()
    if path not in received:
        raise BenchBroken(f"Chromium did not say how large {path} is")
    for missing in expected - set(received):
        received[missing] = len(_received(port, missing))
    return Load(received)


def _by_socket(port: int, path: str) -> Load:
    page = _received(port, path)
    head, _, body = page.partition(b"\r\n\r\n")
    packed = b"\r\ncontent-encoding: gzip" in head.lower()
    paths = loaded_by((gzip.decompress(body) if packed else body).decode())
    return Load({path: len(page)} | {each: len(_received(port, each)) for each in paths})


def _received(port: int, path: str) -> bytes:
    """Every byte of the answer to one GET, headers included."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, deflate\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(f"{asked}Connection: close\r\n\r\n".encode())
        got = b"".join(iter(lambda: wire.recv(65536), b""))
    if not got.startswith(b"HTTP/1.1 200 "):
        raise BenchBroken(f"GET {path} is not there")
    return got
