"""Wraps files are kept for 30 days: after that no kept backup opens a request that was forgotten."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.backup_files import read_header, read_lines, read_tables, stream_key
from app.casework.deliver_letter import deliver_letter
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import CodeProblem, NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.domain.words import Reply
from app.outbound.ports import NullMailer
from app.persistence.backup_rows import Part
from app.vault.codes import code_secrets, read_code
from app.vault.pairs import Ring, open_with
from app.vault.seal import NotOpened, Purpose, SecretKey, unlock
from tests.casework.steps import file_approved, open_courier
from tests.command_line import run
from tests.make import ADA, DATABASE_KEY, TEAM, Filed, file_one
from tests.persistence.backups import Fresh, fresh_kits, move, pair, restore


@pytest.fixture
def fresh(request: pytest.FixtureRequest, embedded_kit: Kit, tmp_path: Path) -> Iterator[Fresh]:
    """Empty embedded databases."""
    yield from fresh_kits(request, embedded_kit, "sqlite", tmp_path)


def names(folder: Path, end: str) -> list[str]:
    return sorted(file.name for file in folder.glob(f"*.{end}"))


def test_wraps_files_older_than_thirty_days_are_deleted_and_main_files_stay(
    embedded_kit: Kit, tmp_path: Path
) -> None:
    made = []
    for days in (0, 20, 9, 2):
        move(embedded_kit, days=days)
        made.append(pair(embedded_kit, tmp_path))
    assert names(tmp_path, "main") == [main.name for main, _ in made]
    assert names(tmp_path, "wraps") == [wraps.name for _, wraps in made[1:]]


def test_the_days_can_be_shortened_and_never_lengthened(embedded_kit: Kit, tmp_path: Path) -> None:
    pair(embedded_kit, tmp_path)
    move(embedded_kit, days=3)
    pair(embedded_kit, tmp_path, keep_days=2)
    assert len(names(tmp_path, "wraps")) == 1
    move(embedded_kit, days=31)
    pair(embedded_kit, tmp_path, keep_days=400)
    assert len(names(tmp_path, "wraps")) == 1
    for wrong in ("31", "0"):
        assert run(embedded_kit, "backup", tmp_path, "--keep-days", wrong).exit_code == 2
    assert len(names(tmp_path, "main")) == 3


def test_only_its_own_files_are_deleted_and_what_was_left_unfinished(
    embedded_kit: Kit, tmp_path: Path
) -> None:
    foreign = ("notes.wraps", "heard-2020.wraps", "heard-20200101T000000Z.wraps.copy", "x.main")
    for name in (*foreign, ".heard-20200101T000000Z.wraps.part", "heard-20200101T000000Z.wraps"):
        (tmp_path / name).touch()
    main, wraps = pair(embedded_kit, tmp_path / ".")
    left = {file.name for file in tmp_path.iterdir() if not file.name.startswith("heard.db")}
    assert left == {*foreign, main.name, wraps.name}


def lines_of(file: Path, part: Part) -> list[tuple[str, dict[str, Any]]]:
    """(table, row) of a backup's file, as somebody with HEARD_DATABASE_KEY reads it."""
    lines = read_lines(file, part, stream_key(DATABASE_KEY), int)
    read_header(lines)
    return [(table, dict(zip(columns, row, strict=True))) for table, columns, row in read_tables(lines)]


def openable(kit: Kit, files: list[tuple[Path, Part]], code: str, courier: Ring) -> set[bytes]:
    """Everything that opens in these files with all keys of a caseworker, the courier's, and a code."""
    values, keys = set[bytes](), {code_secrets(read_code(code), kit.code_salt).wrapping_key.raw}
    ids = {""}
    for file, part in files:
        for _, row in lines_of(file, part):
            ids |= {value for name, value in row.items() if isinstance(value, str) and name.endswith("id")}
            values |= {b64decode(value) for name, value in row.items() if name.endswith("_sealed") and value}
    found: dict[bytes, bytes] = {}
    for _ in range(3):  # what opens may be a key to more
        for value in values - found.keys():
            opened = _try(value, ids, keys, (ADA.team, Ring((ADA.pair,)), courier))
            if opened is not None:
                found[value] = opened
                if len(opened) == 32:
                    keys.add(opened)
    return set(found.values())


def _try(value: bytes, ids: set[str], keys: set[bytes], rings: tuple[Ring, ...]) -> bytes | None:
    fitting = [SecretKey(raw) for raw in keys if SecretKey(raw).id == value[1:9]]
    pairs = [ring for ring in rings if ring.pair_for(value) is not None]
    for purpose in Purpose:
        for row_id in ids if fitting or pairs else ():
            for key in fitting:
                with suppress(NotOpened):
                    return unlock(key, purpose, row_id, value)
            for ring in pairs:
                with suppress(NotOpened):
                    return open_with(ring, purpose, row_id, value)
    return None


def a_case_with_everything(kit: Kit) -> Filed:
    """A notice that was sent and answered; its chase pack and answer are sealed to lasting keys."""
    filed = file_approved(kit, places="https://img.northlight.example/grelb", words="frobword")
    courier, mailer = open_courier(kit), NullMailer()
    deliver_letter(kit, courier, mailer)
    text = mailer.sent[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    provider = open_notice(kit, text.split("/n/")[1].split()[0])
    answer_notice(kit, provider, AnswerInput(((1, Reply.ASKS, "grelbanswer"),)))
    return filed


def mentions(opened: set[bytes], word: bytes) -> bool:
    return any(word in one for one in opened)


def test_after_thirty_days_nothing_of_a_forgotten_request_opens_from_any_kept_backup(
    embedded_kit: Kit, fresh: Fresh, tmp_path: Path
) -> None:
    kit, folder = embedded_kit, tmp_path / "backups"
    filed, other = a_case_with_everything(kit), file_one(kit, places="https://talkyard.example/zib")
    courier = open_courier(kit).ring
    old_main, old_wraps = pair(kit, folder)
    old = [(old_main, Part.MAIN), (old_wraps, Part.WRAPS)]
    opened = openable(kit, old, filed.code, courier)
    assert all(mentions(opened, word) for word in (b"grelb", b"frobword", b"grelbanswer", b"zib"))
    assert TEAM.seed not in opened  # it is what a caseworker brings

    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    move(kit, days=7, hours=1)
    assert destroy_forgotten(kit).count == 1
    pair(kit, folder)
    assert old_wraps.exists()
    move(kit, days=23)
    _, new_wraps = pair(kit, folder)
    assert old_main.exists()
    assert not old_wraps.exists()

    kept = [(file, Part(file.suffix[1:])) for file in sorted(folder.iterdir())]
    assert len(kept) == 5
    opened = openable(kit, kept, filed.code, courier)
    assert mentions(opened, b"zib")
    assert not mentions(opened, b"grelb")
    assert not mentions(opened, b"frobword")

    copy = fresh()
    assert restore(copy, old_main, new_wraps).forgotten == 1
    with pytest.raises(CodeProblem):
        follow_with_code(copy, filed.code)
    with pytest.raises(NotFound):
        open_case(copy, ADA, filed.request_id)
    assert open_case(copy, ADA, other.request_id).places


def test_a_main_file_alone_opens_nothing_with_every_key_of_a_caseworker(
    embedded_kit: Kit, tmp_path: Path
) -> None:
    filed = a_case_with_everything(embedded_kit)
    courier = open_courier(embedded_kit).ring
    main, _ = pair(embedded_kit, tmp_path)
    assert openable(embedded_kit, [(main, Part.MAIN)], filed.code, courier) == set()
