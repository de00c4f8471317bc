"""What somebody sees of the address they left: where it stands, and what the mails say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from app.casework.actors import Requester
from app.casework.contact_packs import unlock_for_party
from app.casework.keep_contact import contact_is_offered
from app.casework.kit import Kit
from app.casework.own_contact import load_party
from app.casework.voices import voice_of
from app.domain.contacts import (
    MOST_NUMBERS_A_DAY,
    MOST_TRIES_OF_A_NUMBER,
    News,
    masked_address,
    next_safe,
    zone_of,
)
from app.domain.proof_words import ContactState
from app.domain.words import Hours, LetterState, Telling
from app.i18n.news_letters import compose_news
from app.persistence.contacts import Contact, ContactMail
from app.vault.records import unlock_record
from app.vault.seal import Purpose

_UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


@unique
class NumberState(StrEnum):
    """Where the mail with the number is."""

    WAITS = "waits"
    OUT = "out"
    OVER = "over"  # too late, or tried too often
    FAILED = "failed"  # it could not be sent


@dataclass(frozen=True)
class OwnContact:
    """`number` and what follows count while the address is not confirmed. `safe_at`: when the mail with the
    number may leave, where that is not now."""

    email: str
    telling: Telling
    hours: Hours
    state: ContactState
    number: NumberState
    number_until: datetime | None
    safe_at: datetime | None
    tries_left: int

    def __repr__(self) -> str:
        return f"OwnContact({self.state})"

    @property
    def masked(self) -> str:
        return masked_address(self.email)


@dataclass(frozen=True)
class ContactPage:
    """`subject` and `lines` are all that a mail with news says, in `language`. `telling` is what they said of
    it, if they did. `may_ask`: another number may be sent today."""

    is_offered: bool
    sender_name: str
    sender_email: str
    language: str
    subject: str
    lines: tuple[str, ...]
    timezone: str
    now: datetime
    telling: Telling | None
    contact: OwnContact | None
    may_ask: bool


def read_contact(kit: Kit, actor: Requester) -> ContactPage:
    """Raises NotFound, NotAllowed (see load_party)."""
    at = kit.clock()
    with kit.database.reading() as work:
        _, party = load_party(work, actor)
        kept = work.contacts.load(party.id)
        mails = work.contact_mails.of_party(party.id)
        numbers = work.contact_mails.count_numbers(party.id, at - timedelta(days=1))
    voice = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
    letter, own = compose_news(voice.language), kit.settings.contact
    return ContactPage(
        is_offered=contact_is_offered(kit),
        sender_name=own.name,
        sender_email=own.email,
        language=letter.language,
        subject=letter.subject,
        lines=tuple(letter.body.strip().split("\n\n")),
        timezone=kit.settings.timezone,
        now=at,
        telling=voice.wishes.telling,
        contact=None if kept is None else _own(kit, actor, kept, mails),
        may_ask=numbers < MOST_NUMBERS_A_DAY,
    )


def _own(kit: Kit, actor: Requester, kept: Contact, mails: tuple[ContactMail, ...]) -> OwnContact:
    at, pack = kit.clock(), unlock_for_party(actor.voice_key, kept.party_id, kept.contact_sealed)
    safe_at = next_safe(at, pack.hours, zone_of(kit.settings.timezone))
    return OwnContact(
        email=pack.email,
        telling=pack.telling,
        hours=pack.hours,
        state=kept.state,
        number=_number_state(kept, mails, at),
        number_until=kept.number_until,
        safe_at=safe_at if safe_at > at else None,
        tries_left=max(0, MOST_TRIES_OF_A_NUMBER - kept.tries),
    )


def _number_state(kept: Contact, mails: tuple[ContactMail, ...], at: datetime) -> NumberState:
    if kept.tries >= MOST_TRIES_OF_A_NUMBER:
        return NumberState.OVER
    if any(mail.about is News.NUMBER and mail.state in _UNDER_WAY for mail in mails):
        return NumberState.WAITS
    if kept.number_until is None:
        return NumberState.FAILED
    return NumberState.OVER if kept.number_until <= at else NumberState.OUT
