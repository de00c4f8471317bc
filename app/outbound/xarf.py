"""The machine part of a notice: XARF 4.2 content/csam, one report per place (https://xarf.org)."""

import hashlib
import uuid
from datetime import UTC
from re import compile as pattern
from urllib.parse import urlsplit

from app.domain.notice_words import NoticeKind
from app.domain.notices import NoticeFacts, NoticePlace

Report = dict[str, object]

# One constant for all reports, whoever began the case: it would tell a provider too much if it varied.
# It is true for all: a report is made only where a person looked and classified.
_DETECTION_METHOD = "manual_review"
_DESCRIPTION = (
    "Assessed by a person, more likely than not, as child sexual abuse material; "
    "reported as baseline. The removal notice with this reference says on what basis."
)
# The schema's own pattern for `domain`. Punycode (xn--) and IP addresses fail it: they go without.
_DOMAIN = pattern(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}")


class XarfInvalid(ValueError):
    """A report could not be made. The text names fields, never a URL."""


def reports_for(facts: NoticeFacts) -> tuple[Report, ...]:
    """One validated report per place classified as child sexual abuse material.

    () where the provider takes none, and in a notice of another kind: who supplies a provider is told of no
    place. Raises XarfInvalid. The same facts give the same reports, so a letter that is sent again after a
    doubt carries the same report ids.
    """
    if not facts.recipient.wants_xarf or facts.kind is not NoticeKind.CSAM:
        return ()
    return tuple(_report(facts, place) for place in facts.places if place.finding.is_classified_csam)


def _report(facts: NoticeFacts, place: NoticePlace) -> Report:
    host = _host_of(place.url)
    hotline = {
        "org": facts.hotline.name[:200],
        "contact": facts.hotline.email,
        "domain": facts.hotline.domain,
    }
    report: Report = {
        "xarf_version": "4.2.0",
        "report_id": str(_report_id(facts, place)),
        "timestamp": facts.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reporter": hotline,
        "sender": hotline,
        "source_identifier": host,
        "category": "content",
        "type": "csam",
        "url": place.url,
        "classification": "baseline",
        "detection_method": _DETECTION_METHOD,
        "verification_method": "manual",
        "evidence_source": "researcher_analysis",
        "content_removed": False,
        "description": _DESCRIPTION,
        "tags": [f"ref:{facts.reference.lower()}", f"place:{place.number}"],
    }
    if _DOMAIN.fullmatch(host):
        report["domain"] = host
    _validate(report)
    return report


def _report_id(facts: NoticeFacts, place: NoticePlace) -> uuid.UUID:
    """A UUID of the shape the schema asks for (version 4), the same each time for the same place."""
    name = "\n".join(("heard xarf report", facts.hotline.domain, facts.reference, str(place.number)))
    return uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)


def _host_of(url: str) -> str:
    """The host of an http or https URL. The library checks no URL at all, so we do."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port  # reading a bad port raises
    except ValueError:
        scheme, host, port = "", None, None
    # Raised outside the except block: urlsplit's own error would quote the address.
    clean = url.isascii() and url.isprintable() and " " not in url
    if scheme not in ("http", "https") or not host or port == 0 or not clean:
        raise XarfInvalid("url")
    return host


def _validate(report: Report) -> None:
    # Imported here because it pulls in pydantic and jsonschema (about 0.2 s), which the web
    # process needs only when it sends such a letter.
    import xarf

    outcome = xarf.parse(report)
    # Both: it returns a report in spite of errors, and no report without an error (xarf 1.0.0).
    if outcome.errors or outcome.report is None:
        raise XarfInvalid(", ".join(sorted({error.field for error in outcome.errors})) or "no report")
