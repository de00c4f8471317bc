"""NoticeFacts as a record: for chase packs and for a notice's answer page."""

from dataclasses import asdict
from datetime import datetime

from app.casework.findings import finding_of, finding_record
from app.domain.notices import Hotline, NoticeFacts, NoticePlace, Recipient
from app.vault.records import Record
from app.vault.seal import NotOpened


def facts_record(facts: NoticeFacts) -> Record:
    return {
        "reference": facts.reference,
        "made_at": facts.made_at.isoformat(),
        "answer_by": facts.answer_by.isoformat(),
        "answer_link": facts.answer_link,
        "hotline": asdict(facts.hotline),
        "recipient": asdict(facts.recipient),
        "places": [places_record(place) for place in facts.places],
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
        )
    except (KeyError, TypeError, ValueError):
        raise NotOpened from None


def places_record(place: NoticePlace) -> Record:
    return {"number": place.number, "url": place.url, "finding": finding_record(place.finding)}


def place_of(record: Record) -> NoticePlace:
    return NoticePlace(record["number"], record["url"], finding_of(record["finding"]))
