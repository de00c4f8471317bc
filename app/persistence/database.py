"""The two databases: SQLite as SQLCipher by default, PostgreSQL when a hotline outgrows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool

from app.persistence.alarms import Alarms
from app.persistence.answers import Answers
from app.persistence.assessments import Assessments
from app.persistence.canned_replies import CannedReplies
from app.persistence.claims import Claims
from app.persistence.contacts import ContactMails, Contacts
from app.persistence.countries import Countries
from app.persistence.courier_processes import CourierProcesses
from app.persistence.desk_notes import DeskNotes
from app.persistence.forgetting import Forgetting
from app.persistence.invitations import Invitations
from app.persistence.joining import Joining
from app.persistence.laws import Laws
from app.persistence.letters import Letters
from app.persistence.messages import Messages
from app.persistence.notices import Notices
from app.persistence.openings import Openings
from app.persistence.outcome_counts import OutcomeCounts
from app.persistence.paces import Paces
from app.persistence.parties import Parties
from app.persistence.passkeys import Passkeys
from app.persistence.policies import Policies
from app.persistence.proofs import Proofs
from app.persistence.providers import Providers
from app.persistence.queue import Queue
from app.persistence.queue_counts import QueueCounts
from app.persistence.received_mails import ReceivedMails
from app.persistence.referrals import Referrals
from app.persistence.requests import Requests
from app.persistence.safety_notes import SafetyNotes
from app.persistence.series import Series
from app.persistence.sessions import Sessions
from app.persistence.signals import Signals
from app.persistence.staff import Staff
from app.persistence.staged_lists import StagedLists
from app.persistence.stepped_aside import SteppedAside
from app.persistence.team_keys import HotlineKeys, TeamKeys
from app.persistence.trail import Trail
from app.persistence.wraps import Wraps

_BUSY_SECONDS = 30


class Work:
    """A unit of work: one transaction, rolled back unless `commit` is called."""

    def __init__(self, connection: Connection, writing: bool) -> None:
        self._connection = connection
        self.queue_counts = QueueCounts(connection)
        self.requests = Requests(connection, writing, self.queue_counts)
        self.queue = Queue(connection)
        self.assessments = Assessments(connection)
        self.parties = Parties(connection)
        self.wraps = Wraps(connection)
        self.proofs = Proofs(connection)
        self.messages = Messages(connection)
        self.safety_notes = SafetyNotes(connection)
        self.joining = Joining(connection)
        self.stepped_aside = SteppedAside(connection)
        self.staged_lists = StagedLists(connection)
        self.series = Series(connection)
        self.referrals = Referrals(connection)
        self.policies = Policies(connection)
        self.openings = Openings(connection)
        self.desk_notes = DeskNotes(connection)
        self.countries = Countries(connection)
        self.canned_replies = CannedReplies(connection)
        self.alarms = Alarms(connection)
        self.notices = Notices(connection)
        self.answers = Answers(connection)
        self.letters = Letters(connection)
        self.paces = Paces(connection)
        self.laws = Laws(connection)
        self.signals = Signals(connection)
        self.claims = Claims(connection)
        self.received_mails = ReceivedMails(connection)
        self.outcome_counts = OutcomeCounts(connection)
        self.contacts = Contacts(connection)
        self.contact_mails = ContactMails(connection)
        self.providers = Providers(connection)
        self.staff = Staff(connection)
        self.invitations = Invitations(connection)
        self.passkeys = Passkeys(connection)
        self.team_keys = TeamKeys(connection, locking=writing)
        self.hotline_keys = HotlineKeys(connection)
        self.courier_processes = CourierProcesses(connection)
        self.sessions = Sessions(connection)
        self.trail = Trail(connection)
        self.forgetting = Forgetting(connection, self.queue_counts)

    @property
    def connection(self) -> Connection:
        """For app/reads alone, which puts its own questions."""
        return self._connection

    def commit(self) -> None:
        self.outcome_counts.write()
        self.queue_counts.write()  # last: everybody waits for its rows
        self._connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.rollback()  # nothing to do after a commit
        self._connection.close()


class Database:
    """Opens units of work. `writing` takes the write lock at once, so nobody fails half-way."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def is_embedded(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def writing(self) -> Work:
        return Work(self._open("BEGIN IMMEDIATE"), writing=True)

    def reading(self) -> Work:
        return Work(self._open("BEGIN"), writing=False)

    def _open(self, begin: str) -> Connection:
        connection = self.engine.connect()
        try:
            if self.is_embedded:
                connection.exec_driver_sql(begin)
        except Exception:  # whatever it was must not cost a connection of the pool, too; it is raised again
            connection.close()
            raise
        return connection

    @contextmanager
    def schema_change(self) -> Iterator[Connection]:
        """A connection for migrations and for tests: all of it, or nothing."""
        with self.writing() as work:
            yield work.connection
            work.commit()


def open_embedded(path: Path, key: bytes) -> Database:
    """SQLCipher with a raw 256-bit key (keying by passphrase costs 149 ms a connection)."""
    hex_key = key.hex()

    def connect() -> Any:
        connection = sqlcipher3.dbapi2.connect(
            str(path),
            timeout=_BUSY_SECONDS,
            isolation_level=None,  # `writing` and `reading` say BEGIN themselves
            check_same_thread=False,
        )
        for line in (
            f"PRAGMA key = \"x'{hex_key}'\"",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY",
        ):
            connection.execute(line)
        return connection

    # The dialect's own default pool is one connection per thread, which threads of a web server outgrow.
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
        hide_parameters=True,
    )

    return Database(engine)


def open_postgres(url: str) -> Database:
    """PostgreSQL 15 or newer by psycopg 3. Raises ValueError for another kind of address."""
    if not url.startswith("postgresql+psycopg://"):
        raise ValueError("the database address begins with postgresql+psycopg://")
    return Database(
        create_engine(url, hide_parameters=True, pool_size=8, max_overflow=32, pool_pre_ping=True)
    )
