"""Received mails that wait for a person: those of notices, and those that belong to none."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.casework.show_mail import load_mail
from app.domain.mails import KEPT_ASIDE, MailCounted
from app.domain.notice_words import MailKind
from app.domain.words import LocationState, Reply
from app.persistence.database import Work
from app.persistence.received_mails import ReceivedMail

MOST_SHOWN = 200


@dataclass(frozen=True)
class MailRow:
    """One mail, without its words. `reference` and what follows are empty where it belongs to no notice."""

    id: str
    kind: MailKind
    arrived_at: datetime
    dropped_parts: int
    is_settled: bool
    ends_at: datetime | None  # set aside: when it is destroyed
    reference: str = ""
    notice_id: str = ""
    request_id: str = ""
    handle: str = ""
    provider_name: str = ""


@dataclass(frozen=True)
class Mails:
    """`of_notices` and `unmatched` are the oldest of so many that wait."""

    of_notices: tuple[MailRow, ...]
    unmatched: tuple[MailRow, ...]
    aside: tuple[MailRow, ...]
    unmatched_in_all: int
    counts: dict[MailCounted, int]


@dataclass(frozen=True)
class MailPlace:
    """One place of the notice: by its numbers, in the notice and in the case."""

    id: str
    number: int
    case_number: int
    state: LocationState
    reply: Reply | None


@dataclass(frozen=True)
class OneMail:
    """A mail with what it may be about. Its words are not opened here."""

    row: MailRow
    places: tuple[MailPlace, ...]
    is_held: bool  # by who looks: what it means changes the case
    is_taken: bool  # by anybody


def read_mails(kit: Kit, actor: Caseworker) -> Mails:
    """Oldest first; none of a case that the reader stepped back from."""
    with kit.database.reading() as work:
        matched = work.received_mails.waiting(MOST_SHOWN, is_matched=True)
        rows = tuple(row for mail in matched if (row := _shown(work, actor, mail)) is not None)
        return Mails(
            of_notices=rows,
            unmatched=tuple(map(_row, work.received_mails.waiting(MOST_SHOWN, is_matched=False))),
            aside=tuple(map(_row, work.received_mails.aside(MOST_SHOWN))),
            unmatched_in_all=work.received_mails.count_waiting(is_matched=False),
            counts=work.received_mails.counts(),
        )


def read_mail(kit: Kit, actor: Caseworker, mail_id: str) -> OneMail:
    """Raises NotFound, Recused."""
    with kit.database.reading() as work:
        mail = load_mail(work, mail_id)
        if mail.notice_id is None:
            return OneMail(_row(mail), (), is_held=False, is_taken=False)
        notice = work.notices.load(mail.notice_id)
        request = load_for(work, actor, notice.request_id)
        row = _shown(work, actor, mail)
        if row is None:
            raise NotFound
        replies = work.notices.replies(notice.id)
        locations = {one.id: one for one in work.requests.locations_of(request.id)}
        at = kit.clock()
        return OneMail(
            row=row,
            places=tuple(
                MailPlace(one, number, locations[one].number, locations[one].state, said)
                for number, (one, said) in enumerate(replies.items(), start=1)
            ),
            is_held=request.is_held_by(actor.id, at),
            is_taken=request.lease_until is not None and request.lease_until > at,
        )


def _shown(work: Work, actor: Caseworker, mail: ReceivedMail) -> MailRow | None:
    """A mail with its notice, for somebody who did not step back from the case."""
    notice = work.notices.load(mail.notice_id or "")
    if work.stepped_aside.is_recused(notice.request_id, actor.id):
        return None
    return _row(
        mail,
        reference=notice.reference,
        notice_id=notice.id,
        request_id=notice.request_id,
        handle=handle_of(notice.request_id),
        provider_name=work.providers.load(notice.provider_id).name,
    )


def _row(mail: ReceivedMail, **of_notice: str) -> MailRow:
    is_aside = mail.notice_id is None and mail.settled_at is not None
    return MailRow(
        id=mail.id,
        kind=mail.kind,
        arrived_at=mail.arrived_at,
        dropped_parts=mail.dropped_parts,
        is_settled=mail.is_settled,
        ends_at=mail.settled_at + KEPT_ASIDE if is_aside and mail.settled_at else None,
        **of_notice,
    )
