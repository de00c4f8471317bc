"""The rules of proof: what a caseworker may find, and which moves a proof may make."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from app.domain.proof_words import AgeResult, NumberSource, ProofState, Shown, Tier
from app.domain.proofs import VOUCHER_DAYS, Decision, DecisionError, NotNow, Proof, Reference

AT = datetime(2030, 1, 31, 12, 30, 59, tzinfo=UTC)
DAY = date(2030, 1, 31)
CHECKS = list(product(Shown, repeat=3))
TAKEN = [Tier.DECLARED, Tier.VOUCHED, Tier.RECORD, Tier.DOCUMENT]


def decision(
    tier: Tier,
    result: AgeResult,
    checks: tuple[Shown, Shown, Shown] = (Shown.YES,) * 3,
    called_back: NumberSource | None = NumberSource.DIRECTORY,
) -> Decision:
    birth_date, image_date, tie = checks
    return Decision(tier, birth_date, image_date, tie, result, DAY, called_back)


def refused(*given: object) -> tuple[str, str]:
    with pytest.raises(DecisionError) as error:
        decision(*given)  # type: ignore[arg-type]  # what is wrong is meant
    return error.value.field, error.value.code


def proof(state: ProofState = ProofState.GIVEN, ends_at: datetime | None = None) -> Proof:
    return Proof("1" * 32, "2" * 32, "3" * 32, 1, state, AT, ends_at, b"proof", None, b"told")


@pytest.mark.parametrize("checks", CHECKS)
def test_a_word_alone_never_confirms(checks: tuple[Shown, Shown, Shown]) -> None:
    assert refused(Tier.DECLARED, AgeResult.CONFIRMED, checks)[0] == "result"


def test_a_word_alone_is_enough_for_more_likely_than_not() -> None:
    made = decision(Tier.DECLARED, AgeResult.LIKELY, (Shown.NOT_SHOWN,) * 3, None)
    assert made.result is AgeResult.LIKELY


@pytest.mark.parametrize("tier", [Tier.VOUCHED, Tier.RECORD, Tier.DOCUMENT])
def test_confirmed_needs_all_three_and_nothing_less(tier: Tier) -> None:
    assert decision(tier, AgeResult.CONFIRMED).result is AgeResult.CONFIRMED
    for checks in CHECKS:
        if set(checks) != {Shown.YES}:
            assert refused(tier, AgeResult.CONFIRMED, checks)[0] == "result"


@pytest.mark.parametrize("result", [AgeResult.CONFIRMED, AgeResult.LIKELY])
def test_who_confirms_is_called_back_first(result: AgeResult) -> None:
    assert refused(Tier.VOUCHED, result, (Shown.YES,) * 3, None) == ("called_back", "call_first")


@pytest.mark.parametrize("tier", TAKEN)
@pytest.mark.parametrize("checks", [checks for checks in CHECKS if Shown.NO in checks])
def test_what_speaks_against_it_leaves_one_result(tier: Tier, checks: tuple[Shown, Shown, Shown]) -> None:
    assert refused(tier, AgeResult.LIKELY, checks) == ("result", "speaks_against")
    assert decision(tier, AgeResult.NOT_SHOWN, checks).result is AgeResult.NOT_SHOWN


@pytest.mark.parametrize("tier", TAKEN)
@pytest.mark.parametrize("checks", CHECKS)
def test_not_shown_can_always_be_said(tier: Tier, checks: tuple[Shown, Shown, Shown]) -> None:
    assert decision(tier, AgeResult.NOT_SHOWN, checks, None).result is AgeResult.NOT_SHOWN


@pytest.mark.parametrize("result", AgeResult)
def test_a_credential_is_not_taken_yet(result: AgeResult) -> None:
    assert refused(Tier.CREDENTIAL, result) == ("result", "not_taken_yet")


def test_a_link_can_be_answered_for_thirty_days_and_once() -> None:
    asked = proof(ProofState.AWAITED, AT + VOUCHER_DAYS)
    late = AT + timedelta(days=30)
    assert asked.is_open_to_answer(late - timedelta(seconds=1))
    given = asked.answered(b"said", late - timedelta(seconds=1))
    assert (given.state, given.ends_at, given.proof_sealed) == (ProofState.GIVEN, None, b"said")
    assert given.given_at.second == 0
    for again in (given, asked):
        with pytest.raises(NotNow):
            again.answered(b"said", late)


def test_a_decision_leaves_nothing_of_the_proof() -> None:
    made = proof().decided(b"decision", b"result")
    assert (made.state, made.proof_sealed) == (ProofState.DECIDED, None)
    assert (made.decision_sealed, made.told_sealed) == (b"decision", b"result")
    for state in (ProofState.AWAITED, ProofState.DECIDED):
        with pytest.raises(NotNow):
            proof(state).decided(b"decision", b"result")


def test_of_what_nobody_confirmed_nothing_is_left() -> None:
    assert proof(ProofState.AWAITED).ended().proof_sealed is None
    for state in (ProofState.GIVEN, ProofState.DECIDED):
        with pytest.raises(NotNow):
            proof(state).ended()


def test_nothing_tells_what_is_in_it() -> None:
    assert "told" not in repr(proof())
    assert "17" not in repr(Reference("file 17"))
    assert Reference().is_empty
    assert not Reference(series="one").is_empty
