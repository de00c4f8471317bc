"""The two files of a backup: their names, and the lines inside them.

Inside the sealed stream: one JSON object per line that begins something (the file, then each table),
and below a table one JSON list per row. The same for both databases.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.casework.errors import CaseworkError
from app.casework.kit import Kit
from app.persistence.backup_rows import Part
from app.vault.derive import hkdf, key_from
from app.vault.seal import NotOpened, Purpose, SecretKey
from app.vault.streams import open_stream

FORMAT = 1
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\.?heard-(\d{8}T\d{6}Z)\.(main|wraps)(\.part)?")
_PURPOSES = {Part.MAIN: Purpose.BACKUP_MAIN, Part.WRAPS: Purpose.BACKUP_WRAPS}


class BackupRefused(CaseworkError):
    """`code`: not_opened (another key, another part, damage), other_schema, other_secret, older_wraps,
    not_empty."""


@dataclass(frozen=True)
class Header:
    """What stands at the top of a file. `secret` tells whether HEARD_SECRET is the one of then, without
    which no receipt code fits. `forgotten` (in the wraps): when each forgotten request is destroyed."""

    part: Part
    made_at: datetime
    schema: str
    secret: str
    forgotten: dict[str, int]

    def line(self) -> bytes:
        return as_line(asdict(self) | {"heard_backup": FORMAT, "made_at": self.made_at.isoformat()})


def secret_print(kit: Kit) -> str:
    return hkdf(kit.settings.secret, "backup check", 8).hex()


def stream_key(database_key: bytes) -> SecretKey:
    return key_from(database_key, "backup")


def purpose_of(part: Part) -> Purpose:
    return _PURPOSES[part]


def name_of(part: Part, made_at: datetime) -> str:
    return f"heard-{made_at.astimezone(UTC):{_STAMP}}.{part}"


def of_name(name: str) -> tuple[datetime, str, bool] | None:
    """(made at, part, whether it was left behind unfinished) of a backup's file; None for any other."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC), found[2], found[3] is not None


def as_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_lines(file: Path, part: Part, key: SecretKey, read: Callable[[int], object]) -> Iterator[Any]:
    """What stands in each line, the header first. `read` is told how many bytes were read each time.

    Raises BackupRefused("not_opened"), perhaps only at the end.
    """
    held = b""
    try:
        with file.open("rb") as source:
            for chunk in open_stream(key, _PURPOSES[part], source):
                read(len(chunk))
                *whole, held = (held + chunk).split(b"\n")
                yield from map(json.loads, whole)
        if held:
            raise NotOpened
    except NotOpened:
        raise BackupRefused("not_opened") from None


def read_header(lines: Iterator[Any]) -> Header:
    """Raises BackupRefused for a file of another format."""
    found = next(lines, None)
    if not isinstance(found, dict) or found.pop("heard_backup", None) != FORMAT:
        raise BackupRefused("other_schema")
    made_at = datetime.fromisoformat(found.pop("made_at"))
    return Header(**found | {"part": Part(found["part"]), "made_at": made_at})


def read_tables(lines: Iterable[Any]) -> Iterator[tuple[str, list[str], list[Any]]]:
    """(table, its columns, one row), for every row below the header."""
    name, columns = "", list[str]()
    for line in lines:
        if isinstance(line, dict):
            name, columns = line["table"], line["columns"]
        else:
            yield name, columns, line
