"""After a request was destroyed, its sealed bytes are in no file of the database any more."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import LargeBinary, select, text

from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.write_message import MessageInput, write_message
from app.persistence.forgetting import of_a_request
from app.persistence.wraps import wraps
from tests.casework.steps import file_approved
from tests.make import DATABASE_KEY, Clock, Filed, file_one

PAGE, RESERVE = 4096, 80  # SQLCipher 4: 16 bytes IV and 64 bytes MAC at the end of each page
WAL_HEADER, FRAME_HEADER = 32, 24


def plain_page(page: bytes, is_first: bool) -> bytes:
    """One page as SQLite sees it, or would have seen it: with a raw key, that key encrypts the pages."""
    start = 16 if is_first else 0
    iv = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    opener = Cipher(algorithms.AES(DATABASE_KEY), modes.CBC(iv)).decryptor()
    return opener.update(page[start : PAGE - RESERVE]) + opener.finalize()


def plain_files(folder: Path) -> bytes:
    """Everything in the database's files, page by page, whether it is in use or not."""
    found = b""
    file = (folder / "heard.db").read_bytes()
    for at in range(0, len(file), PAGE):
        found += plain_page(file[at : at + PAGE], at == 0)
    wal = (folder / "heard.db-wal").read_bytes()
    for at in range(WAL_HEADER, len(wal), FRAME_HEADER + PAGE):
        page = wal[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        if len(page) == PAGE:
            found += plain_page(page, wal[at : at + 4] == b"\0\0\0\1")
    return found


def sealed_in(kit: Kit) -> set[bytes]:
    """A piece of each sealed value and digest of every request there is."""
    pieces = set()
    with kit.database.reading() as work:
        for table in of_a_request():
            columns = [c for c in table.c if isinstance(c.type, LargeBinary)]
            if columns:
                for row in work.connection.execute(select(*columns)):
                    pieces |= {bytes(value)[9:41] for value in row if value is not None}
    return pieces


def forget_all(kit: Kit, *filed: Filed) -> None:
    for one in filed:
        forget_request(kit, follow_with_code(kit, one.code), one.request_id)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=8)


def a_full_case(kit: Kit) -> Filed:
    filed = file_approved(kit)
    write_message(kit, follow_with_code(kit, filed.code), MessageInput("word " * 2000))
    return filed


def test_the_embedded_databases_files_hold_nothing_of_it(embedded_kit: Kit) -> None:
    kit, folder = embedded_kit, embedded_kit.settings.folder
    others = [file_one(kit) for _ in range(3)]
    kept = sealed_in(kit)
    gone = [a_full_case(kit), file_one(kit), a_full_case(kit)]
    others.append(file_one(kit))
    pieces = sealed_in(kit) - kept
    with kit.database.reading() as work:
        party = work.parties.of_request(others[-1].request_id)[0]
        mine = select(wraps.c.key_sealed).where(wraps.c.request_id == party.request_id)
        others_wraps = {bytes(one)[9:41] for one in work.connection.execute(mine).scalars()}
    before = plain_files(folder)
    assert [piece for piece in pieces if piece not in before] == []
    forget_all(kit, *gone)
    assert destroy_forgotten(kit).is_scrubbed
    assert (folder / "heard.db-wal").stat().st_size == 0
    after = plain_files(folder)
    still_there = {piece for piece in pieces if piece in after}
    assert len(pieces) > 30
    assert still_there == sealed_in(kit) - kept
    assert others_wraps <= still_there
    raw = b"".join(file.read_bytes() for file in folder.glob("heard.db*"))
    assert [piece for piece in pieces if piece in raw] == []


def test_who_reads_meanwhile_puts_the_cleaning_off_and_nothing_fails(embedded_kit: Kit) -> None:
    kit = embedded_kit
    filed = file_one(kit)
    forget_all(kit, filed)
    with kit.database.reading() as work:
        work.requests.is_filed(b"")  # a reader that stays
        done = destroy_forgotten(kit)
        assert (done.count, done.is_scrubbed) == (1, False)
    again = destroy_forgotten(kit, scrub_anyway=True)
    assert (again.count, again.is_scrubbed) == (0, True)
    assert (kit.settings.folder / "heard.db-wal").stat().st_size == 0


@pytest.mark.parametrize("kit", ["postgres"], indirect=True)
def test_postgresqls_table_files_hold_nothing_of_it_after_a_full_sweep(kit: Kit) -> None:
    other = file_one(kit)
    kept = sealed_in(kit)
    gone = a_full_case(kit)
    pieces = sealed_in(kit) - kept
    before = table_files(kit)
    assert [piece for piece in pieces if piece not in before] == []
    forget_all(kit, gone)
    assert destroy_forgotten(kit).is_scrubbed
    destroy_forgotten(kit, is_full=True)
    after = table_files(kit)
    assert [piece for piece in pieces if piece in after] == []
    assert [piece for piece in kept if piece not in after] == []
    assert follow_with_code(kit, other.code).request_id == other.request_id


def table_files(kit: Kit) -> bytes:
    """All files of this PostgreSQL database, after everything in memory was written."""
    with kit.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = connection.execute(text("SHOW data_directory")).scalar()
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        base = Path(str(folder)) / "base" / str(number.scalar())
    return b"".join(file.read_bytes() for file in base.iterdir())
