"""Showing the words of one received mail: covered until somebody asks for them, counted, and written down."""

from dataclasses import dataclass
from datetime import datetime

from app.casework import hotline_trail
from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotFound
from app.casework.exposure import count_opening, count_unless_going_on
from app.casework.kit import Kit
from app.casework.mail_records import MailWords, open_mail
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.received_mails import ReceivedMail
from app.vault.seal import NotOpened


@dataclass(frozen=True)
class ShownMail:
    """`words` is None where they do not open: somebody else than the courier wrote that row."""

    mail: ReceivedMail
    words: MailWords | None

    def __repr__(self) -> str:
        return f"ShownMail({self.mail.id})"


def load_mail(work: Work, mail_id: str) -> ReceivedMail:
    """Raises NotFound."""
    try:
        return work.received_mails.load(mail_id)
    except NotThere:
        raise NotFound from None


def show_mail(kit: Kit, actor: Caseworker, mail_id: str) -> ShownMail:
    """Open it, after the opening was counted. Raises NotFound, Recused, EnoughForToday."""
    at = kit.clock()
    with kit.database.writing() as work:
        mail = load_mail(work, mail_id)
        _count(kit, work, actor, mail, at)
        try:
            words = open_mail(actor.team, mail.id, mail.mail_sealed)
        except NotOpened:
            words = None
        work.commit()
    return ShownMail(mail, words)


def _count(kit: Kit, work: Work, actor: Caseworker, mail: ReceivedMail, at: datetime) -> None:
    if mail.notice_id is None:
        count_opening(kit, work, actor)
        hotline_trail.note(work, TrailKind.MAIL_SHOWN, actor.id, at, mail.id)
        return
    request = load_for(work, actor, work.notices.load(mail.notice_id).request_id)
    shown = Entry(TrailKind.MAIL_SHOWN, mail.id)
    count_unless_going_on(kit, work, actor, request, shown)
    work.trail.append(request.trail_id, shown, actor.id, at)
