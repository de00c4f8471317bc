"""A provider as an admin typed it."""

from dataclasses import dataclass

from app.domain.words import Channel


@dataclass(frozen=True)
class ProviderInput:
    """One provider as typed and checked by the form; `suffixes` are clean (app/places/hosts.py)."""

    name: str
    email: str
    suffixes: tuple[str, ...]
    language: str
    country: str
    channel: Channel
    terms_clause: str
