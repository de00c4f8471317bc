"""Ready-made replies: supervisors keep them, caseworkers put one into a message and make it their own."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed, NotFound
from app.casework.hotline_trail import note
from app.casework.kit import Kit, new_id
from app.domain.trail import TrailKind
from app.domain.words import Role
from app.persistence.canned_replies import CannedReply as CannedReply  # pages name it through here
from app.persistence.errors import NotThere

TITLE_CHARACTERS, TEXT_CHARACTERS = 120, 8000
MOST_REPLIES = 500


@dataclass(frozen=True)
class ReplyText:
    """`reply_id` is empty for a new one. `language`: the code of a locale of the site."""

    language: str
    title: str
    text: str
    reply_id: str = ""

    def __repr__(self) -> str:
        return f"ReplyText({self.reply_id})"


def keep_canned_reply(kit: Kit, actor: Caseworker, given: ReplyText) -> str:
    """Add one, or change one; its id. Raises NotAllowed for who is no supervisor, NotFound."""
    _refuse_others(actor)
    title, text = given.title.strip(), given.text.strip()
    if not title or not text or len(title) > TITLE_CHARACTERS or len(text) > TEXT_CHARACTERS:
        raise NotAllowed
    reply = CannedReply(given.reply_id or new_id(), given.language, title, text)
    with kit.database.writing() as work:
        if given.reply_id:
            try:
                work.canned_replies.save(reply)
            except NotThere:
                raise NotFound from None
        elif len(work.canned_replies.all()) >= MOST_REPLIES:
            raise NotAllowed
        else:
            work.canned_replies.add(reply)
        note(work, TrailKind.REPLIES_CHANGED, actor.id, kit.clock(), reply.id)
        work.commit()
    return reply.id


def remove_canned_reply(kit: Kit, actor: Caseworker, reply_id: str) -> None:
    """Take one away. Raises NotAllowed for who is no supervisor, NotFound."""
    _refuse_others(actor)
    with kit.database.writing() as work:
        try:
            work.canned_replies.remove(reply_id)
        except NotThere:
            raise NotFound from None
        note(work, TrailKind.REPLIES_CHANGED, actor.id, kit.clock(), reply_id)
        work.commit()


def read_canned_replies(kit: Kit) -> tuple[CannedReply, ...]:
    """All of them, by language and title. They name nobody, so whoever is at the desk may read them."""
    with kit.database.reading() as work:
        return work.canned_replies.all()


def in_order_for(language: str, replies: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
    """Those in somebody's language first; the others as they stand."""
    return tuple(sorted(replies, key=lambda one: one.language != language))


def _refuse_others(actor: Caseworker) -> None:
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed
