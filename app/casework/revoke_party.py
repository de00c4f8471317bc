"""Ending a representative's access in silence, by the person the request belongs to."""

from dataclasses import replace

from app.casework.actors import Requester
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.own_request import load_to_change
from app.casework.rekey_request import Rekeying, rekey_request
from app.casework.second_word import check_second_word


def revoke_party(kit: Kit, actor: Requester, second_word: str = "") -> Requester:
    """The representative goes on seeing the page as it stands now; nothing after it reaches them.

    For the child's own access alone, which stands beside that of who filed the request. The request gets a
    new key, so all sessions of it end but this one: returns the actor with whom it goes on (pass it to
    `sign_in_requester`). Raises NotAllowed for anybody else, NotFound when nobody else acts in this request
    (any more), SecondWordNeeded, Busy, Stale.
    """
    check_second_word(kit, actor, second_word)
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public  # first: a rotation waits until this is over
        own = load_to_change(work, actor, at)
        if own.party.number == 1 or not own.party.standing.is_own or own.party.is_revoked:
            raise NotAllowed
        others = (one for one in work.parties.of_request(own.request.id) if one.number == 1)
        filer = next((one for one in others if not one.is_revoked), None)
        if filer is None:
            raise NotFound
        keys = Rekeying(team_public, actor.request_key, {own.party.id: actor.voice_key})
        request_key = rekey_request(work, own.request, filer, keys, "requester", at)
        work.commit()
    return replace(
        actor,
        generation=own.party.generation + 1,
        standing=own.party.standing,
        request_key=request_key,
    )
