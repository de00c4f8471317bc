"""What cannot be called back: said before somebody withdraws or forgets."""

from dataclasses import dataclass

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.frozen_page import frozen_of, known_to
from app.casework.kit import Kit
from app.domain.moves import GONE_OUT
from app.domain.words import LetterState

_UNSURE = (LetterState.SENDING, LetterState.DOUBT)


@dataclass(frozen=True)
class Ending:
    """Numbers of places. `gone_out`: a website has our notice. `on_its_way`: it may have it at any moment,
    because the letter is being handed over, or nobody knows whether it arrived."""

    gone_out: tuple[int, ...]
    on_its_way: tuple[int, ...]


def read_ending(kit: Kit, actor: Requester) -> Ending:
    """Of all places this party sees, withdrawn ones too. Raises NotFound."""
    with kit.database.reading() as work:
        request, party = load_own(work, actor)
        if not party.standing.sees_places:
            return Ending((), ())
        if party.is_revoked:
            frozen = frozen_of(party, actor.request_key).places
            return Ending(tuple(one.number for one in frozen if one.state in GONE_OUT), ())
        known = {one.id: one.number for one in known_to(party, work.requests.locations_of(request.id))}
        gone_out, unsure = set[int](), set[int]()
        for notice in work.notices.of_request(request.id):
            named = {known[one] for one in work.notices.location_ids(notice.id) if one in known}
            for letter in work.letters.of_notice(notice.id):
                if letter.state is LetterState.SENT:
                    gone_out |= named
                elif letter.state in _UNSURE:
                    unsure |= named
    return Ending(tuple(sorted(gone_out)), tuple(sorted(unsure - gone_out)))
