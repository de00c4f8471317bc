"""A finding: the two questions, and what follows from them."""

from dataclasses import replace
from itertools import product

import pytest

from app.domain.assessments import Finding, FindingError
from app.domain.proof_words import Tier
from app.domain.words import AgeBand, Basis, Ground, Kind

CSAM = Finding(Kind.CSAM, True, True, None, AgeBand.PUBESCENT, False, Basis.US)
HARMFUL = Finding(Kind.HARMFUL, True, True, Ground.SEXUALISED, AgeBand.UNKNOWN, None, Basis.US)
IDENTITY = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.US)


def fault(finding: Finding, **changes: object) -> tuple[str, str]:
    with pytest.raises(FindingError) as wrong:
        replace(finding, **changes)  # type: ignore[arg-type]
    return wrong.value.field, wrong.value.code


@pytest.mark.parametrize("finding", [CSAM, HARMFUL])
def test_removal_is_asked_only_when_both_questions_are_yes(finding: Finding) -> None:
    for is_child, is_harmed in product((True, False), repeat=2):
        answered = replace(finding, is_child=is_child, is_harmed=is_harmed)
        assert answered.asks_removal is (is_child and is_harmed)


@pytest.mark.parametrize("finding", [CSAM, HARMFUL])
@pytest.mark.parametrize("question", ["is_child", "is_harmed", "age_band"])
def test_each_question_needs_an_answer(finding: Finding, question: str) -> None:
    assert fault(finding, **{question: None}) == (question, "answer_needed")


def test_an_identity_finding_has_no_child_test_and_no_ground() -> None:
    assert IDENTITY.asks_removal
    assert not IDENTITY.is_classified_csam
    assert fault(IDENTITY, ground=Ground.SEXUALISED) == ("ground", "identity_has_no_ground")


def test_harmful_images_that_must_go_have_a_ground() -> None:
    assert fault(HARMFUL, ground=None) == ("ground", "answer_needed")
    assert replace(HARMFUL, ground=None, is_child=False).ground is None


def test_what_is_found_now_has_a_principle_and_what_was_found_before_may_have_none() -> None:
    with pytest.raises(FindingError) as wrong:
        CSAM.whole()
    assert (wrong.value.field, wrong.value.code) == ("ground", "answer_needed")
    for ground, principle in zip(Ground, (1, 2, 3), strict=True):
        assert replace(CSAM, ground=ground).whole().principle == principle
    for settled in (IDENTITY, replace(CSAM, is_harmed=False), replace(CSAM, is_outside=True)):
        assert settled.whole().principle is None


@pytest.mark.parametrize("finding", [CSAM, HARMFUL, IDENTITY])
def test_what_no_hotline_can_do_asks_no_removal(finding: Finding) -> None:
    assert finding.asks_removal
    assert not replace(finding, is_outside=True).asks_removal


def test_a_notice_says_that_the_age_is_confirmed_never_by_which_proof_and_csam_names_no_ground() -> None:
    known = replace(CSAM, ground=Ground.SEXUALISED, proof_tier=Tier.RECORD, age_confirmed=True)
    assert known.for_notice() == replace(CSAM, age_confirmed=True)
    assert replace(HARMFUL, proof_tier=Tier.VOUCHED).for_notice() == HARMFUL


def test_another_body_is_named() -> None:
    for nobody in ("", "  "):
        assert fault(CSAM, basis=Basis.OTHER, basis_by=nobody) == ("basis_by", "name_the_body")
    assert replace(CSAM, basis=Basis.OTHER, basis_by="Example Institute").asks_removal


def test_only_what_somebody_looked_at_counts_as_classified() -> None:
    assert CSAM.is_classified_csam
    assert not replace(CSAM, basis=Basis.NOBODY).is_classified_csam
    assert not replace(CSAM, is_harmed=False).is_classified_csam
    assert not HARMFUL.is_classified_csam


def test_a_fault_names_field_and_reason_and_no_value() -> None:
    with pytest.raises(FindingError) as wrong:
        replace(CSAM, basis=Basis.OTHER, basis_by=" ", ground=Ground.SEXUALISED)
    assert str(wrong.value) == "basis_by: name_the_body"
