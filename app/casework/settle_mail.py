"""A caseworker says what a received mail means, by place, or that it means nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, load_held
from app.casework.count_outcome import findings_in
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.casework.show_mail import load_mail
from app.casework.take_replies import take_replies
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import NoticeState, Reply
from app.persistence.errors import Overtaken


@dataclass(frozen=True)
class SettleMailInput:
    """`replies`: by location id, as the mail's sender put it; empty where it says nothing of any place."""

    mail_id: str
    replies: Mapping[str, Reply] = field(default_factory=dict)


def settle_mail(kit: Kit, actor: Caseworker, given: SettleMailInput) -> None:
    """What it says takes effect as an answer by link does; that needs the lease. That it says nothing changes
    no place, so anybody who may read it can say so.

    Raises NotFound, Recused, NotHolding, NotAllowed for a mail of no notice, or a place that is not in its
    notice, or a notice that never went out; Stale when it was settled before.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        mail = load_mail(work, given.mail_id)
        if mail.notice_id is None:
            raise NotAllowed
        request_id = work.notices.load(mail.notice_id).request_id
        held = load_held(work, actor, request_id, kit) if given.replies else None
        request = held or load_for(work, actor, request_id)
        notice = work.notices.load(mail.notice_id)  # again, now that the case's verbs take turns
        try:
            work.received_mails.settle(mail, to_minute(at))
            work.trail.append(request.trail_id, Entry(TrailKind.MAIL_SETTLED, notice.id), actor.id, at)
            if held is not None:
                if notice.sent_at is None or not set(given.replies) <= set(
                    work.notices.location_ids(notice.id)
                ):
                    raise NotAllowed
                if notice.state is NoticeState.SENT:
                    notice = replace(notice, state=NoticeState.ANSWERED)
                    work.notices.save(notice)
                findings = findings_in(work, open_case_keys(work, actor.team, request_id), request_id)
                times = kit.settings.times
                take_replies(work, held, notice, given.replies, actor.id, at, findings, times)
        except Overtaken:
            raise Stale from None
        work.commit()
