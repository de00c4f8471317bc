"""Receipt codes: hard to guess, kind to typing, and the same for ever."""

import math
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.vault.codes import CodeMistyped, code_secrets, new_code, read_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = "K7Q2M3TD9ZXW0123456789AZ"
SALT = bytes(range(16))


def test_a_new_code_is_six_groups_of_four_and_reads_back() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 6
    assert read_code(code) == code.replace("-", "")


def test_a_code_has_115_bits() -> None:
    """23 free characters of 32 kinds: every character comes equally often, at every place."""
    codes = [read_code(new_code()) for _ in range(6400)]
    assert 23 * math.log2(32) == 115
    assert len(set(codes)) == len(codes)
    for place in range(23):
        counted = Counter(code[place] for code in codes)
        assert set(counted) == set(ALPHABET)
        assert 110 < min(counted.values()) <= max(counted.values()) < 290, place  # expected: 200 each


def test_every_single_wrong_character_is_noticed() -> None:
    for place in range(24):
        for wrong in set(ALPHABET) - {CODE[place]}:
            with pytest.raises(CodeMistyped):
                read_code(CODE[:place] + wrong + CODE[place + 1 :])


def test_most_swaps_of_two_neighbours_are_noticed() -> None:
    swapped = noticed = 0
    for _ in range(200):
        code = read_code(new_code())
        for place in range(23):
            if code[place] != code[place + 1]:
                swapped += 1
                noticed += not reads(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
    assert noticed / swapped > 0.95


def test_a_character_too_few_or_too_many_is_noticed() -> None:
    for typed in ("", CODE[:-1], CODE[1:], CODE + "0", CODE * 2, CODE + CODE[-1]):
        with pytest.raises(CodeMistyped):
            read_code(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "K7Q2-M3TD-9ZXW-0123-4567-89AZ",
        "k7q2 m3td 9zxw 0123 4567 89az",
        "  K7Q2—M3TD–9ZXW.0123_4567\t89AZ\n",
        "K7Q2M3TD9ZXWoi23456789az",
        "K7Q2M3TD9ZXWOl23456789AZ",
        "K7Q2M3TD9ZXW0123456789AZ",
        "\u200fK7Q2-M3TD-9ZXW-0123-4567-89AZ\u200e",
    ],
)
def test_spacing_case_and_look_alikes_do_not_matter(typed: str) -> None:
    assert read_code(typed) == CODE


@given(st.text(max_size=300))
@example("²" * 24)
@example("٣" * 24)
@example("ß" * 24)
@example("İ" * 24)
@example("\ud800" * 24)
@example("ﷺ" * 200)
def test_garbage_of_any_kind_is_only_mistyped(typed: str) -> None:
    try:
        code = read_code(typed)
    except CodeMistyped:
        return
    assert len(code) == 24
    assert set(code) <= set(ALPHABET)


def test_a_mistyped_code_is_not_said_back() -> None:
    with pytest.raises(CodeMistyped) as refused:
        read_code(CODE[:-1] + "0")
    assert f"{refused.value}{refused.value.args}" == "()"


@given(st.text(alphabet=ALPHABET + ALPHABET.lower() + "OILU -", min_size=20, max_size=32))
def test_what_reads_once_reads_the_same_again(typed: str) -> None:
    if reads(typed):
        assert read_code(read_code(typed)) == read_code(typed)


def test_a_code_given_out_long_ago_still_opens() -> None:
    secrets = code_secrets(CODE, SALT)
    assert secrets.lookup_digest.hex() == "0f0af4324edb708bdb522cad08cd9258b761759940e8578e3df1a485e3c2394d"
    assert secrets.wrapping_key.raw.hex() == (
        "a200c43e50e834efa164d5cf462fc5defbfab575725a48414582abbfaa12b672"
    )


def test_another_installation_derives_other_secrets_from_the_same_code() -> None:
    here, there = code_secrets(CODE, SALT), code_secrets(CODE, bytes(16))
    assert here.lookup_digest != there.lookup_digest
    assert here.wrapping_key != there.wrapping_key


def test_what_is_looked_up_says_nothing_of_the_key() -> None:
    secrets = code_secrets(CODE, SALT)
    assert secrets.lookup_digest != secrets.wrapping_key.raw
    assert repr(secrets) == "CodeSecrets(…)"


def reads(typed: str) -> bool:
    try:
        read_code(typed)
    except CodeMistyped:
        return False
    return True
