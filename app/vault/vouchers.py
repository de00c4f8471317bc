"""The link and the phrase with which somebody who knows may confirm: both are needed, and nothing else.

The link may be seen on its way, so it opens nothing without the phrase, which is passed on apart from it.
The phrase is short enough to be said by telephone: four EFF words, 51 bits, behind Argon2id.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from app.vault.derive import CODE_COST, hkdf, key_from, slow
from app.vault.passphrases import new_passphrase
from app.vault.seal import SecretKey

_LINK_BYTES = 32
_PHRASE_WORDS = 4
_LONGEST_LINK = 100
_LONGEST_PHRASE = 400


@dataclass(frozen=True)
class VoucherSecrets:
    """What follows from link and phrase: where to look, and the key that opens what is found."""

    lookup_digest: bytes
    wrapping_key: SecretKey

    def __repr__(self) -> str:
        return "VoucherSecrets(…)"


def new_link() -> str:
    """The secret part of a link: 256 bits."""
    return secrets.token_urlsafe(_LINK_BYTES)


def new_phrase() -> str:
    return new_passphrase(_PHRASE_WORDS)


def link_digest(link: str) -> bytes:
    """Where to look, for any link that somebody may have typed. Quick."""
    return hkdf(link[:_LONGEST_LINK].encode() or b"-", "voucher link lookup")


def voucher_secrets(link: str, phrase: str, salt: bytes) -> VoucherSecrets:
    """The slow step. How the phrase is spaced, cased and punctuated does not matter."""
    secret = link[:_LONGEST_LINK].encode() or b"-"
    folded = unicodedata.normalize("NFKC", phrase[:_LONGEST_PHRASE]).casefold()
    letters = "".join(char for char in folded if char.isalpha())
    stretched = slow(letters.encode(), hkdf(secret + salt, "voucher phrase salt", 16), CODE_COST)
    return VoucherSecrets(link_digest(link), key_from(stretched + secret, "voucher wrapping"))
