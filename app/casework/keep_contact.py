"""An address at which somebody wants to be told that there is news: kept, and a number sent to confirm it."""

from contextlib import suppress
from dataclasses import dataclass, replace

from app.casework.actors import Requester
from app.casework.contact_packs import ContactPack, unlock_for_party
from app.casework.errors import ContactRefused, KeyNotTrusted
from app.casework.kit import Kit
from app.casework.own_contact import load_party, look_again, put_sealed, say_telling, send_number
from app.casework.stop_contact import stop_contact
from app.domain.contacts import is_address, normal_address
from app.domain.trail import Entry, TrailKind
from app.domain.words import Hours, Telling
from app.persistence.database import Work
from app.vault.seal import SecretKey


@dataclass(frozen=True)
class ContactInput:
    """Where to write, how much to tell, and when it is safe. With Telling.NOTHING nothing is kept."""

    email: str
    telling: Telling
    hours: Hours = Hours.ANY

    def __repr__(self) -> str:
        return "ContactInput(…)"


def contact_is_offered(kit: Kit) -> bool:
    """Whether the hotline set an address that such mails can come from."""
    return bool(kit.settings.contact.email)


def contact_problem(text: str) -> str | None:
    """A code when this cannot be a mail address: "email_empty", "email_wrong". Looks at the form alone."""
    if not text.strip():
        return "email_empty"
    return None if is_address(text) else "email_wrong"


def keep_contact(kit: Kit, actor: Requester, given: ContactInput) -> None:
    """Keep it in place of what was there. Another address has to be confirmed anew; the same one has not.

    Raises ContactRefused (not_offered, email_empty, email_wrong, too_many), NotAllowed (see load_party),
    NotFound, KeyNotTrusted.
    """
    if given.telling is Telling.NOTHING:
        stop_contact(kit, actor)
        return
    if not contact_is_offered(kit):
        raise ContactRefused("not_offered")
    problem = contact_problem(given.email)
    if problem is not None:
        raise ContactRefused(problem)
    with kit.database.writing() as work:
        kit.team_key(work)
        request, party = load_party(work, actor)
        voice = say_telling(work, party, actor.voice_key, given.telling)
        pack, kept = _pack(given, voice.language), work.contacts.load(party.id)
        before = None if kept is None else unlock_for_party(actor.voice_key, party.id, kept.contact_sealed)
        if kept is None or before is None or before.email != pack.email or kept.is_undeliverable:
            send_number(kit, work, party.id, actor.voice_key, pack)
        else:
            same = replace(pack, number=before.number, is_confirmed=before.is_confirmed)
            put_sealed(kit, work, kept, actor.voice_key, same)
            look_again(work, kept, kit.clock())
        entry = Entry(TrailKind.CONTACT_CHANGED, party.id)
        work.trail.append(request.trail_id, entry, "requester", kit.clock())
        work.commit()


def add_contact(
    kit: Kit, work: Work, party_id: str, voice_key: SecretKey, language: str, given: ContactInput
) -> None:
    """For a party that is being made in this very transaction (after kit.team_key).

    Silent when nothing is to be kept, or can be: whatever is wrong with an address, the request matters more.
    """
    if given.telling is Telling.NOTHING or not contact_is_offered(kit) or contact_problem(given.email):
        return
    with suppress(KeyNotTrusted):
        send_number(kit, work, party_id, voice_key, _pack(given, language))


def _pack(given: ContactInput, language: str) -> ContactPack:
    return ContactPack(normal_address(given.email), language, given.telling, given.hours)
