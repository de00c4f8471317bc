"""Names that somebody agreed may be given to search engines, and to nobody else: to undo the tie between a
name and the images. Each exactly as it was written and agreed to, by who is known to speak."""

from dataclasses import dataclass

from app.casework.case_keys import CaseKeys
from app.casework.own_words import KNOWN
from app.casework.voices import voice_of
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.records import unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class OwnName:
    """Of one party: the exact names they agreed to pass on."""

    party_id: str
    number: int
    names: tuple[str, ...]

    def __repr__(self) -> str:
        return f"OwnName({self.party_id})"


def names_to_pass_on(work: Work, request_id: str, keys: CaseKeys) -> tuple[OwnName, ...]:
    """None unless somebody agreed. A caseworker still chooses, for each letter to a search engine.

    Never of who was revoked, nor of who is not known: they could be the one who made the tie.
    """
    found = (_of(party, keys) for party in work.parties.of_request(request_id))
    return tuple(one for one in found if one.names)


def _of(party: Party, keys: CaseKeys) -> OwnName:
    if party.is_revoked or party.standing not in KNOWN:
        return OwnName(party.id, party.number, ())
    record = unlock_record(keys.voices[party.id], Purpose.STATEMENT, party.id, party.facts_sealed)
    return OwnName(party.id, party.number, voice_of(record).names)
