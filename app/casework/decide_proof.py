"""A caseworker's decision about a proof. It keeps tier and date; the proof itself is destroyed."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.case_proofs import opened_content
from app.casework.cases import load_held
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.casework.proof_records import open_told, seal_decision, seal_told
from app.domain.proof_words import AgeResult, NumberSource, ProofState, Shown
from app.domain.proofs import Decision, NotNow, Proof
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.forgetting import scrub_if_quick
from app.vault.seal import SecretKey


@dataclass(frozen=True)
class DecideInput:
    """The three checks, and what follows from them. `version` is the proof's when its page was shown."""

    request_id: str
    proof_id: str
    version: int
    birth_date: Shown
    image_date: Shown
    tie: Shown
    result: AgeResult
    called_back: NumberSource | None = None


def decide_proof(kit: Kit, actor: Caseworker, given: DecideInput) -> None:
    """Whatever the result, places go on: "not shown" refuses nothing.

    Raises DecisionError when it does not hold together, NotAllowed when there is nothing to decide, Stale,
    NotHolding, NotFound.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        proof = _load(work, given)
        keys = open_case_keys(work, actor.team, request.id)
        made = Decision(
            tier=opened_content(work, proof, actor.team).tier,
            birth_date=given.birth_date,
            image_date=given.image_date,
            tie=given.tie,
            result=given.result,
            decided_on=at.date(),
            called_back=given.called_back,
        )
        told = _told(work, proof, keys.voices[proof.party_id], made)
        try:
            work.proofs.save(proof.decided(seal_decision(keys.desk, proof.id, made), told))
            work.requests.save(request)
        except NotNow:
            raise NotAllowed from None
        except Overtaken:
            raise Stale from None
        work.wraps.destroy(proof.id, "proof")
        work.trail.append(request.trail_id, Entry(TrailKind.PROOF_DECIDED, proof.id), actor.id, at)
        work.commit()
    scrub_if_quick(kit.database.engine)


def _load(work: Work, given: DecideInput) -> Proof:
    try:
        proof = work.proofs.load(given.proof_id)
    except NotThere:
        raise NotFound from None
    if proof.request_id != given.request_id:
        raise NotFound
    if proof.state is not ProofState.GIVEN:
        raise NotAllowed
    if proof.version != given.version:
        raise Stale
    return proof


def _told(work: Work, proof: Proof, voice_key: SecretKey, made: Decision) -> bytes:
    """What its party sees from now on; to a revoked one nothing changes."""
    if work.parties.load(proof.party_id).is_revoked:
        return proof.told_sealed
    told = open_told(voice_key, proof.id, proof.told_sealed)
    return seal_told(voice_key, proof.id, told.with_result(made.result, made.decided_on))
