"""The mail of one letter in the outbox: the first letter of a notice, or a reminder in the same thread."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import EmailMessage

from app.casework.actors import Courier
from app.casework.chased_places import chased_places
from app.casework.hand_over import KeyNotHere, keys_not_here
from app.casework.kit import Kit
from app.casework.packs import open_pack
from app.domain.chasing import STILL_UP, is_reminded
from app.domain.letters import Letter
from app.domain.notice_words import LetterKind
from app.domain.notices import NoticeFacts, NoticePlace
from app.i18n.letter_files import LetterError
from app.i18n.letters import compose_notice, compose_reminder
from app.outbound.message import MessageInvalid, build_message
from app.outbound.xarf import XarfInvalid, reports_for
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice
from app.vault.pairs import sealed_to
from app.vault.seal import NotOpened


class Unwritable(Exception):
    """The pack does not open, or no truthful letter can be made of it."""


@dataclass(frozen=True)
class Outgoing:
    """A letter with what is needed to write it.

    `pack`: sealed to the courier; None where it is gone. `numbers`: which places a reminder, or a further
    letter, is about, by their number in the notice. `answers`: the Message-ID it goes on from.
    """

    letter: Letter
    notice: Notice
    pack: bytes | None
    is_for_another_key: bool = False
    numbers: tuple[int, ...] = ()
    answers: str = ""

    @property
    def is_reminder(self) -> bool:
        return self.letter.kind is not LetterKind.FIRST

    @property
    def is_of_what_is_left(self) -> bool:
        """Whether it names only what is still up when it goes: all but the first letter of a first notice."""
        return self.is_reminder or not self.notice.is_first

    def __repr__(self) -> str:
        return "Outgoing(…)"


def read_outgoing(kit: Kit, actor: Courier, letters: Iterable[Letter]) -> tuple[Outgoing, ...]:
    """All of one round at once: plain columns, and packs as they lie."""
    with kit.database.reading() as work:
        elsewhere = keys_not_here(work, actor)
        return tuple(_read(work, letter, elsewhere) for letter in letters)


def _read(work: Work, letter: Letter, elsewhere: frozenset[str]) -> Outgoing:
    notice = work.notices.load(letter.notice_id)
    try:
        pack = work.notices.pack(notice.id)
    except NotThere:
        return Outgoing(letter, notice, None, numbers=numbers_in(work, letter, notice))
    outgoing = Outgoing(letter, notice, pack, sealed_to(pack) in elsewhere)
    if not outgoing.is_of_what_is_left:
        return outgoing
    thread = [one for one in work.letters.of_notice(notice.id) if one.kind is LetterKind.FIRST]
    answers = thread[0].message_id if thread and outgoing.is_reminder else ""
    return replace(outgoing, numbers=numbers_in(work, letter, notice), answers=answers)


def numbers_in(work: Work, letter: Letter, notice: Notice) -> tuple[int, ...]:
    """The places that a reminder, or a further letter, is about when it goes now, by their numbers in the
    notice: what its recipient is still waited for, or what is still up."""
    known = {one.id: one for one in work.requests.locations_of(notice.request_id)}
    chased = {one.location_id: one for one in chased_places(work, notice, known)}
    is_reminder = letter.kind is not LetterKind.FIRST
    return tuple(
        number
        for number, place_id in enumerate(work.notices.location_ids(notice.id), start=1)
        if (one := chased.get(place_id)) is not None
        and (is_reminded(notice.kind, one) if is_reminder else one.state in STILL_UP)
    )


def write_letter(kit: Kit, actor: Courier, outgoing: Outgoing) -> EmailMessage:
    """Raises KeyNotHere, Unwritable."""
    if outgoing.is_for_another_key:
        raise KeyNotHere
    if outgoing.pack is None:
        raise Unwritable
    try:
        facts = open_pack(actor.ring, outgoing.notice.id, outgoing.pack)
        return _remind(kit, facts, outgoing) if outgoing.is_reminder else _first(kit, facts, outgoing)
    except (NotOpened, LetterError, XarfInvalid, MessageInvalid):
        raise Unwritable from None


def _first(kit: Kit, facts: NoticeFacts, outgoing: Outgoing) -> EmailMessage:
    if outgoing.is_of_what_is_left:
        facts = replace(facts, places=_left(facts, outgoing))
    letter, sender = compose_notice(facts), facts.hotline.email
    return build_message(letter, facts, outgoing.letter.message_id, sender, kit.clock(), reports_for(facts))


def _remind(kit: Kit, facts: NoticeFacts, outgoing: Outgoing) -> EmailMessage:
    """Only of the places that are still waited for, and without the reports: the recipient has them."""
    if outgoing.notice.sent_at is None or not outgoing.answers:
        raise Unwritable
    left = _left(facts, outgoing)
    letter = compose_reminder(replace(facts, places=left), outgoing.letter.kind, outgoing.notice.sent_at)
    message_id, sender = outgoing.letter.message_id, facts.hotline.email
    return build_message(letter, facts, message_id, sender, kit.clock(), (), in_reply_to=outgoing.answers)


def _left(facts: NoticeFacts, outgoing: Outgoing) -> tuple[NoticePlace, ...]:
    return tuple(place for place in facts.places if place.number in outgoing.numbers)
