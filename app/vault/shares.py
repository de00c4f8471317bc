"""Splitting the recovery key into printed shares (SLIP-39, 33 words each): m of n open it, m-1 nothing."""

from difflib import get_close_matches

from shamir_mnemonic import (  # type: ignore[import-untyped]  # ships no types
    MnemonicError,
    combine_mnemonics,
    generate_mnemonics,
)
from shamir_mnemonic.share import Share  # type: ignore[import-untyped]
from shamir_mnemonic.wordlist import WORD_INDEX_MAP  # type: ignore[import-untyped]


class ShareProblem(Exception):
    """A share or a set of shares that does not open anything. `code` says why, to the person holding them:
    word (`word` names it), checksum, length, other_set, too_few, twice."""

    def __init__(self, code: str, word: str = "", missing: int = 0) -> None:
        super().__init__(code)
        self.code, self.word, self.missing = code, word, missing


def split_key(seed: bytes, needed: int, made: int) -> tuple[str, ...]:
    """`made` shares of which any `needed` give the seed back. Raises ValueError for an impossible choice."""
    if not 2 <= needed <= made <= 16:
        raise ValueError("between 2 and 16 shares, of which at least 2 and at most all are needed")
    # The seed is random: the standard's own slow step protects chosen secrets and would add nothing.
    return tuple(generate_mnemonics(1, [(needed, made)], seed, iteration_exponent=0)[0])


def read_share(typed: str) -> str:
    """One share, checked by its words and its checksum. Raises ShareProblem."""
    words = typed.lower().split()
    strange = next((word for word in words if word not in WORD_INDEX_MAP), None)
    if strange is not None:
        raise ShareProblem("word", word=strange)
    if len(words) != 33:
        raise ShareProblem("length")
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise ShareProblem("checksum") from None
    return " ".join(words)


def count_missing(shares: tuple[str, ...]) -> int:
    """How many more are needed. Raises ShareProblem for what is wrong with those that are there."""
    try:
        join_shares(shares)
    except ShareProblem as problem:
        if problem.code != "too_few":
            raise
        return problem.missing
    return 0


def close_words(word: str) -> tuple[str, ...]:
    """What somebody who typed this may have meant; at most three."""
    return tuple(get_close_matches(word.lower(), WORD_INDEX_MAP, n=3))


def join_shares(shares: tuple[str, ...]) -> bytes:
    """The seed. Raises ShareProblem: shares of another set, one given twice, too few."""
    read = [Share.from_mnemonic(read_share(share)) for share in shares]
    if len({share.identifier for share in read}) > 1:
        raise ShareProblem("other_set")
    if len({share.index for share in read}) != len(read):
        raise ShareProblem("twice")
    needed = read[0].member_threshold if read else 2
    if len(read) < needed:
        raise ShareProblem("too_few", missing=needed - len(read))
    try:
        return bytes(combine_mnemonics([share.mnemonic() for share in read[:needed]]))
    except MnemonicError:
        raise ShareProblem("other_set") from None
