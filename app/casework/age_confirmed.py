"""What a notice may say about age: that the hotline has confirmed it, and nothing else of any proof."""

from app.casework.case_folder import CaseFolder
from app.domain.proof_words import AgeResult


def age_confirmed_of(folder: CaseFolder) -> bool:
    """Whether a caseworker has confirmed that the person was under 18. "More likely than not" is not that."""
    results = (proof.decision.result for proof in folder.proofs if proof.decision is not None)
    return AgeResult.CONFIRMED in results
