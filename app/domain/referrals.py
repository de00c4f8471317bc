"""Referrals: places of one case handed to the hotline of the provider's country, to police, or, for abuse
that goes on now, to police or child protection.

This program sends none: a person takes the package out, hands it over, and says so here.

prepared -> sent -> received -> acted | declined        (they may act or decline without a word before)
prepared -> dropped                                     (taken back; once out it cannot be called back)

`ReferralFacts` is all that a package is made of. Like `NoticeFacts` it has no field of a requester.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.assessments import Finding
from app.domain.desk_words import ReferralKind as Kind
from app.domain.desk_words import ReferralState as S
from app.domain.moves import NOTICED
from app.domain.notices import Hotline
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState

MOVES: dict[S, frozenset[S]] = {
    S.PREPARED: frozenset({S.SENT, S.DROPPED}),
    S.SENT: frozenset({S.RECEIVED, S.ACTED, S.DECLINED}),
    S.RECEIVED: frozenset({S.ACTED, S.DECLINED}),
    S.ACTED: frozenset(),
    S.DECLINED: frozenset(),
    S.DROPPED: frozenset(),
}
OVER = frozenset({S.ACTED, S.DECLINED, S.DROPPED})
WITH_THEM = frozenset({S.SENT, S.RECEIVED})
OUT = WITH_THEM | {S.ACTED, S.DECLINED}
"""It was handed over at least once."""

HAND_OVER_WITHIN: dict[Kind, timedelta] = {
    Kind.HOTLINE: timedelta(hours=24),
    Kind.POLICE: timedelta(hours=24),
    Kind.EMERGENCY: timedelta(hours=2),
}
"""From preparing: what lies here helps nobody."""

ASK_AFTER: dict[Kind, timedelta] = {
    Kind.HOTLINE: timedelta(hours=48),
    Kind.POLICE: timedelta(days=7),
    Kind.EMERGENCY: timedelta(hours=2),
}
"""From handing it over: whether they have it, and what they do."""

ASK_AGAIN_AFTER: dict[Kind, timedelta] = {
    Kind.HOTLINE: timedelta(days=7),
    Kind.POLICE: timedelta(days=7),
    Kind.EMERGENCY: timedelta(hours=2),
}
"""From the last time somebody asked, or from the day on which they said that they have it."""

TO_HOTLINE_FROM = NOTICED | {LocationState.ASSESSED, LocationState.APPROVED}
"""Where a finding asks for removal, and the place is not known to be gone."""

_TRAIL: dict[S, TrailKind] = {
    S.PREPARED: TrailKind.REFERRAL_PREPARED,
    S.SENT: TrailKind.REFERRAL_SENT,
    S.RECEIVED: TrailKind.REFERRAL_RECEIVED,
    S.ACTED: TrailKind.REFERRAL_ACTED,
    S.DECLINED: TrailKind.REFERRAL_DECLINED,
    S.DROPPED: TrailKind.REFERRAL_DROPPED,
}


class NoSuchReferralMove(Exception):
    """The referral is not in a state from which this can happen."""


@dataclass(frozen=True)
class Referral:
    """One referral, as the state machine sees it (plain columns). To whom, and what, is sealed.

    `due_at`: until when somebody must see to it; None when it is over.
    """

    id: str
    version: int
    request_id: str
    kind: Kind
    state: S
    state_at: datetime
    due_at: datetime | None
    reference: str  # "R-7KQ2-M3TD"
    prepared_by: str
    prepared_at: datetime
    sent_at: datetime | None
    package_sealed: bytes

    def __repr__(self) -> str:
        return f"Referral({self.reference}, {self.state})"

    @property
    def is_open(self) -> bool:
        return self.state not in OVER

    def move(self, to: S, at: datetime) -> tuple["Referral", Entry]:
        """In its next state, due again when that state says. Raises NoSuchReferralMove."""
        if to not in MOVES[self.state]:
            raise NoSuchReferralMove
        moved = replace(
            self,
            state=to,
            state_at=to_minute(at),
            due_at=due_from(self.kind, to, at),
            sent_at=to_minute(at) if to is S.SENT else self.sent_at,
        )
        return moved, Entry(_TRAIL[to], self.id)

    def chase(self, at: datetime) -> tuple["Referral", Entry]:
        """Somebody asked them how it goes: only the day to ask again moves. Raises NoSuchReferralMove."""
        if self.state not in WITH_THEM:
            raise NoSuchReferralMove
        due_at = to_minute(at + ASK_AGAIN_AFTER[self.kind])
        return replace(self, due_at=due_at), Entry(TrailKind.REFERRAL_CHASED, self.id)


def due_from(kind: Kind, state: S, at: datetime) -> datetime | None:
    """Until when somebody sees to a referral that came into `state`; None when it is over."""
    if state in OVER:
        return None
    within = {S.PREPARED: HAND_OVER_WITHIN, S.SENT: ASK_AFTER, S.RECEIVED: ASK_AGAIN_AFTER}[state]
    return to_minute(at + within[kind])


@dataclass(frozen=True)
class ReferredTo:
    """Who gets it: the hotline or police of a country, or whom a caseworker named."""

    name: str
    country: str = ""  # ISO 3166-1 alpha-2; empty for who was named by hand


@dataclass(frozen=True)
class ReferredPlace:
    """One place. `url` is exact and live; without one, app and account. `number` counts within the package.
    Without a finding nobody has assessed it."""

    number: int
    url: str
    app: str
    account: str
    provider: str
    finding: Finding | None

    def __repr__(self) -> str:
        return f"ReferredPlace({self.number})"


@dataclass(frozen=True)
class EarlierNotice:
    """A notice of ours that went out about places of this package."""

    reference: str
    provider: str
    sent_at: datetime
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class ReferralFacts:
    """All that a package is made of: worded the same whoever began the case.

    `must_leave` is empty but in an emergency, where a caseworker writes what they have to know.
    """

    reference: str
    kind: Kind
    made_at: datetime
    hotline: Hotline
    recipient: ReferredTo
    places: tuple[ReferredPlace, ...]
    notices: tuple[EarlierNotice, ...] = ()
    series_reference: str = ""  # under which police know the child, where they do
    legal_note: str = ""  # mandatory reporting and preservation in the recipient's country
    must_leave: str = ""

    def __repr__(self) -> str:
        return f"ReferralFacts({self.reference})"
