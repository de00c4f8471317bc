"""A provider's answer through the link: kept as it was said, sealed to the team, and followed at once.

Nobody proved who they are, so the words stay unverified: a caseworker sees them, and can put right what came
of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.casework.actors import Provider
from app.casework.cases import load
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit, new_id
from app.casework.letter_moves import mark_sent
from app.casework.packs import facts_of
from app.casework.take_replies import take_replies
from app.domain.assessments import Finding
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import NoticeState, Reply
from app.persistence.answers import Answer
from app.persistence.database import Work
from app.persistence.notices import Notice
from app.vault.pairs import sealed_to
from app.vault.records import seal_record_to, unlock_record
from app.vault.seal import NotOpened, Purpose

_MOST_ANSWERS = 50  # a link that was forwarded must not fill the disk


@dataclass(frozen=True)
class AnswerInput:
    """(number of the place in the notice, reply, words) for each place that was answered. `whose`: by number,
    who has it where it is not theirs."""

    answers: tuple[tuple[int, Reply, str], ...]
    whose: Mapping[int, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "AnswerInput(…)"


def answer_notice(kit: Kit, actor: Provider, given: AnswerInput) -> None:
    """The places move to what the provider says, at once.

    Raises NotAllowed when nothing was answered, a place is not in the notice, or too often; NotFound when the
    link ended meanwhile, or the request is forgotten.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        keep_answer(kit, work, load_answerable(kit, work, actor, at), given, at)
        work.commit()


@dataclass(frozen=True)
class Answerable:
    """The notice behind a link, and its request, held."""

    actor: Provider
    team_public: bytes
    request: Request
    notice: Notice


def load_answerable(kit: Kit, work: Work, actor: Provider, at: datetime) -> Answerable:
    """A letter that is in doubt arrived, then. Raises NotFound."""
    team_public = kit.team_key(work).public
    request = load(work, work.notices.load(actor.notice_id).request_id)
    notice = work.notices.load(actor.notice_id)  # again, now that answers to this case take turns
    if notice.link_ends_at <= at:
        raise NotFound
    if notice.state is NoticeState.APPROVED:  # in doubt, or this very moment: who answers has the letter
        mark_sent(kit, work, notice, at)
        request, notice = load(work, request.id), work.notices.load(notice.id)
    return Answerable(actor, team_public, request, notice)


def keep_answer(kit: Kit, work: Work, to: Answerable, given: AnswerInput, at: datetime) -> None:
    """Within the caller's transaction, once, last: saves the request. Raises NotAllowed."""
    notice, request = to.notice, to.request
    location_ids = work.notices.location_ids(notice.id)
    if not given.answers or any(not 1 <= number <= len(location_ids) for number, _, _ in given.answers):
        raise NotAllowed
    if len(work.answers.to_notice(notice.id)) >= _MOST_ANSWERS:
        raise NotAllowed
    answer_id = new_id()
    said = [
        {"number": number, "reply": reply, "words": words, "whose": given.whose.get(number, "")}
        for number, reply, words in given.answers
    ]
    sealed = seal_record_to(to.team_public, Purpose.PROVIDER_ANSWER, answer_id, {"answers": said})
    work.answers.add(Answer(answer_id, notice.id, to_minute(at), sealed, sealed_to(sealed)))
    if notice.state is NoticeState.SENT:
        work.notices.save(replace(notice, state=NoticeState.ANSWERED))
    work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_ANSWERED, notice.id), "provider", at)
    replies = {location_ids[number - 1]: reply for number, reply, _ in given.answers}
    findings = _findings_in(to.actor, notice, location_ids)
    take_replies(work, request, notice, replies, "provider", at, findings, kit.settings.times)


def _findings_in(actor: Provider, notice: Notice, location_ids: tuple[str, ...]) -> dict[str, Finding]:
    """What the notice says of each of its places, by location id; nothing where the key opens nothing."""
    try:
        record = unlock_record(actor.notice_key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed)
        places = facts_of(record).places
    except NotOpened:
        return {}
    by_number = {place.number: place.finding for place in places}
    return {
        location_id: by_number[number]
        for number, location_id in enumerate(location_ids, start=1)
        if number in by_number
    }
