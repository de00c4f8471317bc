"""Messages between requester and hotline, each sealed under the requester's voice key."""

from dataclasses import dataclass

from app.casework.actors import Caseworker, Requester
from app.casework.case_keys import open_case_keys
from app.casework.cases import load, load_held
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit, new_id
from app.casework.tell_news import tell_news
from app.domain.contacts import News
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Standing
from app.persistence.messages import Message
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
    """Keep one message. Raises NotAllowed when it is empty or a bystander's, NotHolding, NotFound.

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
            if party_id not in {party.id for party in parties}:
                raise NotFound
            voice = open_case_keys(work, actor.team, request.id).voices[party_id]
            work.requests.save(request)
            by = actor.id
        else:
            request, party_id, voice, by = (
                load(work, actor.request_id),
                actor.party_id,
                actor.voice_key,
                "requester",
            )
        message = _sealed(voice, party_id, isinstance(actor, Caseworker), text, kit)
        work.messages.add(message)
        work.trail.append(request.trail_id, Entry(TrailKind.MESSAGE_WRITTEN, message.id), by, at)
        if message.from_hotline:
            tell_news(work, request, News.MESSAGE, at, only=party_id)
        work.commit()


def _sealed(voice: SecretKey, party_id: str, from_hotline: bool, text: str, kit: Kit) -> Message:
    message_id = new_id()
    sealed = lock(voice, Purpose.MESSAGE, message_id, text.encode())
    return Message(message_id, party_id, from_hotline, to_minute(kit.clock()), sealed)
