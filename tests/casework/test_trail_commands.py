"""`heard trail`: every kind of damage shows, the first broken line is named, a cut end by an earlier head."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, delete, insert, select, update

from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.verify_trail import Damage, Fault, verify_trail
from app.domain.trail import HOTLINE, Entry, Line, TrailKind
from app.domain.trail_heads import Head, Heads, HeadsDamaged, read_heads
from app.persistence.trail import trail
from tests.casework.steps import assess_all
from tests.command_line import run
from tests.make import ADA, file_one

WRONG = b"\x01" * 32


def trail_id_of(kit: Kit, request_id: str) -> str:
    with kit.database.reading() as work:
        return work.requests.load(request_id).trail_id


def a_case(kit: Kit) -> str:
    """The trail id of a case with some lines."""
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    open_case(kit, ADA, filed.request_id)
    return trail_id_of(kit, filed.request_id)


def write(kit: Kit, *statements: object) -> None:
    with kit.database.writing() as work:
        for statement in statements:
            work.connection.execute(statement)  # type: ignore[call-overload]  # any statement
        work.commit()


def at(trail_id: str, position: int) -> ColumnElement[bool]:
    return (trail.c.trail_id == trail_id) & (trail.c.position == position)


def shift(trail_id: str, frm: int, by: int, last: int) -> list[object]:
    """Number the lines from `frm` on anew, in an order in which no two ever share a number."""
    order = range(last, frm - 1, -1) if by > 0 else range(frm, last + 1)
    return [update(trail).where(at(trail_id, p)).values(position=p + by) for p in order]


def test_a_whole_trail_is_whole(kit: Kit) -> None:
    for _ in range(3):
        a_case(kit)
    assert verify_trail(kit) == ()
    result = run(kit, "trail", "verify")
    assert (result.exit_code, "the trail is whole" in result.output) == (0, True)


@pytest.mark.parametrize(
    "values",
    [
        {"by": "b" * 32},
        {"kind": TrailKind.PLACES_SHOWN},
        {"kind": "no such kind"},
        {"subject": "f" * 32},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"digest": WRONG},
    ],
    ids=str,
)
def test_a_changed_line_is_named(kit: Kit, values: dict[str, object]) -> None:
    whole, damaged = a_case(kit), a_case(kit)
    write(kit, update(trail).where(at(damaged, 2)).values(**values))
    assert verify_trail(kit) == (Damage(damaged, 2, Fault.CHANGED),)
    result = run(kit, "trail", "verify")
    assert result.exit_code == 1
    assert f"{damaged}: line 2 was changed" in result.output
    assert whole not in result.output


def test_a_time_that_cannot_be_is_a_change_and_no_crash(embedded_kit: Kit) -> None:
    damaged = a_case(embedded_kit)
    write(embedded_kit, update(trail).where(at(damaged, 1)).values(at=datetime(2020, 1, 1, tzinfo=UTC)))
    with embedded_kit.database.writing() as work:
        work.connection.exec_driver_sql("UPDATE trail SET at = 1000000000000000000 WHERE position = 1")
        work.commit()
    assert verify_trail(embedded_kit)[0].fault is Fault.CHANGED


def test_a_removed_line_is_named(kit: Kit) -> None:
    damaged = a_case(kit)
    write(kit, delete(trail).where(at(damaged, 1)))
    assert verify_trail(kit) == (Damage(damaged, 1, Fault.REMOVED),)
    assert f"{damaged}: line 1 was removed" in run(kit, "trail", "verify").output


def test_a_removed_line_shows_when_the_rest_is_numbered_anew(kit: Kit) -> None:
    damaged = a_case(kit)
    write(kit, delete(trail).where(at(damaged, 1)), *shift(damaged, 2, -1, 4))
    (damage,) = verify_trail(kit)
    assert (damage.trail_id, damage.position) == (damaged, 1)


def test_an_inserted_line_is_named(kit: Kit) -> None:
    damaged = a_case(kit)
    with kit.database.reading() as work:
        _, previous = work.trail.lines(damaged)[1]
    when = datetime(2026, 1, 1, tzinfo=UTC)
    line = Line(damaged, 2, when, ADA.id, Entry(TrailKind.CASE_OPENED), previous)
    row = {"trail_id": damaged, "position": 2, "at": when, "by": ADA.id, "kind": line.entry.kind}
    row |= {"subject": "", "previous_digest": previous, "digest": line.digest}
    write(kit, *shift(damaged, 2, 1, 4), insert(trail).values(**row))
    (damage,) = verify_trail(kit)
    assert (damage.trail_id, damage.position) == (damaged, 3)  # the first that does not follow
    assert damage.fault in (Fault.CHANGED, Fault.INSERTED)


def test_each_damaged_chain_is_named_the_hotlines_too(kit: Kit) -> None:
    one, two, three = (a_case(kit) for _ in range(3))
    for trail_id in (one, three, HOTLINE):
        write(kit, update(trail).where(at(trail_id, 0)).values(by="x"))
    assert {damage.trail_id for damage in verify_trail(kit)} == {one, three, HOTLINE}
    result = run(kit, "trail", "verify")
    assert "people and keys: line 0 was changed" in result.output
    assert two not in result.output


def heads_file(kit: Kit, tmp_path: Path) -> Path:
    file = tmp_path / "head.txt"
    assert run(kit, "trail", "head", "--write", file).exit_code == 0
    return file


def test_a_head_is_one_line_and_a_later_trail_goes_on_from_it(kit: Kit, tmp_path: Path) -> None:
    a_case(kit)
    file = heads_file(kit, tmp_path)
    printed = run(kit, "trail", "head").stdout.splitlines()
    assert len(printed) == 1
    assert printed[0] == file.read_text().splitlines()[-1]
    a_case(kit)
    result = run(kit, "trail", "verify", "--heads", file)
    assert (result.exit_code, printed[0] in result.output) == (0, True)
    again = run(kit, "trail", "head", "--write", file)
    assert (again.exit_code, "File exists" in again.output) == (1, True)


Damaging = Callable[[str], list[object]]


@pytest.mark.parametrize(
    ("damaging", "fault", "position"),
    [
        (lambda t: [delete(trail).where(at(t, 4))], Fault.CUT, 4),
        (lambda t: [delete(trail).where(trail.c.trail_id == t, trail.c.position >= 2)], Fault.CUT, 2),
        (lambda t: [delete(trail).where(trail.c.trail_id == t)], Fault.CUT, 0),
    ],
    ids=["one line", "several lines", "the whole chain"],
)
def test_a_chain_cut_at_its_end_shows_against_a_head_alone(
    kit: Kit, tmp_path: Path, damaging: Damaging, fault: Fault, position: int
) -> None:
    a_case(kit)
    damaged = a_case(kit)
    file = heads_file(kit, tmp_path)
    write(kit, *damaging(damaged))
    assert verify_trail(kit) == ()
    assert verify_trail(kit, read_heads(file.read_text())) == (Damage(damaged, position, fault),)
    result = run(kit, "trail", "verify", "--heads", file)
    assert (result.exit_code, f"line {position} was there and is gone" in result.output) == (1, True)


def test_a_chain_written_anew_as_a_whole_shows_against_a_head_alone(kit: Kit, tmp_path: Path) -> None:
    damaged = a_case(kit)
    file = heads_file(kit, tmp_path)
    with kit.database.writing() as work:
        lines = [line for line, _ in work.trail.lines(damaged)]
        work.connection.execute(delete(trail).where(trail.c.trail_id == damaged))
        for line in lines:
            work.trail.append(damaged, line.entry, "somebody else", line.at)
        work.commit()
    assert verify_trail(kit) == ()
    (damage,) = verify_trail(kit, read_heads(file.read_text()))
    assert (damage.trail_id, damage.fault) == (damaged, Fault.REWRITTEN)


def test_a_head_file_holds_random_ids_and_digests_only(kit: Kit, tmp_path: Path) -> None:
    filed = file_one(kit)
    text = heads_file(kit, tmp_path).read_text()
    trail_id = trail_id_of(kit, filed.request_id)
    with kit.database.reading() as work:
        last = work.connection.execute(
            select(trail.c.digest).where(trail.c.trail_id == trail_id)
        ).scalar_one()
    assert f"{trail_id} 0 {bytes(last).hex()}\n" in text
    assert filed.request_id not in text
    help_text = " ".join(run(kit, "trail", "head", "--help").output.split())
    assert "random ids and digests only" in help_text


def test_a_changed_head_file_is_refused(kit: Kit, tmp_path: Path) -> None:
    a_case(kit)
    file = heads_file(kit, tmp_path)
    text = file.read_text()
    for changed in (text.replace(" 4 ", " 3 ", 1), text.replace("\n", "\n\n", 1), "", "é"):
        file.write_text(changed)
        result = run(kit, "trail", "verify", "--heads", file)
        assert (result.exit_code, "changed since it was written" in result.output) == (1, True)


HEX = st.text("0123456789abcdef", min_size=1, max_size=64)


@given(st.dictionaries(HEX, st.tuples(st.integers(0, 10**6), HEX), max_size=8))
def test_heads_are_read_as_they_were_written(chains: dict[str, tuple[int, str]]) -> None:
    when = datetime(2026, 1, 5, 9, 12, tzinfo=UTC)
    heads = Heads(when, tuple(Head(trail_id, *rest) for trail_id, rest in sorted(chains.items())))
    assert read_heads(heads.write()) == heads
    with pytest.raises(HeadsDamaged):
        read_heads(heads.write().replace("2026", "x"))
