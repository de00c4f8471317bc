"""The proofs of a child whose request becomes part of another: what was decided is sealed to that desk."""

from dataclasses import replace

from app.casework.case_keys import CaseKeys
from app.casework.proof_records import open_decision, seal_decision
from app.persistence.database import Work


def move_decisions(work: Work, party_id: str, source: CaseKeys, target: CaseKeys) -> None:
    """Within the transaction that moved the party's rows. What is not decided lies under keys of its own."""
    for proof in work.proofs.of_party(party_id):
        if proof.decision_sealed is not None:
            made = open_decision(source.desk, proof.id, proof.decision_sealed)
            sealed = seal_decision(target.desk, proof.id, made)
            work.proofs.save(replace(proof, decision_sealed=sealed))
