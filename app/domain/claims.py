"""Counter-claims: somebody says, in an answer to a notice, that the person shown was 18 or older.

open -> proof_asked -> rejected | upheld        (either may come at once)

Removal stands meanwhile: nothing is restored before verifiable proof was checked, and that takes two
caseworkers. The first finds that the proof holds, which moves nothing; the second finds the same.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, unique

from app.domain.notice_words import ClaimState
from app.domain.times import to_minute

OPEN = frozenset({ClaimState.OPEN, ClaimState.PROOF_ASKED})
"""Somebody must see to it."""


@unique
class ClaimMove(StrEnum):
    """What a caseworker does about a claim."""

    ASK = "ask"  # proof that can be verified was asked for
    REJECT = "reject"  # there is none, or it does not hold
    UPHOLD = "uphold"  # proof was checked, and holds


class NoSuchClaimMove(Exception):
    """The claim is over."""


class SameCaseworker(Exception):
    """Who found first that a proof holds cannot be the second one."""


@dataclass(frozen=True)
class Claim:
    """One claim about one place, made in an answer to one notice. Plain columns only.

    `proposed_by`: the caseworker who found that its proof holds, until a second one finds the same.
    """

    id: str
    version: int
    notice_id: str
    location_id: str
    state: ClaimState
    made_at: datetime
    state_at: datetime
    proposed_by: str | None = None

    def __repr__(self) -> str:
        return f"Claim({self.id}, {self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def move(self, move: ClaimMove, by: str, at: datetime) -> "Claim":
        """After what this caseworker did. Asking, and rejecting, takes back what a first one found.

        Raises NoSuchClaimMove, SameCaseworker.
        """
        if not self.is_open:
            raise NoSuchClaimMove
        if move is ClaimMove.UPHOLD and self.proposed_by is None:
            return replace(self, proposed_by=by)
        if move is ClaimMove.UPHOLD and self.proposed_by == by:
            raise SameCaseworker
        to = {
            ClaimMove.ASK: ClaimState.PROOF_ASKED,
            ClaimMove.REJECT: ClaimState.REJECTED,
            ClaimMove.UPHOLD: ClaimState.UPHELD,
        }[move]
        return replace(self, state=to, state_at=to_minute(at), proposed_by=None)
