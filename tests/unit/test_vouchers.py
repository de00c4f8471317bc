"""The link and the phrase of who confirms: both are needed, and how the phrase is typed does not matter."""

import pytest

from app.vault.passphrases import new_passphrase
from app.vault.vouchers import link_digest, new_link, new_phrase, voucher_secrets

SALT = bytes(16)


def key(link: str, phrase: str, salt: bytes = SALT) -> bytes:
    return voucher_secrets(link, phrase, salt).wrapping_key.raw


def test_links_and_phrases_are_drawn() -> None:
    assert len({new_link() for _ in range(50)}) == 50
    assert len({new_phrase() for _ in range(50)}) == 50
    assert len(new_link()) == 43
    assert len(new_phrase().split()) == 4
    assert len(new_passphrase().split()) == 7


@pytest.mark.parametrize(
    "typed",
    ["Felt-Tip  river Yodel zoom", "felt tip, river, yodel, zoom.", "\u00a0FELT-TIP\nriver yodel ZOOM"],
)
def test_spaces_case_and_signs_do_not_matter(typed: str) -> None:
    assert key("link", typed) == key("link", "felt-tip river yodel zoom")


@pytest.mark.parametrize(
    ("link", "phrase", "salt"),
    [
        ("link", "one two three", SALT),
        ("knil", "one two three four", SALT),
        ("link", "", SALT),
        ("link", "one two three four", bytes(15) + b"x"),
        ("", "one two three four", SALT),
    ],
)
def test_without_one_of_them_there_is_another_key(link: str, phrase: str, salt: bytes) -> None:
    assert key(link, phrase, salt) != key("link", "one two three four")


def test_where_to_look_follows_from_the_link_alone() -> None:
    made = voucher_secrets("link", "one", SALT)
    assert made.lookup_digest == link_digest("link")
    assert link_digest("link") != link_digest("knil")
    assert repr(made) == "VoucherSecrets(…)"


@pytest.mark.parametrize("odd", ["", "é" * 400, "x" * 5000, "\U0001f600"])
def test_whatever_is_typed_is_no_fault(odd: str) -> None:
    assert len(key(odd, odd)) == 32
