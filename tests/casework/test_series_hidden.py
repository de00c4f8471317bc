"""What series leave behind: links and records that agree whatever happens; nothing for a thief to match."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.casework.change_series import ChangeInput, change_series
from app.casework.errors import NotFound, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.rotate_team_key import rotate_team_key
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.unlink_series import unlink_series
from app.domain.series import PoliceFile
from app.persistence.series import series
from app.persistence.trail import trail
from tests.casework.key_steps import again, dump, pinning, prepared
from tests.casework.series_steps import all_links, all_series, check_whole, filed_apart, link, sealed_rows
from tests.make import ADA, BEN, Clock, Filed, file_one

COUNT = 5
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["link", "link", "unlink", "forget", "come back"]),
        st.integers(0, COUNT - 1),
        st.integers(0, COUNT - 1),
    ),
    max_size=14,
)


class Model:
    """Which cases belong together, as plain sets; and which are forgotten."""

    def __init__(self) -> None:
        self.groups: list[set[int]] = []
        self.gone: set[int] = set()

    def of(self, number: int) -> set[int] | None:
        return next((one for one in self.groups if number in one), None)

    def link(self, one: int, other: int) -> None:
        joined = (self.of(one) or {one}) | (self.of(other) or {other})
        self.groups = [group for group in self.groups if not group & joined] + [joined]

    def unlink(self, number: int) -> None:
        self.groups = [left for group in self.groups if (left := group - {number})]


def take_step(kit: Kit, cases: list[Filed], model: Model, step: tuple[str, int, int]) -> None:
    """The same with the verbs and with the model."""
    what, one, other = step
    match what:
        case "link" if one != other and one not in model.gone:
            if other in model.gone:
                with pytest.raises(NotFound):
                    link(kit, cases[one], cases[other])
            else:
                link(kit, cases[one], cases[other])
                model.link(one, other)
        case "unlink" if one not in model.gone and model.of(one):
            unlink_series(kit, ADA, cases[one].request_id)
            model.unlink(one)
        case "forget" if one not in model.gone:
            forget_request(kit, follow_with_code(kit, cases[one].code), cases[one].request_id)
            model.gone.add(one)
        case "come back" if one in model.gone:
            undo_forgetting(kit, ADA, cases[one].request_id)
            take_case(kit, ADA, cases[one].request_id)
            model.gone.remove(one)


def test_in_any_order_links_and_records_say_the_same(kit: Kit) -> None:
    cases = filed_apart(kit, COUNT)
    mine = {filed.request_id: number for number, filed in enumerate(cases)}

    @settings(max_examples=25)
    @given(steps=STEPS)
    def in_any_order(steps: list[tuple[str, int, int]]) -> None:
        model = Model()
        for step in steps:
            take_step(kit, cases, model, step)
        check_whole(kit)
        records = [{mine[one] for one in each.requests} for each in all_series(kit).values()]
        assert sorted(map(sorted, records)) == sorted(map(sorted, model.groups))
        for number in range(COUNT):
            take_step(kit, cases, model, ("come back", number, 0))
            take_step(kit, cases, model, ("unlink", number, 0))
        assert (all_series(kit), all_links(kit)) == ({}, {})

    in_any_order()


def test_rows_say_neither_which_cases_belong_together_nor_how_many(kit: Kit) -> None:
    cases = filed_apart(kit, 9)
    small = link(kit, cases[0], cases[1])
    for filed in cases[3:]:
        link(kit, filed, cases[2])
    version = all_series(kit)[small].version
    police = PoliceFile(True, "K-4711-OF-THE-POLICE", "CA")
    change_series(kit, ADA, ChangeInput(small, version, police, "A few words of a caseworker. " * 9))
    rows = sealed_rows(kit)
    assert sorted(Counter(map(len, rows)).values()) == [2, 9], "both series are as long, and so are all links"
    ids = [filed.request_id for filed in cases] + [small]
    found = [one for one in ids for row in rows if one.encode() in row or bytes.fromhex(one) in row]
    assert found == []
    assert not any(b"K-4711-OF-THE-POLICE" in row for row in rows)


def test_no_plain_column_names_a_series_but_its_own_row(kit: Kit) -> None:
    cases = filed_apart(kit, 3)
    series_id = [link(kit, cases[0], filed) for filed in cases[1:]][-1]
    named = {
        (table, column)
        for table, rows in dump(kit).items()
        for row in rows
        for column, value in row.items()
        if series_id in str(value)
    }
    assert named == {("series", "id")}


def test_times_do_not_tell_either_what_was_linked_together(kit: Kit) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.at = datetime(2026, 3, 5, 9, 12, 34, tzinfo=UTC)
    first = filed_apart(kit, 2)
    link(kit, first[0], first[1])
    kit.clock.move(hours=5)
    second = [file_one(kit) for _ in range(2)]
    for filed in second:
        take_case(kit, ADA, filed.request_id)
    link(kit, second[0], second[1])
    unlink_series(kit, ADA, second[0].request_id)
    with kit.database.reading() as work:
        lines = select(trail.c.at, trail.c.subject).where(trail.c.kind.like("series%"))
        said = set(work.connection.execute(lines).all())
        made = set(work.connection.execute(select(series.c.made_at)).scalars())
    assert said == {(datetime(2026, 3, 5, tzinfo=UTC), "")}
    assert made == {datetime(2026, 3, 5, tzinfo=UTC)}


def test_who_signed_in_before_a_rotation_changes_no_series(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    link(kit, one, other)
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    third = file_one(kit)
    with pytest.raises(Stale):
        link(kit, one, third)
    with pytest.raises(Stale):
        unlink_series(kit, ADA, one.request_id)
    check_whole(kit, again(kit, BEN))
    assert len(set(all_links(kit, again(kit, BEN)).values())) == 1
