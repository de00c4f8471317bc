"""Taking back a proof that nobody has decided about yet: it is destroyed at once."""

from dataclasses import replace

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.casework.proof_records import open_told, seal_told
from app.domain.trail import Entry, TrailKind
from app.persistence.errors import Overtaken
from app.persistence.forgetting import scrub_if_quick


def take_back_proof(kit: Kit, actor: Requester, proof_id: str) -> None:
    """Raises NotFound for what is not this party's, NotAllowed for what they know to be decided, Stale.

    A party that is not shown decisions is not told by a refusal either: it then sees the proof no more.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request, party = load_own(work, actor)
        proof = next((one for one in work.proofs.of_party(party.id) if one.id == proof_id), None)
        if proof is None:
            raise NotFound
        if proof.is_decided:
            told = open_told(actor.voice_key, proof.id, proof.told_sealed)
            if told.is_hidden:
                raise NotFound
            if told.says_result_to(party):
                raise NotAllowed
            hidden = seal_told(actor.voice_key, proof.id, replace(told, is_hidden=True))
            try:
                work.proofs.save(replace(proof, told_sealed=hidden))
            except Overtaken:
                raise Stale from None
        else:
            work.wraps.destroy(proof.id, "proof")
            work.proofs.delete(proof.id)
        work.trail.append(request.trail_id, Entry(TrailKind.PROOF_TAKEN_BACK, proof.id), "requester", at)
        work.commit()
    scrub_if_quick(kit.database.engine)
