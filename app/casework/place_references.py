"""Names for places that leave one case for the hotline's authorised system, and come back from it.

To anybody else they are random letters. With the case's desk key they name the place, and how it stood then:
what moved in between shows. A letter begins each, so that no spreadsheet takes one for a number or a date.
"""

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass

from app.casework.case_folder import CasePlace
from app.casework.case_keys import CaseKeys
from app.vault.derive import mac

_BYTES = 10


@dataclass(frozen=True)
class Referred:
    """What a reference names. `is_stale`: the place moved since it was given."""

    place: CasePlace
    is_stale: bool


def reference_of(keys: CaseKeys, location_id: str, version: int) -> str:
    """ "P-ABCD-EFGH-IJKL-MNOP": 80 bits of a MAC."""
    drawn = mac(keys.desk, "place taken out", f"{location_id} {version}".encode())[:_BYTES]
    letters = b32encode(drawn).decode()
    return "-".join(("P", letters[:4], letters[4:8], letters[8:12], letters[12:]))


def places_by_reference(keys: CaseKeys, places: Iterable[CasePlace]) -> dict[str, Referred]:
    """Every reference that was ever good for a place of this case."""
    return {
        reference_of(keys, place.id, version): Referred(place, version != place.version)
        for place in places
        for version in range(1, place.version + 1)
    }
