"""A backup: of one moment, whole or refused, and good for a database of either kind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from app.casework.back_up import back_up
from app.casework.backup_files import BackupRefused
from app.casework.deliver_letter import deliver_letter
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.verify_trail import verify_trail
from app.casework.write_message import MessageInput, write_message
from app.domain.trail import HOTLINE
from app.domain.words import LetterState
from app.outbound.ports import NullMailer
from app.persistence.backup_rows import Part, snapshot, tables_of
from app.persistence.base import metadata
from app.persistence.parties import parties
from app.reads.follow import read_follow
from app.reads.queue import read_queue
from tests.casework.steps import all_letters, file_approved, open_courier, trail_of
from tests.command_line import run
from tests.make import ADA, Filed, file_one
from tests.persistence.backups import PASSING, Fresh, fresh_kits, is_empty, move, pair, restore, rows


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest, kit: Kit, tmp_path: Path) -> Iterator[Fresh]:
    """Empty databases of either kind; with `kit`, each way from one kind to the other."""
    yield from fresh_kits(request, kit, request.param, tmp_path)


@pytest.fixture
def fresh_embedded(request: pytest.FixtureRequest, embedded_kit: Kit, tmp_path: Path) -> Iterator[Fresh]:
    """Empty embedded databases, for tests where the kind does not matter."""
    yield from fresh_kits(request, embedded_kit, "sqlite", tmp_path)


def busy(kit: Kit) -> list[Filed]:
    """Three requests: one with a notice sent, one with a notice waiting, one just filed."""
    filed = [file_approved(kit), file_approved(kit), file_one(kit)]
    deliver_letter(kit, open_courier(kit), NullMailer())
    write_message(kit, follow_with_code(kit, filed[0].code), MessageInput("question"))
    return filed


def test_a_restored_copy_has_every_row_and_answers_every_code(kit: Kit, fresh: Fresh, tmp_path: Path) -> None:
    filed = busy(kit)
    files, before = pair(kit, tmp_path / "backups"), rows(kit)
    copy = fresh()
    restored = restore(copy, *files, was_stopped=True)
    after = rows(copy)
    assert (restored.forgotten, restored.in_doubt) == (0, 0)
    assert restored.rows == sum(map(len, after.values())) - 1
    assert {line[4] for line in before.pop("trail") ^ after.pop("trail")} == {"backup_restored"}
    assert after == before
    for one in filed:
        assert read_follow(copy, follow_with_code(copy, one.code)).places
        assert open_case(copy, ADA, one.request_id).places
    assert [m.text for m in read_follow(copy, follow_with_code(copy, filed[0].code)).messages] == ["question"]
    assert verify_trail(copy) == ()
    mailer = NullMailer()
    assert deliver_letter(copy, open_courier(copy), mailer)
    assert len(mailer.sent) == 1


def test_a_backup_is_of_one_moment_while_the_site_goes_on(kit: Kit, fresh: Fresh, tmp_path: Path) -> None:
    early = [file_one(kit) for _ in range(3)]
    late: list[Filed] = []

    def meanwhile(_count: int) -> None:
        if len(late) < 3:
            late.append(file_one(kit))

    main, wraps = back_up(kit, tmp_path, wrote=meanwhile)
    assert len(late) == 3
    copy = fresh()
    assert restore(copy, main, wraps).forgotten == 0
    assert len(rows(copy)["requests"]) == len(early)
    assert {follow_with_code(copy, one.code).request_id for one in early} == {one.request_id for one in early}


def test_files_are_for_their_owner_and_hold_nothing_in_the_clear(embedded_kit: Kit, tmp_path: Path) -> None:
    filed = busy(embedded_kit)
    main, wraps = pair(embedded_kit, tmp_path / "new" / "folder")
    assert [file.stat().st_mode & 0o777 for file in (main, wraps)] == [0o600, 0o600]
    assert sorted(file.name for file in main.parent.iterdir()) == [main.name, wraps.name]
    for file in (main, wraps):
        content = file.read_bytes()
        for odd in (filed[0].request_id.encode(), b"requests", b"northlight", b"heard_backup", b'"0001"'):
            assert odd not in content


def test_a_backup_that_fails_leaves_no_file(embedded_kit: Kit, tmp_path: Path) -> None:
    file_one(embedded_kit)

    def full(_count: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        back_up(embedded_kit, tmp_path / "backups", wrote=full)
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_trail_says_that_a_backup_was_made_and_restored(
    embedded_kit: Kit, fresh_embedded: Fresh, tmp_path: Path
) -> None:
    files = pair(embedded_kit, tmp_path)
    copy = fresh_embedded()
    restore(copy, *files)
    for kit, kind in ((embedded_kit, "backup_made"), (copy, "backup_restored")):
        with kit.database.reading() as work:
            assert work.trail.lines(HOTLINE)[-1][0].entry.kind == kind


def test_a_letter_that_waited_at_the_backup_is_decided_by_a_person(
    kit: Kit, fresh: Fresh, tmp_path: Path
) -> None:
    filed = file_approved(kit)
    files = pair(kit, tmp_path)
    assert deliver_letter(kit, open_courier(kit), NullMailer())  # after the backup it goes out
    copy = fresh()
    assert restore(copy, *files).in_doubt == 1
    assert [letter.state for letter in all_letters(copy)] == [LetterState.DOUBT]
    assert not deliver_letter(copy, open_courier(copy), NullMailer())
    assert trail_of(copy, filed.request_id)[-1] == "notice_in_doubt"


def refused(kit: Kit, main: Path, wraps: Path) -> str:
    """Why a restore is refused; fails when a row was written."""
    with pytest.raises(BackupRefused) as why:
        restore(kit, main, wraps)
    assert is_empty(kit)
    return why.value.code


def test_a_wraps_file_older_than_the_main_file_is_refused_and_a_newer_one_is_not(
    embedded_kit: Kit, fresh_embedded: Fresh, tmp_path: Path
) -> None:
    first, old_wraps = pair(embedded_kit, tmp_path)
    file_one(embedded_kit)
    move(embedded_kit, hours=1)
    second, new_wraps = pair(embedded_kit, tmp_path)
    copy = fresh_embedded()
    assert refused(copy, second, old_wraps) == "older_wraps"
    assert restore(copy, first, new_wraps).forgotten == 0


def test_damaged_cut_mixed_or_foreign_files_are_refused(
    embedded_kit: Kit, fresh_embedded: Fresh, tmp_path: Path
) -> None:
    busy(embedded_kit)
    main, wraps = pair(embedded_kit, tmp_path)
    copy = fresh_embedded()
    bad = tmp_path / "bad"
    for file in (main, wraps):
        whole = file.read_bytes()
        for changed in (
            whole[:-1],
            whole[: len(whole) // 2],
            whole + b"\0",
            b"",
            whole[:-9] + b"\1" * 9,
        ):
            bad.write_bytes(changed)
            given = (bad, wraps) if file == main else (main, bad)
            assert refused(copy, *given) == "not_opened"
    assert refused(copy, wraps, main) == "not_opened"
    assert refused(copy, main, main) == "not_opened"
    foreign = replace(embedded_kit, settings=replace(embedded_kit.settings, database_key=bytes(range(32))))
    move(embedded_kit, seconds=5)
    assert refused(copy, *pair(foreign, tmp_path)) == "not_opened"
    other_secret = replace(copy, settings=replace(copy.settings, secret=bytes(range(32))))
    assert refused(other_secret, main, wraps) == "other_secret"
    with copy.database.schema_change() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert refused(copy, main, wraps) == "other_schema"


def test_a_database_that_is_not_empty_is_refused(embedded_kit: Kit, tmp_path: Path) -> None:
    files = pair(embedded_kit, tmp_path)
    before = rows(embedded_kit)
    with pytest.raises(BackupRefused) as why:
        restore(embedded_kit, *files)
    assert why.value.code == "not_empty"
    assert rows(embedded_kit) == before


def test_what_the_newer_wraps_file_knows_of_forgetting_counts(kit: Kit, fresh: Fresh, tmp_path: Path) -> None:
    hidden, shown, destroyed = (file_one(kit) for _ in range(3))
    for one in (shown, destroyed):
        forget_request(kit, follow_with_code(kit, one.code), one.request_id)
    main, _ = pair(kit, tmp_path)
    undo_forgetting(kit, ADA, shown.request_id)
    move(kit, days=6)
    forget_request(kit, follow_with_code(kit, hidden.code), hidden.request_id)
    move(kit, days=2)
    assert destroy_forgotten(kit).count == 1
    _, wraps = pair(kit, tmp_path)
    copy = fresh()
    assert restore(copy, main, wraps).forgotten == 1
    assert [row.request_id for row in read_queue(copy, ADA, "open", None).rows] == [shown.request_id]
    assert follow_with_code(copy, shown.code).request_id == shown.request_id
    assert trail_of(copy, hidden.request_id)[-1] == "request_forgotten"
    with kit.database.reading() as old, copy.database.reading() as new:
        assert (
            old.requests.load(hidden.request_id).destroy_at == new.requests.load(hidden.request_id).destroy_at
        )
    assert verify_trail(copy) == ()
    assert destroy_forgotten(copy).count == 0
    move(copy, days=6)
    assert destroy_forgotten(copy).count == 1


def test_every_table_is_in_one_part_and_no_main_table_needs_the_wraps() -> None:
    main, wraps = ({table.name for table in tables_of(part)} for part in Part)
    assert main | wraps == {table.name for table in metadata.sorted_tables} - set(PASSING)
    assert main & wraps == set()
    needs = {key.column.table.name for table in tables_of(Part.MAIN) for key in table.foreign_keys}
    assert needs <= main


def test_whatever_is_sealed_in_the_main_part_needs_a_key_of_the_wraps_part_or_a_person() -> None:
    # A new sealed column: sealed to the team, the courier or another lasting key? Then it belongs to WRAPS,
    # or a forgotten request could be opened from an old main file.
    under_a_key_of_its_request = {"requests", "parties", "locations", "place_notes"}
    under_a_key_of_its_request |= {"assessments", "messages", "notices", "safety_notes", "proofs"}
    under_a_key_of_its_request |= {"series_links", "referrals", "desk_notes"}
    ones_own = {"staff", "passkeys"}
    sealed = {t.name for t in tables_of(Part.MAIN) if any(c.info.get("class") == "sealed" for c in t.c)}
    assert sealed == under_a_key_of_its_request | ones_own


def test_the_commands_back_up_and_restore(embedded_kit: Kit, fresh_embedded: Fresh, tmp_path: Path) -> None:
    filed = file_approved(embedded_kit)
    result = run(embedded_kit, "backup", tmp_path / "backups")
    assert result.exit_code == 0
    main, wraps = map(Path, result.stdout.splitlines())
    copy = fresh_embedded()
    for words, said in (
        ((wraps, main), "wrong order"),
        ((main, wraps, "--ask-key"), "64 hexadecimal digits"),
    ):
        failed = run(copy, "restore", *words, typed="short\n")
        assert failed.exit_code in (1, 2)
        assert said in failed.output
    done = run(copy, "restore", main, wraps)
    assert done.exit_code == 0
    assert "1 letters wait for a caseworker" in done.output
    assert follow_with_code(copy, filed.code).request_id == filed.request_id
    again = run(copy, "restore", main, wraps)
    assert (again.exit_code, "not empty" in again.output) == (1, True)


def test_a_backup_made_under_an_earlier_key_opens_when_that_key_is_typed(
    embedded_kit: Kit, fresh_embedded: Fresh, tmp_path: Path
) -> None:
    main, wraps = pair(embedded_kit, tmp_path)
    copy, new_key = fresh_embedded(), bytes(range(100, 132))
    assert run(copy, "restore", main, wraps, database_key=new_key).exit_code == 1
    typed = embedded_kit.settings.database_key.hex() + "\n"
    done = run(copy, "restore", main, wraps, "--ask-key", database_key=new_key, typed=typed)
    assert done.exit_code == 0
    assert typed.strip() not in done.output


def test_a_snapshot_does_not_see_what_is_written_after_it_began(kit: Kit) -> None:
    file_one(kit)
    with snapshot(kit.database.engine) as seen:
        count = seen.count()
        file_one(kit)
        with kit.database.writing() as work:
            work.connection.execute(update(parties).values(generation=9))
            work.commit()
        assert seen.count() == count
        (row,) = seen.rows(parties)
        assert row[list(parties.c).index(parties.c.generation)] == 1
