"""Lists that wait between preview and confirmation: their owner's alone, sealed, for a day."""

import pytest
from sqlalchemy import select

from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.staged_lists import (
    MOST_AT_ONCE,
    ListKind,
    StageInput,
    drop_staged,
    forget_staged,
    load_staged,
    stage_list,
    staged_of,
    sweep_staged_lists,
)
from app.persistence.backup_rows import Part, tables_of
from app.persistence.staged_lists import staged_lists
from app.places.list_files import LineProblem, ListRefused
from app.vault.records import open_record_with
from app.vault.seal import NotOpened, Purpose
from tests.make import ADA, BEN, MIRA, TEAM, Clock, make_known

RAW = b"name,url\ngrelbname,https://a.example/1\n=x,y\n"


def given(raw: bytes = RAW) -> StageInput:
    return StageInput(ListKind.PROVIDERS, raw, name="mine", more={"kept": ["too"]})


def test_what_was_read_comes_back_to_who_brought_it_and_to_nobody_else(kit: Kit) -> None:
    for member in (MIRA, BEN):
        make_known(kit, member)
    made = stage_list(kit, MIRA, given())
    found = load_staged(kit, MIRA, made.id)
    assert found == made
    assert found.rows.rows[0].values == ("grelbname", "https://a.example/1")
    assert found.rows.problems == (LineProblem(3, "formula"),)
    assert found.more == {"kept": ["too"]}
    [line] = staged_of(kit, MIRA)
    assert (line.name, line.good, line.bad, line.request_id) == ("mine", 1, 1, "")
    assert staged_of(kit, BEN) == ()
    with pytest.raises(NotFound):
        load_staged(kit, BEN, made.id)
    forget_staged(kit, BEN, made.id)
    assert load_staged(kit, MIRA, made.id) == made


def test_it_is_sealed_to_the_key_of_who_brought_it_and_bound_to_its_row(kit: Kit) -> None:
    make_known(kit, ADA)
    made = stage_list(kit, ADA, given())
    with kit.database.reading() as work:
        row = work.connection.execute(select(staged_lists)).mappings().one()
    for column in ("facts_sealed", "list_sealed"):
        assert b"grelbname" not in row[column]
        for pair in (BEN.pair, TEAM):
            with pytest.raises(NotOpened):
                open_record_with(pair, Purpose.STAGED_LIST, made.id, row[column])
    assert open_record_with(ADA.pair, Purpose.STAGED_LIST, made.id, row["list_sealed"])["name"] == "mine"
    with pytest.raises(NotOpened):
        open_record_with(ADA.pair, Purpose.STAGED_LIST, made.id, row["facts_sealed"])


def test_after_a_day_it_is_gone_even_before_it_is_swept(kit: Kit) -> None:
    assert isinstance(kit.clock, Clock)
    make_known(kit, ADA)
    made = stage_list(kit, ADA, given())
    kit.clock.move(hours=23)
    later = stage_list(kit, ADA, given())
    assert sweep_staged_lists(kit) == 0
    kit.clock.move(hours=1, minutes=1)
    with pytest.raises(NotFound):
        load_staged(kit, ADA, made.id)
    assert [one.id for one in staged_of(kit, ADA)] == [later.id]
    assert sweep_staged_lists(kit) == 1
    with kit.database.reading() as work:
        assert work.connection.execute(select(staged_lists.c.id)).scalars().all() == [later.id]


def test_each_is_used_once(kit: Kit) -> None:
    make_known(kit, ADA)
    made = stage_list(kit, ADA, given())
    with kit.database.writing() as work:
        drop_staged(work, ADA, made.id)
        work.commit()
    with kit.database.writing() as work, pytest.raises(NotFound):
        drop_staged(work, ADA, made.id)


def test_one_who_uses_none_can_bring_only_so_many(kit: Kit) -> None:
    make_known(kit, ADA)
    for _ in range(MOST_AT_ONCE):
        stage_list(kit, ADA, given())
    with pytest.raises(NotAllowed):
        stage_list(kit, ADA, given())
    forget_staged(kit, ADA, staged_of(kit, ADA)[0].id)
    stage_list(kit, ADA, given())


def test_what_is_refused_leaves_nothing(kit: Kit) -> None:
    make_known(kit, ADA)
    with pytest.raises(ListRefused):
        stage_list(kit, ADA, given(b"\x89PNG\r\n\x1a\n" + bytes(100)))
    assert staged_of(kit, ADA) == ()


def test_no_backup_holds_any() -> None:
    assert staged_lists not in [table for part in Part for table in tables_of(part)]
