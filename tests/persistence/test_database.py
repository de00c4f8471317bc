"""The two databases: what is really switched on, and what never shows."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from app.casework.provider_input import one_contact
from app.domain.desk_words import Channel
from app.persistence import database as databases
from app.persistence.database import Database, open_embedded, open_postgres
from app.persistence.providers import Provider
from app.persistence.schema import is_current, migrate
from tests.make import DATABASE_KEY, open_database

MARK = "Odd-word-42"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database of each kind, with nothing in it."""
    opened = open_database(database_url)
    migrate(opened)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Database]:
    opened = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
    migrate(opened)
    yield opened
    opened.engine.dispose()


def pragma(database: Database, name: str) -> object:
    with database.reading() as work:
        return work.connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def provider(name: str = "Somebody", provider_id: str = "1" * 32) -> Provider:
    return Provider(
        provider_id, name, "CA", "", (), one_contact("abuse@somebody.example", "en", Channel.PLAIN)
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
    ],
)
def test_the_embedded_database_is_set_up_safely_on_every_connection(
    embedded: Database, name: str, value: object
) -> None:
    first = embedded.reading()
    second = embedded.reading()  # a second connection of the pool, while the first is in use
    with first, second:
        found = [w.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for w in (first, second)]
    assert found == [value, value]


def test_the_embedded_database_is_sqlcipher_on_a_sqlite_without_the_wal_bug(embedded: Database) -> None:
    assert str(pragma(embedded, "cipher_version")).startswith("4.")
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_a_wrong_key_is_refused(tmp_path: Path, embedded: Database) -> None:
    for key in (bytes(32), DATABASE_KEY[::-1]):
        wrong = open_embedded(tmp_path / "heard.db", key)
        with pytest.raises(DatabaseError, match="not a database") as refused:
            wrong.reading()
        assert key.hex() not in str(refused.value)
        wrong.engine.dispose()
    with sqlite3.connect(tmp_path / "heard.db") as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")
    assert is_current(embedded)


def test_the_files_show_no_plain_text(tmp_path: Path, embedded: Database) -> None:
    with embedded.writing() as work:
        work.providers.add(provider(MARK))
        work.commit()
    files = sorted(path for path in tmp_path.iterdir() if path.name.startswith("heard.db"))
    assert len(files) >= 2, "the database and its write-ahead log"
    for path in files:
        content = path.read_bytes()
        for shown in (MARK.encode(), b"SQLite format 3", b"CREATE TABLE", b"providers"):
            assert shown not in content


def test_a_failing_statement_says_nothing_of_its_values(database: Database) -> None:
    with database.writing() as work, pytest.raises(DatabaseError) as failed:
        work.connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": MARK})
    assert "hidden due to hide_parameters" in str(failed.value)
    assert MARK not in f"{failed.value} {failed.value!r}"


def test_a_refused_row_is_not_shown_by_the_embedded_database(embedded: Database) -> None:
    with embedded.writing() as work:
        work.providers.add(provider(MARK))
        with pytest.raises(IntegrityError) as failed:
            work.providers.add(provider(MARK))
    assert MARK not in f"{failed.value} {failed.value.orig!r}"


def test_what_was_not_committed_is_gone(database: Database) -> None:
    with database.writing() as work:
        work.providers.add(provider())
    with pytest.raises(IntegrityError), database.writing() as work:  # noqa: PT012, the second one fails
        work.providers.add(provider())
        work.providers.add(provider())
    with database.reading() as work:
        assert work.providers.all() == ()


def test_references_between_rows_are_held(database: Database) -> None:
    with database.writing() as work, pytest.raises(IntegrityError):
        work.connection.execute(text("INSERT INTO provider_suffixes VALUES ('a.example', 'nobody', 1)"))


def test_a_migration_that_stops_half_way_leaves_the_schema_as_it_was(database: Database) -> None:
    with pytest.raises(DatabaseError), database.schema_change() as connection:  # noqa: PT012, the second fails
        connection.execute(text("CREATE TABLE half_way (id INTEGER)"))
        connection.execute(text("CREATE TABLE half_way (id INTEGER)"))
    with database.schema_change() as connection:
        connection.execute(text("CREATE TABLE half_way (id INTEGER)"))


def test_a_schema_knows_whether_it_is_the_newest(database_url: str) -> None:
    opened = open_database(database_url)
    assert not is_current(opened)
    migrate(opened)
    assert is_current(opened)
    migrate(opened)
    migrate(opened, "base")
    assert not is_current(opened)
    opened.engine.dispose()


def test_a_writer_that_waits_in_vain_gives_its_connection_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_BUSY_SECONDS", 0)
    opened = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
    migrate(opened)
    with opened.writing():
        for _ in range(50):  # more than the pool holds
            with pytest.raises(OperationalError, match="locked"):
                opened.writing()
    with opened.writing() as work:
        work.commit()
    opened.engine.dispose()


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.writing() as writer:
        writer.providers.add(provider())
        with database.reading() as reader:
            assert reader.providers.all() == ()


def test_fifty_writers_at_once_all_get_their_turn(database: Database) -> None:
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with database.writing() as work:
                work.providers.add(provider(provider_id=f"{number:032}"))
                work.commit()
        except Exception as fault:  # noqa: BLE001, looked at below
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,), daemon=True) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    assert faults == []
    with database.reading() as work:
        assert len(work.providers.all()) == 50


@pytest.mark.parametrize("url", ["", "sqlite://", "postgresql://h/d", "mysql://h/d", "file:///etc/passwd"])
def test_only_postgresql_is_taken_as_another_database(url: str) -> None:
    with pytest.raises(ValueError, match=r"postgresql\+psycopg"):
        open_postgres(url)


def test_the_engine_shows_neither_key_nor_password(embedded: Database) -> None:
    assert DATABASE_KEY.hex() not in repr(embedded.engine) + str(embedded.engine.url)
    engine: Engine = create_engine("postgresql+psycopg://heard:Odd-word@/heard", hide_parameters=True)
    assert "Odd-word" not in repr(engine)
