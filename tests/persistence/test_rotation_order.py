"""A rotation walks its rows by an index: sorting what is left before each batch would take for ever."""

import pytest

from app.casework.kit import Kit


@pytest.mark.parametrize("table", ["wraps", "answers"])
def test_the_next_batch_is_found_without_sorting(embedded_kit: Kit, table: str) -> None:
    asked = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE sealed_to = 'a' AND id > 'b' ORDER BY id LIMIT 9"
    with embedded_kit.database.reading() as work:
        plan = " ".join(str(row) for row in work.connection.exec_driver_sql(asked))
    assert f"ix_{table}_sealed_to_id" in plan
    assert "TEMP B-TREE" not in plan
