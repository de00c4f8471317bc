"""A received mail as the courier leaves it, where a test needs one and not the way it came."""

from secrets import token_bytes

from app.casework.kit import Kit, new_id
from app.casework.mail_records import MailWords, seal_mail
from app.domain.mails import MailCounted, MatchedBy
from app.domain.notice_words import MailKind
from app.persistence.received_mails import ReceivedMail
from tests.make import TEAM


def put_mail(kit: Kit, notice_id: str | None, text: str = "We have taken it down.") -> str:
    """Its id. Without a notice it belongs to none."""
    mail_id = new_id()
    matched_by = MatchedBy.THREAD if notice_id else MatchedBy.NOTHING
    words = MailWords(
        sender="abuse@northlight.example",
        subject="Re: your mail",
        text=text,
        ticket="",
        matched_by=matched_by,
        is_cut=False,
        is_html=False,
        had_picture=False,
    )
    sealed = seal_mail(TEAM.public, mail_id, words)
    mail = ReceivedMail(mail_id, notice_id, MailKind.ANSWER, kit.clock(), 0, None, sealed)
    with kit.database.writing() as work:
        work.received_mails.add(mail, token_bytes(32))
        work.received_mails.count(MailCounted.KEPT)
        work.commit()
    return mail_id


def put_mail_of(kit: Kit, request_id: str) -> str:
    """About the first notice of a case that went out."""
    with kit.database.reading() as work:
        notices = work.notices.of_request(request_id)
    return put_mail(kit, next(one.id for one in notices if one.sent_at is not None))
