"""A mail to a party as it goes into the outbox."""

from datetime import datetime

from app.casework.kit import new_id
from app.domain.contacts import News
from app.domain.words import LetterState
from app.persistence.contacts import ContactMail


def new_mail(party_id: str, about: News, at: datetime, due_at: datetime) -> ContactMail:
    """The Message-ID gets its domain from the courier: nothing here names a sender."""
    return ContactMail(
        id=new_id(),
        state=LetterState.WAITING,
        due_at=due_at,
        attempts=0,
        message_id=new_id(),
        lease=None,
        lease_until=None,
        party_id=party_id,
        about=about,
        made_at=at,
    )
