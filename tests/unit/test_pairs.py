"""Sealing to a public key: only the private half opens, in the place it was meant for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vault.pairs import PUBLIC_BYTES, KeyPair, fingerprint_of, key_id_of, new_pair, open_with, seal_to
from app.vault.seal import NotOpened, Purpose

PAIR = KeyPair(bytes(range(32)))
ROW = "0123456789abcdef" * 2
# Sealed once, to PAIR, for Purpose.REQUEST_KEY in ROW. Every version to come must open it.
FROZEN = bytes.fromhex(
    "0238fcd03d4392693dbb298c06fc68e2032d7905da40035cb350756a7e3738cf287a10f343d6d29f0be15e546dd72655b096"
    "f2478131de39bbefa3683567c9033cf7c0ecaf69914512c2d4b382f38c0c9ccce1bcbccc3da95d097d6bba2e55f47387e5f9"
    "12d001823eaecdb51b28b138154edbeba2a9c71932f83eb56133f64c47a73e2057db63550b7d126b8c9f1258c0f59c9092b6"
    "a82ccc0b2b278f9505961b250c37037943227c8eab0db340898b73e7187e6dc8f9aecb5affeb865cf720ff66445fb86f67a9"
    "94b6aee21c1ebe14acf9fc7edfabb7a5822fe995313d8a60ecf943c128249dd93db605de9a5338fd17647a2f31320d0132a8"
    "e2180aa02a8316522339053520d37a54be6eab207007dcb71c97d23af09839401a76622244ba55bc46c908efd93472b6822b"
    "9576f7f01b745c01e58df2dcc3a68d5c4f911abd4600a7eebf6927c62441a624433d879f1452ee3f5a7c930d5b6705ebbfff"
    "b1decb9af96cc22602bf59a12f87db91e234731961b0f47b6aab98c54f347301c7885a13bc6bd73a456af4eb357985e66406"
    "a4644768e79665d7b3f6f96382a7d9f1cf73e05c5a6d17a220188073efc099706e659338325bbfe4c5a0811e15aa5c1f3631"
    "7b0a753e58d7f52c51451307320b1cdd5c66fd86337a7f68ba0ba9542e01aeb0b4e152cecb18394b97c213d0fc15e34f0bcf"
    "a5a7bbe67d4faa59bacfe0263f83cd2ab21163c98d64d2ab68ea82be7f767ff3399f790ab12ce7508dbae324fa09a9297ed9"
    "92fecde9f9cdb4287a2469597ef4cd235179bfacf95d1bf3c7203292f36eb98d10436c51fcfd7df87a8f38922954680850af"
    "010fefd69eb3d3a609c39901028032a9e697d9ce9987a2291aa52c3fe7cfb5541560ce346fdeb62acc24150e08956369a47b"
    "4eaa7dfe4ab042d6a125e0845c85276a8d4c607a8f8c304d5ac6ee4919b4bb6015f382f0fcb00f03399be0ee853a263f21b4"
    "0c842cc80bf3a62a147ad6e34e6a7c1072a1b6ddcb4e63f04135d074bd06d28d8c937c6343c8c5e35e1fdf07041118e6a67a"
    "759d070e623d1504b57b2d2534bfbaa09710bcf7d5a7d2cafe139b91d2604249903a8cac3e7d42769e5e7d2deefbe0261e71"
    "961a48ceb4a633f3ab4c3b80a4a2cb657ae5bfe9a5b636267f507e747497a7211625c74e74193278c9977fff5987b570b6de"
    "7a7ac795af3d6bdd30bde917347dbd605e9983daacab0b3cd6bfb2f6c6fe9e1bef5b827b46fdc16470ea71cc893e896564e9"
    "f3f79b3b1b8071b15f4eec47f4f4a4b3596fb17ab66547b212f4ef65aafc7c982dfb30c9e643882db7939defdd3fde494294"
    "511fbb92050c73f9a77cd8bfc243a679ead962a7fe16fe83c21f0a1773237f6bcd3d242fb12ea3b204c8d720519f76430ac1"
    "b8815e284b15d3e0943e202f0ff850fe7d056eca98f8b39ed9f28c79e04eafcc8c791b028ee36e4fd2f2c1851a918fbe326f"
    "0c70a82ad330af75608f8bcb8187df95ec8fa36d5e3892dc86e0fb8c5133570f31fe698ced4339b0ebb59f2d3aae0b572c62"
    "ed91bc94ec5925fde820f8f8fc2c53e41dd31bdf07c454cce94cb2137f937d7ecad4629faf51425944a28e01f886f23587a4"
    "be20c8e03036dfe76756e305cae0e8274871f821c14b486b0d7e6f0385833e1f8b16df46046a4f2df1f73f8ecc02f5f49498"
    "fd9aa36101d0f7592d"
)


def refusal(pair: KeyPair, purpose: Purpose, row_id: str, sealed: bytes) -> str:
    """What the refusal says; fails when the value opens, or with any other error."""
    with pytest.raises(NotOpened) as refused:
        open_with(pair, purpose, row_id, sealed)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return str(refused.value)


@settings(max_examples=40)
@given(st.binary(max_size=5000), st.sampled_from(Purpose), st.text(max_size=40))
def test_what_was_sealed_to_a_pair_opens_with_it(plain: bytes, purpose: Purpose, row_id: str) -> None:
    pair = new_pair()
    assert open_with(pair, purpose, row_id, seal_to(pair.public, purpose, row_id, plain)) == plain


def test_a_value_sealed_long_ago_still_opens() -> None:
    assert open_with(PAIR, Purpose.REQUEST_KEY, ROW, FROZEN) == bytes(range(32, 64))


def test_every_changed_byte_of_a_value_keeps_it_shut() -> None:
    said = set()
    for at in range(len(FROZEN)):
        changed = bytearray(FROZEN)
        changed[at] ^= 1 << at % 8
        said.add(refusal(PAIR, Purpose.REQUEST_KEY, ROW, bytes(changed)))
    assert said == {"a sealed value did not open"}


def test_a_value_that_was_cut_or_made_longer_stays_shut() -> None:
    lengths = [*range(12), 1128, 1129, 1130, len(FROZEN) - 17, len(FROZEN) - 16, len(FROZEN) - 1]
    parts = [FROZEN[:length] for length in lengths] + [FROZEN[1:], FROZEN + b"\x00"]
    assert {refusal(PAIR, Purpose.REQUEST_KEY, ROW, part) for part in parts} == {
        "a sealed value did not open"
    }


def test_wrong_pair_wrong_purpose_and_wrong_row_are_one_and_the_same_refusal() -> None:
    said = {refusal(new_pair(), Purpose.REQUEST_KEY, ROW, FROZEN)}
    said |= {refusal(PAIR, other, ROW, FROZEN) for other in Purpose if other is not Purpose.REQUEST_KEY}
    said |= {refusal(PAIR, Purpose.REQUEST_KEY, row, FROZEN) for row in ("", ROW[:-1], ROW + "0")}
    assert said == {"a sealed value did not open"}


def test_another_pairs_key_id_on_a_value_does_not_open_it() -> None:
    other = new_pair()
    relabelled = FROZEN[:1] + key_id_of(other.public) + FROZEN[9:]
    refusal(other, Purpose.REQUEST_KEY, ROW, relabelled)


@settings(max_examples=40)
@given(st.binary(max_size=1300))
def test_no_garbage_opens_or_breaks_anything(garbage: bytes) -> None:
    refusal(PAIR, Purpose.REQUEST_KEY, ROW, garbage)
    refusal(PAIR, Purpose.REQUEST_KEY, ROW, FROZEN[:9] + garbage)


def test_a_value_says_its_version_and_its_key_and_never_the_same_twice() -> None:
    first, second = (seal_to(PAIR.public, Purpose.MESSAGE, ROW, b"same") for _ in range(2))
    assert first[:9] == second[:9] == b"\x02" + key_id_of(PAIR.public)
    assert first[9:] != second[9:]
    assert len(first) == len(second)


def test_a_public_key_has_the_size_of_x_wing_and_is_made_as_its_draft_says() -> None:
    """Seed and ends of the public key: first test vector of draft-connolly-cfrg-xwing-kem."""
    pair = KeyPair(bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"))
    assert len(pair.public) == PUBLIC_BYTES == 1216
    assert pair.public[:32].hex() == "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
    assert pair.public[-32:].hex() == "859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534"


def test_fingerprint_and_key_id_never_change() -> None:
    assert fingerprint_of(PAIR.public) == "CDE2 0225 874A BA9D 400A A993 6436 457C EEAD D105"
    assert key_id_of(PAIR.public).hex() == "38fcd03d4392693d"


def test_fingerprints_differ_by_any_byte() -> None:
    changed = PAIR.public[:-1] + bytes([PAIR.public[-1] ^ 1])
    assert fingerprint_of(changed) != fingerprint_of(PAIR.public)


def test_a_pair_shows_nothing_and_has_its_length() -> None:
    assert repr(PAIR) == str(PAIR) == "KeyPair(…)"
    for length in (0, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            KeyPair(bytes(length))


@pytest.mark.parametrize("public", [b"", bytes(1215), bytes(1217), b"\xff" * 1216])
def test_nothing_is_sealed_to_what_is_no_public_key(public: bytes) -> None:
    with pytest.raises(ValueError, match="public key"):
        seal_to(public, Purpose.MESSAGE, ROW, b"")
