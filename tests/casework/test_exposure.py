"""A caseworker's own day: what is counted, when it is enough, and that nobody else can read it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app import jobs
from app.casework.actors import Caseworker
from app.casework.change_policy import PolicyInput, change_policy
from app.casework.errors import EnoughForToday, NotAllowed, NotFound, NotHolding, Stale
from app.casework.exposure import refuse_new
from app.casework.follow_with_code import follow_with_code
from app.casework.give_back import give_back
from app.casework.give_proof import give_proof
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.show_in_case import ShowInput, What, show_in_case
from app.casework.sweep_openings import sweep_openings
from app.casework.take_break import take_break
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.desk_words import Step
from app.domain.policy import Policy
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.trail import HOTLINE, TrailKind
from app.outbound.mailbox import NullMailbox
from app.outbound.ports import NullMailer
from app.persistence.openings import openings
from app.reads.exposure import read_exposure, read_team_exposure
from app.reads.policy import read_policy
from app.reads.proofs import read_proofs
from tests.casework.steps import Looks, all_at_once
from tests.command_line import run
from tests.make import ADA, BEN, SINA, Clock, Filed, file_one

TWO = "https://img.northlight.example/a/1\nhttps://talkyard.example/u/2"


@pytest.fixture(autouse=True)
def noon(kit: Kit) -> Clock:
    """Far from midnight, so that a test that moves the clock stays in its day."""
    assert isinstance(kit.clock, Clock)
    kit.clock.at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    return kit.clock


def limit(kit: Kit, soft: int, hard: int, **more: object) -> None:
    wanted = replace(Policy(), soft_limit=soft, hard_limit=hard, **more)  # type: ignore[arg-type]
    change_policy(kit, SINA, PolicyInput(wanted, read_policy(kit).written))


def today(kit: Kit, actor: Caseworker = ADA) -> int:
    return read_exposure(kit, actor).today


def show(kit: Kit, filed: Filed, what: What, *ids: str, actor: Caseworker = ADA) -> None:
    show_in_case(kit, actor, ShowInput(filed.request_id, ids, what))


def lines(kit: Kit, filed: Filed, kind: TrailKind) -> list[tuple[str, str]]:
    with kit.database.reading() as work:
        trail_id = work.requests.load(filed.request_id).trail_id
        found = [line for line, _ in work.trail.lines(trail_id)]
    return [(line.by, line.entry.subject) for line in found if line.entry.kind is kind]


def test_a_case_counts_once_while_somebody_goes_on_with_it(kit: Kit, noon: Clock) -> None:
    first, second = file_one(kit), file_one(kit)
    for _ in range(4):
        open_case(kit, ADA, first.request_id)
        noon.move(minutes=25)
    assert today(kit) == 1
    open_case(kit, ADA, second.request_id)
    assert (today(kit), today(kit, BEN)) == (2, 0)
    noon.move(minutes=31)
    open_case(kit, ADA, second.request_id)
    assert today(kit) == 3


def test_showing_counts_each_time_and_says_in_the_trail_what_was_shown(kit: Kit) -> None:
    filed = file_one(kit, TWO)
    take_case(kit, ADA, filed.request_id)
    one, two = (place.id for place in open_case(kit, ADA, filed.request_id).places)
    show(kit, filed, "addresses", one, two)
    show(kit, filed, "story")
    show(kit, filed, "live", two)
    assert today(kit) == 4
    assert lines(kit, filed, TrailKind.PLACES_SHOWN) == [(ADA.id, one), (ADA.id, two)]
    assert lines(kit, filed, TrailKind.WORDS_SHOWN) == [(ADA.id, "")]
    assert lines(kit, filed, TrailKind.PLACE_LIVE) == [(ADA.id, two)]


def test_an_exact_address_is_for_who_holds_the_case(kit: Kit) -> None:
    filed = file_one(kit)
    [place] = open_case(kit, ADA, filed.request_id).places
    with pytest.raises(NotHolding):
        show(kit, filed, "live", place.id)
    take_case(kit, BEN, filed.request_id)
    with pytest.raises(NotHolding):
        show(kit, filed, "live", place.id)
    assert (today(kit), lines(kit, filed, TrailKind.PLACE_LIVE)) == (1, [])


@pytest.mark.parametrize("what", ["addresses", "live"])
def test_places_of_another_case_are_not_there_to_be_shown(kit: Kit, what: What) -> None:
    filed, other = file_one(kit, TWO), file_one(kit)
    take_case(kit, ADA, filed.request_id)
    mine, _ = open_case(kit, ADA, filed.request_id).places
    [theirs] = open_case(kit, ADA, other.request_id).places
    for ids in ((), (theirs.id,), (mine.id, theirs.id), ("0" * 32,)):
        with pytest.raises(NotFound):
            show(kit, filed, what, *ids)
    assert today(kit) == 2


def test_two_exact_addresses_are_two_acts(kit: Kit) -> None:
    filed = file_one(kit, TWO)
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(NotFound):
        show(kit, filed, "live", *(place.id for place in open_case(kit, ADA, filed.request_id).places))


def test_a_proof_counts_and_goes_on_counting_as_one(kit: Kit) -> None:
    filed = file_one(kit)
    requester = follow_with_code(kit, filed.code)
    give_proof(kit, requester, ProofContent(Tier.DECLARED, words="hello"))
    [proof] = read_proofs(kit, requester).proofs
    for _ in range(2):
        open_proof(kit, ADA, filed.request_id, proof.id)
    assert today(kit) == 1


def test_at_the_hard_limit_nothing_new_is_shown_and_what_is_open_goes_on(kit: Kit, noon: Clock) -> None:
    limit(kit, 1, 2)
    mine, other = file_one(kit), file_one(kit)
    take_case(kit, ADA, mine.request_id)
    [place] = open_case(kit, ADA, mine.request_id).places
    assert read_exposure(kit, ADA).is_soft
    show(kit, mine, "story")
    assert read_exposure(kit, ADA).is_hard
    with pytest.raises(EnoughForToday):
        open_case(kit, ADA, other.request_id)
    shows: tuple[tuple[What, tuple[str, ...]], ...]
    shows = (("story", ()), ("live", (place.id,)), ("addresses", (place.id,)))
    for what, ids in shows:
        with pytest.raises(EnoughForToday):
            show(kit, mine, what, *ids)
    assert lines(kit, other, TrailKind.CASE_OPENED) == []
    assert len(lines(kit, mine, TrailKind.WORDS_SHOWN)) == 1
    noon.move(minutes=29)
    open_case(kit, ADA, mine.request_id)
    give_back(kit, ADA, mine.request_id)
    open_case(kit, BEN, other.request_id)


def test_what_somebody_holds_and_saw_today_is_theirs_to_finish(kit: Kit, noon: Clock) -> None:
    limit(kit, 1, 1)
    filed = file_one(kit)
    open_case(kit, ADA, filed.request_id)
    noon.move(minutes=31)
    with pytest.raises(EnoughForToday):
        open_case(kit, ADA, filed.request_id)
    take_case(kit, ADA, filed.request_id)
    party = open_case(kit, ADA, filed.request_id).filer
    write_message(kit, ADA, MessageInput("hello", filed.request_id, party.id))
    assert today(kit) == 2


def test_a_case_taken_unseen_does_not_open_past_the_limit(kit: Kit) -> None:
    limit(kit, 1, 1)
    first, second = file_one(kit), file_one(kit)
    open_case(kit, ADA, first.request_id)
    take_case(kit, ADA, second.request_id)
    with pytest.raises(EnoughForToday):
        open_case(kit, ADA, second.request_id)
    give_back(kit, ADA, second.request_id)
    with kit.database.reading() as work:
        refuse_new(kit, work, BEN)
        with pytest.raises(EnoughForToday):
            refuse_new(kit, work, ADA)


def test_several_at_once_do_not_step_over_the_limit(kit: Kit) -> None:
    limit(kit, 3, 3)
    ids = [file_one(kit).request_id for _ in range(8)]

    done = all_at_once(*(partial(open_case, kit, ADA, one) for one in ids))
    refused = [one for one in done if isinstance(one, EnoughForToday)]
    assert (len(done) - len(refused), today(kit)) == (3, 3)


def test_a_new_day_begins_at_midnight_where_the_hotline_is(kit: Kit, noon: Clock) -> None:
    kit = replace(kit, settings=replace(kit.settings, timezone="America/Toronto"))
    noon.at = datetime(2026, 3, 4, 4, 50, tzinfo=UTC)  # ten to twelve in the night before
    open_case(kit, ADA, file_one(kit).request_id)
    assert today(kit) == 1
    noon.move(minutes=15)
    assert today(kit) == 0
    open_case(kit, ADA, file_one(kit).request_id)
    assert today(kit) == 1


def test_a_break_is_offered_after_unbroken_work_and_a_pause_is_one(kit: Kit, noon: Clock) -> None:
    limit(kit, 60, 80, break_after=timedelta(minutes=20))
    filed = file_one(kit)

    def work_for(minutes: int) -> bool:
        for _ in range(minutes // 5):
            noon.move(minutes=5)
            open_case(kit, ADA, filed.request_id)
        return read_exposure(kit, ADA).break_due

    open_case(kit, ADA, filed.request_id)
    assert (work_for(15), work_for(5)) == (False, True)
    take_break(kit, ADA)
    assert not read_exposure(kit, ADA).break_due
    assert (work_for(15), work_for(5)) == (False, True)
    noon.move(minutes=10)
    assert not read_exposure(kit, ADA).break_due
    assert not work_for(15)


def test_rows_of_earlier_days_are_swept_but_not_of_who_works_past_midnight(kit: Kit, noon: Clock) -> None:
    def members() -> set[str]:
        with kit.database.reading() as work:
            return set(work.connection.execute(select(openings.c.staff_id)).scalars())

    noon.at = datetime(2026, 3, 3, 23, 40, tzinfo=UTC)
    open_case(kit, ADA, file_one(kit).request_id)
    noon.move(minutes=15)
    open_case(kit, BEN, file_one(kit).request_id)
    assert sweep_openings(kit) == 0
    noon.move(minutes=7)
    jobs.run_courier(kit, NullMailer(), NullMailbox(), Looks(2))
    assert members() == {BEN.id}
    noon.move(minutes=10)
    assert run(kit, "sweep").exit_code == 0
    assert members() == set()


def test_supervisors_learn_a_sum_of_three_or_more_others_and_roughly(kit: Kit) -> None:
    others = [replace(ADA, id=letter * 32) for letter in "0123"]
    filed = [file_one(kit).request_id for _ in range(5)]
    for actor in (SINA, *others[:2]):
        open_case(kit, actor, filed[0])
    assert read_team_exposure(kit, SINA) is None
    for request_id in filed:
        for actor in others[:3]:
            open_case(kit, actor, request_id)
    assert read_team_exposure(kit, SINA) == 10  # of 15
    for actor in (ADA, BEN):
        with pytest.raises(NotAllowed):
            read_team_exposure(kit, actor)


def test_a_policy_is_a_supervisors_and_stands_in_the_trail(kit: Kit) -> None:
    wanted = Policy(10, 20, timedelta(minutes=30), frozenset({Step.NOTICE, Step.POLICE}))
    seen = read_policy(kit).written
    with pytest.raises(NotAllowed):
        change_policy(kit, ADA, PolicyInput(wanted, seen))
    change_policy(kit, SINA, PolicyInput(wanted, seen))
    assert read_policy(kit) == wanted
    with pytest.raises(Stale):
        change_policy(kit, SINA, PolicyInput(Policy(), seen))
    change_policy(kit, SINA, PolicyInput(wanted, wanted.written))
    with kit.database.reading() as work:
        found = [line for line, _ in work.trail.lines(HOTLINE)]
    assert [line.by for line in found if line.entry.kind is TrailKind.POLICY_CHANGED] == [SINA.id]


@pytest.mark.parametrize(
    ("policy", "faults"),
    [
        (Policy(), ()),
        (Policy(1, 1), ()),
        (Policy(0, 501), ("soft_limit", "hard_limit")),
        (Policy(3, 2), ("soft_above_hard",)),
        (Policy(break_after=timedelta(minutes=14)), ("break_after",)),
        (Policy(break_after=timedelta(minutes=121)), ("break_after",)),
    ],
)
def test_a_policy_that_cannot_be_is_refused(kit: Kit, policy: Policy, faults: tuple[str, ...]) -> None:
    assert policy.faults == faults
    if faults:
        with pytest.raises(NotAllowed):
            change_policy(kit, SINA, PolicyInput(policy, read_policy(kit).written))
