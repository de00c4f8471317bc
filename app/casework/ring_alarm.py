"""Calling whoever is on call: an alarm is put into its outbox. It says that somebody should look, and not at
what."""

from datetime import UTC, datetime, timedelta

from app.casework.kit import Kit, new_id
from app.domain.words import LetterState
from app.persistence.alarms import Alarm
from app.persistence.database import Work

ONE_EVERY = timedelta(minutes=10)
"""Who was called a moment ago is on the way to the desk."""
_START = datetime(2000, 1, 1, tzinfo=UTC)


def alarm_is_set(kit: Kit) -> bool:
    """Whether somebody named an address to call."""
    return bool(kit.settings.on_call_email)


def ring_alarm(kit: Kit, work: Work, at: datetime) -> None:
    """Within the transaction of the verb. One that waits stands for this, too; after one that left, the next
    leaves ten minutes later at the earliest. Silent where no address is set.

    An alarm's id is that of its ten minutes: however many ring at once, one is written.
    """
    if not alarm_is_set(kit):
        return
    slot = (at - _START) // ONE_EVERY
    for number in (slot, slot + 1):
        due_at = max(at, _START + number * ONE_EVERY)
        if work.alarms.add_once(_alarm(number, due_at), at) or work.alarms.is_waiting(_id_of(number)):
            return


def _alarm(number: int, due_at: datetime) -> Alarm:
    return Alarm(_id_of(number), LetterState.WAITING, due_at, 0, new_id(), None, None)


def _id_of(number: int) -> str:
    return f"{number:032}"
