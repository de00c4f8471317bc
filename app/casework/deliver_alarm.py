"""The courier's verb: call whoever is on call. Nothing is sealed in an alarm, so it needs no key: it leaves
also while letters wait for somebody to open the courier.

As with mails to people who ask, one in doubt is dropped: no alarm goes twice, and the desk shows what it is
about to everybody who signs in.
"""

from datetime import timedelta
from email.message import EmailMessage

from app.casework.hand_over import hand_over, try_later
from app.casework.kit import Kit, new_id
from app.casework.ring_alarm import alarm_is_set
from app.domain.words import LetterState
from app.i18n.letters import Letter
from app.i18n.locales import SOURCE
from app.i18n.locales import gettext as _
from app.outbound.message import MessageInvalid, build_news
from app.outbound.ports import Mailer
from app.persistence.alarms import Alarm, Alarms
from app.persistence.database import Work
from app.persistence.errors import Overtaken

KEPT_FOR = timedelta(days=1)


def deliver_alarm(kit: Kit, mailer: Mailer) -> bool:
    """Deal with the alarm that is due longest; False when none is due."""
    with kit.database.writing() as work:
        alarm = work.alarms.claim_one(new_id(), kit.clock())
        work.commit()
    if alarm is None:
        return False
    message = _write(kit, alarm)
    if message is None:
        _settle(kit, alarm, LetterState.DROPPED)
        return True
    try:
        handed = hand_over(kit, _alarms, alarm, message, mailer)
    except Overtaken:
        return True  # another courier has it
    if handed.became is not LetterState.WAITING:
        _settle(kit, handed.mail, handed.became)
    elif not try_later(kit, _alarms, handed.mail):
        _settle(kit, handed.mail, LetterState.DROPPED)
    return True


def sweep_alarms(kit: Kit) -> None:
    """Those whose courier died in the middle are dropped; the rows of those that are done with go."""
    at = kit.clock()
    with kit.database.reading() as work:
        lapsed = work.alarms.lapsed(at)
    for alarm in lapsed:
        _settle(kit, alarm, LetterState.DROPPED)
    with kit.database.writing() as work:
        work.alarms.sweep(at - KEPT_FOR)
        work.commit()


def _alarms(work: Work) -> Alarms:
    return work.alarms


def _write(kit: Kit, alarm: Alarm) -> EmailMessage | None:
    """None where no address is set (any more), or no mail can be made of it."""
    if not alarm_is_set(kit):
        return None
    letter = Letter(_("A reminder"), _("Please sign in to the desk.") + "\n", SOURCE)
    own, to = kit.settings.hotline.email, kit.settings.on_call_email
    try:
        return build_news(letter, "", own, to, alarm.message_id, kit.clock())
    except MessageInvalid:
        return None


def _settle(kit: Kit, alarm: Alarm, became: LetterState) -> None:
    """In doubt it is done with."""
    with kit.database.writing() as work:
        try:
            work.alarms.move(alarm, LetterState.DROPPED if became is LetterState.DOUBT else became)
        except Overtaken:
            return
        work.commit()
