"""Giving a proof of having been under 18: one's word, or where it is written. It is never needed."""

from datetime import datetime

from app.casework.actors import Requester
from app.casework.case_keys import wrap_for_team
from app.casework.cases import load_own
from app.casework.errors import NotAllowed
from app.casework.kit import Kit, new_id
from app.casework.proof_records import Told, seal_content, seal_told
from app.casework.reopen_request import reopen_request
from app.domain.proof_words import ProofState
from app.domain.proofs import MAY_GIVE, MOST_UNDECIDED, Proof, ProofContent
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.seal import Purpose, SecretKey, new_key


def give_proof(kit: Kit, actor: Requester, content: ProofContent) -> None:
    """Keep it for a caseworker, sealed under a key of its own that only the team opens.

    Raises NotAllowed for a bystander, for a code that must be replaced first, and when too many wait;
    NotFound.
    """
    at = kit.clock()
    told = Told(content.tier, words=len(content.document_text.split()))
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        request, party = load_giver(work, actor)
        request = reopen_request(work, request, party, at)
        proof, key = new_proof(party, actor.voice_key, content, told, at)
        work.proofs.add(proof)
        work.wraps.add(wrap_for_team(team_public, Purpose.PROOF_KEY, request.id, proof.id, key))
        work.trail.append(request.trail_id, Entry(TrailKind.PROOF_GIVEN, proof.id), "requester", at)
        work.commit()


def load_giver(work: Work, actor: Requester) -> tuple[Request, Party]:
    """The request and party of somebody who may give one more proof. A revoked party may, too: nobody is to
    notice that they were revoked. Raises NotAllowed, NotFound."""
    request, party = load_own(work, actor)
    if party.standing not in MAY_GIVE or party.is_handed_over:
        raise NotAllowed
    if sum(not proof.is_decided for proof in work.proofs.of_party(party.id)) >= MOST_UNDECIDED:
        raise NotAllowed
    return request, party


def new_proof(
    party: Party, voice_key: SecretKey, content: ProofContent, told: Told, at: datetime
) -> tuple[Proof, SecretKey]:
    """A proof that a caseworker has to look at, and the new key under which it lies."""
    proof_id, key = new_id(), new_key()
    proof = Proof(
        id=proof_id,
        request_id=party.request_id,
        party_id=party.id,
        version=1,
        state=ProofState.GIVEN,
        given_at=to_minute(at),
        ends_at=None,
        proof_sealed=seal_content(key, proof_id, content),
        decision_sealed=None,
        told_sealed=seal_told(voice_key, proof_id, told),
    )
    return proof, key
