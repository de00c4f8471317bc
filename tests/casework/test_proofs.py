"""Giving proof, looking at it, deciding about it, taking it back."""

from dataclasses import replace

import pytest

from app.casework.age_confirmed import age_confirmed_of
from app.casework.case_keys import open_case_keys
from app.casework.case_proofs import opened_content
from app.casework.decide_proof import DecideInput, decide_proof
from app.casework.errors import NotAllowed, NotFound, NotHolding, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_proof import give_proof
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.take_back_proof import take_back_proof
from app.casework.take_case import take_case
from app.domain.asking import Voice
from app.domain.proof_words import AgeResult, ProofState, Shown, Tier
from app.domain.proofs import MOST_UNDECIDED, DecisionError, ProofContent
from app.domain.words import Asker, Standing
from app.persistence.errors import NotThere
from app.reads.follow import read_follow
from app.reads.proofs import read_proofs
from tests.casework.proof_steps import (
    ALL_YES,
    DECLARED,
    RECORD,
    WORD,
    asking,
    decide,
    given,
    own,
    with_standing,
    wraps_of,
)
from tests.casework.steps import trail_of
from tests.make import ADA, BEN, file_one


@pytest.mark.parametrize("content", [WORD, RECORD, ProofContent(Tier.DOCUMENT, document_text="seven " * 3)])
def test_what_is_given_is_what_a_caseworker_reads(kit: Kit, content: ProofContent) -> None:
    filed, actor, proof_id = given(kit, content)
    [shown] = own(kit, actor)
    assert (shown.tier, shown.state, shown.result) == (content.tier, ProofState.GIVEN, None)
    assert shown.words == len(content.document_text.split())
    [proof] = open_case(kit, ADA, filed.request_id).proofs
    assert (proof.id, proof.tier, proof.is_to_decide, proof.decision) == (proof_id, content.tier, True, None)
    assert open_proof(kit, ADA, filed.request_id, proof_id).content == content
    assert trail_of(kit, filed.request_id)[-3:] == ["proof_given", "case_opened", "proof_opened"]


def test_nobody_is_asked_for_proof_and_nothing_waits_for_it(kit: Kit) -> None:
    filed, actor, _ = given(kit)
    before = read_follow(kit, actor).places
    decide(kit, filed, own(kit, actor)[0].id, AgeResult.NOT_SHOWN, (Shown.NO,) * 3)
    after = read_follow(kit, follow_with_code(kit, filed.code)).places
    assert [place.state for place in after] == ["assessing"] * len(before), "taken, and no further"


def test_a_decision_keeps_tier_and_date_and_destroys_the_proof(kit: Kit) -> None:
    filed, actor, proof_id = given(kit, RECORD)
    decide(kit, filed, proof_id)
    folder = open_case(kit, ADA, filed.request_id)
    [proof] = folder.proofs
    assert proof.decision is not None
    assert (proof.decision.tier, proof.decision.decided_on) == (Tier.RECORD, kit.clock().date())
    assert age_confirmed_of(folder)
    assert wraps_of(kit, filed) == {"team": set(), "link": set()}
    with kit.database.reading() as work:
        row = work.proofs.load(proof_id)
        assert row.proof_sealed is None
        with pytest.raises(NotThere):
            opened_content(work, row, ADA.team)
    assert open_proof(kit, ADA, filed.request_id, proof_id).content is None
    [shown] = own(kit, actor)
    assert (shown.state, shown.result, shown.decided_on) == ("decided", "confirmed", kit.clock().date())
    assert not shown.can_be_taken_back


@pytest.mark.parametrize("result", [AgeResult.LIKELY, AgeResult.NOT_SHOWN])
def test_only_confirmed_is_confirmed(kit: Kit, result: AgeResult) -> None:
    filed, actor, proof_id = given(kit)
    decide(kit, filed, proof_id, result, DECLARED)
    assert not age_confirmed_of(open_case(kit, ADA, filed.request_id))
    assert own(kit, actor)[0].result is result


def test_a_word_that_was_given_confirms_nothing(kit: Kit) -> None:
    filed, _actor, proof_id = given(kit)
    with pytest.raises(DecisionError, match="word_alone"):
        decide(kit, filed, proof_id)
    assert open_proof(kit, ADA, filed.request_id, proof_id).content == WORD, "nothing was destroyed"


def test_who_does_not_hold_the_case_decides_nothing(kit: Kit) -> None:
    filed, _actor, proof_id = given(kit, RECORD)
    take_case(kit, BEN, filed.request_id)
    made = DecideInput(filed.request_id, proof_id, 1, *ALL_YES, AgeResult.CONFIRMED)
    with pytest.raises(NotHolding):
        decide_proof(kit, ADA, made)
    with pytest.raises(Stale):
        decide_proof(kit, BEN, replace(made, version=2))
    decide_proof(kit, BEN, made)
    with pytest.raises(NotAllowed):
        decide_proof(kit, BEN, made)


