"""Findings and places as sealed records."""

from app.domain.assessments import Finding
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.vault.records import Record


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
    }


def finding_of(record: Record) -> Finding:
    return Finding(
        kind=Kind(record["kind"]),
        is_child=record["is_child"],
        is_harmed=record["is_harmed"],
        ground=None if record["ground"] is None else Ground(record["ground"]),
        age_band=None if record["age_band"] is None else AgeBand(record["age_band"]),
        identified=record["identified"],
        basis=Basis(record["basis"]),
        basis_by=record["basis_by"],
    )
