"""The second look at what a colleague found to be no request: agreed to, or not, several at a time."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.doubt_request import may_be_doubted
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.reopen_request import trusted
from app.casework.step_second import require_second
from app.casework.tell_news import tell_news
from app.casework.voices import voice_of
from app.casework.write_message import keep_message
from app.domain.contacts import News
from app.domain.desk_words import Step
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import RequestState, Standing
from app.i18n import locales
from app.i18n.locales import gettext as _
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.records import unlock_record
from app.vault.seal import Purpose

MOST_AT_ONCE = 100
_NOT_TOLD = (Standing.BYSTANDER, Standing.HOTLINE)


@dataclass(frozen=True)
class DecideInput:
    """`agree`: it is no request; otherwise it is one, and goes on. At most MOST_AT_ONCE."""

    request_ids: tuple[str, ...]
    agree: bool


@dataclass(frozen=True)
class Decided:
    """`left`: how many had changed meanwhile (somebody wrote, took or judged it); nothing was done there."""

    done: int
    left: int


def decide_doubts(kit: Kit, actor: Caseworker, given: DecideInput) -> Decided:
    """All of them, or none. What is set aside leaves the queue, and those who asked are told in their
    language that no place was found; one message of theirs opens it again. No hearing is needed: nothing is
    decided about any place, and nothing is destroyed.

    What is not agreed to is in the queue as before; so is what was set aside earlier. Raises
    SecondCaseworkerNeeded when one of them was doubted by the actor, who may only take that back; Recused,
    NotFound.
    """
    at, done = kit.clock(), 0
    chosen = sorted(set(given.request_ids))  # in one order: two who decide at once do not wait for each other
    if not chosen or len(chosen) > MOST_AT_ONCE:
        raise NotFound
    with kit.database.writing() as work:
        for request_id in chosen:
            request = load_for(work, actor, request_id)
            if given.agree:
                done += _set_aside(work, actor, request, at)
            else:
                done += _go_on(work, actor, request, at)
        work.commit()
    return Decided(done, len(chosen) - done)


def _set_aside(work: Work, actor: Caseworker, request: Request, at: datetime) -> bool:
    is_held = request.lease_until is not None and request.lease_until > at
    if request.doubted_by is None or is_held:
        return False
    if not may_be_doubted(work, request):
        return False
    require_second(work, actor, Step.NOT_A_REQUEST, (request.doubted_by,))
    keys = open_case_keys(work, actor.team, request.id)
    aside, entry = request.set_aside()
    aside = save_moves(work, replace(aside, offered_to=None, hold_until=None))
    work.trail.append(aside.trail_id, entry, actor.id, at)
    for party in work.parties.of_request(aside.id):
        if party.standing not in _NOT_TOLD and not party.is_revoked:
            _tell(work, actor, aside, party, keys, at)
    return True


def _tell(
    work: Work, actor: Caseworker, request: Request, party: Party, keys: CaseKeys, at: datetime
) -> None:
    voice_key = keys.voices[party.id]
    voice = voice_of(unlock_record(voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
    spoken = voice.language if voice.language in locales.LOCALES else locales.SOURCE
    with locales.use(spoken):
        message = keep_message(work, voice_key, party.id, _words(), at)
    work.trail.append(request.trail_id, Entry(TrailKind.MESSAGE_WRITTEN, message.id), actor.id, at)
    tell_news(work, request, News.MESSAGE, at, only=party.id)


def _words() -> str:
    return _(
        "We could not find a place in what you sent. Write to us where it is and we look again. The address "
        "of a page, or the name of an app and an account, is enough."
    )


def _go_on(work: Work, actor: Caseworker, request: Request, at: datetime) -> bool:
    is_aside = request.state is RequestState.NOT_A_REQUEST
    if request.doubted_by is None and not is_aside:
        return False
    save_moves(work, trusted(work, request, actor.id, at))
    return True
