"""From assessed locations to what a notice says. Nothing of a requester passes through here, but for words
that they agreed to pass on and a caseworker chose to add."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict
from datetime import datetime
from os import urandom

from app.casework.case_folder import CasePlace
from app.casework.errors import NotAllowed
from app.casework.findings import finding_record
from app.casework.own_words import OwnWords
from app.domain.desk_words import Channel
from app.domain.notice_words import NoticeKind
from app.domain.notices import NoticeFacts, NoticePlace, Recipient
from app.persistence.providers import Provider
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


def print_of(provider: Provider, places: tuple[CasePlace, ...], own_words: tuple[OwnWords, ...] = ()) -> str:
    """A short print of all that a letter is made from, so that what is approved is what was read."""
    said = [
        asdict(provider),
        [asdict(one) for one in own_words],
        [[p.id, p.version, p.url, p.finding and finding_record(p.finding)] for p in places],
    ]
    return digest("letter as read", json.dumps(said, default=str).encode()).hex()[:32]


def make_facts(
    settings: Settings,
    provider: Provider,
    places: tuple[CasePlace, ...],
    reference: str,
    link_secret: str,
    at: datetime,
    statement: str = "",
) -> NoticeFacts:
    """The facts of one notice. Locations are numbered anew: a provider never learns of the others.

    Raises NotAllowed for a provider without an address of mail.
    """
    contact = provider.by_mail
    if contact is None:  # nobody to write to: such a place is never ready for a notice
        raise NotAllowed
    prefix = "" if provider.language == "en" else f"/{provider.language}"
    return NoticeFacts(
        reference=reference,
        made_at=at,
        answer_by=at + settings.times.answer_within,
        answer_link=f"{settings.base_url}{prefix}/n/{link_secret}",
        verify_link=f"{settings.base_url}{prefix}/verify",
        verify_code=new_verify_code(),
        kind=NoticeKind(next(one.finding.kind for one in places if one.finding is not None)),
        hotline=settings.hotline,
        recipient=Recipient(
            name=provider.name,
            email=contact.address,
            language=contact.language,
            wants_xarf=contact.channel is Channel.PLAIN_XARF,
            terms_clause=provider.terms_clause,
        ),
        places=tuple(
            NoticePlace(number, place.url, place.finding.for_notice())
            for number, place in enumerate(places, start=1)
            if place.finding is not None
        ),
        statement=statement,
    )
