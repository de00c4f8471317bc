"""The text of a PDF, read by a child process that can do nothing else: no file, no network, little memory.

Nothing of the file is written anywhere. Of the document only its text comes back: pictures, attached files,
scripts and forms stay behind in the child, and end with it.
"""

import subprocess
import sys
import threading
from typing import Literal

MOST_BYTES = 4 * 1024 * 1024
MOST_CHARACTERS = 200_000
SECONDS = 15.0
"""For the whole of it. The child also ends itself after a few seconds of work: see pdf_child.py."""

Code = Literal["not_pdf", "too_large", "no_text", "unreadable"]
_START = b"%PDF-"
_CODES: dict[bytes, Code] = {b"no_text": "no_text", b"too_large": "too_large"}
_MOST_ANSWER = 4 * MOST_CHARACTERS + 100


class PdfRefused(Exception):
    """A document of which nothing is kept. `code` says why; it never quotes the document."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


def read_pdf_text(data: bytes | memoryview) -> str:
    """The text of all pages, without control characters, as far as there is any.

    Raises PdfRefused: not_pdf (it does not begin with %PDF-), too_large (bytes, or text), no_text (a scan),
    unreadable (broken, locked with a password, a bomb, or more work than a document for people asks for).
    """
    if bytes(data[: len(_START)]) != _START:
        raise PdfRefused("not_pdf")
    if len(data) > MOST_BYTES:
        raise PdfRefused("too_large")
    head, _, body = _ask_child(data).partition(b"\n")
    if head != b"text":
        raise PdfRefused(_CODES.get(head, "unreadable"))
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise PdfRefused("unreadable") from None


def _ask_child(data: bytes | memoryview) -> bytes:
    """What the child said; nothing when it failed, took too long, or said too much."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", "-m", "app.outbound.pdf_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a trace could quote the document
        env={},
        cwd="/",
    )
    clock = threading.Timer(SECONDS, child.kill)
    clock.daemon = True
    clock.start()
    try:
        with child:
            answer = _exchange(child, data)
            child.kill()  # it has said all it has to say
    except BrokenPipeError:  # it ended before it had read everything
        return b""
    finally:
        clock.cancel()
    return answer if len(answer) <= _MOST_ANSWER else b""


def _exchange(child: "subprocess.Popen[bytes]", data: bytes | memoryview) -> bytes:
    """It reads all before it says anything, so writing and reading never wait for each other."""
    if child.stdin is None or child.stdout is None:  # never: it tells the type checker
        return b""
    child.stdin.write(data)
    child.stdin.close()
    return child.stdout.read(_MOST_ANSWER + 1)
