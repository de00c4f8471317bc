"""Two caseworkers who reach for the same cases at the same moments, and what must be true afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from sqlalchemy import func, select

from app.casework.actors import Caseworker
from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.errors import CaseworkError
from app.casework.give_back import give_back
from app.casework.hand_over_case import HandOverInput, hand_over_case
from app.casework.hold_case import HoldInput, hold_case
from app.casework.kit import Kit
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.casework.take_next import take_next
from app.casework.verify_trail import verify_trail
from app.casework.write_message import MessageInput, write_message
from app.persistence.assessments import assessments
from app.persistence.notices import notice_locations, notices
from app.persistence.requests import requests
from app.persistence.trail import trail
from tests.casework.holding_steps import clock_of, known_staff
from tests.casework.queue_steps import counted, kept
from tests.casework.steps import all_at_once, approvals
from tests.make import ADA, BEN, CSAM, URL, file_one

HOT = 4
"""Both reach for one of so many cases at a time; which ones, moves on."""
PLACES = 3


@dataclass
class Worker:
    """One of the two. `done` counts what was acknowledged, by the kind of its line in the trail."""

    kit: Kit
    actor: Caseworker
    other: Caseworker
    random: Random
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    references: list[str] = field(default_factory=list)

    def step(self, request_id: str) -> None:
        acts: list[Callable[[str], None]] = [self.take, self.assess, self.approve, self.next]
        acts += [self.give_back, self.hold, self.hand_over, self.write, self.skip, *[self.see_to] * 6]
        act = self.random.choice(acts)
        try:
            act(request_id)
        except CaseworkError as error:
            self.refused[error.code] += 1

    def see_to(self, request_id: str) -> None:
        """As somebody works: one thing after the other, and a colleague may come between any two."""
        for act in (self.take, self.assess, self.approve):
            act(request_id)

    def take(self, request_id: str) -> None:
        take_case(self.kit, self.actor, request_id)
        self.done["case_taken"] += 1

    def next(self, _request_id: str) -> None:
        if take_next(self.kit, self.actor) is not None:
            self.done["case_taken"] += 1

    def assess(self, request_id: str) -> None:
        with self.kit.database.reading() as work:
            found = work.requests.locations_of(request_id)
        some = self.random.sample(found, self.random.randint(1, len(found)))
        ids, versions = tuple(one.id for one in some), tuple(one.version for one in some)
        assess(self.kit, self.actor, AssessInput(request_id, ids, versions, CSAM))
        self.done["location_assessed"] += len(ids)

    def approve(self, request_id: str) -> None:
        for given in approvals(self.kit, request_id, self.actor):
            self.references.append(approve_notice(self.kit, self.actor, given))
            self.done["notice_approved"] += 1

    def give_back(self, request_id: str) -> None:
        give_back(self.kit, self.actor, request_id)
        self.done["case_given_back"] += 1

    def hold(self, request_id: str) -> None:
        until = self.kit.clock().date() + timedelta(days=2)
        hold_case(self.kit, self.actor, HoldInput(request_id, until, "Waits for a word."))
        self.done["case_on_hold"] += 1

    def hand_over(self, request_id: str) -> None:
        hand_over_case(self.kit, self.actor, HandOverInput(request_id, self.other.id))
        self.done["case_handed_over"] += 1

    def write(self, request_id: str) -> None:
        write_message(self.kit, self.actor, MessageInput("We look at it.", request_id))
        self.done["message_written"] += 1

    def skip(self, request_id: str) -> None:
        with self.kit.database.reading() as work:
            is_held = work.requests.load(request_id).is_held_by(self.actor.id, self.kit.clock())
        if not is_held:  # else it would be given back, too
            skip_case(self.kit, self.actor, request_id)


def hammer(kit: Kit, cases: int, seconds: float) -> str:
    """Both at work for so long; then everything is looked at. What there was to see."""
    known_staff(kit)
    seed = Random().randrange(2**32)
    places = "\n".join(f"{URL}{number}" for number in range(PLACES))
    filed = [file_one(kit, places).request_id for _ in range(cases)]
    workers = [Worker(kit, ADA, BEN, Random(seed)), Worker(kit, BEN, ADA, Random(seed + 1))]
    began, stop = time.monotonic(), threading.Event()

    def work(worker: Worker) -> None:
        while (passed := time.monotonic() - began) < seconds and not stop.is_set():
            first = int(passed / seconds * max(1, cases - HOT))
            try:
                worker.step(filed[first + worker.random.randrange(min(HOT, cases))])
            except BaseException:
                stop.set()
                raise
            clock_of(kit).move(seconds=20)  # leases run out in the middle of the work, too

    came = all_at_once(*(lambda worker=worker: work(worker) for worker in workers))
    assert came == [None, None], (seed, came)
    _check(kit, workers)
    done, refused = (workers[0].done + workers[1].done, workers[0].refused + workers[1].refused)
    assert done["notice_approved"] > 0, (seed, done)
    return f"seed {seed}: {dict(done)} done, {dict(refused)} refused, none lost, none doubled"


def _check(kit: Kit, workers: list[Worker]) -> None:
    assert verify_trail(kit) == ()
    with kit.database.reading() as work:
        run = work.connection.execute
        for worker in workers:
            mine = select(trail.c.kind, func.count()).where(trail.c.by == worker.actor.id)
            lines = {kind: count for kind, count in run(mine.group_by(trail.c.kind)) if kind in worker.done}
            assert lines == dict(worker.done), worker.actor
            made = select(func.count()).where(assessments.c.made_by == worker.actor.id)
            assert run(made).scalar() == worker.done["location_assessed"]
        references = [one for worker in workers for one in worker.references]
        assert sorted(run(select(notices.c.reference)).scalars()) == sorted(references)
        twice = select(notice_locations.c.location_id).group_by(notice_locations.c.location_id)
        assert run(twice.having(func.count() > 1)).all() == []
        for request_id in run(select(requests.c.id)).scalars().all():
            request = work.requests.load(request_id)
            assert request == request.following(work.requests.locations_of(request_id))
    assert kept(kit) == counted(kit)
