"""Steps with mail to people: an address is left and confirmed, the courier writes."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage

from app.casework.actors import Courier, Requester
from app.casework.confirm_contact import confirm_contact
from app.casework.deliver_news import deliver_news
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_contact import ContactInput, keep_contact
from app.casework.kit import Kit
from app.domain.words import Hours, Telling
from app.outbound.ports import Mailer, NullMailer
from app.persistence.contacts import Contact, ContactMail
from tests.casework.steps import open_courier
from tests.make import Clock, Filed, file_one

EMAIL = "someone@mail.example"
TUESDAY_NOON = datetime(2026, 1, 13, 12, 0, 30, tzinfo=UTC)


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def on_tuesday(kit: Kit) -> Clock:
    """Within the hours that are safe for a school child, and not for an evening."""
    clock_of(kit).at = TUESDAY_NOON
    return clock_of(kit)


def leave(
    kit: Kit,
    actor: Requester,
    email: str = EMAIL,
    telling: Telling = Telling.EACH_STEP,
    hours: Hours = Hours.ANY,
) -> None:
    keep_contact(kit, actor, ContactInput(email, telling, hours))


def sent_by(kit: Kit, courier: Courier, mailer: Mailer | None = None) -> list[EmailMessage]:
    """All that is due goes out; the mails, when no mailer is given."""
    used = mailer or NullMailer()
    while deliver_news(kit, courier, used):
        pass
    return used.sent if isinstance(used, NullMailer) else []


def number_in(mail: EmailMessage) -> str:
    [number] = re.findall(r"^  (\d{6})\r?$", mail.get_content(), flags=re.MULTILINE)
    return str(number)


def confirm(kit: Kit, courier: Courier, actor: Requester) -> None:
    """The mail with the number arrives, and is typed."""
    [mail] = sent_by(kit, courier)
    confirm_contact(kit, actor, number_in(mail))


def told(
    kit: Kit,
    courier: Courier,
    telling: Telling = Telling.EACH_STEP,
    hours: Hours = Hours.ANY,
    **filing: str,
) -> tuple[Filed, Requester]:
    """A request whose requester confirmed an address."""
    filed = file_one(kit, **filing)  # type: ignore[arg-type]
    actor = follow_with_code(kit, filed.code)
    leave(kit, actor, telling=telling, hours=hours)
    confirm(kit, courier, actor)
    return filed, actor


def with_courier(kit: Kit) -> Courier:
    on_tuesday(kit)
    return open_courier(kit)


def contact_of(kit: Kit, actor: Requester) -> Contact | None:
    with kit.database.reading() as work:
        return work.contacts.load(actor.party_id)


def mails_of(kit: Kit, actor: Requester) -> tuple[ContactMail, ...]:
    with kit.database.reading() as work:
        return work.contact_mails.of_party(actor.party_id)
