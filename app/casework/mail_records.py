"""What is kept of a received mail: its words, sealed to the team."""

from dataclasses import dataclass, replace

from app.domain.mails import MatchedBy
from app.outbound.read_mail import ReadMail
from app.vault.pairs import KeyPair, Ring
from app.vault.records import Record, open_record_with, seal_record_to
from app.vault.seal import NotOpened, Purpose, Sealed


@dataclass(frozen=True)
class MailWords:
    """One mail, opened. `sender` is what it says of itself: nobody proved it."""

    sender: str
    subject: str
    text: str
    ticket: str
    matched_by: MatchedBy
    is_cut: bool
    is_html: bool
    had_picture: bool

    def __repr__(self) -> str:
        return "MailWords(…)"


def words_of(mail: ReadMail, matched_by: MatchedBy) -> MailWords:
    return MailWords(
        sender=mail.sender,
        subject=mail.subject,
        text=mail.text,
        ticket=mail.ticket,
        matched_by=matched_by,
        is_cut=mail.is_cut,
        is_html=mail.is_html,
        had_picture=mail.had_picture,
    )


def seal_mail(team_public: bytes, mail_id: str, words: MailWords) -> Sealed:
    return seal_record_to(team_public, Purpose.RECEIVED_MAIL, mail_id, dict(vars(words)))


def open_mail(team: KeyPair | Ring, mail_id: str, sealed: bytes) -> MailWords:
    """Raises NotOpened."""
    record: Record = open_record_with(team, Purpose.RECEIVED_MAIL, mail_id, sealed)
    try:
        return MailWords(**record | {"matched_by": MatchedBy(record["matched_by"])})
    except (KeyError, TypeError, ValueError):
        raise NotOpened from None


def matched_by_person(team: Ring, team_public: bytes, mail_id: str, sealed: bytes) -> Sealed:
    """The same, sealed anew: a caseworker said which notice it belongs to. Raises NotOpened."""
    words = open_mail(team, mail_id, sealed)
    return seal_mail(team_public, mail_id, replace(words, matched_by=MatchedBy.PERSON))
