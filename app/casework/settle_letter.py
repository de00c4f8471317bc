"""A letter that a person must decide about: perhaps sent, or refused by the mail system."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotAllowed, NotFound, PoliceHoldRuns, SafetyCheckDue, Stale
from app.casework.kit import Kit
from app.casework.letter_moves import give_back, mark_dropped, mark_sent, wait_again
from app.domain.letters import Letter
from app.domain.notice_words import LetterKind
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, LocationState
from app.persistence.database import Work
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
        request = load_for(work, actor, work.notices.load(letter.notice_id).request_id)
        if given.choice is Choice.AGAIN and not request.may_go_out:
            raise SafetyCheckDue
        if given.choice is Choice.AGAIN and request.is_on_police_hold(at):
            raise PoliceHoldRuns
        try:
            _settle(kit, work, letter, given.choice, at)
        except Overtaken:
            raise Stale from None
        settled = Entry(TrailKind.NOTICE_SETTLED, letter.notice_id)
        work.trail.append(request.trail_id, settled, actor.id, at)
        work.commit()


def _settle(kit: Kit, work: Work, letter: Letter, choice: Choice, at: datetime) -> None:
    """What becomes of a reminder leaves the notice, which is out, as it is. Raises Overtaken, Stale."""
    notice, is_first = work.notices.load(letter.notice_id), letter.kind is LetterKind.FIRST
    match choice:
        case Choice.AGAIN:
            work.letters.move(letter, LetterState.WAITING, due_at=at, attempts=0)
            if not is_first:
                wait_again(work, notice, at)
        case Choice.ARRIVED:
            work.letters.move(letter, LetterState.SENT)
            if is_first:
                mark_sent(kit, work, notice, at)
        case Choice.DROP:
            work.letters.move(letter, LetterState.DROPPED)
            if is_first:
                mark_dropped(work, notice, at)
            else:
                give_back(work, notice, {LocationState.BOUNCED}, at)
