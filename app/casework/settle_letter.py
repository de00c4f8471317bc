"""A letter that a person must decide about: perhaps sent, or refused by the mail system."""

from dataclasses import dataclass
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotAllowed, NotFound, PoliceHoldRuns, SafetyCheckDue, Stale
from app.casework.kit import Kit
from app.casework.letter_moves import mark_dropped, mark_sent
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState
from app.persistence.errors import NotThere, Overtaken


@unique
class Choice(StrEnum):
    """What can be done with it. Sending again keeps the Message-ID, so a second copy is recognised."""

    AGAIN = "again"
    ARRIVED = "arrived"  # for a letter in doubt: the caseworker found that it had gone out
    DROP = "drop"  # not sent; the places go back to where a notice can be approved


@dataclass(frozen=True)
class SettleInput:
    letter_id: str
    choice: Choice


def settle_letter(kit: Kit, actor: Caseworker, given: SettleInput) -> None:
    """Raises NotFound, NotAllowed when the letter needs no decision, Stale when somebody was first;
    SafetyCheckDue when it was to go again while the case waits for a safety check, or is on hold;
    PoliceHoldRuns while police asked to wait."""
    at = kit.clock()
    with kit.database.writing() as work:
        try:
            letter = work.letters.load(given.letter_id)
        except NotThere:
            raise NotFound from None
        if letter.state not in (LetterState.DOUBT, LetterState.REFUSED):
            raise NotAllowed
        if given.choice is Choice.ARRIVED and letter.state is not LetterState.DOUBT:
            raise NotAllowed
        notice = work.notices.load(letter.notice_id)
        request = load_for(work, actor, notice.request_id)
        if given.choice is Choice.AGAIN and not request.may_go_out:
            raise SafetyCheckDue
        if given.choice is Choice.AGAIN and request.is_on_police_hold(at):
            raise PoliceHoldRuns
        try:
            match given.choice:
                case Choice.AGAIN:
                    work.letters.move(letter, LetterState.WAITING, due_at=at, attempts=0)
                case Choice.ARRIVED:
                    work.letters.move(letter, LetterState.SENT)
                    mark_sent(work, notice, at)
                case Choice.DROP:
                    work.letters.move(letter, LetterState.DROPPED)
                    mark_dropped(work, notice, at)
        except Overtaken:
            raise Stale from None
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_SETTLED, notice.id), actor.id, at)
        work.commit()
