"""The address one party left, as its verbs share it: who may, how it is kept, its number, its hours."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import randbelow

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.contact_outbox import new_mail
from app.casework.contact_packs import (
    ContactPack,
    courier_public,
    lock_for_party,
    seal_for_courier,
    unlock_for_party,
)
from app.casework.errors import ContactRefused, KeyNotTrusted, NotAllowed
from app.casework.kit import Kit
from app.casework.voices import voice_of, voice_record
from app.domain.asking import Voice
from app.domain.contacts import MOST_NUMBERS_A_DAY, NUMBER_DIGITS, News, next_due
from app.domain.proof_words import ContactState
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.words import Standing, Telling
from app.persistence.contacts import Contact
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose, SecretKey

_A_DAY = timedelta(days=1)


def send_number(kit: Kit, work: Work, party_id: str, voice_key: SecretKey, pack: ContactPack) -> None:
    """Keep the address, unconfirmed, with a new number, and put the mail with it into the outbox.

    What waited for the address before is dropped. Raises ContactRefused (too_many), KeyNotTrusted.
    """
    at = kit.clock()
    work.contact_mails.drop(party_id)
    if work.contact_mails.count_numbers(party_id, at - _A_DAY) >= MOST_NUMBERS_A_DAY:
        raise ContactRefused("too_many")
    fresh = replace(pack, number=f"{randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}}", is_confirmed=False)
    contact = Contact(party_id, ContactState.UNCONFIRMED, to_minute(at), 0, None, None, b"", b"")
    put_sealed(kit, work, contact, voice_key, fresh)
    work.contact_mails.add(new_mail(party_id, News.NUMBER, at, at))


def put_sealed(kit: Kit, work: Work, contact: Contact, voice_key: SecretKey, pack: ContactPack) -> None:
    """The contact with this in it, for its party and for the courier. Raises KeyNotTrusted."""
    for_courier = seal_for_courier(kit, courier_public(kit, work), contact.party_id, pack)
    for_party = lock_for_party(voice_key, contact.party_id, pack)
    work.contacts.put(replace(contact, contact_sealed=for_party, for_courier_sealed=for_courier))


def load_party(work: Work, actor: Requester) -> tuple[Request, Party]:
    """Who may leave an address. Raises NotFound; NotAllowed for a bystander, who is told nothing, and before
    a handed-over code was replaced."""
    request, party = load_own(work, actor)
    if party.standing is Standing.BYSTANDER or party.is_handed_over:
        raise NotAllowed
    return request, party


def open_contact(work: Work, actor: Requester) -> ContactPack | None:
    """The address a party left, as they see it; None where there is none. Raises NotOpened."""
    kept = work.contacts.load(actor.party_id)
    return None if kept is None else unlock_for_party(actor.voice_key, actor.party_id, kept.contact_sealed)


def say_telling(work: Work, party: Party, voice_key: SecretKey, telling: Telling) -> Voice:
    """Keep how much somebody wants to be told with all else they said; that, as it is now."""
    before = voice_of(unlock_record(voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
    voice = replace(before, wishes=replace(before.wishes, telling=telling))
    if voice != before:
        facts = lock_record(voice_key, Purpose.STATEMENT, party.id, voice_record(voice))
        work.parties.save(replace(party, facts_sealed=facts))
    return voice


def follow_voice(kit: Kit, work: Work, party_id: str, voice_key: SecretKey, voice: Voice) -> None:
    """Somebody changed what they said: an address they left follows in language and telling, or is destroyed.

    Ask for the team key first. Silent without an address.
    """
    kept = work.contacts.load(party_id)
    if kept is None:
        return
    telling = voice.wishes.telling or Telling.END
    if telling is Telling.NOTHING:
        work.contact_mails.drop(party_id)
        work.contacts.remove(party_id)
        return
    pack = unlock_for_party(voice_key, party_id, kept.contact_sealed)
    with suppress(KeyNotTrusted):  # what they said matters more than a mail
        put_sealed(kit, work, kept, voice_key, replace(pack, language=voice.language, telling=telling))


def look_again(work: Work, contact: Contact, at: datetime) -> None:
    """Other hours are safe now: the courier asks anew for each mail that waits for them."""
    for mail in work.contact_mails.of_party(contact.party_id):
        due_at = at if mail.about is News.NUMBER else next_due(mail.made_at, contact.told_at)
        work.contact_mails.is_now_due(mail, due_at)
