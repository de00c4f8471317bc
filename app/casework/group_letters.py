"""Letters to one provider about one case and one kind, approved within some minutes, go as one letter.

An abuse desk that gets five mails in five minutes answers one. The first letter waits that long, never
longer: what joins it goes at the time at which it would have gone.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.add_notice import Approval
from app.casework.drafts import Added, Draft
from app.casework.packs import open_pack
from app.domain.letters import Letter
from app.domain.notices import NoticeFacts
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.notices import Notice
from app.vault.pairs import KeyPair
from app.vault.seal import NotOpened


@dataclass(frozen=True)
class WaitingLetter:
    """A first letter that nobody has begun to send. `location_ids`: of its places."""

    notice: Notice
    letter: Letter
    location_ids: tuple[str, ...]


def may_join(work: Work, request_id: str, at: datetime) -> tuple[WaitingLetter, ...]:
    """All first letters of a case that still wait for others, by plain columns."""
    found = []
    for notice in work.notices.of_request(request_id):
        if notice.state is not NoticeState.APPROVED or not notice.is_first:
            continue
        letters = work.letters.of_notice(notice.id)
        if len(letters) == 1 and _waits(letters[0], at):
            found.append(WaitingLetter(notice, letters[0], work.notices.location_ids(notice.id)))
    return tuple(found)


def _waits(letter: Letter, at: datetime) -> bool:
    is_fresh = letter.state is LetterState.WAITING and letter.lease is None and letter.attempts == 0
    return is_fresh and letter.due_at > at


def letter_to_join(
    work: Work, courier: KeyPair, waiting: tuple[WaitingLetter, ...], draft: Draft, added: Added
) -> WaitingLetter | None:
    """The one that says the same, but for its places: to the same contact, with the same laws, names and
    words. What was chosen for one letter is never left out, or put into another."""
    for one in waiting:
        if (one.notice.provider_id, one.notice.kind) != (draft.provider.id, draft.kind):
            continue
        try:
            facts = open_pack(courier, one.notice.id, work.notices.pack(one.notice.id))
        except (NotThere, NotOpened):
            continue
        if _says_the_same(facts, draft, added):
            return one
    return None


def _says_the_same(facts: NoticeFacts, draft: Draft, added: Added) -> bool:
    laws = draft.mandate_laws if added.tells_mandate else draft.laws
    before = (facts.recipient.email, facts.recipient.language, facts.laws, facts.names, facts.statement)
    return before == (draft.contact.address, draft.contact.language, laws, added.names, added.statement)


def take_in(approval: Approval, trail_id: str, waiting: WaitingLetter) -> bool:
    """Cancel that letter, with what was planned to follow it: another one takes in its places. False when a
    courier has begun to send it."""
    work = approval.work
    try:
        work.letters.move(waiting.letter, LetterState.DROPPED)
    except Overtaken:
        return False
    for notice in (waiting.notice, *work.notices.rungs_of(waiting.notice.id)):
        if notice.state not in (NoticeState.APPROVED, NoticeState.PLANNED):
            continue
        work.notices.save(replace(notice, state=NoticeState.CANCELLED, link_ends_at=approval.at))
        work.notices.destroy_pack(notice.id)
        work.trail.append(trail_id, Entry(TrailKind.NOTICE_CANCELLED, notice.id), approval.by, approval.at)
    return True
