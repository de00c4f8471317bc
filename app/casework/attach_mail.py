"""A mail that belongs to no notice that could be found: a caseworker attaches it to one, or sets it aside."""

from dataclasses import dataclass

from app.casework import hotline_trail
from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.casework.mail_records import matched_by_person
from app.casework.match_mail import by_reference
from app.casework.show_mail import load_mail
from app.domain.mails import KEPT_ASIDE
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.outbound.mail_signs import references_in
from app.persistence.errors import Overtaken
from app.vault.seal import NotOpened


@dataclass(frozen=True)
class AttachInput:
    """`reference`: of the notice, as somebody typed it."""

    mail_id: str
    reference: str

    def __repr__(self) -> str:
        return f"AttachInput({self.mail_id})"


class NoSuchNotice(NotFound):
    """No notice has this reference, or none that this caseworker may know of."""


def attach_mail(kit: Kit, actor: Caseworker, given: AttachInput) -> str:
    """The id of the notice it belongs to now; it waits there for somebody to say what it means.

    Raises NotFound, NoSuchNotice, NotAllowed when it belongs to one already, or does not open; Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = kit.team_key(work).public
        mail = load_mail(work, given.mail_id)
        if mail.notice_id is not None:
            raise NotAllowed
        named = references_in(given.reference)
        notice = by_reference(work, named[0]) if len(named) == 1 else None
        if notice is None:
            raise NoSuchNotice
        try:
            request = load_for(work, actor, notice.request_id)
        except NotFound:
            raise NoSuchNotice from None
        try:
            sealed = matched_by_person(actor.team, team_public, mail.id, mail.mail_sealed)
            work.received_mails.attach(mail, notice.id, sealed)
        except NotOpened:
            raise NotAllowed from None
        except Overtaken:
            raise Stale from None
        work.trail.append(request.trail_id, Entry(TrailKind.MAIL_RECEIVED, notice.id), actor.id, at)
        work.commit()
    return notice.id


def set_mail_aside(kit: Kit, actor: Caseworker, mail_id: str, *, is_aside: bool) -> None:
    """It belongs to nothing: it is kept sealed for KEPT_ASIDE, then destroyed. Or it waits again after all.

    Raises NotFound, NotAllowed when it belongs to a notice, Stale when it is so already.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        mail = load_mail(work, mail_id)
        if mail.notice_id is not None:
            raise NotAllowed
        try:
            if is_aside:
                work.received_mails.settle(mail, to_minute(at))
            else:
                work.received_mails.take_up_again(mail)
        except Overtaken:
            raise Stale from None
        hotline_trail.note(work, TrailKind.MAIL_SETTLED, actor.id, at, mail.id)
        work.commit()


def sweep_mails(kit: Kit) -> int:
    """How many that were set aside long ago were destroyed."""
    with kit.database.writing() as work:
        count = work.received_mails.sweep(kit.clock() - KEPT_ASIDE)
        work.commit()
    return count
