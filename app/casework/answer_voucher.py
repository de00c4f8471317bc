"""What somebody who knows confirms, once: sealed, and unverified until a caseworker has called them back."""

from dataclasses import replace

from app.casework.actors import Voucher
from app.casework.cases import load
from app.casework.errors import NotFound, Stale
from app.casework.kit import Kit
from app.casework.proof_records import open_content, seal_content
from app.domain.proofs import Confirmation, NotNow
from app.domain.trail import Entry, TrailKind
from app.persistence.errors import NotThere, Overtaken
from app.persistence.wraps import LINK
from app.vault.seal import NotOpened


def answer_voucher(kit: Kit, actor: Voucher, said: Confirmation) -> None:
    """From here on link and phrase open nothing. Raises NotFound when they already did not, Stale."""
    at = kit.clock()
    with kit.database.writing() as work:
        try:
            request = load(work, work.proofs.load(actor.proof_id).request_id)
            proof = work.proofs.load(actor.proof_id)  # again, now that what is done to this case takes turns
            content = open_content(actor.proof_key, proof.id, proof.proof_sealed or b"")
            sealed = seal_content(actor.proof_key, proof.id, replace(content, confirmation=said))
            work.proofs.save(proof.answered(sealed, at))
        except (NotThere, NotNow, NotOpened):
            raise NotFound from None
        except Overtaken:
            raise Stale from None
        work.wraps.destroy(proof.id, "proof", LINK)
        work.trail.append(request.trail_id, Entry(TrailKind.VOUCHER_ANSWERED, proof.id), "voucher", at)
        work.commit()
