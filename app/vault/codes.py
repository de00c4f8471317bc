"""Receipt codes: 24 Crockford base32 characters in six groups of four.

23 characters are random (115 bits), the last is a checksum, so a typo is told apart before any
slow work. One Argon2id over the code with the installation's salt gives, by HKDF, the lookup
digest and the wrapping key: a hit and a miss cost the same.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from app.vault.derive import CODE_COST, hkdf, key_from, slow
from app.vault.seal import SecretKey

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_RANDOM_LENGTH = 23
_LENGTH = _RANDOM_LENGTH + 1
# Position weights are odd (invertible modulo 32) and neighbours differ, so every single wrong
# character, and nearly every swap of two neighbours, changes the checksum.
_WEIGHTS = tuple(2 * i + 1 for i in range(_RANDOM_LENGTH))


class CodeMistyped(ValueError):
    """What was typed cannot be a receipt code: wrong length, character or checksum."""


@dataclass(frozen=True)
class CodeSecrets:
    """What follows from a code: where to look, and the key that opens what is found."""

    lookup_digest: bytes
    wrapping_key: SecretKey

    def __repr__(self) -> str:
        return "CodeSecrets(…)"


def new_code() -> str:
    """A fresh code as people read it: "K7Q2-…", six groups of four."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LENGTH))
    whole = drawn + _checksum(drawn)
    return "-".join(whole[i : i + 4] for i in range(0, _LENGTH, 4))


def read_code(typed: str) -> str:
    """The 24 characters behind what somebody typed or pasted; spaces, dashes, case and look-alikes
    (O for 0, I or L for 1) do not matter. Raises CodeMistyped."""
    code = _fold(typed)
    if len(code) != _LENGTH or any(c not in _ALPHABET for c in code) or _checksum(code[:-1]) != code[-1]:
        raise CodeMistyped
    return code


def code_secrets(code: str, salt: bytes) -> CodeSecrets:
    """The slow step. `code` comes from read_code; `salt` is the installation's."""
    stretched = slow(code.encode(), salt, CODE_COST)
    return CodeSecrets(hkdf(stretched, "code lookup"), key_from(stretched, "code wrapping"))


def _checksum(drawn: str) -> str:
    return _ALPHABET[sum(w * _ALPHABET.index(c) for w, c in zip(_WEIGHTS, drawn, strict=True)) % 32]


_SHORT_LENGTH = 16  # 80 random bits


def new_short_code() -> str:
    """A one-time code for staff: four groups of four."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_SHORT_LENGTH))
    return "-".join(drawn[i : i + 4] for i in range(0, _SHORT_LENGTH, 4))


def read_short_code(typed: str) -> str | None:
    """The sixteen characters behind what was typed, as tolerant as read_code; None when it is none."""
    code = _fold(typed)
    return code if len(code) == _SHORT_LENGTH and all(c in _ALPHABET for c in code) else None


def _fold(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed[:200]).upper().translate(_LOOKALIKES)
    return "".join(c for c in folded if c.isalnum())
