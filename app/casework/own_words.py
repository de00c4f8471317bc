"""Somebody's own words that may go to a provider: agreed to word for word, by who is known to speak."""

from dataclasses import dataclass

from app.casework.case_keys import CaseKeys
from app.casework.voices import voice_of
from app.domain.behaviour import may_have_own_words
from app.domain.providers import Provider
from app.domain.words import Standing
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.records import unlock_record
from app.vault.seal import Purpose

KNOWN = (Standing.OWN, Standing.CHECKED)
"""An unchecked representative, and an access that may not be the child's, could be the one who posted it."""


@dataclass(frozen=True)
class OwnWords:
    """Of one party, exactly as they wrote and agreed to pass them on."""

    party_id: str
    number: int
    words: str

    def __repr__(self) -> str:
        return f"OwnWords({self.party_id})"


def words_to_pass_on(work: Work, request_id: str, keys: CaseKeys) -> tuple[OwnWords, ...]:
    """None unless somebody agreed. A caseworker still chooses, for each notice."""
    found = (_of(party, keys) for party in work.parties.of_request(request_id))
    return tuple(one for one in found if one is not None)


def words_for(provider: Provider, agreed: tuple[OwnWords, ...]) -> tuple[OwnWords, ...]:
    """None to who ignores notices or sides with whoever posted it, whatever somebody agreed to."""
    return agreed if may_have_own_words(provider.behaviours) else ()


def _of(party: Party, keys: CaseKeys) -> OwnWords | None:
    if party.is_revoked or party.standing not in KNOWN:
        return None
    record = unlock_record(keys.voices[party.id], Purpose.STATEMENT, party.id, party.facts_sealed)
    voice = voice_of(record)
    if not voice.may_provider_hear or not voice.words.strip():
        return None
    return OwnWords(party.id, party.number, voice.words)
