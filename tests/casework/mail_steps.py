"""A notice that is out, and mails that come back to it: written as files into a real Maildir."""

import mailbox
from dataclasses import dataclass
from pathlib import Path

from app.casework.actors import Courier
from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.packs import open_pack
from app.casework.receive_mails import receive_mails
from app.domain.letters import Letter
from app.domain.mails import MailCounted
from app.domain.notices import NoticeFacts
from app.domain.words import LocationState
from app.outbound.maildir import MaildirMailbox
from app.outbound.ports import NullMailer
from app.persistence.notices import Notice
from app.persistence.received_mails import ReceivedMail
from tests.casework.steps import file_approved, open_courier
from tests.make import URL, Clock, Filed

TWO = f"{URL}\n{URL}/2"
DESK = "abuse@northlight.example"


@dataclass(frozen=True)
class Out:
    """A notice about two places at one provider, as its mail left."""

    kit: Kit
    filed: Filed
    courier: Courier
    folder: Path
    notice_id: str

    @property
    def notice(self) -> Notice:
        with self.kit.database.reading() as work:
            return work.notices.load(self.notice_id)

    @property
    def letter(self) -> Letter:
        with self.kit.database.reading() as work:
            return work.letters.of_notice(self.notice_id)[0]

    @property
    def facts(self) -> NoticeFacts:
        with self.kit.database.reading() as work:
            pack = work.notices.pack(self.notice_id)
        return open_pack(self.courier.ring, self.notice_id, pack)

    @property
    def states(self) -> list[LocationState]:
        with self.kit.database.reading() as work:
            return [one.state for one in work.requests.locations_of(self.filed.request_id)]

    @property
    def places(self) -> tuple[str, ...]:
        with self.kit.database.reading() as work:
            return work.notices.location_ids(self.notice_id)

    @property
    def box(self) -> mailbox.Maildir:
        return mailbox.Maildir(self.folder)

    def drop(self, *mails: bytes) -> None:
        """Into the mailbox."""
        for mail in mails:
            self.box.add(mail)

    def receive(self) -> int:
        return receive_mails(self.kit, self.courier, MaildirMailbox(self.folder))

    def kept(self) -> tuple[ReceivedMail, ...]:
        with self.kit.database.reading() as work:
            return work.received_mails.of_notice(self.notice_id)

    def unmatched(self) -> tuple[ReceivedMail, ...]:
        with self.kit.database.reading() as work:
            return work.received_mails.waiting(5000, is_matched=False)

    def counts(self) -> dict[MailCounted, int]:
        with self.kit.database.reading() as work:
            return work.received_mails.counts()

    def move(self, **by: float) -> None:
        assert isinstance(self.kit.clock, Clock)
        self.kit.clock.move(**by)


def send_out(kit: Kit, folder: Path, places: str = TWO) -> Out:
    filed, courier = file_approved(kit, places=places), open_courier(kit)
    assert deliver_letter(kit, courier, NullMailer())
    with kit.database.reading() as work:
        notice = work.notices.of_request(filed.request_id)[-1]
    mailbox.Maildir(folder / "answers", create=True)
    return Out(kit, filed, courier, folder / "answers", notice.id)


def answer(
    out: Out, text: str = "We have taken it down.", subject: str = "Re: your mail", **headers: str
) -> bytes:
    """A mail that stands below ours, by its In-Reply-To unless that is given otherwise."""
    fields = {
        "From": DESK,
        "To": "notices@hotline.example",
        "Subject": subject,
        "Message-ID": "<one@desk.example>",
    }
    fields |= {"In-Reply-To": out.letter.message_id, "Content-Type": "text/plain; charset=utf-8"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "\n".join((*lines, "", text, "")).encode()


def report(
    out: Out, action: str = "failed", status: str = "5.1.1", about: str = DESK, message_id: str = ""
) -> bytes:
    """A delivery report as RFC 3464 has it, about our letter."""
    lines = f"""From: MAILER-DAEMON@mx.northlight.example
To: notices@hotline.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{action}-{status}@mx.northlight.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

I could not bring your mail to one of its recipients.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northlight.example
Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; {about}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such mailbox

--=b
Content-Type: text/rfc822-headers

From: notices@hotline.example
To: {about}
Message-ID: {message_id or out.letter.message_id}
Subject: ours

--=b--
"""
    return lines.encode()
