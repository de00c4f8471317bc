"""Another key for the embedded database: only while nothing runs, and the old one then opens nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.persistence.database import open_embedded
from app.persistence.rekey import DatabaseHeld, WrongKey, rekey
from app.persistence.schema import is_current
from tests.command_line import run
from tests.make import DATABASE_KEY, file_one

NEW = bytes(range(200, 232))
# Another process that opened the database, read once, and does nothing.
HOLDER = """
import sys
from pathlib import Path
from app.persistence.database import open_embedded
database = open_embedded(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
work = database.reading()
work.requests.is_filed(b"")
work.__exit__(None, None, None)
print("holding", flush=True)
sys.stdin.read()
"""


def opens(path: Path, key: bytes) -> bool:
    database = open_embedded(path, key)
    try:
        return is_current(database)
    except DatabaseError:
        return False
    finally:
        database.engine.dispose()


def test_the_new_key_opens_everything_and_the_old_one_nothing(embedded_kit: Kit) -> None:
    kit, path = embedded_kit, embedded_kit.settings.database_path
    filed = file_one(kit)
    kit.database.engine.dispose()
    done = run(kit, "rekey-database", typed=f"{NEW.hex()}\n")
    assert done.exit_code == 0
    assert NEW.hex() not in done.output
    assert opens(path, NEW)
    assert not opens(path, DATABASE_KEY)
    database = open_embedded(path, NEW)
    moved = Kit(database, kit.settings, clock=kit.clock)
    assert follow_with_code(moved, filed.code).request_id == filed.request_id
    file_one(moved)
    database.engine.dispose()


def test_it_is_refused_while_another_process_has_the_database_open(embedded_kit: Kit) -> None:
    kit, path = embedded_kit, embedded_kit.settings.database_path
    kit.database.engine.dispose()
    argv = [sys.executable, "-c", HOLDER, str(path), DATABASE_KEY.hex()]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "holding\n"
        refused = run(kit, "rekey-database", typed=f"{NEW.hex()}\n")
        assert (refused.exit_code, "stop the web server" in refused.output) == (1, True)
        with pytest.raises(DatabaseHeld):
            rekey(path, DATABASE_KEY, NEW)
        holder.communicate("")
    assert opens(path, DATABASE_KEY)
    assert not opens(path, NEW)
    rekey(path, DATABASE_KEY, NEW)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("\n", 2, "64 hexadecimal digits"),
        ("abc\n", 2, "64 hexadecimal digits"),
        ("00" * 32 + "\n", 2, "64 hexadecimal digits"),
        (DATABASE_KEY.hex() + "\n", 1, "the key the database has"),
    ],
)
def test_a_key_that_is_none_changes_nothing(embedded_kit: Kit, typed: str, code: int, said: str) -> None:
    embedded_kit.database.engine.dispose()
    refused = run(embedded_kit, "rekey-database", typed=typed)
    assert (refused.exit_code, said in refused.output) == (code, True)
    assert opens(embedded_kit.settings.database_path, DATABASE_KEY)


def test_the_wrong_old_key_changes_nothing(embedded_kit: Kit) -> None:
    embedded_kit.database.engine.dispose()
    with pytest.raises(WrongKey):
        rekey(embedded_kit.settings.database_path, bytes(range(32)), NEW)
    refused = run(embedded_kit, "rekey-database", typed=f"{NEW.hex()}\n", database_key=bytes(range(32)))
    assert (refused.exit_code, "does not open" in refused.output) == (1, True)
    assert opens(embedded_kit.settings.database_path, DATABASE_KEY)


def test_of_postgresql_it_says_whose_disk_it_is(embedded_kit: Kit) -> None:
    refused = run(embedded_kit, "rekey-database", database_url="postgresql+psycopg://x", typed="\n")
    assert (refused.exit_code, "encrypt its disk" in refused.output) == (1, True)


def test_the_key_is_never_an_argument(embedded_kit: Kit) -> None:
    assert run(embedded_kit, "rekey-database", NEW.hex()).exit_code == 2
