"""From assessed locations to what a notice says. Nothing of a requester passes through here, but for words
and names that they agreed to pass on and a caseworker chose to add."""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from os import urandom
from urllib.parse import urlsplit

from app.casework.case_folder import CasePlace
from app.domain.desk_words import Channel
from app.domain.notice_words import NoticeKind
from app.domain.notices import CitedLaw, NoticeFacts, NoticePlace, Recipient
from app.domain.providers import Contact, Provider
from app.settings import Settings
from app.vault.derive import digest

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A notice's public name: "H-7KQ2-M3TD", random."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"H-{drawn[:4]}-{drawn[4:]}"


def new_verify_code() -> str:
    """Fifty bits, in the letter alone: with the reference it shows that a notice is genuine."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def verify_digest(code: str) -> bytes:
    """What is kept of the code."""
    return digest("notice verification", code.encode())


def new_link_secret() -> str:
    """256 bits, in the mailed link and nowhere else."""
    return urlsafe_b64encode(urandom(32)).decode().rstrip("=")


def make_facts(
    settings: Settings,
    provider: Provider,
    contact: Contact,
    places: tuple[CasePlace, ...],
    kind: NoticeKind,
    reference: str,
    link_secret: str,
    at: datetime,
    statement: str = "",
    laws: tuple[CitedLaw, ...] = (),
    names: tuple[str, ...] = (),
    about: str = "",
    about_provider: str = "",
) -> NoticeFacts:
    """The facts of one notice. Locations are numbered anew: a provider never learns of the others.

    In a letter to who supplies a provider a place is its host alone, in what the courier keeps as well.
    """
    prefix = "" if contact.language == "en" else f"/{contact.language}"
    return NoticeFacts(
        reference=reference,
        made_at=at,
        answer_by=at + settings.times.answer_within,
        answer_link=f"{settings.base_url}{prefix}/n/{link_secret}",
        verify_link=f"{settings.base_url}{prefix}/verify",
        verify_code=new_verify_code(),
        kind=kind,
        hotline=settings.hotline,
        recipient=Recipient(
            name=provider.name,
            email=contact.address,
            language=contact.language,
            wants_xarf=contact.channel is Channel.PLAIN_XARF,
            terms_clause=provider.terms_clause,
        ),
        places=tuple(
            NoticePlace(
                number,
                place.url if kind.names_places else only_host(place.url),
                place.finding.for_notice(),
            )
            for number, place in enumerate(places, start=1)
            if place.finding is not None
        ),
        statement=statement,
        laws=laws,
        names=names,
        about=about,
        about_provider=about_provider,
    )


def only_host(url: str) -> str:
    """The address of the host alone: no user name, no path, nothing after it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
