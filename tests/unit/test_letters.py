"""The letters to providers: agreed with their translators, truthful, and safe with what stands in them."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.domain.assessments import Finding
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.i18n.letter_files import LetterError
from app.i18n.letter_texts import LETTERS, TRANSLATIONS, letter_texts, load_texts
from app.i18n.letters import compose_notice
from tests.make_notice import HOTLINE, csam, harmful, identity, notice_facts
from tests.unit.test_letters_complete import LANGUAGES


def body(*findings: Finding, language: str = "en", terms_clause: str = "Our rule.") -> str:
    return compose_notice(notice_facts(*findings, language=language, terms_clause=terms_clause)).body


def flat(text: str) -> str:
    return " ".join(text.split())


def part(language: str, name: str) -> str:
    return flat(letter_texts(TRANSLATIONS)[language]["parts"].blocks[name])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_block_uses_exactly_the_agreed_placeholders(language: str, letter: str) -> None:
    blocks = letter_texts(TRANSLATIONS)[language][letter].blocks
    names = {key: set(re.findall(r"{(\w+)}", text)) for key, text in blocks.items()}
    assert names == {key: set(used) for key, used in LETTERS[letter].items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_left_a_line_in_english(language: str) -> None:
    english, other = letter_texts(TRANSLATIONS)["en"], letter_texts(TRANSLATIONS)[language]
    for letter, text in other.items():
        for name, words in text.blocks.items():
            said, source = words.split("\n"), english[letter].blocks[name].split("\n")
            same = {line for line in said if line in source and len(re.sub(r"{\w+}", "", line).strip()) > 12}
            assert language == "en" or not same, name


@pytest.mark.parametrize(
    ("letter", "old", "new", "complaint"),
    [
        ("notice_csam", "{reference}", "{refrence}", "other placeholders"),
        ("notice_harmful", "{reference}", "{reference.__class__}", "other placeholders"),
        ("notice_harmful", "{keep}", "{grounds}", "other placeholders"),
        ("notice_identity", "{reference}", "{reference!r}", "other placeholders"),
        ("search", "{names}", "", "other placeholders"),
        ("upstream", "{hosts}", "{places}", "other placeholders"),
        ("upstream", "{reference}", "{reference", "other placeholders"),
        ("reminder", "[still.search]", "[still.else]", r"\[still.(search|else)\]"),
        ("parts", "[basis.us]", "[basis.them]", r"\[basis.(them|us)\]"),
        ("parts", "[basis.us]", "[basis.other]", "stands twice"),
        ("parts", "[basis.us]\nassessed by us\n", "[basis.us]\n\n", "is empty"),
        ("notice_csam", "[subject]", "Hello\n[subject]", "before the first block"),
    ],
)
def test_a_broken_translation_is_refused_when_it_is_loaded(
    tmp_path: Path, letter: str, old: str, new: str, complaint: str
) -> None:
    shutil.copytree(TRANSLATIONS / "en/letters", tmp_path, dirs_exist_ok=True)
    load_texts(tmp_path, "en")
    file = tmp_path / f"{letter}.txt"
    source = re.sub(r"(?m)^#.*\n", "", file.read_text(encoding="utf-8"))
    assert old in source
    file.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LetterError, match=complaint):
        load_texts(tmp_path, "en")


@pytest.mark.parametrize("letter", LETTERS)
def test_a_language_that_lacks_a_letter_is_refused(tmp_path: Path, letter: str) -> None:
    shutil.copytree(TRANSLATIONS / "fr/letters", tmp_path / "fr/letters")
    (tmp_path / "fr/letters" / f"{letter}.txt").unlink()
    with pytest.raises(LetterError, match=f"fr: {letter}.txt is missing"):
        letter_texts(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_stands_exact_and_alone_on_its_line_after_its_number(language: str) -> None:
    facts = notice_facts(*[csam()] * 3, language=language)
    lines = compose_notice(facts).body.split("\n")
    for place in facts.places:
        at = lines.index("    " + place.url)
        assert lines[at - 1].endswith(f" {place.number}")


def test_the_statement_of_good_faith_says_accurate_and_complete() -> None:
    said = "good-faith belief that the information and allegations in this notice are accurate and complete"
    for finding in (csam(), harmful(), identity()):
        assert said in flat(body(finding))


def test_an_identity_notice_has_no_test_of_age_or_child() -> None:
    text = flat(body(identity()))
    for never in (
        "Youngest child shown",
        "identified by police",
        "18 or older",
        "Under 18",
        "for the police",
    ):
        assert never not in text
    assert "privacy and data protection law" in text
    assert "child or adult" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("band", list(AgeBand))
def test_each_place_tells_the_age_of_the_youngest_child(language: str, band: AgeBand) -> None:
    assert part(language, f"band.{band}") in flat(body(replace(csam(), age_band=band), language=language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("known", "name"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_each_place_tells_whether_police_know_the_child(language: str, known: bool | None, name: str) -> None:
    finding = replace(csam(), identified=known)
    assert f": {part(language, f'identified.{name}')}\n" in body(finding, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("finding", "tier"),
    [
        (replace(csam(identified=True), age_confirmed=True), "confirmed"),
        (replace(harmful(basis=Basis.NOBODY), age_confirmed=True), "confirmed"),
        (csam(identified=True), "identified"),
        (csam(), "assessed"),
        (csam(Basis.OTHER, "Example Body"), "assessed"),
        (csam(Basis.NOBODY), "not_assessed"),
    ],
)
def test_each_place_tells_on_what_under_18_stands(language: str, finding: Finding, tier: str) -> None:
    text = flat(body(finding, language=language))
    tiers = [each for each in ("confirmed", "identified", "assessed", "not_assessed") if each != tier]
    assert f": {part(language, f'age.{tier}')} " in text
    assert not any(f": {part(language, f'age.{each}')} " in text for each in tiers)


def test_the_basis_is_told_truthfully_for_each_place() -> None:
    text = body(csam(), csam(Basis.OTHER, "Example {Body}\nBcc:"), csam(Basis.NOBODY))
    first, second, third = text.split("Place ")[1:4]
    assert "Basis: assessed by us\n" in first
    assert "Basis: assessed by Example {Body} Bcc:\n" in second
    assert "Basis: not assessed by us: we have not seen it." in flat(third)
    assert "Believed to be: Child sexual abuse" in third
    assert "assessed by us\n" not in third.split("\n\n")[0].replace("not assessed by us\n", "")


def test_each_ground_says_its_own() -> None:
    for ground in Ground:
        text = body(harmful(ground))
        assert f"ground ({ground})" in text
        assert not any(f"ground ({other})" in text for other in Ground if other is not ground)


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
    odd = replace(HOTLINE, name="Odd\n  Name\u2028 {reference}\x00 {0}")
    assert "\n  From: Odd Name {reference} {0}\n" in compose_notice(notice_facts(hotline=odd)).body


def test_the_machine_part_is_mentioned_only_where_it_goes_along() -> None:
    assert "XARF" in body()
    assert "XARF" not in body(harmful())
    assert "XARF" not in body(csam(Basis.NOBODY))
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


def test_the_subject_is_the_same_however_many_places_so_that_the_thread_holds() -> None:
    few, many = (compose_notice(notice_facts(*[csam()] * count)).subject for count in (1, 3))
    assert few == many == "Removal notice H-7KQ2-M3TD"
