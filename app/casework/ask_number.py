"""Another mail with a number, when the one before did not come, came too late or was tried too often."""

from app.casework.actors import Requester
from app.casework.contact_packs import unlock_for_party
from app.casework.errors import ContactRefused, NotFound
from app.casework.keep_contact import contact_is_offered
from app.casework.kit import Kit
from app.casework.own_contact import load_party, send_number
from app.domain.proof_words import ContactState
from app.domain.trail import Entry, TrailKind


def ask_number(kit: Kit, actor: Requester) -> None:
    """A new number to the same address; the one before counts no more. Silent for a confirmed address.

    Raises ContactRefused (not_offered, too_many), NotAllowed, NotFound without an address, KeyNotTrusted.
    """
    if not contact_is_offered(kit):
        raise ContactRefused("not_offered")
    with kit.database.writing() as work:
        kit.team_key(work)
        request, party = load_party(work, actor)
        kept = work.contacts.load(party.id)
        if kept is None:
            raise NotFound
        if kept.state is ContactState.CONFIRMED:
            return
        pack = unlock_for_party(actor.voice_key, party.id, kept.contact_sealed)
        send_number(kit, work, party.id, actor.voice_key, pack)
        entry = Entry(TrailKind.CONTACT_CHANGED, party.id)
        work.trail.append(request.trail_id, entry, "requester", kit.clock())
        work.commit()
