"""Steps with proofs: giving, confirming, deciding, and what is left of one."""

from dataclasses import replace
from typing import Any

from app.casework.actors import Caseworker, Requester
from app.casework.answer_voucher import answer_voucher
from app.casework.ask_voucher import ask_voucher
from app.casework.decide_proof import DecideInput, decide_proof
from app.casework.follow_with_code import follow_with_code
from app.casework.give_proof import give_proof
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_voucher import open_voucher
from app.casework.take_case import take_case
from app.domain.proof_words import AgeResult, NumberSource, Shown, Tier, VoucherRole
from app.domain.proofs import Confirmation, ProofContent, Reference
from app.domain.words import Standing
from app.persistence.wraps import LINK, TEAM
from app.reads.proofs import OwnProof, read_proofs
from tests.make import ADA, Filed, file_one

WORD = ProofContent(Tier.DECLARED, words="one of my words")
RECORD = ProofContent(Tier.RECORD, reference=Reference("file 17", "docket 4", "a name"), words="more")
SAID = Confirmation(
    VoucherRole.DOCTOR, "Dr. Some One", "Some Clinic", "+00 000 111", "a file of those years", "until 2010"
)
DECLARED = (Shown.NOT_SHOWN, Shown.NOT_SHOWN, Shown.NOT_SHOWN)
ALL_YES = (Shown.YES, Shown.YES, Shown.YES)


def asking(kit: Kit, **filing: Any) -> tuple[Filed, Requester]:
    filed = file_one(kit, **filing)
    return filed, follow_with_code(kit, filed.code)


def own(kit: Kit, actor: Requester) -> tuple[OwnProof, ...]:
    return read_proofs(kit, actor).proofs


def given(kit: Kit, content: ProofContent = WORD) -> tuple[Filed, Requester, str]:
    """Somebody gave a proof; its id."""
    filed, actor = asking(kit)
    give_proof(kit, actor, content)
    return filed, actor, own(kit, actor)[0].id


def asked(kit: Kit, actor: Requester, role: VoucherRole = VoucherRole.DOCTOR) -> OwnProof:
    """Somebody is to confirm: link and phrase."""
    before = {one.id for one in own(kit, actor)}
    ask_voucher(kit, actor, role)
    return next(one for one in own(kit, actor) if one.id not in before)


def confirmed(kit: Kit, actor: Requester, said: Confirmation = SAID) -> str:
    """Somebody was asked and confirmed; the id of the proof."""
    shown = asked(kit, actor)
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), said)
    return shown.id


def decide(
    kit: Kit,
    filed: Filed,
    proof_id: str,
    result: AgeResult = AgeResult.CONFIRMED,
    checks: tuple[Shown, Shown, Shown] = ALL_YES,
    called_back: NumberSource | None = None,
    actor: Caseworker = ADA,
) -> None:
    """Take the case and decide."""
    take_case(kit, actor, filed.request_id)
    folder = open_case(kit, actor, filed.request_id)
    version = next((one.version for one in folder.proofs if one.id == proof_id), 0)
    decided = DecideInput(filed.request_id, proof_id, version, *checks, result, called_back)
    decide_proof(kit, actor, decided)


def wraps_of(kit: Kit, filed: Filed) -> dict[str, set[str]]:
    """By holder, the ids of the proofs whose keys are wrapped for them."""
    with kit.database.reading() as work:
        return {
            holder: {owner for kind, owner in work.wraps.of(filed.request_id, holder) if kind == "proof"}
            for holder in (TEAM, LINK)
        }


def with_standing(kit: Kit, actor: Requester, standing: Standing, is_revoked: bool = False) -> Requester:
    """The same party, seen by everybody as this."""
    with kit.database.writing() as work:
        party = work.parties.load(actor.party_id)
        revoked_at = kit.clock() if is_revoked else None
        work.parties.save(replace(party, standing=standing, revoked_at=revoked_at))
        work.commit()
    return replace(actor, standing=standing)
