"""NoticeFacts as a record: for chase packs and for a notice's answer page.

Anyone who can write to the database can seal something to the courier's public key. So a chase pack
carries a MAC under a key that follows from the courier's private half: only who approves, with the
team key, can make one, and the courier sends nothing else in the hotline's name.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime

from app.casework.findings import finding_of, finding_record
from app.domain.notice_words import LawUse, NoticeKind
from app.domain.notices import CitedLaw, Hotline, NoticeFacts, NoticePlace, Recipient
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


def with_ticket(ring: Ring, notice_id: str, sealed: bytes, ticket: str, *, keeps: bool) -> Sealed | None:
    """The same pack with the number that their desk gave to this thread, so that reminders carry it; None
    where nothing changes. `keeps`: a number that is there already stays.

    Raises NotOpened.
    """
    facts = open_pack(ring, notice_id, sealed)
    if facts.ticket == ticket or (keeps and facts.ticket):
        return None
    return seal_pack(ring.current, notice_id, replace(facts, ticket=ticket))


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
        "kind": facts.kind,
        "verify_link": facts.verify_link,
        "verify_code": facts.verify_code,
        "laws": [asdict(law) for law in facts.laws],
        "names": list(facts.names),
        "about": facts.about,
        "about_provider": facts.about_provider,
        "ticket": facts.ticket,
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
            kind=NoticeKind(record.get("kind") or record["places"][0]["finding"]["kind"]),
            verify_link=record.get("verify_link", ""),
            verify_code=record.get("verify_code", ""),
            laws=tuple(law_of(law) for law in record.get("laws", ())),
            names=tuple(record.get("names", ())),
            about=record.get("about", ""),
            about_provider=record.get("about_provider", ""),
            ticket=record.get("ticket", ""),
        )
    except (IndexError, KeyError, TypeError, ValueError):
        raise NotOpened from None


def law_of(record: Record) -> CitedLaw:
    return CitedLaw(record["code"], LawUse(record["use"]), record["citation"])


def places_record(place: NoticePlace) -> Record:
    return {"number": place.number, "url": place.url, "finding": finding_record(place.finding)}


def place_of(record: Record) -> NoticePlace:
    return NoticePlace(record["number"], record["url"], finding_of(record["finding"]))
