"""The courier's verb: tell one person that there is news, or send the number that confirms an address.

Unlike a letter, such a mail never goes twice and may be missing: one in doubt is dropped, because the next
news, or the person who asks for another number, makes up for it.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from app.casework.actors import Courier
from app.casework.cases import load_even_forgotten
from app.casework.contact_packs import ContactPack, open_as_courier
from app.casework.hand_over import LOOK_AGAIN, KeyNotHere, hand_over, require_key, try_later, wait_until
from app.casework.keep_contact import contact_is_offered
from app.casework.kit import Kit, new_id
from app.domain.contacts import NUMBER_GOOD_FOR, News, is_told, next_safe, wants, zone_of
from app.domain.proof_words import ContactState
from app.domain.words import LetterState
from app.i18n.news_letters import compose_news, compose_number
from app.outbound.message import MessageInvalid, build_news
from app.outbound.ports import Mailer
from app.persistence.contacts import Contact, ContactMail, ContactMails
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.parties import Party
from app.vault.seal import NotOpened


@dataclass(frozen=True)
class _Addressed:
    """A mail with whom it is for."""

    mail: ContactMail
    party: Party
    contact: Contact
    pack: ContactPack

    def __repr__(self) -> str:
        return "_Addressed(…)"

    @property
    def is_wanted(self) -> bool:
        """Only an address that was confirmed is ever told news: the courier reads that in the pack, where
        nobody can write it who only has the database."""
        about, pack = self.mail.about, self.pack
        if about is News.NUMBER:
            return self.contact.state is ContactState.UNCONFIRMED and bool(pack.number)
        is_confirmed = self.contact.state is ContactState.CONFIRMED and pack.is_confirmed
        may_be_told = is_told(about, self.party.standing, self.party.is_revoked)
        return is_confirmed and may_be_told and wants(pack.telling, about)


class _Unwritable(Exception):
    """The pack does not open, or no mail can be made of it."""


def deliver_news(kit: Kit, actor: Courier, mailer: Mailer) -> bool:
    """Deal with the mail that is due longest; False when none is due, or such mails are not offered."""
    if not contact_is_offered(kit):
        return False
    with kit.database.writing() as work:
        mail = work.contact_mails.claim_one(new_id(), kit.clock())
        work.commit()
    if mail is None:
        return False
    try:
        _deliver(kit, actor, mail, mailer)
    except KeyNotHere:
        wait_until(kit, _mails, mail, kit.clock() + LOOK_AGAIN)
    except _Unwritable:
        _settle(kit, mail, LetterState.REFUSED)
    except Overtaken:
        pass  # stopped by the person meanwhile, or another courier has it
    return True


def drop_lapsed(kit: Kit) -> None:
    """Mails whose courier died in the middle of handing over: they may be out, and never go again."""
    with kit.database.reading() as work:
        lapsed = work.contact_mails.lapsed(kit.clock())
    for mail in lapsed:
        _settle(kit, mail, LetterState.DOUBT)


def _deliver(kit: Kit, actor: Courier, mail: ContactMail, mailer: Mailer) -> None:
    """Raises KeyNotHere, _Unwritable, Overtaken."""
    addressed, at = _open(kit, actor, mail), kit.clock()
    if addressed is None or not addressed.is_wanted:
        _settle(kit, mail, LetterState.DROPPED)
        return
    safe_at = next_safe(at, addressed.pack.hours, zone_of(kit.settings.timezone))
    if safe_at > at:
        wait_until(kit, _mails, mail, safe_at)
        return
    is_first = mail.about is News.NUMBER and mail.attempts == 0
    if is_first and not kit.numbers.may_send(addressed.pack.email, at):
        _settle(kit, mail, LetterState.DROPPED)
        return
    handed = hand_over(kit, _mails, mail, _write(kit, addressed, at), mailer)
    if handed.became is not LetterState.WAITING:
        _settle(kit, handed.mail, handed.became)
    elif not try_later(kit, _mails, handed.mail):
        _settle(kit, handed.mail, LetterState.DROPPED)


def _mails(work: Work) -> ContactMails:
    return work.contact_mails


def _open(kit: Kit, actor: Courier, mail: ContactMail) -> _Addressed | None:
    """None when there is nobody to write to (any more). Raises KeyNotHere, _Unwritable."""
    with kit.database.reading() as work:
        try:
            party = work.parties.load(mail.party_id)
        except NotThere:
            return None
        request = load_even_forgotten(work, party.request_id)
        contact = work.contacts.load(party.id)
        if contact is None or request.is_forgotten:
            return None
        require_key(work, actor, contact.for_courier_sealed)
    try:
        pack = open_as_courier(kit, actor.ring, party.id, contact.for_courier_sealed)
    except NotOpened:
        raise _Unwritable from None
    return _Addressed(mail, party, contact, pack)


def _write(kit: Kit, addressed: _Addressed, at: datetime) -> EmailMessage:
    """Raises _Unwritable."""
    mail, pack, own = addressed.mail, addressed.pack, kit.settings.contact
    try:
        is_number = mail.about is News.NUMBER
        letter = compose_number(pack.number, pack.language) if is_number else compose_news(pack.language)
        return build_news(letter, own.name, own.email, pack.email, mail.message_id, at)
    except MessageInvalid:
        raise _Unwritable from None


def _settle(kit: Kit, mail: ContactMail, became: LetterState) -> None:
    """Note what the person has to know. In doubt counts as sent: a number that arrived must be good."""
    at, may_be_out = kit.clock(), became in (LetterState.SENT, LetterState.DOUBT)
    with kit.database.writing() as work:
        try:
            party = work.parties.load(mail.party_id)
            load_even_forgotten(work, party.request_id)  # first, so that nobody waits for each other
            work.contact_mails.move(mail, LetterState.DROPPED if became is LetterState.DOUBT else became)
        except (NotThere, Overtaken):
            return  # forgotten for good, stopped, or in another courier's hands
        if may_be_out and mail.about is News.NUMBER:
            work.contacts.note(party.id, number_until=at + NUMBER_GOOD_FOR)
        elif may_be_out:
            work.contacts.note(party.id, told_at=at)
        elif became is LetterState.REFUSED:
            work.contacts.note(party.id, state=ContactState.UNDELIVERABLE)
            work.contact_mails.drop(party.id)
        work.commit()
