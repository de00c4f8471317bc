"""A referral as the pages of its case need it. Holds opened content: never log it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.referrals import MOVES, WITH_THEM, ReferralFacts


@dataclass(frozen=True)
class CaseReferral:
    """One referral. `numbers` are those of the case; `way`: how they take it, for a person to read."""

    id: str
    version: int
    reference: str
    kind: ReferralKind
    state: ReferralState
    state_at: datetime
    due_at: datetime | None
    prepared_by: str
    prepared_at: datetime
    sent_at: datetime | None
    numbers: tuple[int, ...]
    way: str
    facts: ReferralFacts

    def __repr__(self) -> str:
        return f"CaseReferral({self.reference}, {self.state})"

    @property
    def recipient(self) -> str:
        return self.facts.recipient.name

    @property
    def is_open(self) -> bool:
        return bool(MOVES[self.state])

    @property
    def may_become(self) -> tuple[ReferralState, ...]:
        """What can be noted of it next, in the order of the list."""
        return tuple(state for state in ReferralState if state in MOVES[self.state])

    @property
    def may_be_chased(self) -> bool:
        return self.state in WITH_THEM
