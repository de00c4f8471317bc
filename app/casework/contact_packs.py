"""What the courier needs to write to one party, sealed to it; and the same as that party sees it.

Whoever can write to the database can seal something to the courier's public key. So the pack carries a
MAC under a key that follows from the settings' secret: what was slipped in is mailed to nobody. For the
same reason the web server, which holds no team key when somebody leaves an address, takes the courier's
public half only with such a MAC.
"""

import json
from dataclasses import asdict, dataclass

from app.casework.errors import KeyNotTrusted
from app.casework.kit import Kit
from app.casework.vouching import hotline_name
from app.domain.words import Hours, Telling
from app.persistence.database import Work
from app.persistence.team_keys import COURIER
from app.vault.derive import mac, mac_fits
from app.vault.pairs import Ring
from app.vault.records import Record, lock_record, open_record_with, seal_record_to, unlock_record
from app.vault.seal import NotOpened, Purpose, Sealed, SecretKey


@dataclass(frozen=True)
class ContactPack:
    """`number` is the one that confirms the address: empty once it did. Only a confirmed one gets news."""

    email: str
    language: str
    telling: Telling
    hours: Hours
    number: str = ""
    is_confirmed: bool = False

    def __repr__(self) -> str:
        return "ContactPack(…)"


def courier_public(kit: Kit, work: Work) -> bytes:
    """The courier's public half, if this installation made it. Raises KeyNotTrusted.

    Ask for the team key first (kit.team_key): then no rotation changes this one meanwhile.
    """
    key = work.hotline_keys.current(COURIER)
    name = hotline_name(COURIER, key.id)
    if not mac_fits(kit.installation_key, name, key.public, key.installation_mac):
        raise KeyNotTrusted(name)
    return key.public


def seal_for_courier(kit: Kit, public: bytes, party_id: str, pack: ContactPack) -> Sealed:
    record = _record(pack)
    record["mac"] = mac(kit.installation_key, *_bound(party_id, record)).hex()
    return seal_record_to(public, Purpose.CONTACT_FOR_COURIER, party_id, record)


def open_as_courier(kit: Kit, ring: Ring, party_id: str, sealed: bytes) -> ContactPack:
    """Raises NotOpened, also for a pack that this installation did not make."""
    record = open_record_with(ring, Purpose.CONTACT_FOR_COURIER, party_id, sealed)
    claimed = str(record.pop("mac", ""))
    try:
        fits = mac_fits(kit.installation_key, *_bound(party_id, record), bytes.fromhex(claimed))
    except ValueError:
        raise NotOpened from None
    if not fits:
        raise NotOpened
    return _pack(record)


def lock_for_party(voice_key: SecretKey, party_id: str, pack: ContactPack) -> Sealed:
    return lock_record(voice_key, Purpose.CONTACT, party_id, _record(pack))


def unlock_for_party(voice_key: SecretKey, party_id: str, sealed: bytes) -> ContactPack:
    """Raises NotOpened."""
    return _pack(unlock_record(voice_key, Purpose.CONTACT, party_id, sealed))


def _bound(party_id: str, record: Record) -> tuple[str, bytes]:
    return f"contact {party_id}", json.dumps(record, sort_keys=True, separators=(",", ":")).encode()


def _record(pack: ContactPack) -> Record:
    return asdict(pack)


def _pack(record: Record) -> ContactPack:
    try:
        told = {"telling": Telling(record["telling"]), "hours": Hours(record["hours"])}
        return ContactPack(**record | told)
    except (KeyError, TypeError, ValueError):
        raise NotOpened from None
