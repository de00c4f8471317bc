"""A notice as its recipient sees it through the link: places, findings, and what was answered."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Provider
from app.casework.kit import Kit
from app.casework.packs import facts_of
from app.domain.notices import Hotline, NoticePlace
from app.vault.records import unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class NoticePage:
    """Holds live places: the one page, beside the letter itself, that shows them to a provider."""

    reference: str
    made_at: datetime
    answer_by: datetime
    language: str
    hotline: Hotline
    places: tuple[NoticePlace, ...]
    was_answered: bool

    def __repr__(self) -> str:
        return f"NoticePage({self.reference})"


def read_notice(kit: Kit, actor: Provider) -> NoticePage:
    with kit.database.reading() as work:
        notice = work.notices.load(actor.notice_id)
        answered = bool(work.answers.to_notice(notice.id))
    facts = facts_of(unlock_record(actor.notice_key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed))
    return NoticePage(
        reference=facts.reference,
        made_at=facts.made_at,
        answer_by=facts.answer_by,
        language=facts.recipient.language,
        hotline=facts.hotline,
        places=facts.places,
        was_answered=answered,
    )
