"""The team key that something is about to be sealed to, as against the one the actor signed in with."""

from app.casework.actors import Caseworker
from app.casework.errors import Stale
from app.casework.kit import Kit
from app.persistence.database import Work


def current_team(kit: Kit, work: Work, actor: Caseworker) -> bytes:
    """The public half in use. A rotation waits until the transaction is over: ask for it first.

    Raises Stale when the key was rotated since the actor signed in, KeyNotTrusted.
    """
    public = kit.team_key(work).public
    if public != actor.team.current.public:
        raise Stale
    return public
