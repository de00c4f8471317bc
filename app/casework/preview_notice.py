"""The letters as they would go, per provider, for the caseworker who approves them. Places stand in them
masked: reading a letter is to expose nobody."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for
from app.casework.kit import Kit
from app.casework.notice_facts import make_facts, print_of
from app.casework.notice_gate import FREE, Gate, Gates, read_gates
from app.casework.open_case import places_of
from app.casework.own_words import OwnWords, words_for, words_to_pass_on
from app.casework.step_second import needs_second
from app.domain.desk_words import Behaviour, Step
from app.domain.moves import NOTICE_FROM
from app.domain.requests import Request
from app.domain.words import LocationState
from app.i18n.letters import compose_notice, compose_statement
from app.persistence.database import Work
from app.persistence.providers import Contact, Provider
from app.places.showing import defang


@dataclass(frozen=True)
class StatementPreview:
    """One party's own words as they would stand in this letter."""

    party_id: str
    number: int
    block: str

    def __repr__(self) -> str:
        return f"StatementPreview({self.party_id})"


@dataclass(frozen=True)
class NoticePreview:
    """One letter-to-be; or the places of one host nobody in the directory answers for; or those of a provider
    who takes no mail, with the ways to them (`contacts`).

    `statements`: own words that may go along, each as the letter would hold it; none goes by itself.
    Where it cannot be approved now, `needs_second` says that a colleague has to do it, and `gate` that a
    referral, or police, come first.
    """

    provider_id: str | None
    provider_name: str | None
    places: tuple[CasePlace, ...]
    subject: str | None
    body: str | None
    seen: str = ""  # goes back with the approval
    statements: tuple[StatementPreview, ...] = ()
    needs_second: bool = False
    gate: Gate = FREE
    contacts: tuple[Contact, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places)

    @property
    def location_ids(self) -> tuple[str, ...]:
        return tuple(place.id for place in self.places)

    @property
    def is_letter(self) -> bool:
        return self.body is not None

    @property
    def may_be_approved(self) -> bool:
        return self.is_letter and self.gate.is_open and not self.needs_second

    def __repr__(self) -> str:
        return "NoticePreview(…)"


def preview_notices(
    kit: Kit, actor: Caseworker, request_id: str, shown: frozenset[str] = frozenset()
) -> tuple[NoticePreview, ...]:
    """Group the places that wait for a notice by provider. Raises Recused, NotFound.

    `shown`: ids of places whose address stands in the letter whole, defanged; who asks for that has
    counted it first (casework/show_in_case.py).
    """
    at = kit.clock()
    with kit.database.reading() as work:
        request = load_for(work, actor, request_id)
        keys = open_case_keys(work, actor.team, request_id)
        waiting = _waiting(work, request, places_of(work, request, keys))
        own_words = words_to_pass_on(work, request_id, keys)
        providers = {
            one.id: one for one in work.providers.of_ids(p.provider_id for p in waiting if p.provider_id)
        }
        gates = read_gates(kit, work, request, at)
        groups: dict[_Group, list[CasePlace]] = {}
        for place in waiting:
            groups.setdefault(_group(work, actor, place, providers, gates), []).append(place)
    previews = []
    for group, places in groups.items():
        provider = providers.get(group.provider_id or "")
        if provider is None:
            previews.append(NoticePreview(None, None, tuple(places), None, None))
        elif provider.by_mail is None:
            previews.append(_no_letter(provider, places))
        else:
            letter = _letter(kit, provider, places, words_for(provider, own_words), shown, at)
            previews.append(replace(letter, needs_second=group.needs_second, gate=group.gate))
    return tuple(previews)


@dataclass(frozen=True)
class _Group:
    """What one letter is for, and what keeps it back."""

    provider_id: str | None
    needs_second: bool = False
    gate: Gate = FREE


def _waiting(work: Work, request: Request, places: tuple[CasePlace, ...]) -> tuple[CasePlace, ...]:
    """With an address, and a finding that asks for removal. A place that was referred waits for a notice only
    as long as it had none: no letter goes twice by itself."""
    noticed = noticed_before(work, request.id)
    return tuple(
        place
        for place in places
        if place.url
        and place.state in NOTICE_FROM
        and place.finding is not None
        and place.finding.asks_removal
        and not (place.state is LocationState.REFERRED and place.id in noticed)
    )


def noticed_before(work: Work, request_id: str) -> frozenset[str]:
    """Ids of places that stand in a notice already."""
    notices = work.notices.of_request(request_id)
    return frozenset(one for notice in notices for one in work.notices.location_ids(notice.id))


def _group(
    work: Work, actor: Caseworker, place: CasePlace, providers: dict[str, Provider], gates: Gates
) -> _Group:
    """By provider, and by what keeps a letter back: one place that has to wait holds up no other. What is
    held here is what approve_notice would refuse."""
    provider = providers.get(place.provider_id or "")
    if provider is None or provider.by_mail is None:
        return _Group(place.provider_id)
    needs_second_one = needs_second(work, actor, Step.NOTICE, [place.found_by])
    return _Group(provider.id, needs_second_one, gates.of(provider.country, [place.id]))


def _letter(
    kit: Kit,
    provider: Provider,
    places: list[CasePlace],
    own_words: tuple[OwnWords, ...],
    shown: frozenset[str],
    at: datetime,
) -> NoticePreview:
    facts = make_facts(kit.settings, provider, tuple(places), "H-····-····", "…", at)
    as_read = tuple(
        replace(said, url=place.defanged if place.id in shown else defang(place.masked))
        for said, place in zip(facts.places, places, strict=True)
    )
    letter = compose_notice(replace(facts, places=as_read))
    return NoticePreview(
        provider.id,
        provider.name,
        tuple(places),
        letter.subject,
        letter.body,
        print_of(provider, tuple(places), own_words),
        tuple(
            StatementPreview(one.party_id, one.number, compose_statement(one.words, provider.language))
            for one in own_words
        ),
        behaviours=provider.behaviours,
    )


def _no_letter(provider: Provider, places: list[CasePlace]) -> NoticePreview:
    ways, answers = provider.contacts, provider.behaviours
    return NoticePreview(
        provider.id, provider.name, tuple(places), None, None, contacts=ways, behaviours=answers
    )
