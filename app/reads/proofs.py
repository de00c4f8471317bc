"""What a requester sees of the proofs they gave: what it was, how far it has come, what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.kit import Kit
from app.casework.proof_records import Told, open_told
from app.casework.voices import voice_of
from app.domain.proof_words import AgeResult, ProofState, Tier, VoucherRole
from app.domain.proofs import MAY_GIVE, MOST_UNDECIDED, Proof
from app.domain.words import Standing
from app.persistence.parties import Party
from app.vault.records import unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class OwnProof:
    """One of them. `has_ended`: the link was not used in time. `words` counts those read in a document."""

    id: str
    tier: Tier
    state: ProofState
    given_at: datetime
    ends_at: datetime | None
    has_ended: bool
    asked_role: VoucherRole | None
    words: int
    link: str
    phrase: str
    result: AgeResult | None
    decided_on: date | None

    def __repr__(self) -> str:
        return f"OwnProof({self.tier}, {self.state})"

    @property
    def can_be_taken_back(self) -> bool:
        return self.state is not ProofState.DECIDED


@dataclass(frozen=True)
class ProofPage:
    """`gives_word`: they gave their word when they asked."""

    proofs: tuple[OwnProof, ...]
    may_give: bool
    may_give_more: bool
    is_own: bool
    gives_word: bool

    def __repr__(self) -> str:
        return "ProofPage(…)"


def read_proofs(kit: Kit, actor: Requester) -> ProofPage:
    """Raises NotFound."""
    at = kit.clock()
    with kit.database.reading() as work:
        _request, party = load_own(work, actor)
        found = work.proofs.of_party(party.id)
    voice = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
    told = {proof.id: open_told(actor.voice_key, proof.id, proof.told_sealed) for proof in found}
    own = tuple(_own(proof, told[proof.id], party, at) for proof in found if not told[proof.id].is_hidden)
    return ProofPage(
        proofs=own,
        may_give=party.standing in MAY_GIVE,
        may_give_more=sum(not proof.is_decided for proof in found) < MOST_UNDECIDED,
        is_own=party.standing in (Standing.OWN, Standing.CHILD),
        gives_word=voice.gives_word,
    )


def _own(proof: Proof, told: Told, party: Party, at: datetime) -> OwnProof:
    """Where a decision is not shown to this party, the proof goes on waiting for one."""
    is_shown = told.says_result_to(party)
    is_waiting = proof.is_decided and not is_shown
    is_open = proof.is_open_to_answer(at)
    return OwnProof(
        id=proof.id,
        tier=told.tier,
        state=ProofState.GIVEN if is_waiting else proof.state,
        given_at=proof.given_at,
        ends_at=proof.ends_at,
        has_ended=proof.state is ProofState.AWAITED and not is_open,
        asked_role=told.asked_role,
        words=told.words,
        link=told.link if is_open else "",
        phrase=told.phrase if is_open else "",
        result=told.result if is_shown else None,
        decided_on=told.decided_on if is_shown else None,
    )
