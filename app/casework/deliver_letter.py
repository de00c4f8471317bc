"""The courier's verb: hand one due letter to the mail system. See app/casework/hand_over.py for the order.

A letter that may have gone out is neither sent again nor dropped: a caseworker decides.
"""

from email.message import EmailMessage

from app.casework.actors import Courier
from app.casework.cases import load_even_forgotten
from app.casework.hand_over import LOOK_AGAIN, KeyNotHere, hand_over, require_key, try_later, wait_until
from app.casework.kit import Kit, new_id
from app.casework.letter_moves import mark_sent
from app.casework.packs import open_pack
from app.domain.letters import Letter
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState
from app.i18n.letter_files import LetterError
from app.i18n.letters import compose_notice
from app.outbound.message import MessageInvalid, build_message
from app.outbound.ports import Mailer
from app.outbound.xarf import XarfInvalid, reports_for
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.letters import Letters
from app.vault.seal import NotOpened

_TRAIL = {
    LetterState.SENT: TrailKind.NOTICE_SENT,
    LetterState.REFUSED: TrailKind.NOTICE_REFUSED,
    LetterState.DOUBT: TrailKind.NOTICE_IN_DOUBT,
}


def deliver_letter(kit: Kit, actor: Courier, mailer: Mailer) -> bool:
    """Deliver the letter that is due longest; False when none is due."""
    with kit.database.writing() as work:
        letter = work.letters.claim_one(new_id(), kit.clock())
        work.commit()
    if letter is None:
        return False
    try:
        message = _write(kit, actor, letter)
    except KeyNotHere:
        wait_until(kit, _letters, letter, kit.clock() + LOOK_AGAIN)  # not its fault: the try does not count
        return True
    if message is None:
        _settle(kit, letter, LetterState.REFUSED)
        return True
    try:
        held, became = hand_over(kit, _letters, letter, message, mailer)
    except Overtaken:
        return True  # another courier has the letter
    if became is not LetterState.WAITING:
        _settle(kit, held, became)
    elif not try_later(kit, _letters, held):
        _settle(kit, held, LetterState.REFUSED)
    return True


def doubt_lapsed(kit: Kit) -> int:
    """Letters whose courier died in the middle of handing over become a caseworker's to decide."""
    with kit.database.reading() as work:
        lapsed = work.letters.lapsed(kit.clock())
    for letter in lapsed:
        _settle(kit, letter, LetterState.DOUBT)
    return len(lapsed)


def _letters(work: Work) -> Letters:
    return work.letters


def _write(kit: Kit, actor: Courier, letter: Letter) -> EmailMessage | None:
    """The mail, or None when the pack does not open or cannot be written truthfully.

    Raises KeyNotHere.
    """
    try:
        with kit.database.reading() as work:
            pack = work.notices.pack(letter.notice_id)
            require_key(work, actor, pack)
        facts = open_pack(actor.ring, letter.notice_id, pack)
        sender = facts.hotline.email
        reports = reports_for(facts)
        return build_message(compose_notice(facts), facts, letter.message_id, sender, kit.clock(), reports)
    except (NotThere, NotOpened, LetterError, XarfInvalid, MessageInvalid):
        return None


def _settle(kit: Kit, letter: Letter, to: LetterState) -> None:
    at = kit.clock()
    with kit.database.writing() as work:
        notice = work.notices.load(letter.notice_id)
        request = load_even_forgotten(work, notice.request_id)
        try:
            work.letters.move(letter, to)
        except Overtaken:
            return
        if to is LetterState.SENT:
            mark_sent(work, notice, at)
        work.trail.append(request.trail_id, Entry(_TRAIL[to], notice.id), "courier", at)
        work.commit()
