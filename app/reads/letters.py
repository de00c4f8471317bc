"""Letters that wait for a caseworker's decision."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.notice_words import LetterKind
from app.domain.words import LetterState


@dataclass(frozen=True)
class LetterRow:
    id: str
    reference: str
    request_id: str
    handle: str
    provider_name: str
    state: LetterState
    approved_at: datetime
    message_id: str
    is_reminder: bool = False


def read_letters(kit: Kit, actor: Caseworker) -> tuple[LetterRow, ...]:
    """In doubt and refused, oldest first, at most 200; none of a case that the reader stepped back from."""
    with kit.database.reading() as work:
        found = work.letters.in_state(LetterState.DOUBT, LetterState.REFUSED)
        both = ((letter, work.notices.load(letter.notice_id)) for letter in found)
        pairs = [one for one in both if not work.stepped_aside.is_recused(one[1].request_id, actor.id)]
        providers = work.providers.of_ids(notice.provider_id for _, notice in pairs)
        names = {provider.id: provider.name for provider in providers}
        rows = []
        for letter, notice in pairs:
            rows.append(
                LetterRow(
                    id=letter.id,
                    reference=notice.reference,
                    request_id=notice.request_id,
                    handle=handle_of(notice.request_id),
                    provider_name=names[notice.provider_id],
                    state=letter.state,
                    approved_at=notice.approved_at,
                    message_id=letter.message_id,
                    is_reminder=letter.kind is not LetterKind.FIRST,
                )
            )
    return tuple(rows)
