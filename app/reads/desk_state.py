"""What a caseworker should know at a glance: is the courier open, does a letter need a person."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.unlock_courier import ALIVE
from app.domain.words import LetterState
from app.reads.drill_state import read_drill_state


@dataclass(frozen=True)
class DeskState:
    letters_waiting: int
    courier_open: bool
    in_doubt: int
    refused: int
    drill_overdue: bool


def read_desk_state(kit: Kit, actor: Caseworker) -> DeskState:
    with kit.database.reading() as work:
        counts = work.letters.count()
        processes = work.courier_processes.alive(kit.clock() - ALIVE)
    return DeskState(
        letters_waiting=counts.get(LetterState.WAITING, 0) + counts.get(LetterState.SENDING, 0),
        courier_open=any(process.courier_sealed is not None for process in processes),
        in_doubt=counts.get(LetterState.DOUBT, 0),
        refused=counts.get(LetterState.REFUSED, 0),
        drill_overdue=read_drill_state(kit).is_overdue,
    )
