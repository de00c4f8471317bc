"""Which notice a received mail belongs to. Who wrote it, none of this proves."""

from dataclasses import dataclass

from app.domain.letters import Letter
from app.domain.mails import MatchedBy
from app.outbound.read_mail import ReadMail
from app.persistence.database import Work
from app.persistence.notices import Notice


@dataclass(frozen=True)
class Match:
    """`letter`: the very letter that it answers to, or that came back."""

    notice: Notice
    by: MatchedBy
    letter: Letter | None = None


def is_own(work: Work, mail: ReadMail) -> bool:
    """Whether it is one of our own letters: somebody's mail system sends them round in a circle."""
    return bool(mail.message_id) and bool(work.letters.by_message_ids((mail.message_id,)))


def match_mail(work: Work, mail: ReadMail) -> Match | None:
    """By the letter it stands below; else by the reference, in its subject before its text."""
    named = mail.returned.message_ids if mail.returned else mail.answers_to
    ours = work.letters.by_message_ids(named)
    letter = next((ours[one] for one in named if one in ours), None)
    if letter is not None:
        return Match(work.notices.load(letter.notice_id), MatchedBy.THREAD, letter)
    found = _by_references(work, mail.subject_references) or _by_references(work, mail.references)
    return None if found is None else Match(found, MatchedBy.REFERENCE)


def by_reference(work: Work, reference: str) -> Notice | None:
    return work.notices.by_reference(reference)


def _by_references(work: Work, references: tuple[str, ...]) -> Notice | None:
    """The first; nobody is guessed at where they are of several cases."""
    found = [notice for one in references if (notice := by_reference(work, one)) is not None]
    return found[0] if len({notice.request_id for notice in found}) == 1 else None
