"""What only some letters say: to search engines, to who supplies a provider, reminders; and the laws."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.assessments import Finding
from app.domain.notice_words import LawUse, LetterKind, NoticeKind
from app.domain.notices import CitedLaw, NoticeFacts
from app.domain.words import Basis
from app.i18n.letter_files import LetterError
from app.i18n.letter_texts import NOTICE, TRANSLATIONS, letter_texts
from app.i18n.letters import compose_notice, compose_reminder
from app.outbound.xarf import reports_for
from tests.make_notice import (
    DSA,
    GDPR,
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
from tests.unit.test_letters_complete import LANGUAGES

SENT_AT = datetime(2026, 1, 5, 9, 20, tzinfo=UTC)
ONE, TWO = LetterKind.REMINDER_1, LetterKind.REMINDER_2


def flat(text: str) -> str:
    return " ".join(text.split())


def at_urls(facts: NoticeFacts, *urls: str) -> NoticeFacts:
    return replace(
        facts, places=tuple(replace(place, url=url) for place, url in zip(facts.places, urls, strict=True))
    )


def search_facts(*findings: Finding, names: tuple[str, ...] = ()) -> NoticeFacts:
    return replace(notice_facts(*findings, kind=NoticeKind.SEARCH), names=names)


@pytest.mark.parametrize("kind", [NoticeKind.CSAM, NoticeKind.HARMFUL, NoticeKind.IDENTITY])
def test_a_notice_is_about_places_of_its_own_kind(kind: NoticeKind) -> None:
    for finding in (csam(), harmful(), identity()):
        facts = notice_facts(finding, kind=kind)
        if finding.kind.value == kind.value:
            assert compose_notice(facts).body
            continue
        with pytest.raises(LetterError):
            compose_notice(facts)
    with pytest.raises(LetterError):
        compose_notice(notice_facts(csam(), harmful()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_supplies_a_provider_is_told_hosts_and_a_reference_and_no_place(language: str) -> None:
    facts = at_urls(
        upstream_facts(csam(), csam(), csam(), language=language),
        "https://somebody:secretword@img.host.example:8443/canary/odd-path?q=odd-query#odd-part",
        "https://img.host.example/another-odd-path",
        "http://[2001:db8::1]:81/third",
    )
    letter = compose_notice(facts)
    said = letter.subject + letter.body
    assert "\n    img.host.example\n    [2001:db8::1]\n" in letter.body
    assert not re.search(r"somebody|secretword|8443|canary|odd-|third|:81", said)
    assert said.count("img.host.example") == 1
    assert "H-9ZZ9-AAAA" in letter.body


def test_who_supplies_a_provider_gets_no_reports_for_machines() -> None:
    facts = upstream_facts(csam())
    assert facts.recipient.wants_xarf
    assert reports_for(facts) == ()
    assert reports_for(search_facts(csam())) == ()
    assert reports_for(notice_facts(csam()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"statement": "Odd words."},
        {"names": ("Odd Name",)},
        {"laws": (DSA,)},
        {"laws": (REPORT_ACT,)},
        {"about": ""},
        {"about_provider": " "},
        {"places": ()},
    ],
)
def test_what_must_not_go_upstream_is_refused(wrong: dict[str, object]) -> None:
    facts = upstream_facts(csam())
    assert compose_notice(facts).body
    with pytest.raises(LetterError):
        compose_notice(replace(facts, **wrong))  # type: ignore[arg-type]  # one field, by its name


@pytest.mark.parametrize(
    "url", ["https:///odd-path", "/odd-path", "https://user@/odd", "https://:80/odd", ""]
)
def test_an_address_without_a_host_goes_to_no_supplier_and_is_not_quoted(url: str) -> None:
    with pytest.raises(LetterError) as caught:
        compose_notice(at_urls(upstream_facts(csam()), url))
    assert "odd" not in str(caught.value)


def test_an_upstream_letter_says_what_it_is_about_and_no_age_where_there_is_none() -> None:
    assert "about child sexual abuse material." in compose_notice(upstream_facts(csam())).body
    about = compose_notice(upstream_facts(identity())).body
    assert "about the identity and safety of a person." in about
    assert "18 or older" not in about


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "shown", ["hxxps://img[.]host[.]example/a/1", "img[.]host[.]example/…", "img[.]host[.]example"]
)
def test_letters_are_previewed_with_addresses_that_are_no_links(language: str, shown: str) -> None:
    for finding in (csam(), harmful(), identity()):
        facts = at_urls(notice_facts(finding, language=language), shown)
        for each in (facts, replace(facts, kind=NoticeKind.SEARCH)):
            assert f"\n    {shown}\n" in compose_notice(each).body
    upstream = compose_notice(at_urls(upstream_facts(csam(), language=language), shown)).body
    assert "\n    img[.]host[.]example\n" in upstream


def test_names_go_to_a_search_engine_alone() -> None:
    for finding in (csam(), harmful(), identity()):
        with pytest.raises(LetterError):
            compose_notice(replace(notice_facts(finding), names=("Odd Name",)))
        with pytest.raises(LetterError):
            compose_reminder(replace(notice_facts(finding), names=("Odd Name",)), ONE, SENT_AT)
    named = compose_notice(search_facts(csam(), names=("Odd  Name\n  From: else", "Other {reference}")))
    assert "\n    Odd Name From: else\n    Other {reference}\n" in named.body
    assert "Odd" not in named.subject
    assert "Odd" not in compose_reminder(search_facts(csam(), names=("Odd Name",)), ONE, SENT_AT).body
    assert "these names" not in compose_notice(search_facts(csam())).body


def test_a_search_engine_is_told_each_finding_and_of_age_only_where_a_child_is_shown() -> None:
    both = flat(compose_notice(search_facts(csam(), identity())).body)
    assert "Child sexual abuse material. More likely" in both
    assert "Identity and safety. More likely" in both
    assert "Optional Protocol" in both
    assert "You doubt the age" in both
    alone = flat(compose_notice(search_facts(identity())).body)
    assert not re.search("Optional Protocol|doubt the age|18 or older|criminal", alone)
    assert "Optional Protocol" not in flat(compose_notice(search_facts(harmful())).body)


ALL_LAWS = (DSA, GDPR, TAKE_IT_DOWN, NATIONAL, REPORT_ACT, NATIONAL_KEEPING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("law", ALL_LAWS, ids=lambda law: f"{law.code}-{law.use}")
def test_a_law_stands_in_a_letter_only_where_it_is_cited(language: str, law: CitedLaw) -> None:
    facts = notice_facts(csam(), language=language)
    cited = flat(compose_notice(replace(facts, laws=(law,))).body)
    assert cited.count(law.citation) == 1
    assert not any(other.citation in cited for other in ALL_LAWS if other is not law)
    assert not any(other.citation in flat(compose_notice(facts).body) for other in ALL_LAWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_law_about_keeping_stands_with_what_to_keep_and_not_as_a_ground(language: str) -> None:
    for finding in (csam(), harmful()):
        facts = notice_facts(finding, language=language)
        silent = compose_notice(facts).body.split("\n\n")
        for law in (REPORT_ACT, NATIONAL_KEEPING):
            paragraphs = compose_notice(replace(facts, laws=(law,))).body.split("\n\n")
            added = [one for one in paragraphs if one not in silent]
            assert len(added) == 1
            before = paragraphs[paragraphs.index(added[0]) - 1]
            text = letter_texts(TRANSLATIONS)[language][NOTICE[facts.kind]].blocks["letter"].split("\n\n")
            assert flat(before) == flat(text[text.index("{keep}") - 1])


def test_grounds_a_to_c_cite_no_law_and_no_letter_cites_one_it_has_no_sentence_for() -> None:
    odd = CitedLaw("odd_act", LawUse.GROUND, "Odd Act")
    as_ground = CitedLaw("report_act", LawUse.GROUND, REPORT_ACT.citation)
    for facts in (
        replace(notice_facts(harmful()), laws=(DSA,)),
        replace(notice_facts(harmful()), laws=(NATIONAL,)),
        replace(notice_facts(csam()), laws=(odd,)),
        replace(notice_facts(csam()), laws=(as_ground,)),
        replace(search_facts(csam()), laws=(REPORT_ACT,)),
    ):
        with pytest.raises(LetterError):
            compose_notice(facts)


def test_only_the_take_it_down_act_tells_of_a_mandate() -> None:
    for law in (DSA, GDPR, NATIONAL, REPORT_ACT, NATIONAL_KEEPING):
        assert "mandate" not in compose_notice(replace(notice_facts(), laws=(law,))).body
    told = flat(compose_notice(replace(notice_facts(), laws=(TAKE_IT_DOWN,))).body)
    assert "for the person depicted, whom we are authorised to act for by a signed mandate" in told
    assert "no later than 48 hours after it came in" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", [csam(), harmful(), identity()], ids=["csam", "harmful", "identity"])
def test_a_reminder_stands_in_its_thread_and_names_only_what_is_still_up(
    language: str, finding: Finding
) -> None:
    facts = notice_facts(*[finding] * 3, language=language)
    left = replace(facts, places=facts.places[2:])
    for kind in (ONE, TWO):
        reminder = compose_reminder(left, kind, SENT_AT)
        assert reminder.subject == "Re: " + compose_notice(facts).subject
        assert re.search(rf"\n  \S+ 3\n    {re.escape(facts.places[2].url)}\n", reminder.body)
        assert facts.places[0].url not in reminder.body
        assert "2026-01-05 09:20 UTC" in flat(reminder.body)
    assert compose_reminder(left, ONE, SENT_AT).body != compose_reminder(left, TWO, SENT_AT).body


def test_a_reminder_carries_the_ticket_of_the_recipient_on_one_line_and_not_for_ever() -> None:
    ticketed = replace(notice_facts(), ticket="[Ticket #12]\r\nBcc: else")
    subject = compose_reminder(ticketed, ONE, SENT_AT).subject
    assert subject == "Re: Removal notice H-7KQ2-M3TD [Ticket #12] Bcc: else"
    assert "Ticket" not in compose_notice(ticketed).subject
    assert len(compose_reminder(replace(ticketed, ticket="x" * 5000), ONE, SENT_AT).subject) < 200


def test_a_reminder_says_which_step_is_next() -> None:
    first, last = (flat(compose_reminder(notice_facts(), kind, SENT_AT).body) for kind in (ONE, TWO))
    assert "First reminder" in first
    assert "we send one more reminder" in first
    assert "Last reminder" in last
    assert "we may now write to other contacts of yours and to the companies that supply" in last
    search = flat(compose_reminder(search_facts(csam()), TWO, SENT_AT).body)
    assert "these addresses are still in your results" in search
    assert "companies that supply" not in search


def test_a_reminder_about_identity_has_no_test_of_age() -> None:
    assert re.search(r"\b18 or", flat(compose_reminder(notice_facts(), ONE, SENT_AT).body))
    assert not re.search(
        r"\b18 or|\bage\b", flat(compose_reminder(notice_facts(identity()), ONE, SENT_AT).body)
    )


def test_there_is_no_reminder_that_is_a_first_letter_or_goes_upstream() -> None:
    for facts, kind in ((notice_facts(), LetterKind.FIRST), (upstream_facts(csam()), ONE)):
        with pytest.raises(LetterError):
            compose_reminder(facts, kind, SENT_AT)
    with pytest.raises(LetterError):
        compose_reminder(replace(notice_facts(), places=()), ONE, SENT_AT)
    with pytest.raises(LetterError):
        compose_reminder(notice_facts(), ONE, SENT_AT.replace(tzinfo=None))


def test_own_words_are_not_said_again_in_a_reminder() -> None:
    spoken = replace(notice_facts(), statement="Odd-word-42")
    assert "Odd-word-42" in compose_notice(spoken).body
    assert "Odd-word-42" not in compose_reminder(spoken, ONE, SENT_AT).body


def test_only_a_notice_from_before_there_were_codes_tells_no_way_to_check_it() -> None:
    older = replace(notice_facts(), verify_link="", verify_code="")
    assert "genuine" not in compose_notice(older).body.lower()
    for half in (replace(notice_facts(), verify_link=""), replace(notice_facts(), verify_code="")):
        with pytest.raises(LetterError):
            compose_notice(half)


def test_a_place_that_nobody_assessed_is_called_a_belief_to_a_search_engine_too() -> None:
    said = flat(compose_notice(search_facts(csam(Basis.NOBODY))).body)
    assert "Believed to be: Child sexual abuse material." in said
    assert "not assessed by us: we have not seen it." in said
