"""A provider's answer through the link: kept sealed to the team, unverified, changing no place by itself."""

from dataclasses import dataclass, replace

from app.casework.actors import Provider
from app.casework.cases import load
from app.casework.errors import NotAllowed
from app.casework.kit import Kit, new_id
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import NoticeState, Reply
from app.persistence.answers import Answer
from app.vault.pairs import sealed_to
from app.vault.records import seal_record_to
from app.vault.seal import Purpose

_MOST_ANSWERS = 50  # a link that was forwarded must not fill the disk


@dataclass(frozen=True)
class AnswerInput:
    """(number of the place in the notice, reply, words) for each place that was answered."""

    answers: tuple[tuple[int, Reply, str], ...]

    def __repr__(self) -> str:
        return "AnswerInput(…)"


def answer_notice(kit: Kit, actor: Provider, given: AnswerInput) -> None:
    """Raises NotAllowed when nothing was answered, a place is not in the notice, or too often."""
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        request = load(work, work.notices.load(actor.notice_id).request_id)
        notice = work.notices.load(actor.notice_id)  # again, now that answers to this case take turns
        known = range(1, len(work.notices.location_ids(notice.id)) + 1)
        if not given.answers or any(number not in known for number, _, _ in given.answers):
            raise NotAllowed
        if len(work.answers.to_notice(notice.id)) >= _MOST_ANSWERS:
            raise NotAllowed
        answer_id = new_id()
        said = [{"number": number, "reply": reply, "words": words} for number, reply, words in given.answers]
        sealed = seal_record_to(team_public, Purpose.PROVIDER_ANSWER, answer_id, {"answers": said})
        work.answers.add(Answer(answer_id, notice.id, to_minute(at), sealed, sealed_to(sealed)))
        if notice.state is NoticeState.SENT:
            work.notices.save(replace(notice, state=NoticeState.ANSWERED))
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_ANSWERED, notice.id), "provider", at)
        work.commit()
