"""The steps of a case that many tests walk before their own begins, and twins of what goes wrong."""

import threading
from collections.abc import Callable, Sequence
from email.message import EmailMessage

from sqlalchemy import select

from app.casework.actors import Caseworker, Courier
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.case_folder import CasePlace
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.take_case import take_case
from app.casework.unlock_courier import unlock_courier
from app.domain.assessments import Finding
from app.domain.letters import Letter
from app.domain.trail import first_break
from app.domain.words import SafetyState
from app.persistence.letters import letters
from app.persistence.requests import requests
from tests.make import ADA, CSAM, Filed, file_one

PATIENCE_S = 180.0
"""Longer than anything takes on a busy machine: only what hangs waits so long."""


class Looks(threading.Event):
    """Ends a courier after so many looks, however long each of them takes."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._left = count

    def wait(self, timeout: float | None = None) -> bool:
        """The pause between two looks, without the pause."""
        self._left -= 1
        if self._left <= 0:
            self.set()
        return self.is_set()


def places_of(kit: Kit, request_id: str, actor: Caseworker = ADA) -> tuple[CasePlace, ...]:
    return open_case(kit, actor, request_id).places


def assess_all(kit: Kit, request_id: str, finding: Finding = CSAM, actor: Caseworker = ADA) -> None:
    """Take the case, see to the safety check where one is due, and give every place the same finding."""
    take_case(kit, actor, request_id)
    with kit.database.reading() as work:
        is_due = work.requests.load(request_id).safety is SafetyState.DUE
    if is_due:
        record_safety_check(kit, actor, SafetyInput(request_id, SafetyState.CLEAR, "Looked at with care."))
    places = places_of(kit, request_id, actor)
    ids, versions = tuple(p.id for p in places), tuple(p.version for p in places)
    assess(kit, actor, AssessInput(request_id, ids, versions, finding))


def approvals(kit: Kit, request_id: str, actor: Caseworker = ADA) -> list[ApproveInput]:
    """What the caseworker would send for each letter that is ready."""
    return [
        ApproveInput(request_id, preview.provider_id, preview.location_ids, preview.seen)
        for preview in preview_notices(kit, actor, request_id)
        if preview.provider_id is not None
    ]


def approve_all(kit: Kit, request_id: str, actor: Caseworker = ADA) -> list[str]:
    """References of the notices."""
    return [approve_notice(kit, actor, given) for given in approvals(kit, request_id, actor)]


def file_approved(kit: Kit, **filing: str) -> Filed:
    """A request whose places were assessed and whose notices wait in the outbox."""
    filed = file_one(kit, **filing)  # type: ignore[arg-type]
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    return filed


def open_courier(kit: Kit) -> Courier:
    """A courier that came up and was opened by Ada."""
    door = CourierDoor(kit)
    unlock_courier(kit, ADA)
    actor = door.knock()
    assert actor is not None
    return actor


def all_letters(kit: Kit) -> list[Letter]:
    with kit.database.reading() as work:
        ids = work.connection.execute(select(letters.c.id).order_by(letters.c.due_at, letters.c.id)).scalars()
        return [work.letters.load(one) for one in ids]


def trail_of(kit: Kit, request_id: str) -> list[str]:
    """The kinds of a case's lines; fails when the chain is broken."""
    with kit.database.reading() as work:
        trail_id = work.connection.execute(
            select(requests.c.trail_id).where(requests.c.id == request_id)
        ).scalar_one()
        lines = work.trail.lines(trail_id)
    assert first_break(lines) is None
    return [line.entry.kind for line, _ in lines]


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of them in threads that start together; what each returned, or the exception it raised."""
    gate, came_of = threading.Barrier(len(works)), [object()] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        gate.wait(PATIENCE_S)
        try:
            came_of[number] = work()
        except Exception as error:  # noqa: BLE001, whatever it is, the test looks at it
            came_of[number] = error

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    return came_of


class FaultyMailer:
    """A mailer with which something goes wrong, before or after the letter may be out."""

    def __init__(self, *faults: Exception | None, before: bool = False) -> None:
        self._faults, self._before = list(faults), before
        self.sent: list[EmailMessage] = []
        self.asked = 0

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """As Mailer.send; faults come in the order given, then none."""
        self.asked += 1
        fault = self._faults.pop(0) if self._faults else None
        if fault is not None and self._before:
            raise fault
        before_handing_over()
        if fault is not None:
            raise fault
        self.sent.append(message)


def kinds(came_of: Sequence[object]) -> list[str]:
    """Names of what came of `all_at_once`, sorted."""
    return sorted(type(one).__name__ for one in came_of)
