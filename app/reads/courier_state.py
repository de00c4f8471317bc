"""How the courier gets on: counts and times alone, so that the server's own watch may read it, too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.casework.kit import Kit
from app.casework.unlock_courier import ALIVE
from app.domain.words import LetterState
from app.persistence.letters import letters, of_shown_requests
from app.persistence.paces import paces

_WAITING = (LetterState.WAITING, LetterState.SENDING)
_LATE = timedelta(minutes=15)
_A_TURN = timedelta(minutes=1)


@dataclass(frozen=True)
class CourierState:
    """`overdue`: due for a quarter of an hour, and not because its provider is written to slowly. `failing`:
    tried at least once, and not taken for now. `oldest`: since when the letter waits that is due longest.
    `alive` and `open`: courier processes. `unmatched`: received mails that belong to no notice."""

    waiting: int
    overdue: int
    failing: int
    in_doubt: int
    refused: int
    oldest: datetime | None
    alive: int
    open: int
    unmatched: int

    @property
    def needs_a_person(self) -> bool:
        """Nothing here goes on by itself."""
        return not self.open or any((self.overdue, self.in_doubt, self.refused, self.unmatched))


def read_courier_state(kit: Kit) -> CourierState:
    """Letters of forgotten requests are not counted."""
    at = kit.clock()
    with kit.database.reading() as work:
        counts = work.letters.count(*_WAITING, LetterState.DOUBT, LetterState.REFUSED)
        processes = work.courier_processes.alive(at - ALIVE)
        late, failing, oldest = _waiting(work.connection, at)
        return CourierState(
            waiting=sum(counts.get(state, 0) for state in _WAITING),
            overdue=late,
            failing=failing,
            in_doubt=counts.get(LetterState.DOUBT, 0),
            refused=counts.get(LetterState.REFUSED, 0),
            oldest=oldest,
            alive=len(processes),
            open=sum(process.courier_sealed is not None for process in processes),
            unmatched=work.received_mails.count_waiting(is_matched=False),
        )


def _waiting(connection: Connection, at: datetime) -> tuple[int, int, datetime | None]:
    """How many of those that wait are late, how many were tried before, and since when the oldest is due."""
    waits = (letters.c.state == LetterState.WAITING) & of_shown_requests()
    slow = select(paces.c.provider_id).where(paces.c.next_at > at - _A_TURN)
    late = waits & (letters.c.due_at <= at - _LATE) & letters.c.provider_id.not_in(slow)
    oldest = select(func.min(letters.c.due_at)).where(waits, letters.c.due_at <= at)
    return (
        _number(connection, select(func.count()).select_from(letters).where(late)),
        _number(connection, select(func.count()).select_from(letters).where(waits, letters.c.attempts > 0)),
        connection.execute(oldest).scalar(),
    )


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar() or 0)
