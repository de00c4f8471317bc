"""Showing once more, in a session that is open, that it is still the same person."""

from app.casework.actors import Staff
from app.casework.errors import Busy, SignInRefused
from app.casework.kit import Kit
from app.casework.use_factor import Factor, Used, use_factor
from app.domain.staff import StaffState
from app.persistence.errors import NotThere
from app.vault.derive import mac
from app.vault.queue import QueueFull
from app.vault.seal import NotOpened


def confirm_factor(kit: Kit, actor: Staff, factor: Factor) -> Used:
    """Use up one more second factor. Wrong tries are slowed, never locked out.

    Raises SignInRefused, Busy.
    """
    name = mac(kit.sign_in_key, "confirming", actor.id.encode())
    try:
        kit.slowdown.wait(name)
    except QueueFull:
        raise Busy from None
    try:
        with kit.database.reading() as work:
            member = work.staff.member(actor.id)
        if member.state is not StaffState.ACTIVE:
            raise SignInRefused
        used = use_factor(kit, member, actor.pair, factor)
    except (NotThere, NotOpened, SignInRefused):
        kit.slowdown.wrong(name)
        raise SignInRefused from None
    kit.slowdown.right(name)
    return used
