"""Everybody at one notice, in any order, by the real verbs: the person, the provider, caseworkers, police,
and couriers that come when they come. After each act the promises of the ladder are looked at.

tests/casework/test_chasing_model.py runs it: short, and long with HEARD_SOAK.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from secrets import token_hex
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.casework.actors import Caseworker
from app.casework.approve_rung import RungInput, approve_rung
from app.casework.deliver_letter import deliver_letters
from app.casework.errors import CaseworkError
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.letter_moves import mark_bounced
from app.casework.police_hold import HoldAct, HoldInput, police_hold
from app.casework.preview_rungs import preview_rungs
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.review_stalled import Review, ReviewInput, review_stalled
from app.casework.revoke_link import revoke_link
from app.casework.settle_wanted import WantedInput, settle_wanted
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.chasing import LADDER
from app.domain.moves import DONE
from app.domain.requests import Request
from app.domain.words import LocationState as S
from app.domain.words import NoticeState, Reply, SafetyState
from app.persistence.notices import Notice, chase_packs
from tests.casework.chase_steps import AHEAD, answer, approve_with, chase_all, places_in
from tests.casework.referral_steps import clock_of
from tests.casework.steps import FaultyMailer, all_at_once, open_courier, trail_of
from tests.make import ADA, BEN, SINA, file_one

NUMBERS = st.integers(1, 3)
ON_THE_LADDER = frozenset({S.NOTICE_SENT, S.HAS_IT, S.UPSTREAM})
AT_MOST = timedelta(days=31)


class ChaseModel(RuleBasedStateMachine):
    """One request with three places, which one notice names. `kit` is shared: each run files a new one."""

    kit: ClassVar[Kit]

    @initialize(ahead=st.sampled_from([AHEAD, AHEAD[:1], AHEAD[1:], ()]))
    def begin(self, ahead: tuple[object, ...]) -> None:
        self.tokens = [f"rare-{token_hex(8)}" for _ in range(3)]
        self.filed = file_one(self.kit, "\n".join(f"https://img.slow.example/{one}" for one in self.tokens))
        self.root = approve_with(self.kit, self.filed, *ahead)  # type: ignore[arg-type]
        self.courier, self.mailer = open_courier(self.kit), FaultyMailer()
        self.is_forgotten = self.was_forgotten = False
        self.reminded: dict[str, list[datetime]] = defaultdict(list)
        self.letters_leave()

    # What is read of it

    @property
    def request(self) -> Request:
        with self.kit.database.reading() as work:
            return work.requests.load(self.filed.request_id)

    @property
    def notices(self) -> tuple[Notice, ...]:
        with self.kit.database.reading() as work:
            return work.notices.of_request(self.filed.request_id)

    def tried(self, *acts: Callable[[], object]) -> None:
        """A refusal is an answer, too: the promises are looked at all the same."""
        with suppress(CaseworkError):
            for act in acts:
                act()

    def hold_case(self, actor: Caseworker = ADA) -> None:
        take_case(self.kit, actor, self.filed.request_id)

    # Time and couriers

    @rule(hours=st.sampled_from([1, 5, 12, 13, 24, 36, 100, 400]))
    def time_passes(self, hours: int) -> None:
        clock_of(self.kit).move(hours=hours)

    @rule()
    def the_ladder_is_walked(self) -> None:
        chase_all(self.kit)

    @rule()
    def two_couriers_walk_it(self) -> None:
        for came in all_at_once(lambda: chase_all(self.kit), lambda: chase_all(self.kit)):
            assert isinstance(came, int), came

    @rule()
    def letters_leave(self) -> None:
        request = self.request
        is_still = request.is_on_police_hold(self.kit.clock()) or not request.may_go_out
        named = zip(places_in(self.kit, self.filed), self.tokens, strict=True)
        ended = [token for one, token in named if one.state in DONE]
        before = len(self.mailer.sent)
        while deliver_letters(self.kit, self.courier, self.mailer):
            pass
        for message in self.mailer.sent[before:]:
            self.look_at_mail(message, ended, is_still or self.is_forgotten)

    def look_at_mail(self, message: EmailMessage, ended: list[str], is_still: bool) -> None:
        text = message.as_string() + str(message.get_body().get_content())  # type: ignore[union-attr]
        if not any(one.reference in text for one in self.notices):
            return  # of a run before this one
        assert not is_still
        assert not [one for one in ended if one in text]
        if message["In-Reply-To"]:
            times = self.reminded[str(message["In-Reply-To"])]
            assert not times or self.kit.clock() - times[-1] >= timedelta(hours=12)
            times.append(self.kit.clock())
            assert len(times) <= 2

    # What people do

    @rule(numbers=st.sets(NUMBERS, min_size=1), reply=st.sampled_from(Reply), which=st.integers(0, 3))
    def a_provider_answers(self, numbers: set[int], reply: Reply, which: int) -> None:
        out = [one for one in self.notices if one.state in (NoticeState.SENT, NoticeState.ANSWERED)]
        if out and not self.is_forgotten and reply is not Reply.OVER_18:
            answer(self.kit, out[which % len(out)].id, reply, *numbers)

    @rule(which=st.integers(0, 3))
    def a_letter_comes_back(self, which: int) -> None:
        out = [one for one in self.notices if one.state in (NoticeState.SENT, NoticeState.ANSWERED)]
        if not out or self.is_forgotten:
            return
        with self.kit.database.writing() as work:
            work.requests.load(self.filed.request_id)
            mark_bounced(self.kit, work, work.notices.load(out[which % len(out)].id), self.kit.clock())
            work.commit()

    @rule(numbers=st.sets(NUMBERS, min_size=1))
    def the_person_withdraws(self, numbers: set[int]) -> None:
        if not self.is_forgotten:
            actor = follow_with_code(self.kit, self.filed.code)
            self.tried(lambda: withdraw_places(self.kit, actor, WithdrawInput(tuple(numbers))))

    @rule(act=st.sampled_from(HoldAct), actor=st.sampled_from([ADA, BEN]))
    def police_call(self, act: HoldAct, actor: Caseworker) -> None:
        given = HoldInput(self.filed.request_id, act, "They called.")
        self.tried(lambda: police_hold(self.kit, actor, given))

    @rule(found=st.sampled_from([SafetyState.CLEAR, SafetyState.HOLD]))
    def somebody_thinks_of_safety(self, found: SafetyState) -> None:
        given = SafetyInput(self.filed.request_id, found, "Looked at with care.")
        self.tried(self.hold_case, lambda: record_safety_check(self.kit, ADA, given))

    @rule(which=st.integers(0, 3))
    def a_further_letter_is_approved(self, which: int) -> None:
        def approve() -> None:
            further = preview_rungs(self.kit, ADA, self.root)
            if further:
                one = further[which % len(further)]
                approve_rung(self.kit, ADA, RungInput(self.root, one.provider_id, one.rung, one.seen))

        self.tried(self.hold_case, approve)

    @rule()
    def what_waits_is_settled(self) -> None:
        for one in self.notices:
            if one.wants is not None:
                given = WantedInput(one.id, one.wants, "Seen to.")
                self.tried(lambda given=given: settle_wanted(self.kit, SINA, given))  # type: ignore[misc]

    @rule(review=st.sampled_from(Review))
    def stalled_places_are_reviewed(self, review: Review) -> None:
        stalled = tuple(o.id for o in places_in(self.kit, self.filed) if o.state is S.STALLED)
        if stalled:
            given = ReviewInput(self.filed.request_id, stalled, review)
            self.tried(lambda: review_stalled(self.kit, BEN, given))

    @rule()
    def its_link_is_revoked(self) -> None:
        self.tried(lambda: revoke_link(self.kit, ADA, self.root))

    @precondition(lambda self: not self.was_forgotten)
    @rule()
    def it_is_forgotten(self) -> None:
        self.tried(self.hold_case, lambda: forget_request(self.kit, ADA, self.filed.request_id))
        self.is_forgotten = self.was_forgotten = self.request.is_forgotten

    @precondition(lambda self: self.is_forgotten)
    @rule()
    def it_is_brought_back(self) -> None:
        self.tried(lambda: undo_forgetting(self.kit, ADA, self.filed.request_id))
        self.is_forgotten = self.request.is_forgotten

    # What must be true, always

    @invariant()
    def no_open_place_is_lost(self) -> None:
        roots = {place: one for one in self.notices if one.is_first for place in self.named(one)}
        request = self.request
        for one in places_in(self.kit, self.filed):
            if one.state in DONE:
                continue
            assert one.due_at is not None
            assert one.due_at <= self.kit.clock() + AT_MOST or roots[one.id].chase_at is not None
            assert self.is_forgotten or (request.due_by is not None and request.due_by <= one.due_at)
            if one.state in ON_THE_LADDER and not self.was_forgotten:
                root = roots[one.id]
                assert root.chase_at is not None or root.chase_done == len(LADDER)

    def named(self, notice: Notice) -> tuple[str, ...]:
        with self.kit.database.reading() as work:
            return work.notices.location_ids(notice.id)

    @invariant()
    def what_is_forgotten_has_no_ladder_and_no_pack(self) -> None:
        if self.is_forgotten:
            assert all(one.chase_at is None and one.wants is None for one in self.notices)
            assert not self.packs()

    @invariant()
    def the_courier_keeps_no_places_that_nobody_asks_for(self) -> None:
        open_places = {one.id for one in places_in(self.kit, self.filed) if one.state not in DONE}
        packs = self.packs()
        for one in self.notices:
            assert one.id not in packs or open_places & set(self.named(one))
            assert one.id not in packs or one.state is not NoticeState.CANCELLED

    def packs(self) -> set[str]:
        with self.kit.database.reading() as work:
            kept = set(work.connection.execute(chase_packs.select()).scalars())
        return kept & {one.id for one in self.notices}

    def teardown(self) -> None:
        """Then nobody does anything any more: what still asks is asked, the ladder ends, nothing is lost."""
        if not hasattr(self, "root"):
            return
        self.somebody_thinks_of_safety(SafetyState.CLEAR)
        for _ in range(12):
            clock_of(self.kit).move(days=6)
            chase_all(self.kit)
            self.letters_leave()
            self.no_open_place_is_lost()
        assert all(one.chase_at is None for one in self.notices)
        assert trail_of(self.kit, self.filed.request_id)
