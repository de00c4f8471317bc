"""The courier reads the hotline's mailbox: what providers answer, and what came back.

A mail is deleted there only when it is sealed and committed here. Whatever is killed in between, the next
look finds it, and knows it by a digest of its bytes. Nothing is ever answered: no robot is fed.
"""

from datetime import timedelta

from app.casework.actors import Courier
from app.casework.cases import load_even_forgotten
from app.casework.kit import Kit, new_id
from app.casework.letter_moves import mark_bounced
from app.casework.mail_records import seal_mail, words_of
from app.casework.match_mail import Match, is_own, match_mail
from app.casework.packs import open_pack, with_ticket
from app.domain.mails import MOST_UNMATCHED, MailCounted, MatchedBy
from app.domain.notice_words import MailKind
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, NoticeState
from app.outbound.mailbox import Mailbox, RawMail
from app.outbound.read_mail import ReadMail, read_mail
from app.persistence.database import Work
from app.persistence.errors import AlreadyThere, NotThere
from app.persistence.received_mails import ReceivedMail
from app.vault.derive import mac
from app.vault.seal import NotOpened

MOST_AT_ONCE = 50
_A_DAY = timedelta(days=1)


def receive_mails(kit: Kit, actor: Courier, mailbox: Mailbox) -> int:
    """Take in what lies in the mailbox; how many mails were taken from there.

    Raises MailboxUnreachable; and what went wrong with one mail, which stays there and is left alone for an
    hour: it must not hold up all others.
    """
    taken, fault = 0, None
    with mailbox.look() as box:
        for raw in box.mails(MOST_AT_ONCE):
            try:
                is_taken = _take(kit, actor, raw)
            except Exception as error:  # noqa: BLE001, whatever it is: it is raised again below
                box.leave(raw.key)
                fault = error
                break  # it may be the database: the rest need not wait for an hour, too
            if not is_taken:
                box.leave(raw.key)
                continue
            box.delete(raw.key)
            taken += 1
    if fault is not None:
        raise fault
    return taken


def _take(kit: Kit, actor: Courier, raw: RawMail) -> bool:
    """One mail, in one transaction. False when it is to stay where it is."""
    written = str(raw.size).encode() + b"\x00" + raw.content
    raw_digest = mac(kit.installation_key, "received mail", written)
    mail = read_mail(raw.content, raw.size)
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        is_taken = True
        try:
            if work.received_mails.has(raw_digest):
                work.received_mails.count(MailCounted.TWICE)
            elif is_own(work, mail):
                work.received_mails.count(MailCounted.OWN)
            else:
                is_taken = _keep(kit, actor, work, mail, raw_digest, team_public)
        except AlreadyThere:
            return True  # another courier has just committed it
        work.commit()
    return is_taken


def _keep(
    kit: Kit, actor: Courier, work: Work, mail: ReadMail, raw_digest: bytes, team_public: bytes
) -> bool:
    """Raises AlreadyThere."""
    at, mails = kit.clock(), work.received_mails
    match = match_mail(work, mail)
    if match is None and mails.count_waiting(is_matched=False) >= MOST_UNMATCHED:
        mails.count(MailCounted.NO_ROOM)
        return False
    request = None
    if match is not None:
        request = load_even_forgotten(work, match.notice.request_id)
        if not mails.kept_of(match.notice.id, at - _A_DAY).has_room_for(mail.kind):
            mails.count(MailCounted.TOO_MANY)
            return True
    did_bounce = match is not None and request is not None and _bounces(work, actor, mail, match, request)
    mail_id = new_id()
    words = words_of(mail, MatchedBy.NOTHING if match is None else match.by)
    received = ReceivedMail(
        id=mail_id,
        notice_id=None if match is None else match.notice.id,
        kind=mail.kind,
        arrived_at=to_minute(at),
        dropped_parts=mail.dropped_parts,
        settled_at=to_minute(at) if did_bounce or (match and mail.kind is MailKind.DELAY) else None,
        mail_sealed=seal_mail(team_public, mail_id, words),
    )
    mails.add(received, raw_digest)
    _count(work, mail, match)
    if match is not None and request is not None:
        _note_in_case(kit, actor, work, mail, match, request, did_bounce=did_bounce)
    return True


def _count(work: Work, mail: ReadMail, match: Match | None) -> None:
    work.received_mails.count(MailCounted.KEPT if match else MailCounted.UNMATCHED)
    work.received_mails.count(MailCounted.CUT, int(mail.is_cut))
    work.received_mails.count(MailCounted.PARTS_DROPPED, mail.dropped_parts)


def _note_in_case(
    kit: Kit, actor: Courier, work: Work, mail: ReadMail, match: Match, request: Request, *, did_bounce: bool
) -> None:
    at = kit.clock()
    work.trail.append(request.trail_id, Entry(TrailKind.MAIL_RECEIVED, match.notice.id), "courier", at)
    if mail.ticket and not request.is_forgotten:
        _carry_ticket(work, actor, match, mail.ticket)
    if did_bounce:
        work.received_mails.count(MailCounted.BOUNCED)
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_BOUNCED, match.notice.id), "courier", at)
        mark_bounced(kit, work, match.notice, at)


def _bounces(work: Work, actor: Courier, mail: ReadMail, match: Match, request: Request) -> bool:
    """Whether our letter surely did not arrive. Only of a letter that is out, about the very address it went
    to: anybody can write a report, but who has neither cannot stop a notice with one."""
    if mail.kind is not MailKind.BOUNCE or mail.returned is None or match.letter is None:
        return False
    is_out = match.letter.state is LetterState.SENT and match.notice.state is NoticeState.SENT
    if not is_out or request.is_forgotten or _did_bounce(work, match):
        return False
    try:
        facts = open_pack(actor.ring, match.notice.id, work.notices.pack(match.notice.id))
    except (NotThere, NotOpened):
        return False
    return facts.recipient.email.lower() in mail.returned.recipients


def _did_bounce(work: Work, match: Match) -> bool:
    """Once is enough: each bounce sets the next contact going."""
    kept = work.received_mails.of_notice(match.notice.id)
    return any(one.kind is MailKind.BOUNCE and one.is_settled for one in kept)


def _carry_ticket(work: Work, actor: Courier, match: Match, ticket: str) -> None:
    """Into the pack, so that reminders name it. Who only knows the reference replaces no number."""
    try:
        pack = work.notices.pack(match.notice.id)
        keeps = match.by is not MatchedBy.THREAD
        fresh = with_ticket(actor.ring, match.notice.id, pack, ticket, keeps=keeps)
    except (NotThere, NotOpened):
        return  # nothing is chased any more
    if fresh is not None:
        work.notices.packs.reseal(match.notice.id, pack, fresh)
