"""Addresses at which parties want to be told that there is news, and the outbox of those mails.

Neither belongs to a backup: an address that somebody took back must not come back with a restore.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.contacts import News
from app.domain.letters import Mail
from app.domain.proof_words import ContactState
from app.domain.words import LetterState, Standing
from app.persistence.base import ID, UtcTime, metadata, plain, sealed
from app.persistence.outbox import Outbox, outbox_columns
from app.persistence.parties import parties
from app.persistence.sealed_to import SealedTo

contacts = Table(
    "contacts",
    metadata,
    plain("party_id", ID, ForeignKey("parties.id"), primary_key=True),
    plain("state", String(16)),
    plain("kept_at", UtcTime),
    plain("tries", Integer),
    plain("number_until", UtcTime, nullable=True),
    plain("told_at", UtcTime, nullable=True),
    sealed("contact_sealed"),
    sealed("for_courier_sealed"),
)

contact_mails = Table(
    "contact_mails",
    metadata,
    plain("id", ID, primary_key=True),
    plain("party_id", ID, ForeignKey("parties.id"), index=True),
    plain("about", String(8)),
    plain("made_at", UtcTime),
    *outbox_columns(),
    Index(None, "state", "due_at"),
)

_REACHABLE = (  # made once: it is asked at every move of a place
    select(parties, contacts.c.told_at)
    .join(contacts, contacts.c.party_id == parties.c.id)
    .where(parties.c.request_id == bindparam("request"), contacts.c.state == ContactState.CONFIRMED)
    .order_by(parties.c.number)
)
_UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


@dataclass(frozen=True)
class Contact:
    """One party's address: under their voice key, and once more for the courier.

    `tries`: wrong tries of the number. `number_until`: set once the mail with the number went out.
    """

    party_id: str
    state: ContactState
    kept_at: datetime
    tries: int
    number_until: datetime | None
    told_at: datetime | None
    contact_sealed: bytes
    for_courier_sealed: bytes

    def __repr__(self) -> str:
        return f"Contact({self.party_id}, {self.state})"

    @property
    def is_undeliverable(self) -> bool:
        return self.state is ContactState.UNDELIVERABLE


@dataclass(frozen=True)
class ContactMail(Mail):
    """A mail in the outbox. To whom, and whether they want it, is sealed in their contact."""

    party_id: str
    about: News
    made_at: datetime


@dataclass(frozen=True)
class Reachable:
    """A party with a confirmed address, as far as it can be told without opening anything."""

    party_id: str
    number: int
    standing: Standing
    is_revoked: bool
    told_at: datetime | None


class Contacts:
    """Loading and saving within one transaction. Who changes a contact holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.for_courier = SealedTo(connection, contacts.c.party_id, contacts.c.for_courier_sealed)

    def load(self, party_id: str) -> Contact | None:
        query = select(contacts).where(contacts.c.party_id == party_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Contact(**dict(row) | {"state": ContactState(row["state"])})

    def put(self, contact: Contact) -> None:
        """In place of what was there."""
        self.remove(contact.party_id)
        self._connection.execute(insert(contacts).values(**vars(contact)))

    def note(self, party_id: str, **plain_values: ContactState | datetime | int | None) -> None:
        """Change plain columns alone: what is sealed may be sealed anew at this moment."""
        mine = update(contacts).where(contacts.c.party_id == party_id)
        self._connection.execute(mine.values(**plain_values))

    def remove(self, party_id: str) -> None:
        self._connection.execute(delete(contacts).where(contacts.c.party_id == party_id))

    def reachable(self, request_id: str) -> tuple[Reachable, ...]:
        """The parties of a request that have a confirmed address."""
        rows = self._connection.execute(_REACHABLE, {"request": request_id})
        return tuple(
            Reachable(row.id, row.number, Standing(row.standing), row.revoked_at is not None, row.told_at)
            for row in rows
        )

    def unconfirmed_since(self, before: datetime) -> tuple[str, ...]:
        """Party ids of addresses that nobody confirmed."""
        old = (contacts.c.state == ContactState.UNCONFIRMED) & (contacts.c.kept_at <= before)
        return tuple(self._connection.execute(select(contacts.c.party_id).where(old)).scalars())


class ContactMails(Outbox[ContactMail]):
    """The outbox of mails to parties."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, contact_mails, _mail)

    def of_party(self, party_id: str) -> tuple[ContactMail, ...]:
        query = select(contact_mails).where(contact_mails.c.party_id == party_id)
        query = query.order_by(contact_mails.c.made_at, contact_mails.c.id)
        return tuple(_mail(row) for row in self._connection.execute(query).mappings())

    def waiting_news(self, party_id: str) -> ContactMail | None:
        """The one mail with news that waits for a party; there is never another."""
        for mail in self.of_party(party_id):
            if mail.state is LetterState.WAITING and mail.about is not News.NUMBER:
                return mail
        return None

    def is_now_about(self, mail: ContactMail, about: News) -> bool:
        """Let a waiting mail stand for more. False when it is going out at this moment."""
        waiting = (contact_mails.c.id == mail.id) & (contact_mails.c.state == LetterState.WAITING)
        changed = update(contact_mails).where(waiting).values(about=about)
        return self._connection.execute(changed).rowcount == 1

    def count_numbers(self, party_id: str, since: datetime) -> int:
        """Mails with a number that went out, or may have."""
        theirs = (contact_mails.c.party_id == party_id) & (contact_mails.c.about == News.NUMBER)
        query = select(func.count()).select_from(contact_mails).where(theirs, contact_mails.c.made_at > since)
        return self._connection.execute(query).scalar() or 0

    def is_now_due(self, mail: ContactMail, due_at: datetime) -> None:
        """Another time for a mail that waits and is in nobody's hands."""
        waiting = (contact_mails.c.id == mail.id) & (contact_mails.c.state == LetterState.WAITING)
        self._connection.execute(update(contact_mails).where(waiting).values(due_at=due_at))

    def drop(self, *party_ids: str) -> None:
        """Nothing more goes to these parties. What is being handed over at this moment cannot be called
        back: its row stays, so that it counts, and its courier finds that it is no longer its own."""
        theirs = contact_mails.c.party_id.in_(party_ids)
        waiting = contact_mails.c.state == LetterState.WAITING
        self._connection.execute(delete(contact_mails).where(theirs, waiting))
        sending = update(contact_mails).where(theirs, contact_mails.c.state == LetterState.SENDING)
        nobodys = {"state": LetterState.DROPPED, "lease": None, "lease_until": None}
        self._connection.execute(sending.values(**nobodys))

    def sweep(self, settled_before: datetime) -> None:
        """Delete the rows of mails that are done with."""
        done = contact_mails.c.state.not_in(_UNDER_WAY) & (contact_mails.c.made_at <= settled_before)
        self._connection.execute(delete(contact_mails).where(done))

    def drop_all(self) -> None:
        """Delete all that wait: such mails are no longer offered."""
        waiting = contact_mails.c.state == LetterState.WAITING
        self._connection.execute(delete(contact_mails).where(waiting))


def _mail(row: RowMapping) -> ContactMail:
    fields = dict(row) | {"state": LetterState(row["state"]), "about": News(row["about"])}
    return ContactMail(**fields)
