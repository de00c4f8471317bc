"""The numbers of the queue are kept, not counted; whatever is done, they are what counting would give."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import delete, update

from app.casework.actors import Caseworker
from app.casework.add_places import AddInput, add_places
from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.count_queue import count_queue
from app.casework.deliver_letter import deliver_letter
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import CaseworkError
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_back import give_back
from app.casework.hold_case import HoldInput, hold_case
from app.casework.kit import Kit
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.casework.take_next import take_next
from app.casework.undo_forgetting import undo_forgetting
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.words import Reply
from app.outbound.ports import NullMailer
from app.persistence.queue_counts import Counted, queue_counts
from app.reads.queue import Which, read_queue
from tests.bench.many_cases import make_many
from tests.casework.holding_steps import clock_of, known_staff
from tests.casework.party_steps import places
from tests.casework.queue_steps import counted, kept
from tests.casework.steps import all_at_once, approvals, open_courier, places_of
from tests.make import ADA, BEN, CSAM, URL, Filed, file_one

STEPS = 120
LISTS: tuple[Which, ...] = ("free", "mine", "open")


class Day:
    """Verbs, picked at random, on cases picked at random. What is refused is refused."""

    def __init__(self, kit: Kit, random: Random) -> None:
        self.kit, self.random = kit, random
        self.filed: list[Filed] = []
        self.courier = open_courier(kit)

    def step(self) -> str:
        acts: tuple[Callable[[], object], ...] = (
            *(self.file, self.take, self.take, self.take_next, self.assess, self.assess, self.approve),
            *(self.deliver, self.reply, self.give_back, self.hold, self.skip, self.add, self.withdraw),
            *(self.forget, self.undo, self.destroy, self.wait),
        )
        act = self.random.choice(acts)
        try:
            act()
        except CaseworkError as refused:
            return f"{act.__name__}: {refused.code}"
        return act.__name__

    @property
    def one(self) -> Filed:
        return self.random.choice(self.filed)

    @property
    def who(self) -> Caseworker:
        return self.random.choice((ADA, BEN))

    def file(self) -> None:
        many = "\n".join(f"{URL}{number}" for number in range(self.random.randint(1, 4)))
        self.filed.append(file_one(self.kit, many))

    def take(self) -> None:
        take_case(self.kit, self.who, self.one.request_id)

    def take_next(self) -> None:
        take_next(self.kit, self.who)

    def assess(self) -> None:
        one, who = self.one, self.who
        place = self.random.choice(places_of(self.kit, one.request_id, who))
        assess(self.kit, who, AssessInput(one.request_id, (place.id,), (place.version,), CSAM))

    def approve(self) -> None:
        one, who = self.one, self.who
        for given in approvals(self.kit, one.request_id, who):
            approve_notice(self.kit, who, given)

    def deliver(self) -> None:
        while deliver_letter(self.kit, self.courier, NullMailer()):
            pass

    def reply(self) -> None:
        one, who = self.one, self.who
        ids = tuple(place.id for place in places_of(self.kit, one.request_id, who))
        said = self.random.choice((Reply.REMOVED, Reply.REFUSES))
        record_reply(self.kit, who, ReplyInput(one.request_id, ids[:2], said))

    def give_back(self) -> None:
        give_back(self.kit, self.who, self.one.request_id)

    def hold(self) -> None:
        until = self.kit.clock().date() + timedelta(days=2)
        hold_case(self.kit, self.who, HoldInput(self.one.request_id, until, "Waits for a word."))

    def skip(self) -> None:
        skip_case(self.kit, self.who, self.one.request_id)

    def add(self) -> None:
        actor = follow_with_code(self.kit, self.one.code)
        add_places(self.kit, actor, AddInput(places(f"{URL}/more/{self.random.randrange(9)}")))

    def withdraw(self) -> None:
        actor = follow_with_code(self.kit, self.one.code)
        withdraw_places(self.kit, actor, WithdrawInput((1,)))

    def forget(self) -> None:
        one = self.one
        forget_request(self.kit, follow_with_code(self.kit, one.code), one.request_id)

    def undo(self) -> None:
        undo_forgetting(self.kit, self.who, self.one.request_id)

    def destroy(self) -> None:
        destroy_forgotten(self.kit)

    def wait(self) -> None:
        clock_of(self.kit).move(hours=self.random.choice((1, 30)))


def test_after_whatever_is_done_the_kept_numbers_are_what_counting_gives(kit: Kit) -> None:
    known_staff(kit)
    seed = Random().randrange(2**32)
    day = Day(kit, Random(seed))
    for _ in range(3):
        day.file()
    done = []
    for _ in range(STEPS):
        done.append(day.step())
        assert kept(kit) == counted(kit), (seed, done)


def test_nothing_is_counted_of_what_was_not_committed(kit: Kit) -> None:
    filed = file_one(kit)
    with kit.database.writing() as work:
        work.forgetting.destroy(work.requests.load(filed.request_id))
    assert kept(kit) == counted(kit) == Counted(1, 1)
    with kit.database.writing() as work:
        work.forgetting.destroy(work.requests.load(filed.request_id))
        work.commit()
    assert kept(kit) == counted(kit) == Counted()


def test_many_at_once_lose_no_number(kit: Kit) -> None:
    all_at_once(*(lambda: file_one(kit) for _ in range(8)))
    assert kept(kit) == counted(kit) == Counted(8, 8)


def test_numbers_that_are_wrong_or_missing_are_counted_anew(kit: Kit) -> None:
    file_one(kit, f"{URL}\n{URL}2")
    with kit.database.writing() as work:
        work.connection.execute(update(queue_counts).values(count=77))
        work.commit()
    assert kept(kit) == Counted(77, 77)
    assert count_queue(kit) == kept(kit) == Counted(1, 2)
    with kit.database.writing() as work:
        work.connection.execute(delete(queue_counts))
        work.commit()
    file_one(kit)
    assert kept(kit) == counted(kit) == Counted(2, 3)


def test_counting_anew_while_others_file_misses_nobody(kit: Kit) -> None:
    def file() -> None:
        for _ in range(4):
            file_one(kit)

    came = all_at_once(file, lambda: [count_queue(kit) for _ in range(8)], file)
    assert not [one for one in came if isinstance(one, Exception)]
    assert kept(kit) == counted(kit) == Counted(8, 8)


def all_of(kit: Kit, actor: Caseworker, which: Which) -> list[str]:
    """Every page of a list, as long as its number says."""
    seen: list[str] = []
    after: str | None = ""
    count = -1
    while after is not None:
        page = read_queue(kit, actor, which, after)
        seen += [row.request_id for row in page.rows]
        after, count = page.next_after, page.counts[which]
    assert len(set(seen)) == len(seen) == count
    return seen


@pytest.mark.parametrize("actor", [ADA, BEN], ids=["ada", "ben"])
def test_every_number_is_as_long_as_its_list_at_a_hotline_with_much_of_everything(
    kit: Kit, actor: Caseworker
) -> None:
    make_many(kit, 6000)
    lists = {which: set(all_of(kit, actor, which)) for which in LISTS}
    assert min(len(one) for one in lists.values()) > 0
    assert lists["free"] < lists["open"]
    assert kept(kit) == counted(kit)
    assert read_queue(kit, actor, "free", None).places == kept(kit).places
    assert read_queue(kit, actor, "due", None).due_is_more
