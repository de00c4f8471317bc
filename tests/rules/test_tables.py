"""Each column says what it is, the README says what it tells a thief, and migrations make just that."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, LargeBinary, String, func, inspect, select

from app.persistence.base import UtcTime, metadata
from app.persistence.database import Database
from app.persistence.schema import MIGRATIONS, is_current, migrate
from tests.make import open_database
from tests.rules.rows import make_rows
from tests.rules.sources import ROOT, imports_of

COLUMNS = {str(column): column for table in metadata.sorted_tables for column in table.columns}
LINE = re.compile(r"^\| `(\w+\.\w+)` \| (\w+) \| (.*) \|$", re.MULTILINE)
# Plain bytes: public halves of keys, a passkey's name for itself, and the salts of passphrases.
PLAIN_BYTES = {"public", "credential_id", "salt"}
# Plain text as long as a sentence: the hotline's own directories and replies, and nothing of any case.
DIRECTORY = {"providers", "provider_suffixes", "provider_contacts", "countries", "laws", "canned_replies"}
LONGEST_WORD = 120
A_TIME = re.compile(r"(_at|_until|_by|_from|_since|\.at|\.until)$")
# NULL means "nobody", "not yet". Everything else is always known.
MAY_BE_NULL = {
    "requests.taken_by",
    "requests.lease_until",
    "requests.destroy_at",
    "requests.safety_by",
    "requests.due_by",
    "locations.due_at",
    "parties.revoked_at",
    "parties.frozen_sealed",
    "notices.sent_at",
    "locations.provider_id",
    "notices.verify_digest",
    "notices.root_id",
    "notices.chase_at",
    "notice_locations.replied_at",
    "notice_locations.reply",
    "received_mails.notice_id",
    "received_mails.settled_at",
    "letters.lease",
    "letters.lease_until",
    "contacts.number_until",
    "contacts.told_at",
    "contact_mails.lease",
    "contact_mails.lease_until",
    "courier_processes.courier_sealed",
    "sessions.staff_id",
    "invitations.team_sealed",
    "team_keys.before_sealed",
    "recovery_keys.drilled_at",
    "hotline_keys.secret_sealed",
    "proofs.ends_at",
    "proofs.link_digest",
    "proofs.proof_sealed",
    "proofs.decision_sealed",
    "alarms.lease",
    "claims.proposed_by",
    "alarms.lease_until",
    "locations.shown_at",
    "locations.shown_due_at",
    "locations.shown_state",
    "locations.threat_at",
    "referrals.due_at",
    "referrals.sent_at",
    "requests.doubted_by",
    "requests.hold_until",
    "requests.offered_to",
    "requests.police_from",
    "requests.police_until",
    "requests.put_at",
    "requests.queue_at",
    "requests.since_at",
    "stepped_aside.until",
}


def class_of(column: Column[object]) -> str:
    return str(column.info.get("class", "none"))


def of_class(name: str) -> list[tuple[str, Column[object]]]:
    return [(place, column) for place, column in COLUMNS.items() if class_of(column) == name]


def test_each_column_is_plain_sealed_or_a_digest() -> None:
    assert COLUMNS
    assert {place: class_of(column) for place, column in COLUMNS.items()} == {
        place: kind
        for place, column in COLUMNS.items()
        for kind in ("plain", "sealed", "digest")
        if class_of(column) == kind
    }


def test_the_readme_says_of_each_column_what_it_is() -> None:
    said = LINE.findall((ROOT / "README.md").read_text("utf-8"))
    assert sorted((place, kind) for place, kind, _ in said) == sorted(
        (place, class_of(column)) for place, column in COLUMNS.items()
    )


def test_the_readme_says_nothing_of_what_cannot_be_read() -> None:
    said = LINE.findall((ROOT / "README.md").read_text("utf-8"))
    assert [place for place, kind, tells in said if kind != "plain" and tells.strip()] == []


def test_names_tell_what_is_sealed_and_what_is_a_digest() -> None:
    assert [place for place, _ in of_class("sealed") if not place.endswith("_sealed")] == []
    digests = re.compile(r"(_digest|_mac|\.digest)$")
    assert [place for place, _ in of_class("digest") if not digests.search(place)] == []
    assert [place for place, _ in of_class("plain") if re.search(r"(_sealed|digest|_mac)$", place)] == []


def test_names_of_times_say_so() -> None:
    times = [place for place, column in COLUMNS.items() if isinstance(column.type, UtcTime)]
    who = {"made_by", "taken_by", "approved_by", "proposed_by", "prepared_by", "doubted_by"}
    named = [place for place in COLUMNS if place.rpartition(".")[2] not in who and A_TIME.search(place)]
    assert times == named


def test_sealed_columns_and_digests_are_bytes() -> None:
    hidden = [*of_class("sealed"), *of_class("digest")]
    assert [place for place, column in hidden if not isinstance(column.type, LargeBinary)] == []
    open_bytes = {c.name for _, c in of_class("plain") if isinstance(c.type, LargeBinary)}
    assert open_bytes == PLAIN_BYTES


def test_no_plain_column_has_room_for_a_story() -> None:
    room = {place: c.type.length for place, c in of_class("plain") if isinstance(c.type, String)}
    assert [place for place, length in room.items() if length is None] == []
    wide = {place for place, length in room.items() if (length or 0) > LONGEST_WORD}
    assert {place.partition(".")[0] for place in wide} <= DIRECTORY


def test_only_what_is_not_yet_known_may_be_missing() -> None:
    assert {place for place, column in COLUMNS.items() if column.nullable} == MAY_BE_NULL


def test_no_key_counts_upwards() -> None:
    # A counter would tell how many people asked, and when.
    keys = [(place, column) for place, column in COLUMNS.items() if column.primary_key]
    assert [place for place, column in keys if column.autoincrement is True or column.default] == []


# Migrations


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def revisions() -> list[str]:
    """From the first to the newest."""
    script = ScriptDirectory.from_config(_config())
    return [one.revision for one in script.walk_revisions()][::-1]


def files() -> list[Path]:
    return sorted((MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = open_database(database_url)
    yield made
    made.engine.dispose()


def differences(database: Database) -> list[object]:
    """What the tables of the program and of the database do not share."""
    with database.schema_change() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, metadata))


def counts(database: Database) -> dict[str, int]:
    with database.reading() as work:
        return {
            table.name: work.connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in metadata.sorted_tables
        }


def step(database: Database, to: str, up: bool) -> None:
    config = _config()
    with database.schema_change() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)


def test_migrations_make_the_tables_of_the_program(database: Database) -> None:
    assert not is_current(database)
    migrate(database)
    assert is_current(database)
    assert differences(database) == []


def test_migrations_go_down_and_up_again_over_rows(database: Database, tmp_path: Path) -> None:
    migrate(database)
    make_rows(database, tmp_path)
    filled = counts(database)
    assert {table: count for table, count in filled.items() if count == 0} == {}
    migrate(database)  # again: nothing to do, nothing lost
    assert counts(database) == filled
    for revision in [*revisions()[-2::-1], "base"]:
        step(database, revision, up=False)
    with database.schema_change() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    for revision in revisions():
        step(database, revision, up=True)
    assert differences(database) == []
    make_rows(database, tmp_path)
    assert counts(database) == filled


def test_a_database_that_is_behind_is_noticed(database: Database) -> None:
    migrate(database)
    migrate(database, "base")
    assert not is_current(database)


def test_migrations_are_numbered_one_after_the_other() -> None:
    numbers = [f"{number:04}" for number in range(1, len(files()) + 1)]
    assert [file.stem[:4] for file in files()] == numbers
    assert [file.name for file in files() if not re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", file.name)] == []
    assert revisions() == numbers


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_a_migration_stands_for_itself(file: Path) -> None:
    # It must do in ten years what it does today: it imports no tables, and opens nothing sealed.
    text = file.read_text("utf-8")
    libraries = {one.part for one in imports_of(file.stem, text) if not one.is_own}
    assert [str(one) for one in imports_of(file.stem, text) if one.is_own] == []
    assert libraries <= {"alembic", "sqlalchemy"}
    functions = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    assert {"upgrade", "downgrade"} <= functions
    assert ast.get_docstring(ast.parse(text))
