"""Notices in the middle of their way, for tests of what stops them."""

from datetime import timedelta

from app.casework.kit import Kit, new_id
from app.domain.desk_words import Channel
from app.domain.letters import Letter
from app.domain.notice_words import NoticeKind
from app.domain.words import LetterState, NoticeState
from app.persistence.notices import Notice
from tests.make import ADA, Filed


def waiting(
    kit: Kit, filed: Filed, kind: NoticeKind, channel: Channel = Channel.PLAIN, provider_id: str = ""
) -> str:
    """Id of a notice that was approved and is not out yet: its letter waits, or a person has to paste it."""
    at, notice_id = kit.clock(), new_id()
    with kit.database.writing() as work:
        provider = provider_id or work.providers.all()[0].id
        notice = Notice(
            id=notice_id,
            version=1,
            request_id=filed.request_id,
            provider_id=provider,
            reference=f"H-{notice_id[:4]}",
            state=NoticeState.APPROVED,
            approved_by=ADA.id,
            approved_at=at,
            sent_at=None,
            link_ends_at=at + timedelta(days=90),
            places_sealed=b"",
            kind=kind,
            channel=channel,
        )
        digests = notice_id.encode(), notice_id.encode()
        work.notices.add(notice, *digests, tuple(p.id for p in work.requests.locations_of(filed.request_id)))
        if channel.is_mail:
            message_id = f"<{notice_id}@hotline.example>"
            letter = Letter(
                id=notice_id,
                notice_id=notice_id,
                state=LetterState.WAITING,
                due_at=at,
                attempts=0,
                message_id=message_id,
                lease=None,
                lease_until=None,
                provider_id=provider,
            )
            work.letters.add(letter)
        work.commit()
    return notice_id


def state_of(kit: Kit, notice_id: str) -> NoticeState:
    with kit.database.reading() as work:
        return work.notices.load(notice_id).state
