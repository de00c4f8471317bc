"""A referral moves along its ways and no others, and somebody must see to it until it is over."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.referrals import MOVES, OVER, NoSuchReferralMove, Referral, due_from
from app.domain.times import to_minute

S, K = ReferralState, ReferralKind
AT = datetime(2026, 1, 5, 9, 12, 34, tzinfo=UTC)
# Written out by hand and not taken from the code under test.
WAYS = {
    (S.PREPARED, S.SENT),
    (S.PREPARED, S.DROPPED),
    (S.SENT, S.RECEIVED),
    (S.SENT, S.ACTED),
    (S.SENT, S.DECLINED),
    (S.RECEIVED, S.ACTED),
    (S.RECEIVED, S.DECLINED),
}
FIRST = {K.HOTLINE: timedelta(hours=48), K.POLICE: timedelta(days=7), K.EMERGENCY: timedelta(hours=2)}
LATER = {K.HOTLINE: timedelta(days=7), K.POLICE: timedelta(days=7), K.EMERGENCY: timedelta(hours=2)}


def referral(kind: ReferralKind = K.HOTLINE, state: ReferralState = S.PREPARED) -> Referral:
    due_at = due_from(kind, state, AT)
    return Referral("f" * 32, 1, "r" * 32, kind, state, AT, due_at, "R-AAAA-AAAA", "a" * 32, AT, None, b"")


@pytest.mark.parametrize(("here", "there"), list(product(S, S)))
def test_a_referral_moves_only_along_the_listed_ways(here: ReferralState, there: ReferralState) -> None:
    if (here, there) in WAYS:
        moved, entry = referral(state=here).move(there, AT)
        assert moved.state is there
        assert entry.kind == f"referral_{there}"
        assert entry.subject == moved.id
    else:
        with pytest.raises(NoSuchReferralMove):
            referral(state=here).move(there, AT)


def test_every_state_has_its_line_and_what_is_over_has_no_way_on() -> None:
    assert set(MOVES) == set(S)
    assert {state for state, ways in MOVES.items() if not ways} == OVER == {S.ACTED, S.DECLINED, S.DROPPED}


@pytest.mark.parametrize("kind", K)
def test_somebody_asks_after_it_sooner_the_first_time(kind: ReferralKind) -> None:
    sent, _ = referral(kind).move(S.SENT, AT)
    assert sent.due_at == to_minute(AT + FIRST[kind])
    assert sent.sent_at == to_minute(AT)
    assert sent.chase(AT)[0].due_at == to_minute(AT + LATER[kind])
    received, _ = sent.move(S.RECEIVED, AT + timedelta(hours=1))
    assert received.due_at == to_minute(AT + timedelta(hours=1) + LATER[kind])
    assert received.sent_at == sent.sent_at


def test_an_emergency_is_handed_over_within_two_hours() -> None:
    assert due_from(K.EMERGENCY, S.PREPARED, AT) == to_minute(AT + timedelta(hours=2))


@pytest.mark.parametrize("state", S)
def test_only_what_is_with_them_can_be_asked_after(state: ReferralState) -> None:
    if state in (S.SENT, S.RECEIVED):
        assert referral(state=state).chase(AT)[1].kind == "referral_chased"
    else:
        with pytest.raises(NoSuchReferralMove):
            referral(state=state).chase(AT)


def test_a_referral_shows_its_reference_and_state_only() -> None:
    assert repr(referral()) == "Referral(R-AAAA-AAAA, prepared)"


class Walks(RuleBasedStateMachine):
    """Whatever people do in whatever order: it never goes back, and is due exactly while it is open."""

    @initialize(kind=st.sampled_from(K))
    def prepare(self, kind: ReferralKind) -> None:
        self.at, self.referral, self.been = AT, referral(kind), [S.PREPARED]

    @rule(hours=st.integers(1, 300))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(to=st.sampled_from(S))
    def move(self, to: ReferralState) -> None:
        if (self.been[-1], to) not in WAYS:
            with pytest.raises(NoSuchReferralMove):
                self.referral.move(to, self.at)
            return
        self.referral, _ = self.referral.move(to, self.at)
        self.been.append(to)

    @rule()
    def chase(self) -> None:
        if self.been[-1] not in (S.SENT, S.RECEIVED):
            with pytest.raises(NoSuchReferralMove):
                self.referral.chase(self.at)
            return
        self.referral, _ = self.referral.chase(self.at)
        assert self.referral.due_at is not None
        assert self.referral.due_at > self.at

    @invariant()
    def it_holds_together(self) -> None:
        assert len(self.been) == len(set(self.been))  # nothing comes back
        assert self.referral.is_open == (self.referral.due_at is not None)
        assert (self.referral.sent_at is None) == (S.SENT not in self.been)


TestWalks = Walks.TestCase
TestWalks.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
