"""No more mails: the address is destroyed at once."""

from app.casework.actors import Requester
from app.casework.kit import Kit
from app.casework.own_contact import load_party, say_telling
from app.domain.trail import Entry, TrailKind
from app.domain.words import Telling


def stop_contact(kit: Kit, actor: Requester) -> None:
    """Good without an address, too: then it says that none is wanted. Raises NotFound, NotAllowed."""
    with kit.database.writing() as work:
        request, party = load_party(work, actor)
        if work.contacts.load(party.id) is not None:
            work.contact_mails.drop(party.id)
            work.contacts.remove(party.id)
            entry = Entry(TrailKind.CONTACT_CHANGED, party.id)
            work.trail.append(request.trail_id, entry, "requester", kit.clock())
        say_telling(work, party, actor.voice_key, Telling.NOTHING)
        work.commit()
