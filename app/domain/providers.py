"""Who can remove material, whom to write to there and by which way: an entry of the hotline's directory."""

from dataclasses import dataclass

from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ProviderKind

FIRST_SCOPES = (Scope.CONTENT, Scope.HOSTING)
"""Whom a notice may name places to; who only supplies them is told the host alone."""


@dataclass(frozen=True)
class Contact:
    """One rung of a provider's ladder. `address`: of mail, of a form, or how a partner is reached.

    `language`: BCP 47, as of a locale there are letters for.
    """

    scope: Scope
    channel: Channel
    address: str
    language: str


@dataclass(frozen=True)
class Provider:
    """Who can remove material at the hosts that end in one of the suffixes.

    `kind`: what it is in the sense of the law.
    `contacts`: the ladder, first rung first. `upstreams`: ids of who supplies them. `behaviours`: as a
    person set them.
    """

    id: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    terms_clause: str
    suffixes: tuple[str, ...]
    contacts: tuple[Contact, ...]
    behaviours: tuple[Behaviour, ...] = ()
    notes: str = ""
    upstreams: tuple[str, ...] = ()
    kind: ProviderKind = ProviderKind.HOST
    is_covered: bool = False  # a covered platform in the sense of the TAKE IT DOWN Act, as counsel found
    letters_per_hour: int = 0  # at most; 0: as many as the setting for all allows

    @property
    def by_mail(self) -> Contact | None:
        """Whom a first notice goes to: the first rung that is written to by mail, and answers for what lies
        there. None where only a form or a partner leads there."""
        return next((one for one in self.contacts if one.channel.is_mail and one.scope in FIRST_SCOPES), None)

    @property
    def first_contact(self) -> Contact | None:
        """Whom a first notice goes to, by whichever way: by mail, or else by hand of a person."""
        return self.by_mail or next((one for one in self.contacts if one.scope in FIRST_SCOPES), None)

    @property
    def language(self) -> str:
        """Of letters to them."""
        found = self.first_contact or next(iter(self.contacts), None)
        return found.language if found else "en"
