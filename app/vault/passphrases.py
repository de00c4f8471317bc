"""Caseworkers' passphrases: seven words of the EFF large list (7,776 words), 90 bits, never chosen.

The list is the Electronic Frontier Foundation's (2016), CC BY 3.0.
"""

import secrets
from functools import cache
from pathlib import Path

from app.vault.derive import PASSPHRASE_COST, slow
from app.vault.seal import SecretKey

_LIST = Path(__file__).parent / "wordlists" / "eff_large.txt"
_WORDS = 7


@cache
def _words() -> tuple[str, ...]:
    words = tuple(line.split()[1] for line in _LIST.read_text("ascii").splitlines())
    if len(set(words)) != 7776:
        raise RuntimeError("the word list is damaged")
    return words


def new_passphrase(words: int = _WORDS) -> str:
    return " ".join(secrets.choice(_words()) for _ in range(words))


def passphrase_key(typed: str, salt: bytes) -> SecretKey:
    """The slow step: Argon2id over the words, however spaced and cased."""
    return SecretKey(slow(" ".join(typed[:400].lower().split()).encode(), salt, PASSPHRASE_COST))
