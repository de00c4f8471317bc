"""Passphrases: seven drawn words, understood however they are typed."""

from app.vault.passphrases import new_passphrase, passphrase_key

SALT = bytes(range(16))
WORDS = "abacus abdomen abdominal abide abiding ability ablaze"


def test_a_passphrase_made_long_ago_still_gives_its_key() -> None:
    assert passphrase_key(WORDS, SALT).raw.hex() == (
        "145a60724ca64643991f80b4e34626a5b4448ab881063082397cef0b42b4f559"
    )


def test_spacing_and_case_do_not_matter() -> None:
    typed = "  ABACUS abdomen\tabdominal\nAbide  abiding ability ablaze "
    assert passphrase_key(typed, SALT) == passphrase_key(WORDS, SALT)


def test_order_words_and_salt_matter() -> None:
    backwards = " ".join(reversed(WORDS.split()))
    made = {
        passphrase_key(typed, salt).raw
        for typed, salt in ((WORDS, SALT), (backwards, SALT), (WORDS[:-1], SALT), (WORDS, bytes(16)))
    }
    assert len(made) == 4


def test_a_new_passphrase_has_seven_words_and_never_comes_twice() -> None:
    drawn = {new_passphrase() for _ in range(2000)}
    assert len(drawn) == 2000
    assert {len(one.split()) for one in drawn} == {7}
    # 14,000 draws out of 7,776 words: about 6,490 different ones are expected.
    assert 6200 < len({word for one in drawn for word in one.split()}) < 6800


def test_very_long_and_odd_typing_only_gives_another_key() -> None:
    for typed in ("", "x" * 100_000, "ключ " * 7, "\x00"):
        assert passphrase_key(typed, SALT) != passphrase_key(WORDS, SALT)
