"""Deriving: the same bytes for ever, other bytes for every other use."""

from hypothesis import given
from hypothesis import strategies as st

from app.vault.derive import CODE_COST, PASSPHRASE_COST, SlowCost, digest, hkdf, key_from, mac, mac_fits, slow
from app.vault.seal import SecretKey

KEY = SecretKey(bytes(range(32)))


def test_what_was_derived_long_ago_is_derived_again() -> None:
    assert hkdf(bytes(32), "a label").hex() == (
        "c894a3ea5bba1ae19de9e7fe40ac7a0330d93582c19069773665feeae05acc80"
    )
    assert mac(KEY, "a label", b"message").hex() == (
        "01e56dc88bad9d947a78e373468a6c6d47e4c0d056057ec41c20aea08bde14d5"
    )
    assert digest("a label", b"value").hex() == (
        "4eb782944dc1bcf06cbb009341f32c1e220cdc3a638049e004476e5ea153fdd7"
    )


def test_argon2id_gives_the_vector_of_its_own_specification() -> None:
    """RFC 9106 has no vector without a secret; this one is of the reference implementation's test.c."""
    made = slow(b"password", b"somesalt", SlowCost(memory_kib=64 * 1024, passes=2, lanes=1))
    assert made.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_costs_are_not_lowered_by_accident() -> None:
    assert (CODE_COST.memory_kib, CODE_COST.passes) == (19 * 1024, 2)  # OWASP's floor for Argon2id
    assert PASSPHRASE_COST.memory_kib >= 64 * 1024
    assert PASSPHRASE_COST.passes >= 3


@given(st.text(max_size=20), st.text(max_size=20))
def test_another_label_gives_another_key(one: str, other: str) -> None:
    assert (key_from(bytes(32), one) == key_from(bytes(32), other)) is (one == other)


def test_lengths_are_as_asked() -> None:
    assert [len(hkdf(bytes(32), "x", length)) for length in (16, 32, 64)] == [16, 32, 64]


@given(st.binary(max_size=40))
def test_only_the_right_mac_fits(claimed: bytes) -> None:
    right = mac(KEY, "courier key", b"public")
    assert mac_fits(KEY, "courier key", b"public", right)
    assert mac_fits(KEY, "courier key", b"public", claimed) is (claimed == right)
    assert not mac_fits(KEY, "courier", b"public", right)
    assert not mac_fits(KEY, "courier key", b"public2", right)
    assert not mac_fits(SecretKey(bytes(32)), "courier key", b"public", right)


def test_a_label_and_its_message_do_not_run_together() -> None:
    assert mac(KEY, "ab", b"c") != mac(KEY, "a", b"bc")
    assert digest("ab", b"c") != digest("a", b"bc")
