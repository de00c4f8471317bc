"""The courier's verb: hand due letters to the mail system. See app/casework/hand_over.py for the order.

A letter that may have gone out is neither sent again nor dropped: a caseworker decides. Each is recorded
before the next one is begun, so that a courier that dies leaves one in doubt at most.
"""

from dataclasses import replace
from email.message import EmailMessage
from time import monotonic

from app.casework.actors import Courier
from app.casework.cases import load_even_forgotten
from app.casework.claim_letters import claim_letters
from app.casework.errors import NotFound
from app.casework.hand_over import LOOK_AGAIN, KeyNotHere, hand_over, try_later, wait_until
from app.casework.kit import Kit
from app.casework.letter_moves import mark_bounced, mark_sent
from app.casework.write_letter import Outgoing, Unwritable, numbers_in, read_outgoing, write_letter
from app.domain.letters import Letter
from app.domain.notice_words import LetterKind
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, NoticeState
from app.outbound.ports import Mailer
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.letters import Letters

AT_ONCE = 20
ROUND_S = 2.0
"""So long a round lasts, but for what one letter takes longer: an alarm may be waiting."""

_TRAIL = {
    LetterState.SENT: TrailKind.NOTICE_SENT,
    LetterState.REFUSED: TrailKind.NOTICE_REFUSED,
    LetterState.DOUBT: TrailKind.NOTICE_IN_DOUBT,
}


class _NotNow(Exception):
    """What a letter is about changed while it was written."""


def deliver_letter(kit: Kit, actor: Courier, mailer: Mailer) -> bool:
    """Deliver the letter that is due longest; False when none is due."""
    return deliver_letters(kit, actor, mailer, most=1) > 0


def deliver_letters(kit: Kit, actor: Courier, mailer: Mailer, most: int = AT_ONCE) -> int:
    """Deal with the letters that are due longest, one after the other; how many. 0 when none is due.

    Those that this round did not come to are anybody's again.
    """
    taken = claim_letters(kit, most)
    if not taken:
        return 0
    this = _Round(kit, actor, mailer, list(taken))
    try:
        this.send(this.write())
    finally:
        this.end()
    return len(taken) - len(this.left)


def doubt_lapsed(kit: Kit) -> int:
    """Letters whose courier died in the middle of handing over become a caseworker's to decide."""
    with kit.database.reading() as work:
        lapsed = work.letters.lapsed(kit.clock())
    for letter in lapsed:
        _settle(kit, letter, LetterState.DOUBT)
    return len(lapsed)


def _letters(work: Work) -> Letters:
    return work.letters


