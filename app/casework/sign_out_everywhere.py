"""Ending every session of one member at once: a device was lost, or left open somewhere."""

from app.casework.actors import Staff
from app.casework.kit import Kit


def sign_out_everywhere(kit: Kit, actor: Staff) -> int:
    """How many sessions were ended, this one among them."""
    with kit.database.writing() as work:
        ended = work.sessions.end_of_staff(actor.id)
        work.commit()
    return ended
