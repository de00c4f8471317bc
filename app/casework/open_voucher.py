"""Opening the link by which somebody is asked to confirm, with the phrase they were told.

One answer, by the same operations, for a link that never was, was used or has ended, for one of a forgotten
request, and for a wrong phrase.
"""

from datetime import UTC, datetime

from app.casework.actors import Voucher
from app.casework.errors import Busy, NotFound
from app.casework.kit import Kit
from app.domain.proof_words import ProofState
from app.domain.proofs import Proof
from app.persistence.errors import NotThere
from app.persistence.wraps import LINK
from app.vault.queue import QueueFull
from app.vault.seal import NotOpened, Purpose, SecretKey, lock, unlock
from app.vault.vouchers import link_digest, voucher_secrets

_NOTHING = Proof(
    "0" * 32, "0" * 32, "0" * 32, 0, ProofState.AWAITED, datetime.fromtimestamp(0, UTC), None, None, None, b""
)


def open_voucher(kit: Kit, link: str, phrase: str) -> Voucher:
    """Changes nothing. Wrong tries at one link are slowed, and never a lock-out. Raises NotFound, Busy."""
    name = b"voucher " + link_digest(link)
    try:
        kit.slowdown.wait(name)
    except QueueFull:
        raise Busy from None
    secrets = kit.take_turns(kit.codes, lambda: voucher_secrets(link, phrase, kit.code_salt))
    with kit.database.reading() as work:
        proof = work.proofs.by_link(secrets.lookup_digest) or _NOTHING
        try:
            wrapped = work.wraps.one(proof.id, "proof", LINK)
        except NotThere:
            wrapped = None
    stand_in = lock(secrets.wrapping_key, Purpose.PROOF_KEY, proof.id, bytes(32))
    try:
        key = unlock(secrets.wrapping_key, Purpose.PROOF_KEY, proof.id, wrapped or stand_in)
    except NotOpened:
        key = b""
    if wrapped is None or not key or not proof.is_open_to_answer(kit.clock()):
        kit.slowdown.wrong(name)
        raise NotFound
    kit.slowdown.right(name)
    return Voucher(proof.id, SecretKey(key))
