"""Candidates: equal places of other cases are found at the desk by keyed digests; nothing else of them is."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.casework.correct_place import CorrectInput, correct_place
from app.casework.errors import KeyNotTrusted
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.locate_place import LocateInput, locate_place
from app.casework.open_case import open_case
from app.casework.place_digests import MOST_CANDIDATES
from app.casework.take_case import take_case
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.asking import PlaceNote, Voice
from app.domain.series import Candidate, Match
from app.persistence.series import place_digests
from app.persistence.team_keys import INDEX, hotline_keys
from app.places.likeness import marks_of
from app.places.reading import Place, read_places
from app.vault.pairs import seal_to
from app.vault.seal import Purpose
from tests.casework.series_steps import filed_apart, link, step_back
from tests.casework.steps import places_of
from tests.make import ADA, BEN, TEAM, Filed, file_one
from tests.web.desk_walks import file_whole

SITE = "https://img.northlight.example"


def candidates(kit: Kit, filed: Filed) -> tuple[Candidate, ...]:
    return open_case(kit, ADA, filed.request_id).candidates


def digests_of(kit: Kit, filed: Filed) -> set[tuple[str, bytes]]:
    with kit.database.reading() as work:
        return {(kind, made) for (_, kind), made in work.series.digests.of_request(filed.request_id).items()}


def account(app: str, name: str) -> Place:
    return Place("", "", f"{app}: {name}", app, name)


def test_nothing_is_digested_before_a_caseworker_opens_the_case(kit: Kit) -> None:
    one, other = file_one(kit), file_one(kit)
    assert digests_of(kit, one) == set()
    assert candidates(kit, one) == ()
    assert digests_of(kit, one) != set()
    assert candidates(kit, other) == (Candidate(one.request_id, ((Match.ADDRESS, 1),)),)
    assert candidates(kit, one) == (Candidate(other.request_id, ((Match.ADDRESS, 1),)),)
    assert open_case(kit, ADA, one.request_id).series is None, "nothing is linked by itself"


def test_the_strongest_likeness_comes_first_and_each_place_counts_once(kit: Kit) -> None:
    one = file_one(kit, f"{SITE}/a?x=1\n{SITE}/b?x=1\n{SITE}/c")
    page = file_one(kit, f"{SITE}/a?x=2\n{SITE}/b?x=2\n{SITE}/b?x=3")
    same = file_one(kit, f"{SITE}/a?x=1#part\n{SITE}/b?x=9")
    none = file_one(kit, f"{SITE}/d\nhttps://talkyard.example/c")
    for filed in (page, same, none):
        assert one.request_id not in [each.request_id for each in candidates(kit, filed)]
    assert candidates(kit, one) == (
        Candidate(same.request_id, ((Match.ADDRESS, 1), (Match.PAGE, 1))),
        Candidate(page.request_id, ((Match.PAGE, 2),)),
    )


def test_the_same_account_is_found_as_different_people_type_it(kit: Kit) -> None:
    one = file_whole(kit, Voice(), (account("Some App", "@Somebody_9"),), (PlaceNote(),))
    other = file_whole(kit, Voice(), (account("some  app", "somebody_9 "),), (PlaceNote(),))
    elsewhere = file_whole(kit, Voice(), (account("Other App", "somebody_9"),), (PlaceNote(),))
    words = file_whole(kit, Voice(), (Place("", "", "somebody_9 on Some App"),), (PlaceNote(),))
    for filed in (elsewhere, words, other):
        candidates(kit, filed)
    assert candidates(kit, one) == (Candidate(other.request_id, ((Match.ACCOUNT, 1),)),)


def _forgotten(kit: Kit, filed: Filed) -> None:
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)


def _withdrawn(kit: Kit, filed: Filed) -> None:
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1,)))


def _stepped_back(kit: Kit, filed: Filed) -> None:
    step_back(kit, filed, ADA)


def _corrected(kit: Kit, filed: Filed) -> None:
    actor = follow_with_code(kit, filed.code)
    correct_place(kit, actor, CorrectInput(1, read_places(f"{SITE}/right").places[0]))


@pytest.mark.parametrize("happens", [_forgotten, _withdrawn, _stepped_back, _corrected])
def test_what_is_no_longer_there_for_the_caseworker_is_not_offered(
    kit: Kit, happens: Callable[[Kit, Filed], None]
) -> None:
    one, other = file_one(kit), file_one(kit)
    assert candidates(kit, one) == ()
    assert len(candidates(kit, other)) == 1
    assert len(candidates(kit, one)) == 1
    happens(kit, other)
    assert candidates(kit, one) == ()


def test_a_place_that_was_found_or_put_right_gets_new_digests(kit: Kit) -> None:
    told = file_whole(kit, Voice(), (account("Some App", "somebody"),), (PlaceNote(),))
    there = file_one(kit, f"{SITE}/u/somebody")
    candidates(kit, there)
    candidates(kit, told)
    before = digests_of(kit, told)
    [place] = places_of(kit, told.request_id)
    locate_place(kit, ADA, LocateInput(told.request_id, place.id, f"{SITE}/u/wrong"))
    assert digests_of(kit, told) == set()
    assert candidates(kit, told) == ()
    locate_place(kit, ADA, LocateInput(told.request_id, place.id, f"{SITE}/u/somebody"))
    assert candidates(kit, told) == (Candidate(there.request_id, ((Match.ADDRESS, 1),)),)
    assert before < digests_of(kit, told), "the account stands beside the address"
    _withdrawn(kit, told)
    candidates(kit, told)
    assert digests_of(kit, told) == set()


def test_cases_of_the_same_series_are_not_offered_again(kit: Kit) -> None:
    one, other, third = file_one(kit), file_one(kit), file_one(kit)
    take_case(kit, ADA, one.request_id)
    for filed in (other, third):
        candidates(kit, filed)
    link(kit, one, other)
    assert [each.request_id for each in candidates(kit, one)] == [third.request_id]


def test_a_place_that_many_name_keeps_no_case_from_opening(kit: Kit) -> None:
    cases = filed_apart(kit, 1)
    cases += [file_one(kit, f"{SITE}/0") for _ in range(MOST_CANDIDATES + 2)]
    found = [candidates(kit, filed) for filed in cases]
    assert len(found[-1]) == MOST_CANDIDATES


def test_equal_places_show_as_equal_only_under_the_key_of_the_hotline(kit: Kit) -> None:
    one, other = file_one(kit), file_one(kit)
    candidates(kit, one)
    candidates(kit, other)
    assert digests_of(kit, one) == digests_of(kit, other)
    with kit.database.reading() as work:
        rows = work.connection.execute(select(place_digests)).all()
    assert len({row.place_digest for row in rows}) == 2, "one of each kind"
    assert all(len(row.place_digest) == 32 for row in rows)


def test_an_index_key_that_somebody_put_there_is_refused(kit: Kit) -> None:
    filed = file_one(kit)
    with kit.database.writing() as work:
        key = work.hotline_keys.current(INDEX)
        known = seal_to(TEAM.public, Purpose.INDEX_KEY, key.id, bytes(32))
        work.connection.execute(
            update(hotline_keys)
            .where(hotline_keys.c.id == key.id)
            .values(secret_sealed=known, public_mac=b"")
        )
        work.commit()
    with pytest.raises(KeyNotTrusted):
        open_case(kit, ADA, filed.request_id)


def test_a_colleague_makes_the_same_digests(kit: Kit) -> None:
    one, other = file_one(kit), file_one(kit)
    open_case(kit, ADA, one.request_id)
    assert len(open_case(kit, BEN, other.request_id).candidates) == 1


@pytest.mark.parametrize(
    ("url", "marks"),
    [
        ("https://a.example/x?y#z", {"address": "https://a.example/x?y", "page": "https://a.example/x"}),
        ("https://a.example/x", {"address": "https://a.example/x", "page": "https://a.example/x"}),
        ("https://a.example/?p=1", {"address": "https://a.example/?p=1"}),
        ("https://a.example/", {"address": "https://a.example/"}),
    ],
)
def test_what_a_place_is_told_by(url: str, marks: dict[str, str]) -> None:
    [place] = read_places(url).places
    assert {match.value: value.decode() for match, value in marks_of(place)} == marks


NAMES = st.text("abcXYZ019._é", min_size=1, max_size=20)


@given(NAMES, NAMES)
def test_how_an_account_is_typed_does_not_matter(app: str, name: str) -> None:
    marks = list(marks_of(account(app, name)))
    assert [match for match, _ in marks] == [Match.ACCOUNT]
    assert marks == list(marks_of(account(f" {app.upper()}", f"@{name.swapcase()}  ")))
    assert marks != list(marks_of(account(app, f"{name}x")))


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(app: str, name: str) -> None:
    assert len(list(marks_of(account(app, name)))) <= 1


def test_joining_a_series_by_hand_needs_no_likeness(kit: Kit) -> None:
    one, other = filed_apart(kit, 2)
    assert candidates(kit, one) == candidates(kit, other) == ()
    link_series(kit, ADA, LinkInput(one.request_id, other.request_id))
    assert open_case(kit, ADA, one.request_id).series is not None
