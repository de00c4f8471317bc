"""A notice as its recipient sees it through the link: places, findings, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Provider
from app.casework.kit import Kit
from app.casework.packs import facts_of
from app.domain.notice_words import NoticeKind
from app.domain.notices import Hotline, NoticeFacts, NoticePlace
from app.domain.words import Reply
from app.i18n.letter_values import host_of
from app.vault.records import unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class NoticePage:
    """Holds live places: the one page, beside the letter itself, that shows them to a provider.

    Who supplies a provider gets no places: `hosts`, and in `about` the reference of the notice that
    `about_provider` has. `replies`: the last word on each place, by number. `count`: how many places there
    are, shown or not.
    """

    reference: str
    made_at: datetime
    answer_by: datetime
    language: str
    hotline: Hotline
    kind: NoticeKind
    count: int
    places: tuple[NoticePlace, ...]
    hosts: tuple[str, ...]
    names: tuple[str, ...]
    about: str
    about_provider: str
    replies: Mapping[int, Reply]
    was_answered: bool

    def __repr__(self) -> str:
        return f"NoticePage({self.reference})"

    @property
    def unanswered(self) -> int:
        """How many places nobody said a word about yet."""
        return self.count - len(self.replies)


def read_notice(kit: Kit, actor: Provider) -> NoticePage:
    with kit.database.reading() as work:
        notice = work.notices.load(actor.notice_id)
        answered = bool(work.answers.to_notice(notice.id))
        replies = tuple(work.notices.replies(notice.id).values())
    facts = facts_of(unlock_record(actor.notice_key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed))
    return NoticePage(
        reference=facts.reference,
        made_at=facts.made_at,
        answer_by=facts.answer_by,
        language=facts.recipient.language,
        hotline=facts.hotline,
        kind=notice.kind,
        count=len(replies),
        places=facts.places if notice.kind.names_places else (),
        hosts=() if notice.kind.names_places else _hosts(facts),
        names=facts.names,
        about=facts.about,
        about_provider=facts.about_provider,
        replies={number: reply for number, reply in enumerate(replies, start=1) if reply is not None},
        was_answered=answered,
    )


def _hosts(facts: NoticeFacts) -> tuple[str, ...]:
    """Each once, in the order of the places."""
    return tuple(dict.fromkeys(host_of(place.url) for place in facts.places))
