"""Something happened in a request: those who may be told, and left an address, get one mail.

Plain columns only, so that whoever made it happen (a caseworker, a provider, the courier) needs no key.
What somebody wants to be told, and when it is safe, is sealed: the courier looks.
"""

from collections.abc import Mapping
from datetime import datetime

from app.casework.contact_outbox import new_mail
from app.domain.contacts import News, is_told, more_telling, next_due
from app.domain.locations import Location, as_shown
from app.domain.requests import Request
from app.domain.words import LocationState
from app.persistence.contacts import Reachable
from app.persistence.database import Work


def tell_news(
    work: Work, request: Request, about: News, at: datetime, only: str = "", all_but: str = ""
) -> None:
    """Put mails into the outbox: `only` for this party id, or for all but the one who did it themselves.

    A mail that waits already stands for this, too. The caller holds the request's row.
    """
    if request.is_forgotten:
        return
    for party in work.contacts.reachable(request.id):
        is_meant = party.party_id != all_but and only in ("", party.party_id)
        if not is_meant or not is_told(about, party.standing, party.is_revoked):
            continue
        waiting = work.contact_mails.waiting_news(party.party_id)
        if waiting is None or not work.contact_mails.is_now_about(
            waiting, more_telling(waiting.about, about)
        ):
            work.contact_mails.add(new_mail(party.party_id, about, at, next_due(at, party.told_at)))


def tell_moves(
    work: Work, request: Request, before: Mapping[str, Location], after: Mapping[str, Location], by_party: str
) -> None:
    """Each party hears of the places it knows of, and that it ended when all of those are done with.

    `before` and `after` are all locations, by id. Who moved them themselves is not told. What a party is not
    shown is no news to it (`as_shown`).
    """
    has_moved = any(one in before and before[one].state is not after[one].state for one in after)
    for party in work.contacts.reachable(request.id) if has_moved else ():
        changed = {one for one in after if one in before and _looks_new(before[one], after[one], party)}
        known = [one for one in after.values() if party.number > 1 or one.named_by == party.number]
        seen = [one.state_at for one in known if one.id in changed]
        if not seen:
            continue
        was_open = any(before[one.id].is_open for one in known if one.id in before)
        has_ended = was_open and not any(one.is_open for one in known)
        about = News.END if has_ended else News.STEP
        tell_news(work, request, about, max(seen), only=party.party_id, all_but=by_party)


_NO_NEWS = {LocationState.WATCHED: LocationState.GONE, LocationState.BOUNCED: LocationState.NOTICE_SENT}
"""What is shown on the page, and calls nobody there: that it is still gone, and that the hotline writes again
in another way."""


def _looks_new(before: Location, after: Location, party: Reachable) -> bool:
    was, now = as_shown(before, party.standing).state, as_shown(after, party.standing).state
    return _NO_NEWS.get(was, was) is not _NO_NEWS.get(now, now)
