"""NoticeFacts as a record: for chase packs and for a notice's answer page.

Anyone who can write to the database can seal something to the courier's public key. So a chase pack
carries a MAC under a key that follows from the courier's private half: only who approves, with the
team key, can make one, and the courier sends nothing else in the hotline's name.
"""

import json
from dataclasses import asdict
from datetime import datetime

from app.casework.findings import finding_of, finding_record
from app.domain.notices import Hotline, NoticeFacts, NoticePlace, Recipient
from app.vault.derive import key_from, mac, mac_fits
from app.vault.pairs import KeyPair, Ring
from app.vault.records import Record, open_record_with, seal_record_to
from app.vault.seal import NotOpened, Purpose, Sealed, SecretKey


def seal_pack(courier: KeyPair, notice_id: str, facts: NoticeFacts) -> Sealed:
    """The chase pack of one notice, for the courier alone."""
    record = facts_record(facts)
    record["mac"] = mac(*_bound(courier, notice_id, record)).hex()
    return seal_record_to(courier.public, Purpose.CHASE_PACK, notice_id, record)


def open_pack(courier: KeyPair | Ring, notice_id: str, sealed: bytes) -> NoticeFacts:
    """Raises NotOpened, also for a pack that nobody with the team key made."""
    pair = courier if isinstance(courier, KeyPair) else courier.pair_for(sealed)
    if pair is None:
        raise NotOpened
    record = open_record_with(pair, Purpose.CHASE_PACK, notice_id, sealed)
    claimed = str(record.pop("mac", ""))
    try:
        fits = mac_fits(*_bound(pair, notice_id, record), bytes.fromhex(claimed))
    except ValueError:
        raise NotOpened from None
    if not fits:
        raise NotOpened
    return facts_of(record)


def _bound(courier: KeyPair, notice_id: str, record: Record) -> tuple[SecretKey, str, bytes]:
    written = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    return key_from(courier.seed, "chase packs"), f"chase pack {notice_id}", written


def facts_record(facts: NoticeFacts) -> Record:
    return {
        "reference": facts.reference,
        "made_at": facts.made_at.isoformat(),
        "answer_by": facts.answer_by.isoformat(),
        "answer_link": facts.answer_link,
        "hotline": asdict(facts.hotline),
        "recipient": asdict(facts.recipient),
        "places": [places_record(place) for place in facts.places],
        "statement": facts.statement,
    }


def facts_of(record: Record) -> NoticeFacts:
    """Raises NotOpened for a record that is not a notice's: anyone can seal anything to the courier."""
    try:
        return NoticeFacts(
            reference=record["reference"],
            made_at=datetime.fromisoformat(record["made_at"]),
            answer_by=datetime.fromisoformat(record["answer_by"]),
            answer_link=record["answer_link"],
            hotline=Hotline(**record["hotline"]),
            recipient=Recipient(**record["recipient"]),
            places=tuple(place_of(place) for place in record["places"]),
            statement=record.get("statement", ""),  # packs sealed before there were any have none
        )
    except (KeyError, TypeError, ValueError):
        raise NotOpened from None


def places_record(place: NoticePlace) -> Record:
    return {"number": place.number, "url": place.url, "finding": finding_record(place.finding)}


def place_of(record: Record) -> NoticePlace:
    return NoticePlace(record["number"], record["url"], finding_of(record["finding"]))
