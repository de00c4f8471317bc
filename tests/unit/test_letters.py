"""The removal notice: complete, truthful, the same whoever began it, in every language."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.domain.assessments import Finding
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.i18n.letter_files import WIDTH, LetterError, load_letter
from app.i18n.letters import BLOCKS, TRANSLATIONS, compose_notice, letter_languages, notice_texts
from tests.make_notice import HOTLINE, csam, harmful, identity, notice_facts

LANGUAGES = ("ar", "en", "fr")
# Stems that assert a crime or that something is illegal: only for child sexual abuse material.
CRIME = {
    "en": r"illegal|unlawful|illicit|criminal|crime|offen[cs]e|felony|csam|sexual abuse|prohibited",
    "fr": r"illégal|illicite|criminel|crime|pénal|infraction|délit|abus sexuel|pédo|interdit",
    "ar": r"قانوني|مشروع|جنائي|إجرامي|جريم|جرائم|جنحة|اعتداء|محظور",
}
# Words that would tell, or hint, that somebody turned to the hotline.
WHO_ASKED = {
    "en": r"request|asked us|survivor|victim|reported to us|told us|informed|complain|on behalf of",
    "fr": r"demande de|à la demande|survivant|victime|signalé à nous|nous a |informés|plainte|plaignant",
    "ar": r"طلب|ناجي|ناجية|ضحية|ضحايا|أبلغنا|أخبرنا|شكوى|بلاغ من",
}
ALL_KINDS = (
    csam(),
    csam(Basis.OTHER, "Example Body"),
    *(harmful(ground, Basis.NOBODY) for ground in Ground),
    identity(),
)


def body(*findings: Finding, language: str = "en", terms_clause: str = "Our rule.") -> str:
    return compose_notice(notice_facts(*findings, language=language, terms_clause=terms_clause)).body


def flat(text: str) -> str:
    return " ".join(text.split())


def block(language: str, name: str) -> str:
    return flat(notice_texts(TRANSLATIONS)[language].blocks[name])


def test_there_is_a_letter_in_english_french_and_arabic() -> None:
    assert letter_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_uses_exactly_the_placeholders_of_the_english_one(language: str) -> None:
    english, other = notice_texts(TRANSLATIONS)["en"].blocks, notice_texts(TRANSLATIONS)[language].blocks
    names = {key: set(re.findall(r"{(\w+)}", text)) for key, text in other.items()}
    assert names == {key: set(re.findall(r"{(\w+)}", text)) for key, text in english.items()}
    assert names == {key: set(used) for key, used in BLOCKS.items()}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{reference}", "{refrence}", "other placeholders"),
        ("{reference}", "{reference.__class__}", "other placeholders"),
        ("{reference}", "{reference!r}", "other placeholders"),
        ("{reference}", "{reference", "other placeholders"),
        ("[basis.us]", "[basis.them]", r"\[basis.(them|us)\]"),
        ("[basis.us]", "[basis.other]", "stands twice"),
        ("assessed by us\n", "\n", "is empty"),
        ("[subject.one]", "Hello\n[subject.one]", "before the first block"),
    ],
)
def test_a_broken_translation_is_refused_when_it_is_loaded(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    source = (TRANSLATIONS / "en/letters/notice.txt").read_text(encoding="utf-8")
    file = tmp_path / "notice.txt"
    file.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LetterError, match=complaint):
        load_letter(file, "en", BLOCKS, frozenset())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_stands_exact_and_alone_on_its_line_after_its_number(language: str) -> None:
    facts = notice_facts(*ALL_KINDS, language=language)
    lines = compose_notice(facts).body.split("\n")
    for place in facts.places:
        at = lines.index("    " + place.url)
        assert lines[at - 1].endswith(f" {place.number}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_line_with_a_url_is_wider_than_the_page(language: str) -> None:
    facts = notice_facts(*ALL_KINDS, language=language)
    long = replace(facts.places[0], url="https://img.host.example/" + "a-b/" * 60)
    text = compose_notice(replace(facts, places=(long, *facts.places[1:]))).body
    assert [line for line in text.split("\n") if len(line) > WIDTH] == ["    " + long.url]
    assert "\n\n\n" not in text
    assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_has_all_that_article_16_2_asks(language: str) -> None:
    text = body(*ALL_KINDS, language=language)
    for finding in ALL_KINDS:  # (a) why, for each place
        kind = f"finding.{finding.kind}" + (f".{finding.ground}" if finding.ground else "")
        assert block(language, kind) in flat(text)
    assert "https://img.host.example/a/6?x=6&y=%2F" in text  # (b) where exactly
    assert f"  {HOTLINE.name}\n" in text  # (c) who notifies
    assert HOTLINE.email in text
    last = block(language, "letter").split("]")[-1][-60:]
    assert flat(text).endswith(last)  # (d) the statement of good faith closes the letter
    assert "2022/2065" in last


def test_the_statement_of_good_faith_says_accurate_and_complete() -> None:
    assert (
        "good-faith belief that the information and allegations in this notice are accurate and complete"
        in flat(body())
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", [Basis.US, Basis.NOBODY])
@pytest.mark.parametrize(
    "kinds", [(*map(harmful, Ground),), (identity(),), (*map(harmful, Ground), identity())], ids=len
)
def test_a_notice_without_csam_asserts_no_crime(
    language: str, basis: Basis, kinds: tuple[Finding, ...]
) -> None:
    findings = [replace(finding, basis=basis) for finding in kinds]
    letter = compose_notice(notice_facts(*findings, language=language))
    assert not re.findall(CRIME[language], (letter.subject + letter.body).lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_says_nothing_of_the_content(language: str) -> None:
    subject = compose_notice(notice_facts(language=language)).subject
    assert "H-7KQ2-M3TD" in subject
    assert not re.findall(CRIME[language], subject.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_hints_that_anybody_asked(language: str) -> None:
    letter = compose_notice(notice_facts(*ALL_KINDS, language=language))
    assert not re.findall(WHO_ASKED[language], (letter.subject + letter.body).lower())


def test_an_identity_notice_has_no_test_of_age_or_child() -> None:
    text = flat(body(identity()))
    assert "Youngest child shown" not in text
    assert "identified by police" not in text
    assert "18 or older" not in text
    assert "for the police" not in text
    assert "privacy and data protection law" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("band", list(AgeBand))
def test_each_place_tells_the_age_of_the_youngest_child(language: str, band: AgeBand) -> None:
    assert block(language, f"band.{band}") in flat(body(replace(csam(), age_band=band), language=language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("known", "name"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_each_place_tells_whether_police_know_the_child(language: str, known: bool | None, name: str) -> None:
    finding = csam()
    # Set from outside, so that the letter is ready for "not known to us" whatever forms allow.
    object.__setattr__(finding, "identified", known)
    assert f": {block(language, f'identified.{name}')}\n" in body(finding, language=language)


def test_the_basis_is_told_truthfully_for_each_place() -> None:
    text = body(csam(), csam(Basis.OTHER, "Example {Body}\nBcc:"), harmful(basis=Basis.NOBODY))
    first, second, third = text.split("Place ")[1:4]
    assert "Basis: assessed by us\n" in first
    assert "Basis: assessed by Example {Body} Bcc:\n" in second
    assert "Basis: not assessed by us: we have not seen it." in flat(third)
    assert "assessed by us\n" not in third.split("\n\n")[0]


def test_places_of_several_kinds_each_say_their_own_finding() -> None:
    text = body(identity(), csam(), harmful(Ground.PHYSICAL_ABUSE))
    first, second, third = (part.split("\n\n")[0] for part in text.split("Place ")[1:4])
    assert "Identity and safety" in first
    assert "criminal" in second
    assert "ground (c)" in third
    assert "criminal" not in first + third


def test_the_providers_own_rule_is_quoted_only_where_there_is_one() -> None:
    assert 'say: "No harm to children."' in flat(body(terms_clause="No harm\nto children."))
    assert "terms of service say" not in flat(body(terms_clause=""))


def test_what_the_hotline_does_not_have_is_left_out() -> None:
    bare = replace(HOTLINE, address="", phone="", hours="", flagger_number="")
    text = compose_notice(notice_facts(hotline=bare)).body
    assert "  Example Hotline\n  E-mail: notices@hotline.example\n\nWe send" in text
    assert "\n  Postal address: 1 Long Street, 1000 Sampletown\n  Phone: +00 1 234\n  Hours:" in body()


def test_a_needed_value_that_is_empty_is_an_error_not_a_gap() -> None:
    with pytest.raises(LetterError, match="hotline_email"):
        compose_notice(notice_facts(hotline=replace(HOTLINE, email=" ")))


def test_a_name_cannot_make_lines_or_placeholders_of_its_own() -> None:
    odd = replace(HOTLINE, name="Odd\n  Name {reference}\x00 {0}")
    assert "\n  From: Odd Name {reference} {0}\n" in compose_notice(notice_facts(hotline=odd)).body


def test_the_machine_part_is_mentioned_only_where_it_goes_along() -> None:
    assert "XARF" in body()
    assert "XARF" not in body(harmful())
    assert "XARF" not in compose_notice(notice_facts(wants_xarf=False)).body


def test_a_place_that_need_not_go_is_in_no_notice() -> None:
    adult = Finding(Kind.CSAM, False, False, None, AgeBand.UNKNOWN, False, Basis.US)
    for findings in ((csam(), adult), (adult,)):
        with pytest.raises(LetterError):
            compose_notice(notice_facts(*findings))
    with pytest.raises(LetterError):
        compose_notice(replace(notice_facts(), places=()))


def test_a_url_that_would_break_its_line_is_refused_and_not_quoted() -> None:
    facts = notice_facts()
    broken = replace(facts.places[0], url="https://img.host.example/a\nb")
    with pytest.raises(LetterError) as caught:
        compose_notice(replace(facts, places=(broken,)))
    assert "img.host" not in str(caught.value)


def test_times_are_in_utc_in_digits_and_in_words() -> None:
    east = timezone(timedelta(hours=3))
    facts = replace(notice_facts(language="fr"), made_at=datetime(2026, 1, 6, 1, 30, tzinfo=east))
    assert "2026-01-05 22:30 UTC (lundi 5 janvier 2026)" in compose_notice(facts).body
    with pytest.raises(LetterError):
        compose_notice(replace(facts, made_at=datetime(2026, 1, 6, tzinfo=UTC).replace(tzinfo=None)))


def test_a_regional_language_gets_its_languages_letter_and_an_unknown_one_an_error() -> None:
    assert compose_notice(notice_facts(language="fr-CA")).language == "fr"
    with pytest.raises(LetterError):
        compose_notice(notice_facts(language="tlh"))


def test_one_place_and_more_have_subjects_of_their_own() -> None:
    assert (
        compose_notice(notice_facts(csam())).subject == "Removal notice H-7KQ2-M3TD: 1 place on your service"
    )
    more = compose_notice(notice_facts(csam(), identity(), harmful())).subject
    assert more == "Removal notice H-7KQ2-M3TD: 3 places on your service"


def test_the_answer_link_and_the_deadline_are_in_the_letter() -> None:
    text = body()
    assert "\n  https://heard.hotline.example/n/3Q7F-EXAMPLE-LINK\n" in text
    assert "\n  Answer by: 2026-01-06 09:12 UTC" in text
