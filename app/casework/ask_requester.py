"""Asking those who asked: a question to each of them apart, about some places, before anything is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.casework.actors import Caseworker
from app.casework.assess import chosen_places
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.step_second import finders_of, require_second
from app.casework.tell_news import tell_news
from app.casework.write_message import keep_message
from app.domain.contacts import News
from app.domain.desk_words import Step
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, Standing
from app.persistence.database import Work
from app.persistence.parties import Party

NOT_ASKED = (Standing.BYSTANDER, Standing.HOTLINE)
"""Who came across it has no conversation; the hotline's own party is nobody."""


@dataclass(frozen=True)
class AskInput:
    """`questions`: by party id; who has none is not asked. `versions` of the places as they were shown."""

    request_id: str
    location_ids: tuple[str, ...]
    versions: tuple[int, ...]
    questions: Mapping[str, str] = field(repr=False)


def may_be_asked(standing: Standing, is_revoked: bool) -> bool:
    """Whether a party can be asked something. A revoked one sees a page that stands still."""
    return standing not in NOT_ASKED and not is_revoked


def ask_requester(kit: Kit, actor: Caseworker, given: AskInput) -> None:
    """Write the questions; the places then wait for an answer.

    Raises NotAllowed when there is no question, or one to somebody who cannot be asked, Stale,
    SecondCaseworkerNeeded, NotHolding, NotFound.
    """
    at = kit.clock()
    questions = {party_id: text.strip() for party_id, text in given.questions.items() if text.strip()}
    if not questions:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = work.requests.locations_of(request.id)
        chosen = chosen_places(locations, given.location_ids, given.versions, at)
        require_second(work, actor, Step.ASK, finders_of(work, request.id, given.location_ids))
        keys = open_case_keys(work, actor.team, request.id)
        for party in _asked(work, request.id, questions):
            message = keep_message(work, keys.voices[party.id], party.id, questions[party.id], at)
            work.trail.append(request.trail_id, Entry(TrailKind.MESSAGE_WRITTEN, message.id), actor.id, at)
        for location in chosen:
            entry = Entry(TrailKind.REQUESTER_ASKED, location.id)
            work.trail.append(request.trail_id, entry, actor.id, at)
        asked = (location.move(LocationState.ASKED, at) for location in chosen)
        # Only who is asked hears of it: to the others their page shows the place as it was.
        followed = save_moves(work, request, *asked, tells=False)
        for party_id in questions:
            tell_news(work, followed, News.MESSAGE, at, only=party_id)
        work.commit()


def _asked(work: Work, request_id: str, questions: Mapping[str, str]) -> tuple[Party, ...]:
    parties = tuple(one for one in work.parties.of_request(request_id) if one.id in questions)
    if len(parties) != len(questions):
        raise NotFound
    if not all(may_be_asked(one.standing, one.is_revoked) for one in parties):
        raise NotAllowed
    return parties