class _Round:
    """Letters under one lease: all are written first, so that only the mail system stands between marking one
    and recording it. Each is recorded in the transaction that marks the next one."""

    def __init__(self, kit: Kit, actor: Courier, mailer: Mailer, taken: list[Letter]) -> None:
        self._kit, self._actor, self._mailer = kit, actor, mailer
        self.left = taken
        self._sent: tuple[Letter, str] | None = None  # accepted, with its request's id, and not recorded yet
        self._ends_at = monotonic() + ROUND_S

    def write(self) -> list[tuple[Outgoing, EmailMessage]]:
        """As many as there is time for; what cannot be written is dealt with here."""
        written: list[tuple[Outgoing, EmailMessage]] = []
        for outgoing in read_outgoing(self._kit, self._actor, self.left):
            if written and monotonic() > self._ends_at - ROUND_S / 2:
                break
            message = self._write(outgoing)
            if message is None:
                self.left.remove(outgoing.letter)
            else:
                written.append((outgoing, message))
        return written

    def send(self, written: list[tuple[Outgoing, EmailMessage]]) -> None:
        """One after the other."""
        for outgoing, message in written:
            self._send(outgoing, message)
            self.left.remove(outgoing.letter)
            if monotonic() > self._ends_at:
                break

    def end(self) -> None:
        """Record the last one, and give back what was not begun."""
        try:
            self._record_alone()
        finally:
            if self.left:
                with self._kit.database.writing() as work:
                    work.letters.give_back(self.left)
                    work.commit()

    def _write(self, outgoing: Outgoing) -> EmailMessage | None:
        kit, letter = self._kit, outgoing.letter
        if outgoing.is_reminder and not outgoing.numbers:  # everybody answered meanwhile
            _drop(kit, letter)
            return None
        try:
            return write_letter(kit, self._actor, outgoing)
        except KeyNotHere:
            wait_until(kit, _letters, letter, kit.clock() + LOOK_AGAIN)  # not its fault: no try is counted
        except Unwritable:
            _settle(kit, letter, LetterState.REFUSED)
        return None

    def _send(self, outgoing: Outgoing, message: EmailMessage) -> None:
        kit, letter, request_id = self._kit, outgoing.letter, outgoing.notice.request_id

        def with_the_last(work: Work) -> None:
            if self._sent is not None:
                _record(kit, work, self._sent[0], LetterState.SENT, request_id=self._sent[1])
            _look(work, outgoing)

        try:
            handed = hand_over(kit, _letters, letter, message, self._mailer, with_the_last)
        except (_NotNow, Overtaken) as why:
            self._record_alone()
            if isinstance(why, _NotNow):
                wait_until(kit, _letters, letter, kit.clock())
            return  # else another courier has the letter, or it was dropped
        if handed.mail.state is not LetterState.SENDING:  # nobody was reached, and nothing marked
            self._record_alone()
        self._sent = None
        if handed.became is LetterState.SENT:
            self._sent = handed.mail, request_id
        elif handed.became is not LetterState.WAITING:
            _settle(kit, handed.mail, handed.became, handed.became is LetterState.REFUSED, request_id)
        elif not try_later(kit, _letters, handed.mail):
            _settle(kit, handed.mail, LetterState.REFUSED, handed.is_answered, request_id)

    def _record_alone(self) -> None:
        """Where no other letter is marked. Harmless when it was recorded before."""
        sent, self._sent = self._sent, None
        if sent is not None:
            _settle(self._kit, sent[0], LetterState.SENT, request_id=sent[1])


def _look(work: Work, outgoing: Outgoing) -> None:
    """Nothing is asked again that was answered while it was written. Raises _NotNow."""
    is_left = outgoing.is_of_what_is_left
    if is_left and numbers_in(work, outgoing.letter, outgoing.notice) != outgoing.numbers:
        raise _NotNow


def _drop(kit: Kit, letter: Letter) -> None:
    """Nothing is left to ask for. A further letter is not needed any more, nor is its pack."""
    with kit.database.writing() as work:
        try:
            load_even_forgotten(work, work.notices.load(letter.notice_id).request_id)
            notice = work.notices.load(letter.notice_id)
            work.letters.move(letter, LetterState.DROPPED)
            if letter.kind is LetterKind.FIRST:
                work.notices.save(replace(notice, state=NoticeState.CANCELLED))
                work.notices.destroy_pack(notice.id)
        except (NotFound, NotThere, Overtaken):
            return
        work.commit()


def _settle(
    kit: Kit, letter: Letter, to: LetterState, has_bounced: bool = False, request_id: str = ""
) -> None:
    with kit.database.writing() as work:
        if _record(kit, work, letter, to, has_bounced, request_id):
            work.commit()


def _record(
    kit: Kit, work: Work, letter: Letter, to: LetterState, has_bounced: bool = False, request_id: str = ""
) -> bool:
    """What became of it. False, and nothing changed, when somebody else has it, or it was destroyed.

    `request_id`: whose it is, where the caller knows.
    """
    at, is_first = kit.clock(), letter.kind is LetterKind.FIRST
    kind = TrailKind.NOTICE_REMINDED if to is LetterState.SENT and not is_first else _TRAIL[to]
    try:
        request_id = request_id or work.notices.load(letter.notice_id).request_id
        request = load_even_forgotten(work, request_id)  # locks: who changes the notice holds it, too
        notice = work.notices.load(letter.notice_id)
        work.letters.move(letter, to)
    except (NotThere, NotFound, Overtaken):
        return False
    if to is LetterState.SENT and is_first:
        mark_sent(kit, work, notice, at, request)
    elif has_bounced:
        mark_bounced(kit, work, notice, at)
    work.trail.append(request.trail_id, Entry(kind, notice.id), "courier", at)
    return True
