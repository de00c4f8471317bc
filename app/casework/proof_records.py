"""What lies in a proof, what was decided, and what its party is told: as records to seal, and back."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from app.domain.proof_words import AgeResult, NumberSource, Shown, Tier, VoucherRole
from app.domain.proofs import SEES_RESULT, Confirmation, Decision, ProofContent, Reference
from app.persistence.parties import Party
from app.vault.records import Record, lock_record, unlock_record
from app.vault.seal import Purpose, Sealed, SecretKey


@dataclass(frozen=True)
class Told:
    """What a party knows of a proof it gave. Link and phrase are there until the proof is decided, so that
    they can be looked up again with the code; `words` counts those that were read in a document."""

    tier: Tier
    asked_role: VoucherRole | None = None
    words: int = 0
    link: str = ""
    phrase: str = ""
    result: AgeResult | None = None
    decided_on: date | None = None
    is_hidden: bool = False  # taken back, as far as this party knows

    def __repr__(self) -> str:
        return f"Told({self.tier})"

    def with_result(self, result: AgeResult, decided_on: date) -> "Told":
        """Once it is decided nobody needs the link and the phrase."""
        return replace(self, result=result, decided_on=decided_on, link="", phrase="")

    def says_result_to(self, party: Party) -> bool:
        """A revoked party's page stands still: what is decided after that is not written into `result`."""
        return self.result is not None and party.standing in SEES_RESULT


def seal_content(key: SecretKey, proof_id: str, content: ProofContent) -> Sealed:
    return lock_record(key, Purpose.PROOF, proof_id, asdict(content))


def open_content(key: SecretKey, proof_id: str, sealed: bytes) -> ProofContent:
    """Raises NotOpened."""
    record = unlock_record(key, Purpose.PROOF, proof_id, sealed)
    reference, said, role = record["reference"], record["confirmation"], record["asked_role"]
    return ProofContent(
        tier=Tier(record["tier"]),
        words=record["words"],
        reference=Reference(**reference) if reference else None,
        document_text=record["document_text"],
        asked_role=VoucherRole(role) if role else None,
        confirmation=Confirmation(**said | {"role": VoucherRole(said["role"])}) if said else None,
    )


def seal_decision(desk_key: SecretKey, proof_id: str, made: Decision) -> Sealed:
    record: Record = asdict(made) | {"decided_on": made.decided_on.isoformat()}
    return lock_record(desk_key, Purpose.PROOF_DECISION, proof_id, record)


def open_decision(desk_key: SecretKey, proof_id: str, sealed: bytes) -> Decision:
    """Raises NotOpened."""
    record = unlock_record(desk_key, Purpose.PROOF_DECISION, proof_id, sealed)
    called_back = record["called_back"]
    return Decision(
        tier=Tier(record["tier"]),
        birth_date=Shown(record["birth_date"]),
        image_date=Shown(record["image_date"]),
        tie=Shown(record["tie"]),
        result=AgeResult(record["result"]),
        decided_on=date.fromisoformat(record["decided_on"]),
        called_back=NumberSource(called_back) if called_back else None,
    )


def seal_told(voice_key: SecretKey, proof_id: str, told: Told) -> Sealed:
    on = told.decided_on
    record: Record = asdict(told) | {"decided_on": on.isoformat() if on else None}
    return lock_record(voice_key, Purpose.PROOF_TOLD, proof_id, record)


def open_told(voice_key: SecretKey, proof_id: str, sealed: bytes) -> Told:
    """Raises NotOpened."""
    record = unlock_record(voice_key, Purpose.PROOF_TOLD, proof_id, sealed)
    role, result, on = record["asked_role"], record["result"], record["decided_on"]
    changed = {
        "tier": Tier(record["tier"]),
        "asked_role": VoucherRole(role) if role else None,
        "result": AgeResult(result) if result else None,
        "decided_on": date.fromisoformat(on) if on else None,
    }
    return Told(**record | changed)
