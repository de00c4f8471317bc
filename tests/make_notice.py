"""Plain builders for the facts of a notice. Nothing here resembles a real place or person."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.assessments import Finding
from app.domain.notice_words import LawUse, NoticeKind
from app.domain.notices import CitedLaw, Hotline, NoticeFacts, NoticePlace, Recipient
from app.domain.words import AgeBand, Basis, Ground, Kind

HOTLINE = Hotline(
    name="Example Hotline",
    address="1 Long Street\n1000 Sampletown",
    email="notices@hotline.example",
    phone="+00 1 234",
    hours="Monday to Friday, 08:00 to 18:00 UTC",
    country="BE",
    flagger_number="TF-12",
    domain="hotline.example",
)
RECIPIENT = Recipient(
    name="Example Host",
    email="abuse@host.example",
    language="en",
    wants_xarf=True,
    terms_clause="Do not publish anything that harms children.",
)

DSA = CitedLaw("dsa_16", LawUse.GROUND, "Regulation (EU) 2022/2065 (Digital Services Act), Article 16")
GDPR = CitedLaw("gdpr_17", LawUse.GROUND, "Regulation (EU) 2016/679, Article 17")
TAKE_IT_DOWN = CitedLaw("take_it_down", LawUse.GROUND, "TAKE IT DOWN Act, Public Law 119-12, section 3")
REPORT_ACT = CitedLaw("report_act", LawUse.PRESERVATION, "REPORT Act, 18 U.S.C. 2258A(h)")
NATIONAL = CitedLaw("national", LawUse.GROUND, "Sample Act, section 3")
NATIONAL_KEEPING = CitedLaw("national", LawUse.PRESERVATION, "Sample Act, section 4")


def csam(basis: Basis = Basis.US, basis_by: str = "", identified: bool | None = False) -> Finding:
    """A finding of child sexual abuse material."""
    return Finding(Kind.CSAM, True, True, None, AgeBand.PUBESCENT, identified, basis, basis_by)


def harmful(ground: Ground = Ground.ABUSIVE_INCIDENT, basis: Basis = Basis.US) -> Finding:
    """A finding of harmful or abusive images, with its ground."""
    return Finding(Kind.HARMFUL, True, True, ground, AgeBand.PREPUBESCENT, True, basis)


def identity(basis: Basis = Basis.US) -> Finding:
    """An identity and safety finding."""
    return Finding(Kind.IDENTITY, None, None, None, None, None, basis)


def places(*findings: Finding) -> tuple[NoticePlace, ...]:
    """One place per finding, numbered from 1."""
    return tuple(
        NoticePlace(number, f"https://img.host.example/a/{number}?x={number}&y=%2F", finding)
        for number, finding in enumerate(findings, start=1)
    )


def notice_facts(
    *findings: Finding,
    language: str = "en",
    wants_xarf: bool = True,
    hotline: Hotline = HOTLINE,
    terms_clause: str = RECIPIENT.terms_clause,
    kind: NoticeKind | None = None,
) -> NoticeFacts:
    """Facts for one notice; one place of child sexual abuse material where no finding is given. Its kind is
    that of the first finding, if no other is given."""
    return NoticeFacts(
        reference="H-7KQ2-M3TD",
        made_at=datetime(2026, 1, 5, 9, 12, tzinfo=UTC),
        answer_by=datetime(2026, 1, 6, 9, 12, tzinfo=UTC),
        answer_link="https://heard.hotline.example/n/3Q7F-EXAMPLE-LINK",
        hotline=hotline,
        recipient=replace(RECIPIENT, language=language, wants_xarf=wants_xarf, terms_clause=terms_clause),
        places=places(*findings) if findings else places(csam()),
        kind=kind or NoticeKind((findings or (csam(),))[0].kind),
        verify_link="https://heard.hotline.example/verify",
        verify_code="7KQ2M3TD9X",
    )


def upstream_facts(*findings: Finding, language: str = "en") -> NoticeFacts:
    """Facts for a letter to who supplies a provider."""
    facts = notice_facts(*findings, language=language, kind=NoticeKind.UPSTREAM)
    return replace(facts, about="H-9ZZ9-AAAA", about_provider="Supplied Host")
