"""Mails that came about the notices of a case: that they came, never what is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.notice_words import MailKind
from app.persistence.database import Work
from app.persistence.notices import Notice


@dataclass(frozen=True)
class CaseMail:
    """One mail. Its words are shown on a page of their own, one at a time."""

    id: str
    reference: str  # of the notice
    kind: MailKind
    arrived_at: datetime
    dropped_parts: int
    is_settled: bool

    def __repr__(self) -> str:
        return f"CaseMail({self.id})"


def mails_of(work: Work, notices: Iterable[Notice]) -> tuple[CaseMail, ...]:
    """Oldest first."""
    found = [
        CaseMail(
            id=mail.id,
            reference=notice.reference,
            kind=mail.kind,
            arrived_at=mail.arrived_at,
            dropped_parts=mail.dropped_parts,
            is_settled=mail.is_settled,
        )
        for notice in notices
        for mail in work.received_mails.of_notice(notice.id)
    ]
    return tuple(sorted(found, key=lambda mail: mail.arrived_at))
