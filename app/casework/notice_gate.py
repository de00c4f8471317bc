"""Whether a notice may go to a provider now: what was agreed for its country, and a police hold.

Where the provider's country has a hotline, that one often issues the notice (framework, 2019): the policy
for the country says so, or how long a notice waits for it. In the hotline's own country, and where nothing
was agreed, notices are free.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, unique

from app.casework.errors import PoliceHoldRuns, ReferFirst
from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.domain.desk_words import ReferralKind, ReferralPolicy, ReferralState
from app.domain.referrals import OUT, Referral
from app.domain.requests import Request
from app.persistence.countries import Country
from app.persistence.database import Work


@unique
class GateReason(StrEnum):
    """Why a notice waits."""

    FREE = "free"
    POLICE_HOLD = "police_hold"  # until a moment
    REFER_ONLY = "refer_only"  # the hotline there issues it, unless it declines
    REFER_FIRST = "refer_first"  # its hours begin when a referral is handed over
    HOURS = "hours"  # a referral was handed over; until a moment


@dataclass(frozen=True)
class Gate:
    """`until`: when it opens by itself; None where something has to happen first. `hotline`: of that
    country."""

    reason: GateReason = GateReason.FREE
    until: datetime | None = None
    hotline: str = ""
    hours: int = 0

    @property
    def is_open(self) -> bool:
        return self.reason is GateReason.FREE


FREE = Gate()


def may_notify(
    kit: Kit, work: Work, request: Request, country: str, location_ids: Iterable[str], at: datetime
) -> None:
    """For a notice about these places to a provider in `country`. Raises PoliceHoldRuns, ReferFirst."""
    gate = gate_of(kit, work, request, country, location_ids, at)
    if gate.reason is GateReason.POLICE_HOLD:
        raise PoliceHoldRuns
    if not gate.is_open:
        raise ReferFirst


def gate_of(
    kit: Kit, work: Work, request: Request, country: str, location_ids: Iterable[str], at: datetime
) -> Gate:
    """The same to be shown: the first reason that holds any of these places."""
    return read_gates(kit, work, request, at).of(country, location_ids)


@dataclass
class Gates:
    """The gates of one case, read once, for a page that shows many letters."""

    own_country: str
    police_until: datetime | None
    newest: dict[str, Referral]  # the newest referral to a hotline that is out, by location id
    at: datetime
    read: "Read"
    _known: dict[str, Country | None] = field(default_factory=dict)

    def of(self, country: str, location_ids: Iterable[str]) -> Gate:
        """Of a notice about these places to a provider in `country`."""
        if self.police_until is not None:
            return Gate(GateReason.POLICE_HOLD, self.police_until)
        if not country or country == self.own_country:
            return FREE
        if country not in self._known:
            self._known[country] = self.read(country)
        agreed = self._known[country]
        if agreed is None or not agreed.hotline_name or agreed.policy is ReferralPolicy.PARALLEL:
            return FREE
        shut = [gate for one in location_ids if not (gate := self._of_place(agreed, one)).is_open]
        return max(shut, key=_longest) if shut else FREE

    def _of_place(self, agreed: Country, location_id: str) -> Gate:
        referral = self.newest.get(location_id)
        if referral is not None and referral.state is ReferralState.DECLINED:
            return FREE  # nobody there does it: so we do
        if agreed.policy is ReferralPolicy.REFER_ONLY:
            return Gate(GateReason.REFER_ONLY, None, agreed.hotline_name)
        if referral is None or referral.sent_at is None:
            return Gate(GateReason.REFER_FIRST, None, agreed.hotline_name, agreed.policy_hours)
        # What they did deserves the same time to take effect.
        acted = referral.state is ReferralState.ACTED
        until = (referral.state_at if acted else referral.sent_at) + timedelta(hours=agreed.policy_hours)
        if until <= self.at:
            return FREE
        return Gate(GateReason.HOURS, until, agreed.hotline_name, agreed.policy_hours)


class Read:
    """What is agreed for a country, within the transaction of the verb."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, code: str) -> Country | None:
        return country_of(self._work, code)


def read_gates(kit: Kit, work: Work, request: Request, at: datetime) -> Gates:
    """Plain columns only."""
    newest: dict[str, Referral] = {}
    for referral in work.referrals.of_request(request.id):
        if referral.kind is ReferralKind.HOTLINE and referral.state in OUT:
            newest |= dict.fromkeys(work.referrals.location_ids(referral.id), referral)
    until = request.police_until if request.is_on_police_hold(at) else None
    return Gates(kit.settings.hotline.country, until, newest, at, Read(work))


def _longest(gate: Gate) -> tuple[bool, float]:
    """What needs somebody to act comes before what only needs time."""
    return gate.until is None, 0.0 if gate.until is None else gate.until.timestamp()
