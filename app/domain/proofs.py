"""Proof of having been under 18: what somebody may give, and what a caseworker may find in it.

It speeds a case and never gates it. Three things are checked apart: the birth date, the latest date of the
image, and that both are of the person shown.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.proof_words import AgeResult, NumberSource, ProofState, Shown, Tier, VoucherRole
from app.domain.times import to_minute
from app.domain.words import Standing

VOUCHER_DAYS = timedelta(days=30)
"""From asking somebody to confirm to the end of their link."""
MOST_UNDECIDED = 10
"""Proofs that one party may have waiting at the same time: nobody's desk is to be flooded."""
MAY_GIVE = (Standing.OWN, Standing.UNCHECKED, Standing.CHECKED, Standing.CHILD)
"""Everybody but who merely came across it."""
SEES_RESULT = (Standing.OWN, Standing.CHECKED, Standing.CHILD)
"""A representative nobody has checked is not told what was confirmed: it could be the one who did it."""


class DecisionError(ValueError):
    """A decision that does not hold together. `field` names the form field, `code` the reason."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


class NotNow(Exception):
    """The proof is not in a state in which this can happen."""


@dataclass(frozen=True)
class Reference:
    """Where a caseworker finds it written: as much of it as the person knows."""

    police_file: str = ""
    docket: str = ""
    series: str = ""

    def __repr__(self) -> str:
        return "Reference(…)"

    @property
    def is_empty(self) -> bool:
        return not (self.police_file or self.docket or self.series)


@dataclass(frozen=True)
class Confirmation:
    """What somebody who knows says from their work. Unverified until a caseworker has called them back."""

    role: VoucherRole
    name: str
    workplace: str
    public_number: str  # how to reach them through a number that anybody can find
    how_known: str
    under_18_when: str

    def __repr__(self) -> str:
        return "Confirmation(…)"


@dataclass(frozen=True)
class ProofContent:
    """What lies in one proof; which parts are filled follows from its tier."""

    tier: Tier
    words: str = ""  # the person's own, always optional
    reference: Reference | None = None
    document_text: str = ""  # all that is kept of a document
    asked_role: VoucherRole | None = None  # whom the person said they would ask
    confirmation: Confirmation | None = None

    def __repr__(self) -> str:
        return f"ProofContent({self.tier})"


@dataclass(frozen=True)
class Decision:
    """What a caseworker found. It names nobody, and stays when the proof itself is destroyed."""

    tier: Tier
    birth_date: Shown
    image_date: Shown
    tie: Shown
    result: AgeResult
    decided_on: date
    called_back: NumberSource | None = None

    def __post_init__(self) -> None:
        """Raises DecisionError. The person's word alone, or a doubt, never makes "confirmed"."""
        checks = {"birth_date": self.birth_date, "image_date": self.image_date, "tie": self.tie}
        if self.tier is Tier.CREDENTIAL:
            raise DecisionError("result", "not_taken_yet")
        if self.result is AgeResult.NOT_SHOWN:
            return
        if self.tier is Tier.VOUCHED and self.called_back is None:
            raise DecisionError("called_back", "call_first")
        if Shown.NO in checks.values():
            raise DecisionError("result", "speaks_against")
        if self.result is AgeResult.CONFIRMED:
            if self.tier is Tier.DECLARED:
                raise DecisionError("result", "word_alone")
            if set(checks.values()) != {Shown.YES}:
                raise DecisionError("result", "all_three")


@dataclass(frozen=True)
class Proof:
    """One proof, as the state machine sees it: plain columns, and sealed ones that stay closed.

    `given_at` is when it was given, or asked for while nobody gave it yet; to the minute. `told_sealed` is
    what its party sees.
    """

    id: str
    request_id: str
    party_id: str
    version: int
    state: ProofState
    given_at: datetime
    ends_at: datetime | None
    proof_sealed: bytes | None
    decision_sealed: bytes | None
    told_sealed: bytes

    def __repr__(self) -> str:
        return f"Proof({self.id}, {self.state})"

    @property
    def is_decided(self) -> bool:
        return self.state is ProofState.DECIDED

    def is_open_to_answer(self, at: datetime) -> bool:
        """Whether who was asked to confirm can still do so."""
        return self.state is ProofState.AWAITED and self.ends_at is not None and self.ends_at > at

    def answered(self, proof_sealed: bytes, at: datetime) -> "Proof":
        """With what somebody confirmed. Raises NotNow: a link works once, and for 30 days."""
        if not self.is_open_to_answer(at):
            raise NotNow
        given = replace(self, state=ProofState.GIVEN, given_at=to_minute(at), ends_at=None)
        return replace(given, proof_sealed=proof_sealed)

    def decided(self, decision_sealed: bytes, told_sealed: bytes) -> "Proof":
        """With the decision in place of the proof itself. Raises NotNow."""
        if self.state is not ProofState.GIVEN:
            raise NotNow
        return replace(
            self,
            state=ProofState.DECIDED,
            proof_sealed=None,
            decision_sealed=decision_sealed,
            told_sealed=told_sealed,
        )

    def ended(self) -> "Proof":
        """Nobody confirmed in time: nothing is left of it but that it was asked. Raises NotNow."""
        if self.state is not ProofState.AWAITED:
            raise NotNow
        return replace(self, proof_sealed=None)
