"""The letters as they would go, per provider, for the caseworker who approves them."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys
from app.casework.cases import load
from app.casework.kit import Kit
from app.casework.notice_facts import make_facts, print_of
from app.casework.open_case import places_of
from app.casework.own_words import words_to_pass_on
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.i18n.letters import compose_notice, compose_statement


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
    """One letter-to-be, or the places of one host nobody in the directory answers for.

    `statements`: own words that may go along, each as the letter would hold it; none goes by itself.
    """

    provider_id: str | None
    provider_name: str | None
    places: tuple[CasePlace, ...]
    subject: str | None
    body: str | None
    seen: str = ""  # goes back with the approval
    statements: tuple[StatementPreview, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places)

    @property
    def location_ids(self) -> tuple[str, ...]:
        return tuple(place.id for place in self.places)

    def __repr__(self) -> str:
        return "NoticePreview(…)"


def preview_notices(kit: Kit, actor: Caseworker, request_id: str) -> tuple[NoticePreview, ...]:
    """Group the assessed places by provider. Shows live places, so the trail says so. Raises NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        request = load(work, request_id)
        keys = open_case_keys(work, actor.team, request_id)
        waiting = [p for p in places_of(work, request, keys) if p.state is LocationState.ASSESSED and p.url]
        own_words = words_to_pass_on(work, request_id, keys)
        providers = {provider.id: provider for provider in work.providers.all()}
        work.trail.append(request.trail_id, Entry(TrailKind.PLACES_SHOWN), actor.id, at)
        work.commit()
    groups: dict[str | None, list[CasePlace]] = {}
    for place in waiting:
        groups.setdefault(place.provider_id, []).append(place)
    previews = []
    for provider_id, places in groups.items():
        if provider_id is None:
            previews.append(NoticePreview(None, None, tuple(places), None, None))
            continue
        provider = providers[provider_id]
        facts = make_facts(kit.settings, provider, tuple(places), "H-····-····", "…", at)
        letter, seen = compose_notice(facts), print_of(provider, tuple(places), own_words)
        statements = tuple(
            StatementPreview(one.party_id, one.number, compose_statement(one.words, provider.language))
            for one in own_words
        )
        previews.append(
            NoticePreview(
                provider_id, provider.name, tuple(places), letter.subject, letter.body, seen, statements
            )
        )
    return tuple(previews)
