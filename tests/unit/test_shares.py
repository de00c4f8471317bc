"""Printed shares: enough of them give the key back, fewer nothing, and each mistake has its word."""

from itertools import combinations, islice, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vault.shares import (
    ShareProblem,
    close_words,
    count_missing,
    join_shares,
    read_share,
    split_key,
)

SEED = bytes(range(32))
OLD = (  # written once: every version to come must read them
    (
        "force heat academic agency ambition lily boundary package spend theory morning "
        "indicate slice remove tofu deliver tactics petition reaction parking drink aunt "
        "platform legend hand hearing grill calcium switch step moisture purchase dominant"
    ),
    (
        "force heat academic always afraid olympic anxiety smirk amount engage group "
        "various pants taught profile pancake says darkness society energy orbit evoke "
        "ranked friendly impact rumor march testify discuss mama ecology ajar agency"
    ),
)


def problem(*shares: str) -> ShareProblem:
    with pytest.raises(ShareProblem) as refused:
        join_shares(shares)
    return refused.value


@pytest.mark.parametrize(("needed", "made"), [(2, 2), (2, 3), (3, 5), (16, 16)])
def test_any_that_are_enough_give_the_key_back_in_any_order(needed: int, made: int) -> None:
    shares = split_key(SEED, needed, made)
    assert len(set(shares)) == made
    assert {len(share.split()) for share in shares} == {33}
    for chosen in combinations(shares, needed):
        assert join_shares(chosen) == SEED
    for ordered in islice(permutations(shares[:needed]), 6):
        assert join_shares(ordered) == SEED
    assert join_shares(shares) == SEED


def test_one_too_few_gives_nothing_and_says_how_many_are_missing() -> None:
    shares = split_key(SEED, 3, 5)
    for count in (1, 2):
        for chosen in combinations(shares, count):
            found = problem(*chosen)
            assert (found.code, found.missing) == ("too_few", 3 - count)
            assert count_missing(chosen) == 3 - count
    assert count_missing(shares[:3]) == 0
    assert problem().code == "too_few"


def test_shares_of_another_set_are_told_apart_even_of_the_same_key() -> None:
    one, other = split_key(SEED, 2, 3), split_key(SEED, 2, 3)
    assert problem(one[0], other[1]).code == "other_set"
    with pytest.raises(ShareProblem, match="other_set"):
        count_missing((one[0], other[1]))


def test_a_share_given_twice_counts_once() -> None:
    one, two, _ = split_key(SEED, 2, 3)
    assert problem(one, one).code == "twice"
    assert problem(one, one.upper()).code == "twice"
    assert join_shares((one, two)) == SEED


def test_a_mistyped_word_is_named() -> None:
    words = split_key(SEED, 2, 3)[0].split()
    words[4] = "acadmic"
    with pytest.raises(ShareProblem) as refused:
        read_share(" ".join(words))
    assert (refused.value.code, refused.value.word) == ("word", "acadmic")
    assert "academic" in close_words("Acadmic")
    assert close_words("§§§") == ()


def test_every_wrong_word_of_the_list_shows_in_the_checksum() -> None:
    share = split_key(SEED, 2, 3)[0]
    for place in range(33):
        words = share.split()
        words[place] = "zero" if words[place] != "zero" else "academic"
        with pytest.raises(ShareProblem) as refused:
            read_share(" ".join(words))
        assert refused.value.code == "checksum"


def test_two_words_in_the_wrong_order_show_too() -> None:
    words = split_key(SEED, 2, 3)[0].split()
    place = next(n for n in range(32) if words[n] != words[n + 1])
    words[place], words[place + 1] = words[place + 1], words[place]
    with pytest.raises(ShareProblem, match="checksum"):
        read_share(" ".join(words))


def test_a_share_of_the_wrong_length_says_so() -> None:
    words = split_key(SEED, 2, 3)[0].split()
    for cut in ([], words[:-1], [*words, words[0]], words[:20]):
        with pytest.raises(ShareProblem, match="length"):
            read_share(" ".join(cut))


def test_case_and_spacing_do_not_matter() -> None:
    share = split_key(SEED, 2, 3)[0]
    assert read_share(f"  {share.upper()}\n".replace(" ", "\t ")) == share


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_no_garbage_is_a_share(garbage: str) -> None:
    with pytest.raises(ShareProblem):
        read_share(garbage)


@pytest.mark.parametrize(("needed", "made"), [(1, 1), (1, 3), (3, 2), (0, 0), (2, 17), (17, 17)])
def test_impossible_choices_are_refused(needed: int, made: int) -> None:
    with pytest.raises(ValueError, match="shares"):
        split_key(SEED, needed, made)


def test_shares_printed_long_ago_still_open() -> None:
    assert join_shares(OLD) == SEED


PRINTED = (
    (
        "coastal olympic academic acid ajar smart ceramic venture burden daisy empty educate "
        "ordinary learn arcade sweater literary ecology engage vanish survive energy heat manager "
        "wisdom golden alien romantic glimpse example exotic timely surface"
    ),
    (
        "coastal olympic academic always adorn valuable smart clinic facility standard watch home "
        "literary fluff credit mixture rapids acquire holy genius document oasis render legal "
        "exceed havoc priest angry cinema ajar regular triumph universe"
    ),
)


def test_shares_printed_once_open_for_ever() -> None:
    assert join_shares(PRINTED) == bytes(range(32))
