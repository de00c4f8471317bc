"""Destroying addresses that nobody confirmed, and the rows of mails that are done with."""

from app.casework.cases import load_even_forgotten
from app.casework.keep_contact import contact_is_offered
from app.casework.kit import Kit
from app.domain.contacts import MAIL_KEPT_FOR, UNCONFIRMED_KEPT_FOR
from app.domain.proof_words import ContactState
from app.persistence.errors import NotThere


def sweep_contacts(kit: Kit) -> None:
    """Each address in a transaction of its own. Where mails are no longer offered, none waits any more."""
    at = kit.clock()
    with kit.database.writing() as work:
        work.contact_mails.sweep(at - MAIL_KEPT_FOR)
        if not contact_is_offered(kit):
            work.contact_mails.drop_all()
        work.commit()
    with kit.database.reading() as work:
        old = work.contacts.unconfirmed_since(at - UNCONFIRMED_KEPT_FOR)
    for party_id in old:
        _destroy(kit, party_id)


def _destroy(kit: Kit, party_id: str) -> None:
    before = kit.clock() - UNCONFIRMED_KEPT_FOR
    with kit.database.writing() as work:
        try:
            load_even_forgotten(work, work.parties.load(party_id).request_id)
        except NotThere:
            return
        kept = work.contacts.load(party_id)
        if kept is None or kept.state is not ContactState.UNCONFIRMED or kept.kept_at > before:
            return  # changed, confirmed or stopped a moment ago
        work.contact_mails.drop(party_id)
        work.contacts.remove(party_id)
        work.commit()
