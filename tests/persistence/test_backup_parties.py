"""Backups of requests with two parties: codes and frozen pages come back, and a revoked party never does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.casework.add_places import AddInput, add_places
from app.casework.errors import CodeProblem
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.open_case import open_case
from app.casework.revoke_party import revoke_party
from app.casework.rotate_team_key import rotate_team_key
from app.domain.asking import PlaceNote
from app.persistence.wraps import FORMER, TEAM, wraps
from app.reads.follow import read_follow
from app.vault.pairs import open_with, sealed_to
from app.vault.seal import Purpose
from tests.casework.key_steps import again, pinning, prepared
from tests.casework.party_steps import NEW, family, places
from tests.casework.steps import trail_of
from tests.make import ADA
from tests.persistence.backups import Fresh, fresh_kits, move, pair, restore


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest, kit: Kit, tmp_path: Path) -> Iterator[Fresh]:
    yield from fresh_kits(request, kit, request.param, tmp_path)


def test_both_parties_come_back_and_one_of_them_to_the_frozen_page(
    kit: Kit, fresh: Fresh, tmp_path: Path
) -> None:
    both = family(kit)
    note_place(kit, both.representative, NoteInput(1, PlaceNote("first")))
    child = revoke_party(kit, both.child)
    add_places(kit, child, AddInput(places(NEW), (PlaceNote("mine"),)))
    pages = [read_follow(kit, follow_with_code(kit, code)) for code in (both.filed.code, both.child_code)]
    copy = fresh()
    restore(copy, *pair(kit, tmp_path / "backups"))
    assert [
        read_follow(copy, follow_with_code(copy, code)) for code in (both.filed.code, both.child_code)
    ] == pages
    assert len(open_case(copy, ADA, both.request_id).places) == 3


def test_a_main_file_from_before_a_revocation_opens_and_who_was_revoked_does_not_come_in(
    kit: Kit, fresh: Fresh, tmp_path: Path
) -> None:
    both = family(kit)
    page = read_follow(kit, both.child)
    main, _ = pair(kit, tmp_path / "before")
    add_places(kit, revoke_party(kit, both.child), AddInput(places(NEW)))
    move(kit, hours=1)
    _, newer = pair(kit, tmp_path / "after")
    copy = fresh()
    restore(copy, main, newer)
    with pytest.raises(CodeProblem, match="unknown"):
        follow_with_code(copy, both.filed.code)
    child = follow_with_code(copy, both.child_code)
    assert read_follow(copy, child) == page
    assert "party_revoked" in trail_of(copy, both.request_id)
    assert len(open_case(copy, ADA, both.request_id).places) == 2
    child = revoke_party(copy, child)  # settled anew
    assert read_follow(copy, child).places == page.places


def test_a_rotation_carries_the_keys_of_before_a_revocation_over(kit: Kit) -> None:
    both = family(kit)
    revoke_party(kit, both.child)
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    with kit.database.reading() as work:
        sealed = work.wraps.one(both.request_id, f"{FORMER} 1", TEAM)
        assert work.connection.execute(wraps.select().where(wraps.c.sealed_to == sealed_to(sealed))).all()
    opened = open_with(again(kit, ADA).team, Purpose.REQUEST_KEY, both.request_id, sealed)
    assert opened == both.child.request_key.raw
