"""A provider's word, recorded by a caseworker. It stays the provider's word: nobody checked."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held
from app.casework.count_outcome import findings_in
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.take_replies import take_replies
from app.domain.moves import NOTICED
from app.domain.notice_words import NoticeKind
from app.domain.requests import Request
from app.domain.words import LocationState, Reply
from app.persistence.database import Work
from app.persistence.notices import Notice

ANSWERABLE = NOTICED | {LocationState.MOVED}
"""A provider's word means something for such a place (domain/replies.py)."""


@dataclass(frozen=True)
class ReplyInput:
    """What the provider replied about these locations."""

    request_id: str
    location_ids: tuple[str, ...]
    reply: Reply


def record_reply(kit: Kit, actor: Caseworker, given: ReplyInput) -> None:
    """Take the reply as the answer to the newest notice about each place (`take_replies` says what follows).

    Raises NotAllowed when no notice about a location was sent, or it is not waited for; NotFound, NotHolding,
    Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        findings = findings_in(work, open_case_keys(work, actor.team, request.id), request.id)
        for notice, location_ids in _by_notice(work, request, given):
            replies = dict.fromkeys(location_ids, given.reply)
            take_replies(work, request, notice, replies, actor.id, at, findings, kit.settings.times)
            request = load_held(work, actor, given.request_id, kit)  # as it was saved
        work.commit()


def _by_notice(work: Work, request: Request, given: ReplyInput) -> list[tuple[Notice | None, list[str]]]:
    """The chosen locations, each with the newest notice about it; None where only somebody else's went out.

    Raises NotFound, NotAllowed.
    """
    locations = {location.id: location for location in work.requests.locations_of(request.id)}
    chosen = tuple(dict.fromkeys(given.location_ids))
    if not chosen or not set(chosen) <= set(locations):
        raise NotFound
    newest = {
        location_id: notice
        for notice in _sent(work, request)
        for location_id in work.notices.location_ids(notice.id)
    }
    if not all(locations[one].state in ANSWERABLE for one in chosen):
        raise NotAllowed
    found: dict[str, tuple[Notice | None, list[str]]] = {}
    for location_id in chosen:
        notice = newest.get(location_id)
        found.setdefault("" if notice is None else notice.id, (notice, []))[1].append(location_id)
    return list(found.values())


def _sent(work: Work, request: Request) -> list[Notice]:
    """Those to who holds the places, the oldest first."""
    about_places = (NoticeKind.CSAM, NoticeKind.HARMFUL, NoticeKind.IDENTITY)
    sent = [
        one
        for one in work.notices.of_request(request.id)
        if one.sent_at is not None and one.kind in about_places
    ]
    return sorted(sent, key=lambda one: one.sent_at or one.approved_at)
