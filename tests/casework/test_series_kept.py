"""What is kept of a series: what police know, what stays when a case is forgotten, what a stranger put in."""

import pytest
from sqlalchemy import update

from app.casework.change_series import ChangeInput, change_series
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import NotFound, NotHolding, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit, new_id
from app.casework.series import open_series
from app.casework.sweep_series import sweep_series
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.domain.series import PoliceFile, Series
from app.domain.words import Asker
from app.persistence.series import series
from app.vault.pairs import seal_to
from app.vault.seal import Purpose
from tests.casework.series_steps import (
    all_series,
    check_whole,
    describe,
    filed_apart,
    link,
    series_of,
)
from tests.make import ADA, BEN, TEAM, Clock, file_one

POLICE = PoliceFile(True, "K-4711", "CA")
OTHER_POLICE = PoliceFile(True, "B-0815", "FR")


def move(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)


def test_a_series_carries_what_police_know(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    describe(kit, series_id, POLICE, "what a colleague should know")
    found = series_of(kit, other)
    assert found is not None
    assert (found.police_reference, found.police_country, found.is_known_to_police) == ("K-4711", "CA", True)
    assert found.note == "what a colleague should know"
    assert "K-4711" not in repr(found) + repr(all_series(kit)[series_id]) + repr(POLICE)


def test_an_old_page_overwrites_nothing_newer(kit: Kit) -> None:
    one, other, third = filed_apart(kit, 3)
    series_id = link(kit, one, other)
    version = all_series(kit)[series_id].version
    describe(kit, series_id, POLICE)
    with pytest.raises(Stale):
        change_series(kit, ADA, ChangeInput(series_id, version, OTHER_POLICE, ""))
    link(kit, third, one)
    with pytest.raises(Stale):
        change_series(kit, ADA, ChangeInput(series_id, version + 1, OTHER_POLICE, ""))
    assert all_series(kit)[series_id].police == POLICE


def test_only_who_holds_one_of_its_cases_changes_a_series(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    version = all_series(kit)[series_id].version
    with pytest.raises(NotHolding):
        change_series(kit, BEN, ChangeInput(series_id, version, POLICE, ""))
    move(kit, minutes=31)
    with pytest.raises(NotHolding):
        change_series(kit, ADA, ChangeInput(series_id, version, POLICE, ""))
    with pytest.raises(NotFound):
        change_series(kit, ADA, ChangeInput(new_id(), version, POLICE, ""))


def test_a_forgotten_case_is_hidden_in_its_series_and_comes_back_with_it(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    forget_request(kit, follow_with_code(kit, other.code), other.request_id)
    assert [each.request_id for each in open_series(kit, ADA, series_id).cases] == [one.request_id]
    undo_forgetting(kit, ADA, other.request_id)
    assert len(open_series(kit, ADA, series_id).cases) == 2
    check_whole(kit)


def test_a_destroyed_case_is_ignored_and_dropped_at_the_next_change(kit: Kit) -> None:
    one, other, third = filed_apart(kit, 3)
    series_id = link(kit, one, other)
    describe(kit, series_id, POLICE)
    forget_request(kit, follow_with_code(kit, other.code), other.request_id)
    move(kit, days=8)
    destroy_forgotten(kit)
    assert other.request_id in all_series(kit)[series_id].requests
    found = series_of(kit, one)
    assert found is not None
    assert (found.others, found.police) == (0, POLICE)
    for filed in (one, third):
        take_case(kit, ADA, filed.request_id)
    link(kit, third, one)
    check_whole(kit)


def test_a_series_of_which_everything_was_forgotten_is_destroyed_too(kit: Kit) -> None:
    one, other, third, fourth = filed_apart(kit, 4)
    describe(kit, link(kit, one, other), POLICE, "who they were")
    kept = link(kit, third, fourth)
    for filed in (one, other, third):
        forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    assert sweep_series(kit, ADA) == 0, "within seven days they can come back"
    move(kit, days=8)
    destroy_forgotten(kit)
    assert sweep_series(kit, ADA) == 1
    assert list(all_series(kit)) == [kept]


def test_a_childs_series_goes_on_with_the_request_that_theirs_was_joined_to(kit: Kit) -> None:
    parent = file_one(kit, asker=Asker.PARENT)
    child, other = filed_apart(kit, 2)
    take_case(kit, ADA, parent.request_id)
    series_id = link(kit, child, other)
    join_requests(kit, ADA, JoinInput(parent.request_id, child.request_id))
    destroy_forgotten(kit)
    assert set(all_series(kit)[series_id].requests) == {parent.request_id, other.request_id}
    check_whole(kit)


def test_a_record_that_was_put_there_by_somebody_else_keeps_no_case_from_opening(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    forged = Series(series_id, (one.request_id,), POLICE)
    record = f'{{"requests":["{one.request_id}"],"is_known":true,"reference":"X","country":"","note":"",'
    planted = seal_to(TEAM.public, Purpose.SERIES, forged.id, (record + '"version":9,"mac":"00"}').encode())
    with kit.database.writing() as work:
        work.connection.execute(update(series).values(series_sealed=planted))
        work.commit()
    assert series_of(kit, one) is None
    assert link(kit, one, other) != series_id
    found = series_of(kit, other)
    assert found is not None
    assert not found.is_known_to_police
