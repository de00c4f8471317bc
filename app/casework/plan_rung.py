"""A further letter that was approved ahead: it waits, sealed, until its step of the ladder is due."""

from app.casework.add_notice import Approval, NewNotice, add_first_letter, add_notice
from app.casework.drafts import Draft, facts_for
from app.casework.letter_previews import after_of
from app.casework.notice_facts import new_link_secret, new_reference
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import NoticeState
from app.persistence.notices import Notice


def plan_rung(
    approval: Approval, request: Request, root: Notice, draft: Draft, *, now: bool = False
) -> Notice:
    """A notice of its own, of the ladder of `root`: with its own pack, link, code and reference. With `now`
    it goes at once: its step was reached already.

    It is dated for the day on which it is to go, so that what it asks for is asked in time.
    """
    kit = approval.kit
    times = kit.settings.times
    begun_at = root.sent_at or approval.at + times.grouping
    goes_at = approval.at if now else max(approval.at, begun_at + after_of(draft, times))
    link_secret = new_link_secret()
    facts = facts_for(kit.settings, draft, new_reference(), link_secret, goes_at, about=root.reference)
    new = NewNotice(
        request_id=request.id,
        provider_id=draft.provider.id,
        channel=draft.contact.channel,
        facts=facts,
        link_secret=link_secret,
        location_ids=tuple(one.id for one in draft.places),
        root_id=root.id,
        step=draft.step,
    )
    notice = add_notice(approval, new, NoticeState.APPROVED if now else NoticeState.PLANNED)
    if now and new.channel.is_mail:
        add_first_letter(approval, notice, approval.at)
    entry = Entry(TrailKind.RUNG_APPROVED, notice.id)
    approval.work.trail.append(request.trail_id, entry, approval.by, approval.at)
    return notice
