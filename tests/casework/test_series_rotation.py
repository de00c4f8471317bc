"""A new team key: series open as before, and digests of the key before are gone."""

import pytest
from sqlalchemy import update

from app.casework import reseal_to_team as resealing
from app.casework.errors import RotationRefused
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.open_case import open_case
from app.casework.reseal_to_team import reseal_to_team
from app.casework.rotate_team_key import left_to_rotate, rotate_team_key
from app.casework.series import open_series
from app.casework.switch_team_key import switch_team_key
from app.casework.take_case import take_case
from app.persistence.series import series
from tests.casework.key_steps import again, dump, opened_by, pinning, prepared
from tests.casework.series_steps import all_series, check_whole, filed_apart, link, series_of
from tests.make import ADA, BEN, TEAM, Clock, file_one


def test_series_open_with_the_new_key_and_no_longer_with_the_one_before(kit: Kit) -> None:
    cases = filed_apart(kit, 4)
    first, second = link(kit, cases[0], cases[1]), link(kit, cases[2], cases[3])
    before = all_series(kit)
    kit = prepared(kit)
    assert "series.series_sealed" in opened_by(kit, TEAM)
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    ben = again(kit, BEN)
    assert opened_by(kit, TEAM) == set()
    assert all_series(kit, ben) == before
    assert {series_of(kit, one, ben).id for one in cases} == {first, second}  # type: ignore[union-attr]
    check_whole(kit, ben)


def test_stopped_half_way_it_goes_on_and_all_open_meanwhile(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 1)
    cases = filed_apart(kit, 6)
    ids = [link(kit, cases[n], cases[n + 1]) for n in (0, 2, 4)]
    kit = prepared(kit)
    holding = switch_team_key(kit, ADA)
    steps, left = reseal_to_team(kit, holding), left_to_rotate(kit)
    while left is not None and left.series == len(ids):
        next(steps)
        left = left_to_rotate(kit)
    assert left is not None
    assert left.series == 2
    ben = again(kit, BEN)
    assert set(all_series(kit, ben)) == set(ids)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(minutes=31)
    take_case(kit, ben, cases[0].request_id)
    joined = link_series(kit, ben, LinkInput(cases[0].request_id, cases[2].request_id))
    rotate_team_key(kit, ben)
    assert left_to_rotate(kit) is None
    ada = again(kit, ADA)
    assert len(open_series(kit, ada, joined).cases) == 4
    check_whole(kit, ada)
    assert opened_by(kit, TEAM) == set()


def test_a_damaged_series_keeps_the_key_before_until_it_is_given_up(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    series_id = link(kit, one, other)
    with kit.database.writing() as work:
        sealed = work.series.load(series_id) or b""
        broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
        work.connection.execute(update(series).values(series_sealed=broken))
        work.commit()
    kit = prepared(kit)
    heard: list[resealing.Batch] = []
    with pytest.raises(RotationRefused, match="left_over"):
        rotate_team_key(kit, ADA, on_batch=heard.append)
    assert [one for batch in heard for one in batch.damaged] == [series_id]
    rotate_team_key(kit, again(kit, ADA), gives_up_damaged=True)
    assert series_of(kit, one, again(kit, ADA)) is None


def test_digests_of_the_key_before_are_gone_at_the_switch_and_made_anew_as_cases_are_opened(kit: Kit) -> None:
    one, other = file_one(kit), file_one(kit)
    for filed in (one, other):
        open_case(kit, ADA, filed.request_id)
    before = {row["place_digest"] for row in dump(kit)["place_digests"]}
    assert len(before) == 2
    kit = prepared(kit)
    switch_team_key(kit, ADA)
    assert dump(kit)["place_digests"] == []
    assert open_case(kit, ADA, one.request_id).candidates == ()
    assert dump(kit)["place_digests"] == [], "who signed in before the switch makes none"
    ben = again(kit, BEN)
    assert open_case(kit, ben, one.request_id).candidates == ()
    assert [each.request_id for each in open_case(kit, ben, other.request_id).candidates] == [one.request_id]
    assert before & {row["place_digest"] for row in dump(kit)["place_digests"]} == set()
