"""Asking somebody who knows to confirm: link and phrase, which the person passes on apart from each other."""

from dataclasses import replace

from app.casework.actors import Requester
from app.casework.case_keys import wrap_for_team, wrap_under
from app.casework.give_proof import load_giver, new_proof
from app.casework.kit import Kit
from app.casework.proof_records import Told
from app.casework.reopen_request import reopen_request
from app.domain.proof_words import ProofState, Tier, VoucherRole
from app.domain.proofs import VOUCHER_DAYS, ProofContent
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.persistence.wraps import LINK
from app.vault.seal import Purpose
from app.vault.vouchers import new_link, new_phrase, voucher_secrets


def ask_voucher(kit: Kit, actor: Requester, role: VoucherRole) -> None:
    """Make link and phrase. They lie in what this party is told, to be looked up again with the code.

    Both together open the key of this one proof and nothing of the request. Raises Busy, and what
    `give_proof` raises.
    """
    at = kit.clock()
    link, phrase = new_link(), new_phrase()
    secrets = kit.take_turns(kit.codes, lambda: voucher_secrets(link, phrase, kit.code_salt))
    content = ProofContent(Tier.VOUCHED, asked_role=role)
    told = Told(Tier.VOUCHED, asked_role=role, link=link, phrase=phrase)
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        request, party = load_giver(work, actor)
        request = reopen_request(work, request, party, at)
        proof, key = new_proof(party, actor.voice_key, content, told, at)
        proof = replace(proof, state=ProofState.AWAITED, ends_at=to_minute(at + VOUCHER_DAYS))
        work.proofs.add(proof, secrets.lookup_digest)
        work.wraps.add(
            wrap_for_team(team_public, Purpose.PROOF_KEY, request.id, proof.id, key),
            wrap_under(secrets.wrapping_key, LINK, Purpose.PROOF_KEY, request.id, proof.id, key),
        )
        work.trail.append(request.trail_id, Entry(TrailKind.VOUCHER_ASKED, proof.id), "requester", at)
        work.commit()
