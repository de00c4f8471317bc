"""The proofs of a case as the desk sees them: tier, state, decision. What lies in one is opened apart."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.case_keys import CaseKeys
from app.casework.proof_records import open_content, open_decision
from app.domain.proof_words import ProofState, Tier
from app.domain.proofs import Decision, Proof, ProofContent
from app.persistence.database import Work
from app.persistence.wraps import TEAM
from app.vault.pairs import Ring, open_with
from app.vault.seal import Purpose, SecretKey


@dataclass(frozen=True)
class CaseProof:
    """One proof. `has_ended`: who was asked to confirm did not, in time."""

    id: str
    party_id: str
    version: int
    tier: Tier
    state: ProofState
    given_at: datetime
    ends_at: datetime | None
    has_ended: bool
    decision: Decision | None

    def __repr__(self) -> str:
        return f"CaseProof({self.id}, {self.state})"

    @property
    def is_to_decide(self) -> bool:
        return self.state is ProofState.GIVEN


def proofs_of(work: Work, request_id: str, keys: CaseKeys, team: Ring, at: datetime) -> tuple[CaseProof, ...]:
    """All of a case, of every party, oldest first. Raises NotOpened."""
    return tuple(case_proof(work, proof, keys, team, at) for proof in work.proofs.of_request(request_id))


def case_proof(work: Work, proof: Proof, keys: CaseKeys, team: Ring, at: datetime) -> CaseProof:
    sealed = proof.decision_sealed
    decision = open_decision(keys.desk, proof.id, sealed) if sealed else None
    if decision is not None:
        tier = decision.tier
    elif proof.proof_sealed is None:  # its link has ended
        tier = Tier.VOUCHED
    else:
        tier = opened_content(work, proof, team).tier
    return CaseProof(
        id=proof.id,
        party_id=proof.party_id,
        version=proof.version,
        tier=tier,
        state=proof.state,
        given_at=proof.given_at,
        ends_at=proof.ends_at,
        has_ended=proof.state is ProofState.AWAITED and not proof.is_open_to_answer(at),
        decision=decision,
    )


def opened_content(work: Work, proof: Proof, team: Ring) -> ProofContent:
    """What lies in a proof that is not decided. Raises NotOpened, NotThere."""
    wrapped = work.wraps.one(proof.id, "proof", TEAM)
    key = SecretKey(open_with(team, Purpose.PROOF_KEY, proof.id, wrapped))
    return open_content(key, proof.id, proof.proof_sealed or b"")
