"""A passkey that is not to be used any more."""

from app.casework.actors import Staff
from app.casework.errors import NotFound
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.domain.trail import TrailKind


def remove_passkey(kit: Kit, actor: Staff, passkey_id: str) -> None:
    """Only one's own. Raises NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        if work.passkeys.remove(actor.id, passkey_id) != 1:
            raise NotFound
        note(work, TrailKind.PASSKEY_REMOVED, actor.id, at, passkey_id)
        work.commit()
