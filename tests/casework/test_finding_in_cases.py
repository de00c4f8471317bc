"""Looking for something: only in the cases one holds now, in memory, named and never shown."""

from pathlib import Path

import pytest

from app.casework.errors import NotAllowed
from app.casework.find_in_cases import LONGEST, MOST_CASES, Hit, Where, find_in_cases
from app.casework.follow_with_code import follow_with_code
from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import handle_of, open_case
from app.casework.recuse import recuse
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput, write_note
from app.domain.trail import TrailKind
from tests.casework.steps import approve_all, assess_all, trail_of
from tests.make import ADA, BEN, URL, Filed, file_one, make_known

ODD = "Quartzlemming"


def taken(kit: Kit, places: str = URL, words: str = "") -> Filed:
    filed = file_one(kit, places, words=words)
    take_case(kit, ADA, filed.request_id)
    return filed


def hits(kit: Kit, typed: str) -> dict[str, tuple[Hit, ...]]:
    return {one.request_id: one.hits for one in find_in_cases(kit, ADA, typed)}


def test_each_part_of_a_case_is_looked_through(kit: Kit) -> None:
    filed = taken(kit, words=f"In {ODD} words.")
    request_id = filed.request_id
    assert hits(kit, ODD.upper()) == {request_id: (Hit(Where.WORDS),)}
    assert hits(kit, "northlight") == {request_id: (Hit(Where.PLACE, 1, "img.northlight.example/…"),)}
    write_message(kit, follow_with_code(kit, filed.code), MessageInput("A plumbago message"))
    assert hits(kit, "plumbago") == {request_id: (Hit(Where.MESSAGE),)}
    write_note(kit, ADA, NoteInput(request_id, "A vellichor note"))
    assert hits(kit, "vellichor") == {request_id: (Hit(Where.NOTE),)}
    assert Hit(Where.REFERENCE) in hits(kit, handle_of(request_id))[request_id]
    assess_all(kit, request_id)
    (reference,) = approve_all(kit, request_id)
    assert hits(kit, reference) == {request_id: (Hit(Where.REFERENCE),)}


@pytest.mark.parametrize(
    "typed", [URL, "hxxps://img[.]northlight[.]example/a/1", "HTTPS://IMG.NORTHLIGHT.EXAMPLE/a/1"]
)
def test_an_address_is_found_however_it_is_written(kit: Kit, typed: str) -> None:
    filed = taken(kit)
    taken(kit, "https://talkyard.example/t/9")
    assert list(hits(kit, typed)) == [filed.request_id]


def test_only_what_one_holds_now_is_opened(kit: Kit) -> None:
    mine, given_back, theirs = (taken(kit, words=ODD) for _ in range(3))
    untouched = file_one(kit, words=ODD)
    give_back(kit, ADA, given_back.request_id)
    give_back(kit, ADA, theirs.request_id)
    take_case(kit, BEN, theirs.request_id)
    assert list(hits(kit, ODD)) == [mine.request_id]
    for filed in (given_back, theirs, untouched):
        assert "case_found" not in trail_of(kit, filed.request_id)
    kit.clock.move(minutes=31)  # type: ignore[attr-defined]
    assert hits(kit, ODD) == {}
    assert trail_of(kit, mine.request_id).count("case_found") == 1


def test_a_case_one_stepped_back_from_is_not_opened(kit: Kit) -> None:
    filed = taken(kit, words=ODD)
    make_known(kit, ADA)
    recuse(kit, ADA, filed.request_id)
    assert hits(kit, ODD) == {}


def test_too_little_and_too_much_are_refused(kit: Kit) -> None:
    filed = taken(kit)
    for typed in ("", "  ab  ", "x" * (LONGEST + 1)):
        with pytest.raises(NotAllowed):
            find_in_cases(kit, ADA, typed)
    assert "case_found" not in trail_of(kit, filed.request_id)


def test_no_more_cases_are_opened_than_said(embedded_kit: Kit) -> None:
    for _ in range(MOST_CASES + 2):
        taken(embedded_kit)
    assert len(find_in_cases(embedded_kit, ADA, "northlight")) == MOST_CASES


def test_what_was_looked_for_and_found_is_kept_nowhere(embedded_kit: Kit, tmp_path: Path) -> None:
    kit = embedded_kit
    filed = taken(kit, words=f"{ODD} words")
    assert hits(kit, ODD)
    kept = open_case(kit, ADA, filed.request_id)
    assert [line.kind for line in kept.trail].count(TrailKind.CASE_FOUND) == 1
    with kit.database.reading() as work:
        tables = work.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table'"
        ).scalars()
        for table in tables.all():
            rows = work.connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            assert ODD.casefold() not in repr(rows).casefold(), table
