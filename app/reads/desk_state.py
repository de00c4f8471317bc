"""What a caseworker should know at a glance: does an emergency wait, is the courier open, does a letter need
a person."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.unlock_courier import ALIVE
from app.domain.desk_words import ReferralKind
from app.domain.words import LetterState
from app.reads.drill_state import read_drill_state

_WAITING = (LetterState.WAITING, LetterState.SENDING)


@dataclass(frozen=True)
class DeskState:
    letters_waiting: int
    courier_open: bool
    in_doubt: int
    refused: int
    drill_overdue: bool
    emergencies: int = 0  # prepared, and not handed over
    referrals_overdue: int = 0


def read_desk_state(kit: Kit, actor: Caseworker) -> DeskState:
    with kit.database.reading() as work:
        counts = work.letters.count(*_WAITING, LetterState.DOUBT, LetterState.REFUSED)
        emergencies = work.referrals.count_emergencies()
        overdue = work.referrals.count_open(ReferralKind, before=kit.clock())
        processes = work.courier_processes.alive(kit.clock() - ALIVE)
    return DeskState(
        letters_waiting=sum(counts.get(state, 0) for state in _WAITING),
        courier_open=any(process.courier_sealed is not None for process in processes),
        in_doubt=counts.get(LetterState.DOUBT, 0),
        refused=counts.get(LetterState.REFUSED, 0),
        drill_overdue=read_drill_state(kit).is_overdue,
        emergencies=emergencies,
        referrals_overdue=overdue,
    )
