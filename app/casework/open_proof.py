"""Opening one proof at the desk: what lies in it, for one caseworker, and a line in the trail."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.case_proofs import CaseProof, case_proof, opened_content
from app.casework.cases import load_for
from app.casework.errors import NotFound
from app.casework.exposure import count_unless_going_on
from app.casework.kit import Kit
from app.domain.proofs import ProofContent
from app.domain.trail import Entry, TrailKind
from app.persistence.errors import NotThere


@dataclass(frozen=True)
class OpenedProof:
    """Opened content: never log it. `content` is None once it was decided, or nobody confirmed in time."""

    proof: CaseProof
    content: ProofContent | None
    is_of_revoked: bool
    taken_by_me: bool

    def __repr__(self) -> str:
        return f"OpenedProof({self.proof.id})"


def open_proof(kit: Kit, actor: Caseworker, request_id: str, proof_id: str) -> OpenedProof:
    """Raises NotFound, Recused."""
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_for(work, actor, request_id)
        keys = open_case_keys(work, actor.team, request.id)
        try:
            proof = work.proofs.load(proof_id)
        except NotThere:
            raise NotFound from None
        if proof.request_id != request.id:
            raise NotFound
        entry = Entry(TrailKind.PROOF_OPENED, proof.id)
        if proof.proof_sealed is not None:
            count_unless_going_on(kit, work, actor, request, entry)
        opened = OpenedProof(
            proof=case_proof(work, proof, keys, actor.team, at),
            content=None if proof.proof_sealed is None else opened_content(work, proof, actor.team),
            is_of_revoked=work.parties.load(proof.party_id).is_revoked,
            taken_by_me=request.is_held_by(actor.id, at),
        )
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
    return opened
