"""Whatever happens after a notice, in whatever order, and however late the courier is.

No place is lost, nobody is reminded of what they removed, nothing that was withdrawn goes further, and every
ladder ends.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.chasing import LADDER, REMINDERS, Chased, begin, take_step
from app.domain.locations import Location
from app.domain.moves import DONE, MOVES, OUR_TURN
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.replies import state_after
from app.domain.timers import Times
from app.domain.words import LocationState as S
from app.domain.words import Reply

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = Times()
PLACES = st.integers(0, 2)


class Ladder(RuleBasedStateMachine):
    """One notice about three places, with a courier that comes when it comes."""

    @initialize()
    def send(self) -> None:
        self.at = AT
        approved = Location("a", "r", 1, 1, S.APPROVED, AT, None, b"", AT)
        self.places = [approved.move(S.NOTICE_SENT, AT) for _ in range(3)]
        self.chase, self.due_at = begin(NoticeKind.CSAM, AT, TIMES)
        self.taken: list[tuple[ChaseStep, datetime]] = []
        self.ended: set[int] = set()  # said to be removed, or withdrawn, at least once
        self.receipts: dict[int, datetime] = {}
        self.moved_at = [AT] * 3

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.at += hours * HOUR

    @precondition(lambda self: self.due_at is not None)
    @rule()
    def time_passes_until_the_next_step(self) -> None:
        assert self.due_at is not None
        self.at = max(self.at, self.due_at)

    @rule(number=PLACES, reply=st.sampled_from(Reply))
    def the_provider_answers(self, number: int, reply: Reply) -> None:
        before = self.places[number].state
        self._move(number, state_after(NoticeKind.CSAM, before, reply))
        if before is S.NOTICE_SENT and self.places[number].state is S.HAS_IT:
            self.receipts[number] = self.at

    @rule(number=PLACES)
    def the_person_withdraws(self, number: int) -> None:
        self._move(number, S.WITHDRAWN)

    @rule(number=PLACES, to=st.sampled_from([S.BOUNCED, S.UPSTREAM, S.REFERRED, S.SAYS_REMOVED]))
    def something_happens(self, number: int, to: S) -> None:
        self._move(number, to)

    @rule(number=PLACES)
    def another_hotline_declines(self, number: int) -> None:
        if self.places[number].state is S.REFERRED:
            self.places[number] = self.places[number].unreferred(self.at)
            self.moved_at[number] = self.at

    def _move(self, number: int, to: S | None) -> None:
        if to is not None and to in MOVES[self.places[number].state]:
            self.places[number] = self.places[number].move(to, self.at)
            self.moved_at[number] = self.at
            if to in (S.SAYS_REMOVED, S.WITHDRAWN):
                self.ended.add(number)

    @rule()
    def the_courier_comes(self) -> None:
        if self.due_at is None or self.due_at > self.at:
            return
        chased = [Chased(str(n), one.state, one.state_at) for n, one in enumerate(self.places)]
        taken = take_step(self.chase, chased, self.at, TIMES)
        about = {int(one) for one in taken.location_ids}
        assert taken.due_at is None or taken.due_at > self.at or taken.chase.done > self.chase.done
        assert bool(about) == (taken.step is not None)
        assert not about & self.ended
        if taken.step in REMINDERS:
            self._look_at_reminder(about)
        if taken.step is not None:
            self.taken.append((taken.step, self.at))
        if taken.step is ChaseStep.STALLED:
            for number in about:
                self._move(number, S.STALLED)
        self.chase, self.due_at = taken.chase, taken.due_at

    def _look_at_reminder(self, about: set[int]) -> None:
        for number in about:
            assert self.places[number].state in (S.NOTICE_SENT, S.HAS_IT)
            if number in self.receipts and self.places[number].state is S.HAS_IT:
                due_at = AT + (48 * HOUR if self.chase.done else 24 * HOUR)
                assert self.at >= min(self.receipts[number], due_at) + 24 * HOUR
        for step, at in self.taken:
            assert step is ChaseStep.REMINDER_1
            assert self.at - at >= 12 * HOUR

    @invariant()
    def the_steps_come_in_order_and_each_once(self) -> None:
        indexes = [LADDER.index(step) for step, _ in self.taken]
        assert indexes == sorted(set(indexes))
        assert all(at - AT >= HOUR * 24 for _, at in self.taken)

    @invariant()
    def every_open_place_is_chased_or_due_or_with_a_person(self) -> None:
        for one, moved_at in zip(self.places, self.moved_at, strict=True):
            is_chased = self.due_at is not None and one.state not in OUR_TURN
            is_due = one.due_at is not None and one.due_at <= moved_at + timedelta(days=7)
            assert one.state in DONE or is_chased or is_due

    @invariant()
    def nothing_that_is_waited_for_lacks_a_ladder_before_it_ended(self) -> None:
        waiting = [one for one in self.places if one.state in (S.NOTICE_SENT, S.HAS_IT, S.UPSTREAM)]
        assert self.due_at is not None or self.chase.done == len(LADDER) or not waiting

    def teardown(self) -> None:
        """Then nothing happens any more: the ladder ends, and what is still up is stalled, not lost."""
        if not hasattr(self, "places"):
            return
        for _ in range(3 * len(LADDER)):
            if self.due_at is None:
                break
            self.time_passes_until_the_next_step()
            self.the_courier_comes()
        assert self.due_at is None


TestLadder = Ladder.TestCase
