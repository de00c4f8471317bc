"""What a notice says. NoticeFacts is all the renderer may know: it has no field of a requester.

The one thing in it that somebody else wrote is `statement`: words they agreed to pass on, word for word.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.assessments import Finding
from app.domain.notice_words import LawUse, NoticeKind


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
class CitedLaw:
    """One law that a letter cites: `code` chooses its sentence, `citation` is the operator's own words."""

    code: str
    use: LawUse
    citation: str


@dataclass(frozen=True)
class NoticeFacts:
    """Everything a notice is made of. Worded the same whoever began the case.

    `kind` chooses the whole letter. `statement` is empty unless somebody agreed to this very text, and a
    caseworker chose to add it. `names`: to search engines alone, each agreed to by whose name it is.
    `about`: in a letter to who supplies a provider, the reference of the notice that provider has; its
    places are then read by their hosts alone. `ticket`: the number the recipient gave to this thread.
    """

    reference: str  # "H-7KQ2-M3TD"
    made_at: datetime  # UTC
    answer_by: datetime  # UTC
    answer_link: str
    hotline: Hotline
    recipient: Recipient
    places: tuple[NoticePlace, ...]
    statement: str = ""
    kind: NoticeKind = NoticeKind.CSAM
    verify_link: str = ""
    verify_code: str = ""  # ten characters, in the letter alone
    laws: tuple[CitedLaw, ...] = ()
    names: tuple[str, ...] = ()
    about: str = ""
    about_provider: str = ""
    ticket: str = ""

    def __repr__(self) -> str:
        return f"NoticeFacts({self.reference})"
