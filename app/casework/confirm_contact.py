"""The number from the mail, typed by somebody who came in with the code: so the mailbox is theirs."""

import hmac
from dataclasses import replace

from app.casework.actors import Requester
from app.casework.contact_packs import unlock_for_party
from app.casework.errors import ContactRefused, NotFound
from app.casework.kit import Kit
from app.casework.own_contact import load_party, put_sealed
from app.domain.contacts import MOST_TRIES_OF_A_NUMBER, NUMBER_DIGITS, digits_of
from app.domain.proof_words import ContactState
from app.domain.trail import Entry, TrailKind


def confirm_contact(kit: Kit, actor: Requester, typed: str) -> None:
    """From now on there are mails with news. Silent for an address that is confirmed already.

    Raises ContactRefused (number_short: not six digits, which costs no try; number_wrong; number_over: too
    late, or tried too often), NotAllowed, NotFound without an address, KeyNotTrusted.
    """
    at, digits = kit.clock(), digits_of(typed)
    with kit.database.writing() as work:
        kit.team_key(work)
        request, party = load_party(work, actor)
        kept = work.contacts.load(party.id)
        if kept is None:
            raise NotFound
        if kept.state is ContactState.CONFIRMED:
            return
        is_late = kept.number_until is not None and kept.number_until <= at
        if is_late or kept.is_undeliverable or kept.tries >= MOST_TRIES_OF_A_NUMBER:
            raise ContactRefused("number_over")
        pack = unlock_for_party(actor.voice_key, party.id, kept.contact_sealed)
        if len(digits) != NUMBER_DIGITS:
            raise ContactRefused("number_short")
        if not hmac.compare_digest(digits.encode(), pack.number.encode()):
            work.contacts.note(party.id, tries=kept.tries + 1)
            work.commit()
            raise ContactRefused("number_wrong")
        work.contact_mails.drop(party.id)
        confirmed = replace(kept, state=ContactState.CONFIRMED, tries=0, number_until=None)
        put_sealed(kit, work, confirmed, actor.voice_key, replace(pack, number="", is_confirmed=True))
        entry = Entry(TrailKind.CONTACT_CONFIRMED, party.id)
        work.trail.append(request.trail_id, entry, "requester", at)
        work.commit()
