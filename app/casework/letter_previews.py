"""What the desk is shown of letters-to-be. Places stand in them masked: reading one is to expose nobody."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.casework.case_folder import CasePlace
from app.casework.drafts import NOTHING, Added, Draft, facts_for, print_of
from app.casework.notice_gate import FREE, Gate
from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.providers import Contact
from app.domain.timers import Times
from app.i18n.letters import Letter, compose_notice, compose_statement
from app.places.showing import defang
from app.settings import Settings

_REFERENCE, _CODE = "H-····-····", "··········"  # drawn when it is approved


@dataclass(frozen=True)
class StatementPreview:
    """One party's own words as they would stand in this letter."""

    party_id: str
    number: int
    block: str

    def __repr__(self) -> str:
        return f"StatementPreview({self.party_id})"


@dataclass(frozen=True)
class NamePreview:
    """One party's names, and the letter as it would be with them."""

    party_id: str
    number: int
    names: tuple[str, ...]
    body: str

    def __repr__(self) -> str:
        return f"NamePreview({self.party_id})"


@dataclass(frozen=True)
class RungPreview:
    """A letter to whom one turns when nothing happens. `rung`: which contact of them, from 1. `after`: how
    long after the first letter went. `seen` goes back with the approval."""

    provider_id: str
    provider_name: str
    rung: int
    scope: Scope
    channel: Channel
    step: ChaseStep
    kind: NoticeKind
    after: timedelta
    subject: str
    body: str
    seen: str
    gate: Gate = FREE
    needs_second: bool = False
    behaviours: tuple[Behaviour, ...] = ()

    @property
    def hours(self) -> int:
        return int(self.after / timedelta(hours=1))

    @property
    def may_be_approved(self) -> bool:
        return self.gate.is_open and not self.needs_second

    def __repr__(self) -> str:
        return f"RungPreview({self.step})"


@dataclass(frozen=True)
class NoticePreview:
    """One letter-to-be; or the places of one host nobody in the directory answers for; or those of a provider
    to whom no way leads that a first notice may take (`contacts` are the others).

    `statements`, `names`: what may go along, each as the letter would hold it; nothing goes by itself.
    `mandate_body`: the letter as it would be where a caseworker tells that somebody gave a mandate.
    `joined`: places of a letter that waits: this one takes them in.
    Where it cannot be approved now, `needs_second` says that a colleague has to do it, and `gate` that a
    referral, or police, come first.
    """

    provider_id: str | None
    provider_name: str | None
    places: tuple[CasePlace, ...]
    subject: str | None = None
    body: str | None = None
    seen: str = ""  # goes back with the approval
    statements: tuple[StatementPreview, ...] = ()
    needs_second: bool = False
    gate: Gate = FREE
    contacts: tuple[Contact, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    kind: NoticeKind | None = None
    channel: Channel | None = None
    rungs: tuple[RungPreview, ...] = ()
    names: tuple[NamePreview, ...] = ()
    mandate_body: str = ""
    joined: tuple[CasePlace, ...] = ()
    way: str = ""  # the form, or how the partner is reached, where a person takes it there

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places)

    @property
    def joined_numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.joined)

    @property
    def location_ids(self) -> tuple[str, ...]:
        return tuple(place.id for place in self.places)

    @property
    def is_letter(self) -> bool:
        return self.body is not None

    @property
    def is_search(self) -> bool:
        return self.kind is NoticeKind.SEARCH

    @property
    def is_by_hand(self) -> bool:
        return self.channel is not None and not self.channel.is_mail

    @property
    def may_be_approved(self) -> bool:
        return self.is_letter and self.gate.is_open and not self.needs_second

    def __repr__(self) -> str:
        return "NoticePreview(…)"


@dataclass(frozen=True)
class Reading:
    """For whom letters are composed: now, with these places shown whole."""

    settings: Settings
    at: datetime
    shown: frozenset[str] = frozenset()

    def compose(
        self, draft: Draft, places: tuple[CasePlace, ...], added: Added = NOTHING, about: str = _REFERENCE
    ) -> Letter:
        """As it would go, but for its addresses and for what is drawn when it is approved."""
        facts = facts_for(
            self.settings, draft, _REFERENCE, "…", self.at, places=places, added=added, about=about
        )
        as_read = facts.places
        if draft.kind.names_places:
            as_read = tuple(
                replace(said, url=place.defanged if place.id in self.shown else defang(place.masked))
                for said, place in zip(facts.places, places, strict=True)
            )
        return compose_notice(replace(facts, places=as_read, verify_code=_CODE))


def preview_letter(reading: Reading, draft: Draft, joined: tuple[CasePlace, ...]) -> NoticePreview:
    """`joined`: places of a waiting letter that go in this one."""
    places = tuple(sorted((*draft.places, *joined), key=lambda place: place.number))
    letter = reading.compose(draft, places)
    named = [
        NamePreview(
            one.party_id,
            one.number,
            one.names,
            reading.compose(draft, places, Added(names=one.names)).body,
        )
        for one in draft.own_names
    ]
    told = reading.compose(draft, places, Added(tells_mandate=True)).body if draft.mandate_laws else ""
    return NoticePreview(
        draft.provider.id,
        draft.provider.name,
        draft.places,
        letter.subject,
        letter.body,
        print_of(draft),
        tuple(
            StatementPreview(one.party_id, one.number, compose_statement(one.words, draft.contact.language))
            for one in draft.own_words
        ),
        behaviours=draft.provider.behaviours,
        kind=draft.kind,
        channel=draft.contact.channel,
        names=tuple(named),
        mandate_body=told,
        joined=joined,
        way="" if draft.contact.channel.is_mail else draft.contact.address,
    )


def preview_rung(
    reading: Reading, draft: Draft, joined: tuple[CasePlace, ...] = (), about: str = _REFERENCE
) -> RungPreview:
    """One further letter, as it would go."""
    places = tuple(sorted((*draft.places, *joined), key=lambda place: place.number))
    letter = reading.compose(draft, places, about=about)
    return RungPreview(
        provider_id=draft.provider.id,
        provider_name=draft.provider.name,
        rung=draft.rung,
        scope=draft.contact.scope,
        channel=draft.contact.channel,
        step=draft.step or ChaseStep.UPSTREAM,
        kind=draft.kind,
        after=after_of(draft, reading.settings.times),
        subject=letter.subject,
        body=letter.body,
        seen=print_of(draft),
        behaviours=draft.provider.behaviours,
    )


def after_of(draft: Draft, times: Times) -> timedelta:
    """How long after the first letter a further one goes."""
    return times.second_way if draft.step is ChaseStep.SECOND_WAY else times.upstream
