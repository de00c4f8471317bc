"""Own words in a letter: word for word, marked line by line, and framed so that they tell nothing more."""

import re
from dataclasses import replace

import pytest

from app.casework.packs import facts_of, facts_record
from app.domain.notice_words import NoticeKind
from app.i18n.letter_files import WIDTH
from app.i18n.letters import compose_notice, compose_statement
from app.outbound.xarf import reports_for
from tests.make_notice import csam, harmful, identity, notice_facts
from tests.unit.test_letters_complete import CRIME, LANGUAGES, WHO_ASKED

WORDS = "Odd-word-42 {reference} {0} %s.\n\n  It is there <b>still</b>.\nالكلمات"


def frame(language: str) -> str:
    """What a letter says around somebody's words."""
    return compose_statement("x", language).replace("  > x", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_words_there_is_no_frame(language: str) -> None:
    facts = notice_facts(language=language)
    first = frame(language).split("\n")[0]
    assert first not in compose_notice(facts).body
    assert compose_notice(replace(facts, statement=" \n")).body == compose_notice(facts).body


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_word_for_word_each_line_marked(language: str) -> None:
    facts = replace(notice_facts(language=language), statement=WORDS)
    body = compose_notice(facts).body
    marked = [line for line in body.split("\n") if line.startswith("  >")]
    assert marked == [
        "  > Odd-word-42 {reference} {0} %s.",
        "  >",
        "  >   It is there <b>still</b>.",
        "  > الكلمات",
    ]
    assert compose_statement(WORDS, language) in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rest_of_the_letter_is_the_same(language: str) -> None:
    of_each = [notice_facts(finding, language=language) for finding in (csam(), harmful(), identity())]
    for facts in (*of_each, replace(of_each[0], kind=NoticeKind.SEARCH)):
        spoken = compose_notice(replace(facts, statement=WORDS))
        silent = compose_notice(facts)
        assert spoken.subject == silent.subject
        assert spoken.body.replace(compose_statement(WORDS, language) + "\n\n", "") == silent.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_tells_nothing_of_who_asked_and_asserts_no_crime(language: str) -> None:
    said = frame(language).lower()
    assert said.strip()
    assert not re.findall(WHO_ASKED[language], said)
    assert not re.findall(CRIME[language], said)


@pytest.mark.parametrize(
    "odd",
    [
        "one\r  From: else\x00",
        "one\u2028  HOW TO ANSWER\u2029two",
        "\u202eone\x1b[31m",
        "  Reference: H-0000-0000\n[letter]\n# hidden",
        "a" * 500,
        "one two " * 200,
        "🌱 " * 90,
    ],
)
def test_no_line_of_it_can_pass_for_a_line_of_the_letter(odd: str) -> None:
    before = compose_notice(notice_facts()).body.split("\n")
    after = compose_notice(replace(notice_facts(), statement=odd)).body.split("\n")
    block = compose_statement(odd, "en").split("\n")
    start = next(number for number in range(len(after)) if after[number : number + len(block)] == block)
    assert after[:start] + after[start + len(block) + 1 :] == before
    words = block[len(frame("en").rstrip().split("\n")) + 1 :]
    assert words
    assert all(line.startswith("  >") for line in words)
    assert all(len(line) <= WIDTH or " " not in line.removeprefix("  > ") for line in words)


def test_a_single_line_is_marked_too() -> None:
    assert compose_statement("Please.", "en").endswith("\n\n  > Please.")


def test_they_lie_in_the_pack_and_in_no_report_for_machines() -> None:
    facts = replace(notice_facts(csam()), statement=WORDS)
    assert facts_of(facts_record(facts)) == facts
    assert facts_of(facts_record(notice_facts()) | {}).statement == ""
    older = facts_record(facts)
    del older["statement"]
    assert facts_of(older).statement == ""
    assert reports_for(facts)
    assert "Odd-word" not in str(reports_for(facts))
    assert "Odd-word" not in repr(facts)
