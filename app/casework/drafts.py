"""A letter before it is approved: who it is to, what about, and what may be added to it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from app.casework.case_folder import CasePlace
from app.casework.errors import NotAllowed
from app.casework.findings import finding_record
from app.casework.laws import laws_for
from app.casework.notice_facts import make_facts
from app.casework.own_names import OwnName
from app.casework.own_words import OwnWords, words_for
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.notices import CitedLaw, NoticeFacts
from app.domain.providers import FIRST_SCOPES, Contact, Provider
from app.persistence.database import Work
from app.settings import Settings
from app.vault.derive import digest


@dataclass(frozen=True)
class Draft:
    """All that one letter is made from, but for what is drawn when it is approved.

    `mandate_laws`: cited instead of `laws` where a caseworker chose to tell that somebody gave a mandate;
    empty where that may not be told. `own_words`, `own_names`: what may be added, each by a choice.
    `step`, `rung`, `of`: of a further letter: when it goes, to which contact of the recipient (from 1), and
    whose notice it is about.
    """

    provider: Provider
    contact: Contact
    kind: NoticeKind
    places: tuple[CasePlace, ...]
    laws: tuple[CitedLaw, ...] = ()
    mandate_laws: tuple[CitedLaw, ...] = ()
    own_words: tuple[OwnWords, ...] = ()
    own_names: tuple[OwnName, ...] = ()
    step: ChaseStep | None = None
    rung: int = 0
    of: Provider | None = None

    def __repr__(self) -> str:
        return f"Draft({self.kind})"


@dataclass(frozen=True)
class Added:
    """What a caseworker chose to add to one letter."""

    statement: str = ""
    names: tuple[str, ...] = ()
    tells_mandate: bool = False

    def __repr__(self) -> str:
        return "Added(…)"


NOTHING = Added()


@dataclass(frozen=True)
class Offers:
    """What the people of a case agreed to, and what stands in its notes."""

    own_words: tuple[OwnWords, ...] = ()
    own_names: tuple[OwnName, ...] = ()
    has_mandate: bool = False

    def __repr__(self) -> str:
        return "Offers(…)"


def print_of(draft: Draft) -> str:
    """A short print of all that a letter is made from, so that what is approved is what was read. Not of how
    its places stand: several letters about one place are approved in one go."""
    said = [
        asdict(draft.provider),
        asdict(draft.contact),
        [draft.kind, draft.step, draft.rung, draft.of and [draft.of.id, draft.of.name]],
        [[asdict(law) for law in laws] for laws in (draft.laws, draft.mandate_laws)],
        [asdict(one) for one in draft.own_words],
        [asdict(one) for one in draft.own_names],
        [[p.id, p.url, p.finding and finding_record(p.finding)] for p in draft.places],
    ]
    return digest("letter as read", json.dumps(said, default=str).encode()).hex()[:32]


def facts_for(
    settings: Settings,
    draft: Draft,
    reference: str,
    link_secret: str,
    at: datetime,
    *,
    places: tuple[CasePlace, ...] | None = None,
    added: Added = NOTHING,
    about: str = "",
) -> NoticeFacts:
    """The facts of a letter. `places`: all that go in it, where it takes in another letter's. `about`: the
    reference of the notice that who is supplied has."""
    is_upstream = draft.kind is NoticeKind.UPSTREAM
    return make_facts(
        settings,
        draft.provider,
        draft.contact,
        draft.places if places is None else places,
        draft.kind,
        reference,
        link_secret,
        at,
        statement=added.statement,
        laws=draft.mandate_laws if added.tells_mandate else draft.laws,
        names=added.names,
        about=about if is_upstream else "",
        about_provider=draft.of.name if is_upstream and draft.of is not None else "",
    )


def draft_first(
    work: Work, provider: Provider, places: tuple[CasePlace, ...], kind: NoticeKind, offers: Offers
) -> Draft:
    """The first letter to who has the places, or to a search engine. Raises NotAllowed without a way there.

    Names go to search engines alone, own words never there.
    """
    contact = provider.first_contact
    if contact is None:
        raise NotAllowed
    is_search = kind is NoticeKind.SEARCH
    laws = laws_for(work, provider, kind)
    told = laws_for(work, provider, kind, with_mandate=True) if offers.has_mandate else laws
    return Draft(
        provider=provider,
        contact=contact,
        kind=kind,
        places=places,
        laws=laws,
        mandate_laws=told if told != laws else (),
        own_words=() if is_search else words_for(provider, offers.own_words),
        own_names=offers.own_names if is_search else (),
    )


def suppliers_of(work: Work, provider: Provider) -> tuple[Provider, ...]:
    """Who supplies the provider itself, in their order."""
    found = {one.id: one for one in work.providers.of_ids(provider.upstreams)}
    return tuple(found[one] for one in provider.upstreams if one in found)


def draft_rungs(work: Work, first: Draft, above: Iterable[Provider]) -> tuple[Draft, ...]:
    """Letters to whom one turns when nothing happens: other contacts of the provider, then `above`, who
    supply it. Nobody's own words or names are in any of them; a mandate is told in none."""
    if first.kind is NoticeKind.SEARCH:
        return ()
    drafts = [
        _rung(work, first, first.provider, contact, number)
        for number, contact in enumerate(first.provider.contacts, start=1)
    ]
    for supplier in above:
        number = next((n for n, one in enumerate(supplier.contacts, start=1) if one.channel.is_mail), 1)
        if supplier.contacts:
            drafts.append(_rung(work, first, supplier, supplier.contacts[number - 1], number))
    known = {first.contact.address}
    fresh = []
    for draft in sorted(drafts, key=lambda one: one.step is ChaseStep.UPSTREAM):
        if draft.contact.address not in known:
            known.add(draft.contact.address)
            fresh.append(draft)
    return tuple(fresh)


def _rung(work: Work, first: Draft, provider: Provider, contact: Contact, number: int) -> Draft:
    """Who answers for what lies there gets a whole letter; who only supplies them is told the host alone."""
    is_whole = provider.id == first.provider.id and contact.scope in FIRST_SCOPES
    kind = first.kind if is_whole else NoticeKind.UPSTREAM
    return Draft(
        provider=provider,
        contact=contact,
        kind=kind,
        places=first.places,
        laws=laws_for(work, provider, kind),
        step=ChaseStep.SECOND_WAY if is_whole else ChaseStep.UPSTREAM,
        rung=number,
        of=first.provider,
    )
