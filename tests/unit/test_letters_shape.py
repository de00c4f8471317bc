"""Every letter in every language, for one place and many, every ground and every set of laws: it fits the
page, and it is a mail that any program can read."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import combinations

import pytest

from app.domain.assessments import Finding
from app.domain.notice_words import LetterKind, NoticeKind
from app.domain.notices import CitedLaw, NoticeFacts
from app.domain.words import AgeBand, Basis, Ground
from app.i18n.letter_files import WIDTH
from app.i18n.letters import Letter, compose_notice, compose_reminder
from app.outbound.message import build_message
from app.outbound.xarf import reports_for
from tests.make_notice import (
    DSA,
    GDPR,
    HOTLINE,
    NATIONAL,
    NATIONAL_KEEPING,
    REPORT_ACT,
    TAKE_IT_DOWN,
    csam,
    harmful,
    identity,
    notice_facts,
    upstream_facts,
)

LANGUAGES = ("ar", "de", "en", "es", "fr", "nl", "ru")
AT = datetime(2026, 1, 5, 9, 20, tzinfo=UTC)
MESSAGE_ID = "<h-7kq2-m3td.1@hotline.example>"
LONG_URL = "https://img.host.example/" + "a-b/" * 60
STATEMENT = "Odd-word-42 is what I say. " * 9 + "\n\nAnd this."
LAWS = {
    NoticeKind.CSAM: (DSA, TAKE_IT_DOWN, NATIONAL, REPORT_ACT, NATIONAL_KEEPING),
    NoticeKind.HARMFUL: (REPORT_ACT, NATIONAL_KEEPING),
    NoticeKind.IDENTITY: (DSA, GDPR, NATIONAL, NATIONAL_KEEPING),
    NoticeKind.SEARCH: (GDPR, NATIONAL),
}
BASES = (
    (Basis.US, ""),
    (Basis.OTHER, "An Example Body with a Long Name of Its Own"),
    (Basis.NOBODY, ""),
)


def cited(kind: NoticeKind) -> Iterator[tuple[CitedLaw, ...]]:
    """Every set of the laws that a notice of this kind may cite."""
    laws = LAWS[kind]
    for size in range(len(laws) + 1):
        yield from combinations(laws, size)


def findings() -> Iterator[Finding]:
    """Every kind and ground, on every basis, band and tier of age."""
    for basis, body in BASES:
        made = [csam(), *map(harmful, Ground), identity()]
        yield from (replace(one, basis=basis, basis_by=body) for one in made)
    for band in AgeBand:
        yield replace(csam(), age_band=band, identified=band is AgeBand.UNKNOWN)
        yield replace(harmful(), age_band=band, age_confirmed=band is AgeBand.PUBESCENT)


def every_notice(language: str) -> Iterator[NoticeFacts]:
    """Every finding alone and six times, and every set of laws, with all that may stand in such a letter."""
    for number, finding in enumerate(findings()):
        for count in (1, 2) if number % 2 else (1, 6):
            facts = notice_facts(*[finding] * count, language=language)
            long = replace(facts.places[-1], url=LONG_URL)
            facts = replace(facts, places=(*facts.places[:-1], long))
            yield facts
            yield replace(facts, statement=STATEMENT)
            yield replace(facts, kind=NoticeKind.SEARCH, names=("Odd Name",) * count)
            yield replace(upstream_facts(*[finding] * count, language=language), statement="")
    for finding in (csam(), harmful(), identity()):
        facts = notice_facts(finding, finding, language=language)
        for each in (facts, replace(facts, kind=NoticeKind.SEARCH)):
            yield from (replace(each, laws=laws) for laws in cited(each.kind))
    bare = replace(HOTLINE, address="", phone="", hours="", flagger_number="")
    yield replace(
        notice_facts(language=language, hotline=bare, terms_clause=""), verify_link="", verify_code=""
    )


def every_letter(language: str) -> Iterator[tuple[NoticeFacts, Letter]]:
    for facts in every_notice(language):
        yield facts, compose_notice(facts)
        if facts.kind is not NoticeKind.UPSTREAM and not facts.laws and not facts.statement:
            for kind in (LetterKind.REMINDER_1, LetterKind.REMINDER_2):
                yield facts, compose_reminder(replace(facts, ticket="[Ticket #1234]"), kind, AT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_line_with_an_address_is_wider_than_the_page(language: str) -> None:
    made = 0
    for facts, letter in every_letter(language):
        wide = [line for line in letter.body.split("\n") if len(line) > WIDTH]
        assert all(line == "    " + LONG_URL for line in wide)
        assert facts.kind is not NoticeKind.UPSTREAM or not wide
        assert not re.search(r"[{}\[\]]|\n\n\n|[ \t]\n", letter.body.replace("\n  >\n", "\n"))
        assert letter.body.endswith("\n")
        assert letter.language == language
        made += 1
    assert made > 400  # as many as that, so nothing was passed over


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_parses_as_a_mail_word_for_word(language: str) -> None:
    for facts, letter in every_letter(language):
        is_reminder = letter.subject.startswith("Re: ")
        reports = () if is_reminder else reports_for(replace(facts, places=facts.places[:1]))
        thread = MESSAGE_ID if is_reminder else ""
        raw = build_message(letter, facts, MESSAGE_ID, HOTLINE.email, AT, reports, thread).as_bytes()
        assert raw.isascii()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
        assert max(map(len, raw.split(b"\r\n"))) <= 76
        read = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        assert not any(part.defects for part in read.walk())
        text = read.get_body(("plain",))
        assert text is not None
        assert text["Content-Transfer-Encoding"] == "quoted-printable"
        assert text["Content-Language"] == language
        assert text.get_content().replace("\r\n", "\n") == letter.body
        assert read["Subject"] == letter.subject
        assert (read["In-Reply-To"], read["References"]) == ((thread, thread) if thread else (None, None))
