"""Changing the key of the embedded database, while nobody else has it open."""

from pathlib import Path

import sqlcipher3.dbapi2

_WAIT_S = 2


class DatabaseHeld(Exception):
    """Another process has the database open."""


class WrongKey(Exception):
    """The old key does not open the database."""


class NotRekeyed(Exception):
    """The database does not open whole with the new key: go back to a backup."""


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt every page anew. Killed in the middle, the database opens with the old key again.

    Raises DatabaseHeld, WrongKey, NotRekeyed.
    """
    connection = sqlcipher3.dbapi2.connect(str(path), timeout=_WAIT_S, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{old.hex()}'\"")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Leaving the write-ahead log is refused while any other connection is open, even an idle one; and
        # a rollback journal, unlike that log, is kept under the old key until all is done.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    except sqlcipher3.dbapi2.OperationalError:
        raise DatabaseHeld from None
    except sqlcipher3.dbapi2.DatabaseError:
        raise WrongKey from None
    finally:
        connection.close()
    _look_through(path, new)


def _look_through(path: Path, key: bytes) -> None:
    connection = sqlcipher3.dbapi2.connect(str(path), timeout=_WAIT_S, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise NotRekeyed
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlcipher3.dbapi2.DatabaseError:
        raise NotRekeyed from None
    finally:
        connection.close()
