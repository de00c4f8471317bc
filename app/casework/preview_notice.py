"""The letters as they would go, by provider and kind, for the caseworker who approves them."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for
from app.casework.drafts import NOTHING, Draft, Offers, draft_first, draft_rungs, suppliers_of
from app.casework.group_letters import WaitingLetter, letter_to_join, may_join
from app.casework.kit import Kit
from app.casework.letter_previews import NoticePreview, Reading, preview_letter, preview_rung
from app.casework.notice_gate import FREE, Gate, Gates, read_gates
from app.casework.offers import read_offers
from app.casework.open_case import places_of
from app.casework.places_to_notice import Noticed, kind_of, noticed_before, to_notice, to_search
from app.casework.step_second import needs_second
from app.casework.unlock_courier import courier_seed
from app.domain.desk_words import Step
from app.domain.notice_words import NoticeKind, ProviderKind
from app.persistence.database import Work
from app.persistence.providers import Provider
from app.persistence.team_keys import COURIER
from app.vault.pairs import KeyPair

__all__ = ["NoticePreview", "preview_notices"]


def preview_notices(
    kit: Kit, actor: Caseworker, request_id: str, shown: frozenset[str] = frozenset()
) -> tuple[NoticePreview, ...]:
    """Group the places that wait for a notice by provider and kind; search engines come last.

    `shown`: ids of places whose address stands in the letter whole, defanged; who asks for that has
    counted it first (casework/show_in_case.py). Raises Recused, NotFound.
    """
    at = kit.clock()
    with kit.database.reading() as work:
        desk = _look_at(kit, work, actor, request_id, at)
        places = to_notice(desk.places, desk.noticed)
        known = work.providers.of_ids(one.provider_id for one in places if one.provider_id)
        providers = {one.id: one for one in known}
        groups: dict[_Group, list[CasePlace]] = {}
        for place in places:
            groups.setdefault(desk.group(providers.get(place.provider_id or ""), place), []).append(place)
        for engine in work.providers.of_kind(ProviderKind.SEARCH):
            if engine.first_contact is None:
                continue
            providers[engine.id] = engine
            for place in to_search(desk.places, desk.noticed, engine.id):
                group = desk.group(engine, place, NoticeKind.SEARCH)
                groups.setdefault(group, []).append(place)
        letters = [
            desk.letter(group, providers.get(group.provider_id or ""), tuple(of_group))
            for group, of_group in groups.items()
        ]
    reading = Reading(kit.settings, at, shown)
    return tuple(_preview(reading, letter) for letter in letters)


@dataclass(frozen=True)
class _Group:
    """What one letter is for, and what keeps it back."""

    provider_id: str | None
    kind: NoticeKind | None = None
    needs_second: bool = False
    gate: Gate = FREE


@dataclass(frozen=True)
class _Letter:
    """What one letter is made from, read within the transaction; composed after it."""

    group: _Group
    provider: Provider | None
    places: tuple[CasePlace, ...]
    draft: Draft | None = None
    joined: tuple[CasePlace, ...] = ()
    rungs: tuple[tuple[Draft, Gate], ...] = ()

    def __repr__(self) -> str:
        return f"_Letter({self.group.kind})"


def _look_at(kit: Kit, work: Work, actor: Caseworker, request_id: str, at: datetime) -> "_Case":
    request = load_for(work, actor, request_id)
    keys = open_case_keys(work, actor.team, request_id)
    return _Case(
        work=work,
        actor=actor,
        places=places_of(work, request, keys),
        noticed=noticed_before(work, request_id),
        offers=read_offers(work, request_id, keys),
        gates=read_gates(kit, work, request, at),
        waiting=may_join(work, request_id, at),
    )


@dataclass(frozen=True)
class _Case:
    """A case as letters are made from it, read once."""

    work: Work
    actor: Caseworker
    places: tuple[CasePlace, ...]
    noticed: Noticed
    offers: Offers
    gates: Gates
    waiting: tuple[WaitingLetter, ...]

    def __repr__(self) -> str:
        return "_Case(…)"

    def group(self, provider: Provider | None, place: CasePlace, kind: NoticeKind | None = None) -> _Group:
        """By provider, by kind, and by what keeps a letter back: one place that has to wait holds up no
        other. What is held here is what approve_notice would refuse."""
        if provider is None or provider.first_contact is None:
            return _Group(place.provider_id)
        second = needs_second(self.work, self.actor, Step.NOTICE, [place.found_by])
        gate = self.gates.of(provider.country, [place.id])
        return _Group(provider.id, kind or kind_of([place]), second, gate)

    def letter(self, group: _Group, provider: Provider | None, places: tuple[CasePlace, ...]) -> _Letter:
        """Made from these places, and from those of a letter that waits and says the same."""
        if provider is None or group.kind is None:
            return _Letter(group, provider, places)
        draft = draft_first(self.work, provider, places, group.kind, self.offers)
        ids = [one.id for one in places]
        rungs = tuple(
            (rung, self.gates.of(rung.provider.country, ids))
            for rung in draft_rungs(self.work, draft, suppliers_of(self.work, provider))
            if rung.contact.channel.is_mail
        )
        return _Letter(group, provider, places, draft, self._joined(draft), rungs)

    def _joined(self, draft: Draft) -> tuple[CasePlace, ...]:
        if not self.waiting or not draft.contact.channel.is_mail:
            return ()
        courier = KeyPair(courier_seed(self.actor, self.work.hotline_keys.current(COURIER)))
        found = letter_to_join(self.work, courier, self.waiting, draft, NOTHING)
        return tuple(one for one in self.places if found is not None and one.id in found.location_ids)


def _preview(reading: Reading, letter: _Letter) -> NoticePreview:
    provider, group = letter.provider, letter.group
    if provider is None:
        return NoticePreview(None, None, letter.places)
    if letter.draft is None:
        return NoticePreview(
            provider.id,
            provider.name,
            letter.places,
            contacts=provider.contacts,
            behaviours=provider.behaviours,
        )
    rungs = tuple(
        replace(preview_rung(reading, rung, letter.joined), gate=gate, needs_second=group.needs_second)
        for rung, gate in letter.rungs
    )
    shown = preview_letter(reading, letter.draft, letter.joined)
    return replace(shown, needs_second=group.needs_second, gate=group.gate, rungs=rungs)
