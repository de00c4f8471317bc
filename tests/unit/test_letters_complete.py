"""Every letter in every language says all that it must, and only what its kind may say."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from app.domain.assessments import Finding
from app.domain.notice_words import LetterKind, NoticeKind
from app.domain.notices import NoticeFacts
from app.domain.words import Ground
from app.i18n.letters import Letter, compose_notice, compose_reminder, letter_languages
from tests.make_notice import DSA, HOTLINE, csam, harmful, identity, notice_facts, upstream_facts

LANGUAGES = ("ar", "de", "en", "es", "fr", "nl", "ru")
SENT_AT = datetime(2026, 1, 5, 9, 20, tzinfo=UTC)
WORDS = Path(__file__).with_name("letter_words")

# Every field, and the letters that carry it. c: child sexual abuse material, h: harmful or abusive images,
# i: identity and safety, s: to a search engine, u: to who supplies a provider, r: a reminder.
FIELDS = (
    ("role", "chisu"),
    ("remove or disable", "chi"),
    ("without delay", "chisr"),
    ("identical copies", "chisur"),
    ("derived copies", "chisur"),
    ("previews", "chis"),
    ("caches", "chis"),
    ("search index", "chi"),
    ("more likely than not", "chis"),
    ("two questions", "ch"),
    ("protocol", "cs"),
    ("terms of service", "chisu"),
    ("age tier", "chs"),
    ("identified", "chs"),
    ("age band", "chs"),
    ("assessed by", "chis"),
    ("framework", "chsur"),
    ("proof", "chsur"),
    ("18 or older", "chsur"),
    ("answer: removed", "chisur"),
    ("answer: not ours", "chiur"),
    ("answer: whose", "chiur"),
    ("answer: question", "chisur"),
    ("answer: age doubt", "chsr"),
    ("answer: refuse", "chisur"),
    ("answer: reason", "chisur"),
    ("answer: received", "chisu"),
    ("by reply", "chisur"),
    ("no image", "chisu"),
    ("verify", "chisur"),
    ("not who sent it", "chisur"),
    ("reporting duty", "ch"),
    ("preservation", "chiu"),
    ("reminders", "chis"),
    ("one more reminder", "r"),
    ("suppliers", "chiur"),
    ("authorities", "chisur"),
    ("own name", "chisur"),
    ("proxy", "ch"),
    ("good faith", "chisu"),
    ("trusted flagger", "chisur"),
    ("delisted", "s"),
    ("name's tie", "s"),
    ("customer's reply first", "u"),
    ("act, pass on, withdraw", "u"),
    ("still up", "r"),
    ("thanks", "r"),
)
VALUES = (
    ("reference", "chisur", "H-7KQ2-M3TD"),
    ("notifier", "chisur", HOTLINE.name),
    ("address", "chisur", "1 Long Street, 1000 Sampletown"),
    ("mailbox", "chisur", HOTLINE.email),
    ("phone", "chisur", HOTLINE.phone),
    ("hours", "chisur", HOTLINE.hours),
    ("flagger number", "chisur", "TF-12"),
    ("recipient", "chisur", "Example Host"),
    ("date", "chisu", "2026-01-05 09:12 UTC ("),
    ("sent at", "r", "2026-01-05 09:20 UTC ("),
    ("deadline", "chisur", "2026-01-06 09:12 UTC ("),
    ("first place", "chisr", "    https://img.host.example/a/1?x=1&y=%2F\n"),
    ("second place", "chisr", "    https://img.host.example/a/2?x=2&y=%2F\n"),
    ("host", "u", "\n    img.host.example\n"),
    ("number of places", "chisr", ": 2\n"),
    ("terms clause", "chisu", "Do not publish anything that harms children."),
    ("answer link", "chisur", "\n  https://heard.hotline.example/n/3Q7F-EXAMPLE-LINK\n"),
    ("verify link", "chisur", "\n  https://heard.hotline.example/verify\n"),
    ("verify code", "chisur", "7KQ2M3TD9X"),
    ("notice they have", "u", "H-9ZZ9-AAAA"),
    ("whom they supply", "u", "Supplied Host"),
    ("name", "s", "\n    Odd Name\n"),
    ("first of the answers", "chisu", "\n  - "),
)
FINDINGS = {
    "c": replace(csam(identified=True), age_confirmed=True),
    "h": replace(harmful(), age_confirmed=True),
    "i": identity(),
}
FINDINGS["h"] = replace(FINDINGS["h"], age_band=FINDINGS["c"].age_band)


def facts_for(letter: str, language: str) -> NoticeFacts:
    finding = FINDINGS.get(letter, FINDINGS["c"])
    if letter == "u":
        return upstream_facts(finding, finding, language=language)
    facts = notice_facts(finding, finding, language=language)
    if letter == "s":
        return replace(facts, kind=NoticeKind.SEARCH, names=("Odd Name",))
    return facts


@cache
def written(letter: str, language: str) -> Letter:
    facts = facts_for(letter, language)
    if letter == "r":
        return compose_reminder(facts, LetterKind.REMINDER_1, SENT_AT)
    return compose_notice(facts)


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).casefold()


@cache
def words(language: str) -> dict[str, tuple[str, ...]]:
    """By which words each field is found; one of several is enough."""
    lines = (WORDS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" = ", 1) for line in lines if not line.startswith("#"))
    return {name: tuple(flat(way) for way in said.split(" | ")) for name, said in rows}


def test_there_are_letters_in_seven_languages() -> None:
    assert letter_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_written_for_every_field(language: str) -> None:
    assert list(words(language)) == [name for name, _letters in FIELDS]
    assert all(len(way) > 2 for said in words(language).values() for way in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "letters"), FIELDS, ids=[name for name, _letters in FIELDS])
def test_every_letter_says_the_field_in_its_own_words(language: str, name: str, letters: str) -> None:
    for letter in letters:
        body = flat(written(letter, language).body)
        assert any(way in body for way in words(language)[name]), letter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "letters", "value"), VALUES, ids=[name for name, *_ in VALUES])
def test_every_letter_holds_the_value(language: str, name: str, letters: str, value: str) -> None:
    for letter in letters:
        body = written(letter, language).body
        assert value in body if "\n" in value else flat(value) in flat(body), letter


# Stems that assert a crime, or that anything is against a law.
CRIME = {
    "ar": r"قانوني|مشروع|جنائي|إجرامي|جريم|جرائم|جنحة|اعتداء|محظور|مخالف",
    "de": r"illegal|rechtswidrig|gesetzwidrig|strafbar|straftat|strafrecht|kriminell|verbrechen|verboten"
    r"|sexuellen missbrauch",
    "en": r"illegal|unlawful|illicit|criminal|crime|offen[cs]e|felony|csam|sexual abuse|prohibited",
    "es": r"ilegal|ilícit|delito|delictiv|criminal|crimen|penal|infracción|prohibid|abuso sexual",
    "fr": r"illégal|illicite|criminel|crime|pénal|infraction|délit|abus sexuel|pédo|interdit",
    "nl": r"illegaal|onwettig|onrechtmatig|strafbaar|strafrecht|misdrijf|misdaad|crimineel|verboden"
    r"|seksueel kindermisbruik",
    "ru": r"незакон|противоправ|преступ|уголовн|криминал|запрещ|сексуального насилия|правонаруш",
}
# Words that would tell, or hint, that somebody turned to the hotline.
WHO_ASKED = {
    "ar": r"طلب|ناجي|ناجية|ضحية|ضحايا|أبلغنا|أخبرنا|شكوى|بلاغ من",
    "de": r"gebeten|auf wunsch|im auftrag|überlebende|betroffene[rn]? person|opfer|beschwer|gemeldet|antrag",
    "en": r"request|asked us|survivor|victim|reported to us|told us|informed|complain|on behalf of",
    "es": r"solicit|a petición|superviviente|sobreviviente|víctima|nos inform|nos avis|queja|en nombre de la",
    "fr": r"demande de|à la demande|survivant|victime|signalé à nous|nous a |informés|plainte|plaignant",
    "nl": r"op verzoek|verzoek van|namens|overlevende|slachtoffer|klacht|gemeld door|ons gevraagd",
    "ru": r"по просьбе|по запросу|заявлени[ея] от|обратил|пострадавш|жертв|пережив|сообщили нам|нам сообщ",
}
WITHOUT_CRIME = (*((harmful(ground),) for ground in Ground), tuple(map(harmful, Ground)), (identity(),))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "findings", WITHOUT_CRIME, ids=lambda findings: "".join(str(f.ground) for f in findings)
)
def test_grounds_a_to_c_and_identity_assert_no_crime(language: str, findings: tuple[Finding, ...]) -> None:
    facts = notice_facts(*findings, language=language)
    search, upstream = replace(facts, kind=NoticeKind.SEARCH), upstream_facts(*findings, language=language)
    said = [compose_notice(each) for each in (facts, search, upstream)]
    said += [
        compose_reminder(facts, kind, SENT_AT) for kind in (LetterKind.REMINDER_1, LetterKind.REMINDER_2)
    ]
    for letter in said:
        assert not re.findall(CRIME[language], (letter.subject + letter.body).casefold())


@pytest.mark.parametrize("language", LANGUAGES)
def test_these_stems_would_find_a_crime_in_the_notice_that_names_one(language: str) -> None:
    assert re.search(CRIME[language], written("c", language).body.casefold())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", "chisur")
def test_nothing_hints_that_anybody_asked(language: str, letter: str) -> None:
    made = written(letter, language)
    assert not re.findall(WHO_ASKED[language], (made.subject + made.body).casefold())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", "chisur")
def test_the_subject_says_nothing_of_the_content(language: str, letter: str) -> None:
    subject = written(letter, language).subject
    assert "H-7KQ2-M3TD" in subject
    assert not re.findall(CRIME[language], subject.casefold())


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_16_2_is_claimed_only_where_that_law_is_cited(language: str) -> None:
    for finding in (csam(), identity()):
        facts = notice_facts(finding, language=language)
        silent, cited = compose_notice(facts).body, compose_notice(replace(facts, laws=(DSA,))).body
        assert DSA.citation in " ".join(cited.split())
        assert "2022/2065" in cited.strip().split("\n\n")[-1]
        assert "2022/2065" not in silent.strip().split("\n\n")[-1]
        assert silent.count("2022/2065") == 1  # the flagger's number alone
