"""Handing one mail to the mail system, whichever outbox it is from, and knowing afterwards what is known.

A mail is claimed, opened and written first; only then, on an open connection, is it marked as being
handed over. Whatever is killed when: before that mark it goes out later, after it it is in doubt.
Nothing slow happens inside a transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Generic, TypeVar

from app.casework.actors import Courier
from app.casework.kit import Kit
from app.domain.letters import MOST_TRIES, Mail, next_try
from app.domain.words import LetterState
from app.outbound.ports import Doubtful, Mailer, NotAccepted, Unreachable
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.persistence.outbox import Outbox
from app.persistence.team_keys import COURIER
from app.vault.pairs import key_id_of, sealed_to

M = TypeVar("M", bound=Mail)

LOOK_AGAIN = timedelta(minutes=1)


class KeyNotHere(Exception):
    """Something is sealed to a courier key that this courier was not given (yet): its keys were rotated."""


@dataclass(frozen=True)
class Handed(Generic[M]):
    """The mail as it is held now, and what became of it: sent, doubt, refused, or waiting (not for now).

    `is_answered`: a mail server said no to it, for now or for good; without, none was reached.
    """

    mail: M
    became: LetterState
    is_answered: bool = False


def hand_over(
    kit: Kit,
    outbox: Callable[[Work], Outbox[M]],
    mail: M,
    message: EmailMessage,
    mailer: Mailer,
    look_once_more: Callable[[Work], None] = lambda work: None,
) -> Handed[M]:
    """`look_once_more` raises in the very transaction that marks it when it must not go out after all.

    Raises Overtaken: this courier's lease had run out before, or the mail was dropped meanwhile.
    """
    held = mail

    def mark() -> None:
        nonlocal held
        with kit.database.writing() as work:
            look_once_more(work)
            outbox(work).hand_over(mail, kit.clock())
            work.commit()
        held = replace(mail, state=LetterState.SENDING)

    try:
        mailer.send(message, mark)
    except Unreachable:
        return Handed(held, LetterState.WAITING)
    except NotAccepted as refusal:
        became = LetterState.WAITING if refusal.transient else LetterState.REFUSED
        return Handed(held, became, is_answered=True)
    except Doubtful:
        return Handed(held, LetterState.DOUBT)
    return Handed(held, LetterState.SENT)


def try_later(kit: Kit, outbox: Callable[[Work], Outbox[M]], mail: M) -> bool:
    """Not accepted for now: due again later. False when that has been so for about a day."""
    if mail.attempts + 1 >= MOST_TRIES:
        return False
    wait_until(kit, outbox, mail, next_try(mail.attempts, kit.clock()), attempts=mail.attempts + 1)
    return True


def wait_until(
    kit: Kit, outbox: Callable[[Work], Outbox[M]], mail: M, due_at: datetime, attempts: int | None = None
) -> None:
    """Due again then. Silent when the lease had run out: somebody else has the mail."""
    with kit.database.writing() as work:
        try:
            outbox(work).move(mail, LetterState.WAITING, due_at=due_at, attempts=attempts)
        except Overtaken:
            return
        work.commit()


def keys_not_here(work: Work, actor: Courier) -> frozenset[str]:
    """Ids of the courier keys that this courier was not given (yet)."""
    known = {key_id_of(key.public).hex() for key in work.hotline_keys.of_kind(COURIER)}
    return frozenset(known - {key_id_of(pair.public).hex() for pair in actor.ring.pairs})


def require_key(work: Work, actor: Courier, sealed: bytes) -> None:
    """Raises KeyNotHere."""
    if sealed_to(sealed) in keys_not_here(work, actor):
        raise KeyNotHere
