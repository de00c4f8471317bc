"""What a notice says. NoticeFacts is all the renderer may know: it has no field of a requester.

The one thing in it that somebody else wrote is `statement`: words they agreed to pass on, word for word.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.assessments import Finding


@dataclass(frozen=True)
class Hotline:
    """The notifier, as every notice and page names it. Settings of the operator."""

    name: str
    address: str
    email: str
    phone: str
    hours: str
    country: str  # ISO 3166-1 alpha-2
    flagger_number: str  # DSA Art. 22 trusted flagger number; empty where there is none
    domain: str  # of its mail address


@dataclass(frozen=True)
class Recipient:
    """One provider's desk, from the hotline's own directory."""

    name: str
    email: str
    language: str  # BCP 47, as of a locale we have letters for
    wants_xarf: bool
    terms_clause: str  # the provider's own rule that forbids the material; may be empty


@dataclass(frozen=True)
class NoticePlace:
    """One location in a notice. `url` is exact and live; `number` counts from 1 within the notice."""

    number: int
    url: str
    finding: Finding


@dataclass(frozen=True)
class NoticeFacts:
    """Everything a notice is made of. Worded the same whoever began the case.

    `statement` is empty unless somebody agreed to this very text, and a caseworker chose to add it.
    """

    reference: str  # "H-7KQ2-M3TD"
    made_at: datetime  # UTC
    answer_by: datetime  # UTC
    answer_link: str
    hotline: Hotline
    recipient: Recipient
    places: tuple[NoticePlace, ...]
    statement: str = ""

    def __repr__(self) -> str:
        return f"NoticeFacts({self.reference})"
