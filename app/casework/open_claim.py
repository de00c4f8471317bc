"""A provider says that somebody shown was 18 or older: that is a claim, and a caseworker must see to it."""

from datetime import datetime

from app.casework.kit import new_id
from app.domain.claims import Claim
from app.domain.notice_words import ClaimState
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work


def open_claim(work: Work, notice_id: str, location_id: str, at: datetime, by: str = "provider") -> None:
    """Within the caller's transaction, which holds the request. Said once more while it is open, or after its
    proof was found to hold, it stays one claim; after it was rejected it is a new one."""
    before = work.claims.about(notice_id, location_id)
    if before and before[-1].state is not ClaimState.REJECTED:
        return
    now = to_minute(at)
    claim = Claim(new_id(), 1, notice_id, location_id, ClaimState.OPEN, now, now)
    work.claims.add(claim)
    request = work.requests.load(work.notices.load(notice_id).request_id)
    work.trail.append(request.trail_id, Entry(TrailKind.CLAIM_MADE, claim.id), by, at)
