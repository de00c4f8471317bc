"""What a person reads who asks is easy to read: short sentences, short words, Flesch-Kincaid grade 6 or less.

The grade (textstat, with the CMU dictionary of syllables) counts words to a sentence and syllables to a
word. Of a text with fewer than eight words it says next to nothing ("Forget everything" would be grade
14), so there the longest word counts instead.
"""

import re
from collections.abc import Iterator

import pytest
import textstat

from app.i18n.catalogues import TRANSLATIONS, extract
from app.i18n.site_texts import SHIPPED_CONDUCT
from app.i18n.text_blocks import read_blocks

PORTAL = (
    "app/web/portal/",
    "app/web/templates/portal/",
    "app/web/templates/parts/",
    "app/web/templates/errors/",
    "app/web/templates/layout.html",
    "app/web/errors.py",
    "app/i18n/spoken_words.py",
    "app/i18n/doors.py",
)
HIGHEST_GRADE = 6
ENOUGH_WORDS = 8
LONGEST_SENTENCE = 22  # words
MOST_SYLLABLES = 4
# Names of things that have no shorter name: the notice above every page of a demonstration.
KNOWN = {"demonstration"}
WORD = re.compile(r"[^\W\d_][\w’'-]*")


def plain(text: str) -> str:
    """As it is read aloud: something short for what is filled in, a stop where a line ends."""
    text = re.sub(r"%\(\w+\)s", "one", text).replace("’", "'").replace("%%", "%")
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!:])[”’)]?\s+", text) if WORD.search(one)]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def faults(text: str) -> list[str]:
    """What makes a text hard to read; nothing for an easy one."""
    read = plain(text)
    found = []
    if len(words(read)) >= ENOUGH_WORDS:
        grade = textstat.flesch_kincaid_grade(read)
        if grade > HIGHEST_GRADE:
            found.append(f"grade {grade:.1f}")
    else:
        long = [word for word in words(read) if is_long(word)]
        found += [f"a long word: {word}" for word in long]
    found += [
        f"a sentence of {len(words(one))} words"
        for one in sentences(read)
        if len(words(one)) > LONGEST_SENTENCE
    ]
    return found


def is_long(word: str) -> bool:
    return word.lower() not in KNOWN and textstat.syllable_count(word) > MOST_SYLLABLES


def portal_texts() -> Iterator[tuple[str, str]]:
    """Every English text of the portal, with the file it stands in."""
    for entry in extract():
        files = sorted({str(file) for file, _ in entry.locations if str(file).startswith(PORTAL)})
        forms = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        if files:
            yield from ((files[0], form) for form in forms if form)
    for block in read_blocks((SHIPPED_CONDUCT / "conduct.en.txt").read_text("utf-8"), "en"):
        yield "conduct.en.txt", block.text
    for block in read_blocks((TRANSLATIONS / "en/letters/news.txt").read_text("utf-8"), "en"):
        if not block.text.startswith(("#", "[")):
            yield "news.txt", block.text


def test_every_text_of_the_portal_is_easy_to_read() -> None:
    texts = list(portal_texts())
    assert len(texts) > 400
    hard = [f"{file}: {', '.join(found)}: {text}" for file, text in texts if (found := faults(text))]
    assert hard == []


def test_the_portal_as_a_whole_is_for_readers_of_nine() -> None:
    # Nine years are about the fourth year of school.
    whole = " ".join(plain(text) for _, text in portal_texts() if len(words(text)) >= ENOUGH_WORDS)
    assert textstat.flesch_kincaid_grade(whole) < 4


@pytest.mark.parametrize(
    "text",
    [
        "Your submission is subject to verification by an authorised representative of the organisation.",
        "Confidentiality",
        "We go on and on and on and on and on and on and on and on and on and on and on and on now.",
    ],
)
def test_the_rule_sees_a_hard_text(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Forget everything",
        "You do not have to look at anything again.",
        "Place %(number)s",
        "Open: %(hours)s",
    ],
)
def test_the_rule_lets_an_easy_text_pass(text: str) -> None:
    assert faults(text) == []
