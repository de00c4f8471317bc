"""A letter in the outbox: never lost, and never sent twice unless a caseworker chose it.

waiting -> sending -> sent | refused | waiting (not accepted for now; after about a day: refused)
sending, found after its lease ran out -> doubt: it may have gone; a caseworker decides.
doubt | refused -> waiting (send again, same Message-ID) | dropped | sent
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from app.domain.notice_words import LetterKind
from app.domain.words import LetterState

LEASE = timedelta(minutes=3)
# SMTP servers ask for patience in minutes first; after a day a person should look.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 40, 60))
MOST_TRIES = 28


@dataclass(frozen=True)
class Mail:
    """What an outbox knows of one mail, whatever it is about."""

    id: str
    state: LetterState
    due_at: datetime
    attempts: int
    message_id: str
    lease: str | None
    lease_until: datetime | None


@dataclass(frozen=True)
class Letter(Mail):
    """One letter about one notice, to one recipient. The text is in the notice's chase pack."""

    notice_id: str
    kind: LetterKind = LetterKind.FIRST
    provider_id: str = ""  # whose pace it keeps


def gap(per_hour: int) -> timedelta | None:
    """The least time between two letters to one provider, in whole seconds; None where there is no limit."""
    return timedelta(seconds=ceil(3600 / per_hour)) if per_hour > 0 else None


def next_try(attempts: int, at: datetime) -> datetime:
    """When to try again after `attempts` tries that were not accepted for now."""
    return at + BACK_OFF[min(attempts, len(BACK_OFF) - 1)]
