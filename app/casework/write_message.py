"""Messages between requester and hotline, each sealed under the requester's voice key."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker, Requester
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, load_own, save_moves
from app.casework.errors import NotAllowed, NotFound
from app.casework.frozen_page import known_to
from app.casework.kit import Kit, new_id
from app.casework.reopen_request import answered, reopen_request
from app.casework.tell_news import tell_news
from app.domain.contacts import News
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Standing
from app.persistence.database import Work
from app.persistence.messages import Message
from app.persistence.parties import Party
from app.vault.seal import Purpose, SecretKey, lock


@dataclass(frozen=True)
class MessageInput:
    """`request_id` is given by a caseworker, and `party_id` when it is not for who filed the request; a
    requester can only write to their own."""

    text: str
    request_id: str = ""
    party_id: str = ""

    def __repr__(self) -> str:
        return "MessageInput(…)"


def write_message(kit: Kit, actor: Requester | Caseworker, given: MessageInput) -> None:
    """Keep one message. Raises NotAllowed when it is empty, a bystander's or to nobody, NotHolding, NotFound.

    A bystander has no conversation: an offender could fish in one for what is known.
    """
    text = given.text.strip()
    is_bystander = isinstance(actor, Requester) and actor.standing is Standing.BYSTANDER
    if not text or is_bystander:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        if isinstance(actor, Caseworker):
            request = load_held(work, actor, given.request_id, kit)
            parties = work.parties.of_request(request.id)
            party_id = given.party_id or parties[0].id
            standings = {party.id: party.standing for party in parties}
            if party_id not in standings:
                raise NotFound
            if standings[party_id] is Standing.HOTLINE:  # nobody would ever read it
                raise NotAllowed
            voice = open_case_keys(work, actor.team, request.id).voices[party_id]
            work.requests.save(request)
            message = keep_message(work, voice, party_id, text, at)
            work.trail.append(request.trail_id, Entry(TrailKind.MESSAGE_WRITTEN, message.id), actor.id, at)
            tell_news(work, request, News.MESSAGE, at, only=party_id)
        else:
            request, party = load_own(work, actor)
            message = keep_message(work, actor.voice_key, party.id, text, at, from_hotline=False)
            work.trail.append(request.trail_id, Entry(TrailKind.MESSAGE_WRITTEN, message.id), "requester", at)
            _go_on(work, request, party, at)
        work.commit()


def keep_message(
    work: Work, voice: SecretKey, party_id: str, text: str, at: datetime, from_hotline: bool = True
) -> Message:
    """Within the transaction of a verb that writes to somebody, or keeps what they wrote."""
    message_id = new_id()
    sealed = lock(voice, Purpose.MESSAGE, message_id, text.encode())
    message = Message(message_id, party_id, from_hotline, to_minute(at), sealed)
    work.messages.add(message)
    return message


def _go_on(work: Work, request: Request, party: Party, at: datetime) -> None:
    """What was set aside is open again. What the hotline asked about goes on being assessed: any word may be
    the answer, so a caseworker reads it. Nobody is told of it. A revoked party's words change nothing."""
    if party.is_revoked:
        return
    request = reopen_request(work, request, party, at)
    moved = answered(work, request, known_to(party, work.requests.locations_of(request.id)), at)
    if moved:
        save_moves(work, request, *moved, tells=False)