def test_a_proof_of_another_case_is_not_found(kit: Kit) -> None:
    _filed, _actor, proof_id = given(kit)
    other = file_one(kit)
    take_case(kit, ADA, other.request_id)
    for one in (proof_id, "0" * 32):
        with pytest.raises(NotFound):
            open_proof(kit, ADA, other.request_id, one)
        with pytest.raises(NotFound):
            decide_proof(kit, ADA, DecideInput(other.request_id, one, 1, *ALL_YES, AgeResult.CONFIRMED))


def test_what_is_taken_back_is_gone_at_once(kit: Kit) -> None:
    filed, actor, proof_id = given(kit)
    take_back_proof(kit, actor, proof_id)
    assert own(kit, actor) == ()
    assert open_case(kit, ADA, filed.request_id).proofs == ()
    assert wraps_of(kit, filed)["team"] == set()
    assert "proof_taken_back" in trail_of(kit, filed.request_id)
    with pytest.raises(NotFound):
        take_back_proof(kit, actor, proof_id)


def test_what_was_decided_or_is_somebody_elses_cannot_be_taken_back(kit: Kit) -> None:
    filed, actor, proof_id = given(kit)
    _other, stranger = asking(kit)
    with pytest.raises(NotFound):
        take_back_proof(kit, stranger, proof_id)
    decide(kit, filed, proof_id, AgeResult.LIKELY, DECLARED)
    with pytest.raises(NotAllowed):
        take_back_proof(kit, actor, proof_id)


def test_who_came_across_it_gives_no_proof_and_others_do(kit: Kit) -> None:
    _filed, actor = asking(kit, asker=Asker.BYSTANDER)
    with pytest.raises(NotAllowed):
        give_proof(kit, actor, WORD)
    assert not read_proofs(kit, actor).may_give
    for standing in (Standing.UNCHECKED, Standing.CHECKED, Standing.CHILD):
        give_proof(kit, with_standing(kit, actor, standing), WORD)
    assert len(own(kit, actor)) == 3


def test_ten_wait_and_no_more(kit: Kit) -> None:
    filed, actor, proof_id = given(kit, RECORD)
    for _ in range(MOST_UNDECIDED - 1):
        give_proof(kit, actor, WORD)
    assert not read_proofs(kit, actor).may_give_more
    with pytest.raises(NotAllowed):
        give_proof(kit, actor, WORD)
    decide(kit, filed, proof_id)
    give_proof(kit, actor, WORD)


def test_an_unchecked_representative_is_not_told_what_was_found(kit: Kit) -> None:
    filed, actor = asking(kit, asker=Asker.PARENT)
    give_proof(kit, actor, RECORD)
    decide(kit, filed, own(kit, actor)[0].id)
    [shown] = own(kit, actor)
    assert (shown.state, shown.result, shown.decided_on) == (ProofState.GIVEN, None, None)
    checked = with_standing(kit, actor, Standing.CHECKED)
    assert own(kit, checked)[0].result is AgeResult.CONFIRMED


def test_a_revoked_party_gives_proof_and_sees_it_wait_for_ever(kit: Kit) -> None:
    filed, actor = asking(kit)
    give_proof(kit, actor, RECORD)
    decide(kit, filed, own(kit, actor)[0].id)
    revoked = with_standing(kit, actor, Standing.CHECKED, is_revoked=True)
    kit.clock.move(minutes=5)  # type: ignore[attr-defined]  # the tests' clock
    give_proof(kit, revoked, RECORD)
    before = own(kit, revoked)
    assert [one.result for one in before] == [AgeResult.CONFIRMED, None]
    assert open_proof(kit, ADA, filed.request_id, before[1].id).is_of_revoked
    kit.clock.move(minutes=5)  # type: ignore[attr-defined]
    decide(kit, filed, before[1].id)
    assert own(kit, revoked) == before
    take_back_proof(kit, revoked, before[1].id)
    assert own(kit, revoked) == before[:1]
    with pytest.raises(NotFound):
        take_back_proof(kit, revoked, before[1].id)
    assert len(open_case(kit, ADA, filed.request_id).proofs) == 2, "the desk keeps what it decided"


def test_proofs_of_a_forgotten_request_are_not_found(kit: Kit) -> None:
    filed, actor, proof_id = given(kit)
    forget_request(kit, actor, filed.request_id)
    with pytest.raises(NotFound):
        give_proof(kit, actor, WORD)
    with pytest.raises(NotFound):
        take_back_proof(kit, actor, proof_id)
    with pytest.raises(NotFound):
        open_proof(kit, ADA, filed.request_id, proof_id)


def test_the_word_given_when_asking_is_shown(kit: Kit) -> None:
    _filed, actor = asking(kit, voice=Voice(gives_word=True))
    assert read_proofs(kit, actor).gives_word


def test_a_proof_lies_under_a_key_of_its_own(kit: Kit) -> None:
    filed, actor, proof_id = given(kit, RECORD)
    give_proof(kit, actor, RECORD)
    with kit.database.reading() as work:
        keys = open_case_keys(work, ADA.team, filed.request_id)
        rows = work.proofs.of_request(filed.request_id)
        sealed = {row.id: (row.proof_sealed or b"")[1:9] for row in rows}
    held = {keys.request.id, keys.desk.id, *(voice.id for voice in keys.voices.values())}
    assert len(set(sealed.values()) | held) == 2 + len(held)
    assert proof_id in sealed
