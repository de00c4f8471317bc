"""Whether a notice is genuine: for anybody who has its reference and its code."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.casework.kit import Kit
from app.casework.notice_facts import verify_digest
from app.persistence.notices import notices
from app.persistence.providers import providers
from app.vault.derive import digest

_LONGEST = 40
_READ_ALIKE = str.maketrans("OIL", "011")
"""As Crockford's base 32 reads what people type."""
_NOBODYS = digest("no notice", b"")


@dataclass(frozen=True)
class VerifyInput:
    """As typed."""

    reference: str
    code: str

    def __repr__(self) -> str:
        return "VerifyInput(…)"


@dataclass(frozen=True)
class Genuine:
    """All that is told: when it went out, and to whom."""

    sent_at: datetime
    provider_name: str


def verify_notice(kit: Kit, given: VerifyInput) -> Genuine | None:
    """None for an unknown reference, a wrong code, and a notice that did not go out, by the same work.

    Tries take turns in the queue of codes, so that a flood of them slows itself. Raises Busy.
    """
    return kit.take_turns(kit.codes, lambda: _verify(kit, given))


def _verify(kit: Kit, given: VerifyInput) -> Genuine | None:
    claimed = verify_digest(_letters(given.code))
    columns = (notices.c.verify_digest, notices.c.sent_at, providers.c.name)
    of_this = notices.c.reference == _reference(given.reference)
    query = select(*columns).select_from(notices.join(providers)).where(of_this)
    with kit.database.reading() as work:
        found = work.connection.execute(query).first()
    kept = _NOBODYS if found is None else found.verify_digest or _NOBODYS
    is_right = hmac.compare_digest(bytes(kept), claimed)
    if found is None or found.sent_at is None or not is_right:
        return None
    return Genuine(found.sent_at, found.name)


def _letters(typed: str) -> str:
    """Letters and digits, however they were spaced and cased."""
    kept = "".join(char for char in typed[:_LONGEST] if char.isascii() and char.isalnum())
    return kept.upper().translate(_READ_ALIKE)


def _reference(typed: str) -> str:
    """In the form that new_reference() gives it: "H-7KQ2-M3TD". H is a letter of a reference, too."""
    letters = _letters(typed)[-8:]
    return f"H-{letters[:4]}-{letters[4:]}"
