"""Counter-claims that somebody must see to, from plain columns only; and which case one is of."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.claims import Claim
from app.domain.notice_words import ClaimState
from app.persistence.errors import NotThere

PAGE = 50


@dataclass(frozen=True)
class ClaimRow:
    """One that is open. `needs_second`: a first caseworker found that its proof holds."""

    id: str
    reference: str
    provider_name: str
    request_id: str
    handle: str
    state: ClaimState
    made_at: datetime
    needs_second: bool


@dataclass(frozen=True)
class ClaimsPage:
    """`next_after` is the key of the next page; None on the last."""

    rows: tuple[ClaimRow, ...]
    next_after: str | None


@dataclass(frozen=True)
class OneClaim:
    """A claim with what its page needs to open its case. `number`: of the place, within the notice."""

    claim: Claim
    request_id: str
    reference: str
    provider_name: str
    number: int


def read_claims(kit: Kit, actor: Caseworker, after: str | None) -> ClaimsPage:
    """The oldest first. Those of a case from which the caseworker stepped back are left out."""
    rows = []
    with kit.database.reading() as work:
        for one in work.claims.waiting(actor.id, _key(after), PAGE + 1):
            notice = work.notices.load(one.notice_id)
            rows.append(
                ClaimRow(
                    id=one.id,
                    reference=notice.reference,
                    provider_name=work.providers.load(notice.provider_id).name,
                    request_id=notice.request_id,
                    handle=handle_of(notice.request_id),
                    state=one.state,
                    made_at=one.made_at,
                    needs_second=one.proposed_by is not None,
                )
            )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    key = None if last is None else f"{int(last.made_at.timestamp())}-{last.id}"
    return ClaimsPage(tuple(rows[:PAGE]), key)


def _key(after: str | None) -> tuple[datetime, str] | None:
    """Of the last row that was seen; None for what is no key."""
    seconds, dash, claim_id = (after or "").partition("-")
    if not dash or not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), claim_id


def read_claim(kit: Kit, actor: Caseworker, claim_id: str) -> OneClaim:
    """One of them, open or over. Raises NotFound, Recused."""
    with kit.database.reading() as work:
        try:
            claim = work.claims.load(claim_id)
        except NotThere:
            raise NotFound from None
        notice = work.notices.load(claim.notice_id)
        load_for(work, actor, notice.request_id)
        number = work.notices.location_ids(notice.id).index(claim.location_id) + 1
        provider = work.providers.load(notice.provider_id)
    return OneClaim(claim, notice.request_id, notice.reference, provider.name, number)
