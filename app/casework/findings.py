"""Findings as sealed records, and what of a case's proof is kept with one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.casework.case_proofs import CaseProof
from app.domain.assessments import Finding
from app.domain.proof_words import AgeResult, Tier
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.vault.records import Record

_STRENGTH = {tier: strength for strength, tier in enumerate(Tier)}
"""From their word to a document: the order of the list."""


@dataclass(frozen=True)
class BestProof:
    """The best proof of a case that was accepted."""

    tier: Tier
    is_confirmed: bool  # that the person was under 18; else it is only likely


def best_proof(proofs: Iterable[CaseProof]) -> BestProof | None:
    """What confirms comes before what is likely, then the stronger tier. None where nothing was accepted."""
    accepted = [
        BestProof(one.decision.tier, one.decision.result is AgeResult.CONFIRMED)
        for one in proofs
        if one.decision is not None and one.decision.result is not AgeResult.NOT_SHOWN
    ]
    return max(accepted, key=lambda one: (one.is_confirmed, _STRENGTH[one.tier]), default=None)


def with_proof(finding: Finding, proofs: Iterable[CaseProof]) -> Finding:
    """The finding with the proof as it stands in the case now."""
    best = best_proof(proofs)
    if best is None:
        return replace(finding, proof_tier=None, age_confirmed=False)
    return replace(finding, proof_tier=best.tier, age_confirmed=best.is_confirmed)


def finding_record(finding: Finding) -> Record:
    return {
        "kind": finding.kind,
        "is_child": finding.is_child,
        "is_harmed": finding.is_harmed,
        "ground": finding.ground,
        "age_band": finding.age_band,
        "identified": finding.identified,
        "basis": finding.basis,
        "basis_by": finding.basis_by,
        "is_outside": finding.is_outside,
        "proof_tier": finding.proof_tier,
        "age_confirmed": finding.age_confirmed,
    }


def finding_of(record: Record) -> Finding:
    """The last three are not in findings that were made before there were any."""
    tier = record.get("proof_tier")
    return Finding(
        kind=Kind(record["kind"]),
        is_child=record["is_child"],
        is_harmed=record["is_harmed"],
        ground=None if record["ground"] is None else Ground(record["ground"]),
        age_band=None if record["age_band"] is None else AgeBand(record["age_band"]),
        identified=record["identified"],
        basis=Basis(record["basis"]),
        basis_by=record["basis_by"],
        is_outside=record.get("is_outside", False),
        proof_tier=None if tier is None else Tier(tier),
        age_confirmed=record.get("age_confirmed", False),
    )
