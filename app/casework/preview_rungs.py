"""Whom one may still turn to about a notice, each with the letter as it would go."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import KIND_OF, CaseKeys, open_case_keys
from app.casework.cases import load_for
from app.casework.drafts import Draft, Offers, draft_first, draft_rungs, suppliers_of
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.letter_previews import Reading, RungPreview, after_of, preview_rung
from app.casework.notice_gate import read_gates
from app.casework.open_case import places_of
from app.casework.step_second import finders_of, needs_second
from app.domain.chasing import ESCALATED, LADDER
from app.domain.desk_words import Step
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.requests import Request
from app.domain.timers import Times
from app.domain.words import LocationState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice
from app.persistence.wraps import TEAM
from app.vault.pairs import Ring, open_with
from app.vault.records import unlock_record
from app.vault.seal import NotOpened, Purpose, SecretKey

_MAY_FOLLOW = frozenset({NoticeState.APPROVED, NoticeState.SENT, NoticeState.ANSWERED})
_STILL_UP = ESCALATED | {LocationState.APPROVED, LocationState.STALLED}


def preview_rungs(kit: Kit, actor: Caseworker, root_id: str) -> tuple[RungPreview, ...]:
    """None where nothing of the notice is still up. Raises NotFound, Recused."""
    at = kit.clock()
    with kit.database.reading() as work:
        root = load_root(work, root_id)
        request = load_for(work, actor, root.request_id)
        keys = open_case_keys(work, actor.team, request.id)
        further = further_letters(kit, work, actor.team, request, keys, root, at)
        gates = read_gates(kit, work, request, at)
        ids = {place.id for draft in further for place in draft.places}
        second = needs_second(work, actor, Step.NOTICE, finders_of(work, request.id, ids))
        gated = tuple((one, gates.of(one.provider.country, ids)) for one in further)
    reading = Reading(kit.settings, at)
    return tuple(
        replace(preview_rung(reading, one, about=root.reference), gate=gate, needs_second=second)
        for one, gate in gated
    )


def load_root(work: Work, root_id: str) -> Notice:
    """The first notice of a ladder. Raises NotFound."""
    try:
        root = work.notices.load(root_id)
    except NotThere:
        raise NotFound from None
    if not root.is_first:
        raise NotFound
    return root


def further_letters(
    kit: Kit, work: Work, team: Ring, request: Request, keys: CaseKeys, root: Notice, at: datetime
) -> tuple[Draft, ...]:
    """To each contact that has none yet, about what is still up. One that a person carries there is not
    approved before its step is reached."""
    named = set(work.notices.location_ids(root.id))
    places = tuple(
        one
        for one in places_of(work, request, keys)
        if one.id in named and one.state in _STILL_UP and one.finding is not None
    )
    if root.state not in _MAY_FOLLOW or root.kind is NoticeKind.SEARCH or not places:
        return ()
    try:
        provider = work.providers.load(root.provider_id)
        first = draft_first(work, provider, places, root.kind, Offers())
    except (NotThere, NotAllowed):
        return ()
    written_to = set(_written_to(work, team, root))
    return tuple(
        draft
        for draft in draft_rungs(work, first, suppliers_of(work, provider))
        if draft.contact.address not in written_to
        and (draft.contact.channel.is_mail or goes_now(root, draft, at, kit.settings.times))
    )


def goes_now(root: Notice, draft: Draft, at: datetime, times: Times) -> bool:
    """Whether a further letter goes at once: its time has come, the chase is over, or nothing arrived."""
    step = draft.step
    if step is ChaseStep.SECOND_WAY and any(one.state is LocationState.BOUNCED for one in draft.places):
        return True
    if root.sent_at is None or step is None:
        return False
    if root.chase_at is None or LADDER.index(step) < root.chase_done:
        return True
    return root.sent_at + after_of(draft, times) <= at


def _written_to(work: Work, team: Ring, root: Notice) -> Iterable[str]:
    """Addresses that the notice itself and its further letters go to."""
    for notice in (root, *work.notices.rungs_of(root.id)):
        if notice.state in (NoticeState.CANCELLED, NoticeState.UNDELIVERED):
            continue
        try:
            wrapped = work.wraps.one(notice.id, KIND_OF[Purpose.NOTICE_KEY], TEAM)
            key = SecretKey(open_with(team, Purpose.NOTICE_KEY, notice.id, wrapped))
            record = unlock_record(key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed)
        except (NotThere, NotOpened):
            continue  # its key was destroyed with its link: it went out long ago
        yield str(record["recipient"]["email"])
