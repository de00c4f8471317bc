"""The courier's verb: hand one due letter to the mail system, and know afterwards what is known.

A letter is claimed, opened and written first; only then, on an open connection, is it marked as
being handed over. Whatever is killed when: before that mark it goes out later, after it a person
decides. Nothing slow happens inside a transaction.
"""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

from app.casework.actors import Courier
from app.casework.cases import load_even_forgotten
from app.casework.kit import Kit, new_id
from app.casework.letter_moves import mark_sent
from app.casework.packs import open_pack
from app.domain.letters import MOST_TRIES, Letter, next_try
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState
from app.i18n.letter_files import LetterError
from app.i18n.letters import compose_notice
from app.outbound.message import MessageInvalid, build_message
from app.outbound.ports import Doubtful, Mailer, NotAccepted, Unreachable
from app.outbound.xarf import XarfInvalid, reports_for
from app.persistence.errors import NotThere, Overtaken
from app.persistence.team_keys import COURIER
from app.vault.pairs import key_id_of, sealed_to
from app.vault.seal import NotOpened

_LOOK_AGAIN = timedelta(minutes=1)


class _KeyNotHere(Exception):
    """The pack is sealed to a courier key that this courier was not given (yet): its keys were rotated."""


def deliver_letter(kit: Kit, actor: Courier, mailer: Mailer) -> bool:
    """Deliver the letter that is due longest; False when none is due."""
    with kit.database.writing() as work:
        letter = work.letters.claim_one(new_id(), kit.clock())
        work.commit()
    if letter is None:
        return False
    try:
        message = _write(kit, actor, letter)
    except _KeyNotHere:
        _wait(kit, letter)
        return True
    if message is None:
        _settle(kit, letter, LetterState.REFUSED, TrailKind.NOTICE_REFUSED)
        return True
    _hand_over(kit, letter, message, mailer)
    return True


def _hand_over(kit: Kit, letter: Letter, message: EmailMessage, mailer: Mailer) -> None:
    held = letter

    def mark() -> None:
        nonlocal held
        with kit.database.writing() as work:
            work.letters.hand_over(letter, kit.clock())
            work.commit()
        held = replace(letter, state=LetterState.SENDING)

    try:
        mailer.send(message, mark)
    except Overtaken:
        return  # this courier's lease had run out before the hand-over: another one has the letter
    except Unreachable:
        _later(kit, held)
    except NotAccepted as refusal:
        if refusal.transient:
            _later(kit, held)
        else:
            _settle(kit, held, LetterState.REFUSED, TrailKind.NOTICE_REFUSED)
    except Doubtful:
        _settle(kit, held, LetterState.DOUBT, TrailKind.NOTICE_IN_DOUBT)
    else:
        _settle(kit, held, LetterState.SENT, TrailKind.NOTICE_SENT)


def doubt_lapsed(kit: Kit) -> int:
    """Letters whose courier died in the middle of handing over become a caseworker's to decide."""
    with kit.database.reading() as work:
        lapsed = work.letters.lapsed(kit.clock())
    for letter in lapsed:
        _settle(kit, letter, LetterState.DOUBT, TrailKind.NOTICE_IN_DOUBT)
    return len(lapsed)


def _write(kit: Kit, actor: Courier, letter: Letter) -> EmailMessage | None:
    """The mail, or None when the pack does not open or cannot be written truthfully.

    Raises _KeyNotHere.
    """
    try:
        with kit.database.reading() as work:
            pack = work.notices.pack(letter.notice_id)
            known = {key_id_of(key.public).hex() for key in work.hotline_keys.of_kind(COURIER)}
        if sealed_to(pack) in known - {key_id_of(pair.public).hex() for pair in actor.ring.pairs}:
            raise _KeyNotHere
        facts = open_pack(actor.ring, letter.notice_id, pack)
        sender = facts.hotline.email
        reports = reports_for(facts)
        return build_message(compose_notice(facts), facts, letter.message_id, sender, kit.clock(), reports)
    except (NotThere, NotOpened, LetterError, XarfInvalid, MessageInvalid):
        return None


def _wait(kit: Kit, letter: Letter) -> None:
    """Not the letter's fault: it is due again soon, and the try does not count."""
    with kit.database.writing() as work:
        try:
            work.letters.move(letter, LetterState.WAITING, due_at=kit.clock() + _LOOK_AGAIN)
        except Overtaken:
            return
        work.commit()


def _later(kit: Kit, letter: Letter) -> None:
    """Not accepted for now. After about a day of that a caseworker should look."""
    if letter.attempts + 1 >= MOST_TRIES:
        _settle(kit, letter, LetterState.REFUSED, TrailKind.NOTICE_REFUSED)
        return
    with kit.database.writing() as work:
        due_at = next_try(letter.attempts, kit.clock())
        try:
            work.letters.move(letter, LetterState.WAITING, due_at=due_at, attempts=letter.attempts + 1)
        except Overtaken:
            return  # the lease had run out: another courier, or a caseworker, has the letter
        work.commit()


def _settle(kit: Kit, letter: Letter, to: LetterState, kind: TrailKind) -> None:
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
        work.trail.append(request.trail_id, Entry(kind, notice.id), "courier", at)
        work.commit()
