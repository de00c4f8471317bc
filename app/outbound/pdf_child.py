"""The child process that reads one PDF: `python -I -B -m app.outbound.pdf_child`, document in, text out.

A PDF from outside is a program for its reader. So this process first gives up what it could do harm with,
and only then looks at the document. It is started by pdf_text.py and uses nothing else of this program.
"""

import codecs
import encodings
import os
import pkgutil
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

import pypdf

CPU_SECONDS = 6
MEMORY_BYTES = 256 * 1024 * 1024
_MOST_BYTES = 4 * 1024 * 1024
_MOST_CHARACTERS = 200_000
_MOST_PAGES = 300
_MOST_UNPACKED = 16_000_000
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": _MOST_UNPACKED,
    "lzw_maximum_output_length": _MOST_UNPACKED,
    "run_length_maximum_output_length": _MOST_UNPACKED,
    "maximum_declared_stream_length": _MOST_UNPACKED,
    "array_based_stream_maximum_output_length": _MOST_UNPACKED,
    "stream_decoding_work_maximum_length": 4 * _MOST_UNPACKED,
    "image_maximum_buffer_size": 0,
    "jbig2dec_binary": None,
}
_FEWEST_CHARACTERS = 20  # letters and digits: what a scanner writes beside its picture is about as much
_ONLY_ELSEWHERE = {"mbcs", "oem"}  # codecs of another system
_JOINERS = "\u200c\u200d"  # some scripts are written with them


class TooMuch(Exception):
    """More text, or more pages, than a caseworker could look at."""


def give_up_powers() -> None:
    """From here on: no file is opened or written, no process or connection begun, nothing dumped."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, 3),  # the three that are open already
    ):
        resource.setrlimit(what, (most, most))


def load_everything() -> None:
    """All of the reader, and every encoding that a font may name: once files are closed nothing is loaded."""
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        with suppress(ImportError, AttributeError):  # parts for libraries that are not here
            pkgutil.resolve_name(module.name)
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _ONLY_ELSEWHERE:
            with suppress(LookupError):  # a part of the package that is no codec
                codecs.lookup(module.name)


def text_of(document: bytes) -> str:
    """Everything that stands on the pages as text. Raises TooMuch, and whatever the document provokes."""
    with pypdf.apply_configuration(**_LIMITS):
        reader = pypdf.PdfReader(BytesIO(document))
        if reader.is_encrypted:
            raise ValueError
        if len(reader.pages) > _MOST_PAGES:
            raise TooMuch
        found: list[str] = []
        for page in reader.pages:
            found.append(legible(page.extract_text()))
            if sum(map(len, found)) > _MOST_CHARACTERS:
                raise TooMuch
    return "\n\n".join(text for text in found if text.strip())


def legible(text: str) -> str:
    """Without what cannot be shown, or cannot be written as UTF-8."""
    spaced = (" " if char.isspace() and char not in "\n\t" else char for char in text)
    return "".join(char for char in spaced if char.isprintable() or char in "\n\t" or char in _JOINERS)


def answer_to(document: bytes) -> bytes:
    """One line that says what came of it, then the text."""
    try:
        text = text_of(document)
    except TooMuch:
        return b"too_large\n"
    except (Exception, MemoryError):  # noqa: BLE001, whatever it provoked: nothing of it is kept
        return b"unreadable\n"
    if sum(char.isalnum() for char in text) < _FEWEST_CHARACTERS:
        return b"no_text\n"
    return b"text\n" + text.encode()


def main() -> None:
    """Standard input to standard output."""
    load_everything()
    give_up_powers()
    sys.stdout.buffer.write(answer_to(sys.stdin.buffer.read(_MOST_BYTES + 1)))
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is tidied up: a document may have left much to tidy


if __name__ == "__main__":
    main()
