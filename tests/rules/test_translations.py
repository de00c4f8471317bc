"""Every text that people read is translated, in every language, with the same placeholders."""

import re
from functools import cache
from gettext import c2py  # how gettext itself reads Plural-Forms

import pytest
from babel.messages.catalog import Catalog, Message

from app.i18n.catalogues import (
    PROVIDER,
    SITE,
    TRANSLATIONS,
    Catalogue,
    catalogue_codes,
    extract,
    for_providers,
    read_catalogue,
)

OF_THE_SITE = ["ar", "fr"]
OF_PROVIDERS = ["de", "es", "nl", "ru"]  # for the pages that a notice leads to, and nothing else
CODES = [*OF_THE_SITE, *OF_PROVIDERS]
PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*%\((\w+)\)s")
COUNTS = {"count", "num"}


@cache
def source() -> Catalog:
    return extract()


@cache
def source_of(code: str) -> Catalog:
    """What has to be translated into this language."""
    return source() if code in OF_THE_SITE else for_providers(source())


@cache
def catalogue(code: str) -> Catalogue:
    return read_catalogue(TRANSLATIONS / code / (SITE if code in OF_THE_SITE else PROVIDER), code)


def entries(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def forms(text: object) -> tuple[str, ...]:
    """A msgid or msgstr as its forms: one, or one per plural form."""
    if isinstance(text, (tuple, list)):
        return tuple(text)
    return (text,) if isinstance(text, str) else ("",)


def is_translated(entry: Message) -> bool:
    return all(text.strip() for text in forms(entry.string))


def names_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def numbers_of(found: Catalog) -> list[list[int]]:
    """For each plural form, the numbers up to 1000 that it is used for."""
    form_of = c2py(found.plural_expr)
    used: list[list[int]] = [[] for _ in range(found.num_plurals)]
    for number in range(1001):
        used[form_of(number)].append(number)
    return used


def test_every_language_of_the_site_and_of_providers_is_watched() -> None:
    assert list(catalogue_codes()) == OF_THE_SITE
    assert list(catalogue_codes(PROVIDER)) == OF_PROVIDERS


def test_what_is_translated_for_providers_is_a_small_part_of_the_site() -> None:
    texts = {entry.id for entry in entries(for_providers(source()))}
    assert "Send the answers" in texts
    assert texts < {entry.id for entry in entries(source())}
    assert len(texts) < len(entries(source())) / 5


def test_texts_are_found_in_python_and_in_templates() -> None:
    files = {str(file) for entry in entries(source()) for file, _ in entry.locations}
    assert {file.rpartition(".")[2] for file in files} >= {"py", "html"}


def test_texts_have_no_line_breaks_or_loose_spaces() -> None:
    # Over several lines write {% trans trimmed %}: a text with its indentation is a text of its own.
    texts = [text for entry in entries(source()) for text in forms(entry.id)]
    assert [text for text in texts if " ".join(text.split()) != text] == []


def test_texts_use_named_placeholders_only() -> None:
    texts = [text for entry in entries(source()) for text in forms(entry.id)]
    assert [text for text in texts if re.search(r"(?<!%)(?:%%)*%[sdif]|\{\w*\}", text)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_in_the_catalogue(code: str) -> None:
    texts = entries(source_of(code))
    absent = [entry.id for entry in texts if catalogue(code).get(entry.id, entry.context) is None]
    assert absent == [], "run: make translations"


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated(code: str) -> None:
    assert [entry.id for entry in entries(catalogue(code)) if not is_translated(entry)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_plural_has_all_its_forms(code: str) -> None:
    found = catalogue(code)
    plurals = [entry for entry in entries(found) if entry.pluralizable]
    assert [entry.id for entry in plurals if len(forms(entry.string)) != found.num_plurals] == []


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_a_guess(code: str) -> None:
    assert [entry.id for entry in entries(catalogue(code)) if entry.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_no_text_is_kept_that_nobody_reads(code: str) -> None:
    assert list(catalogue(code).obsolete) == []
    texts = source_of(code)
    gone = [entry.id for entry in entries(catalogue(code)) if texts.get(entry.id, entry.context) is None]
    assert gone == [], "run: make translations"


@pytest.mark.parametrize("code", CODES)
def test_every_translation_has_the_placeholders_of_its_text(code: str) -> None:
    found = catalogue(code)
    assert [entry.id for entry in entries(found) if not keeps_placeholders(entry, found)] == []


def keeps_placeholders(entry: Message, found: Catalog) -> bool:
    """The same names in every form. A form for one number alone (none, one, two) may leave the count out."""
    texts = forms(entry.string)
    if not is_translated(entry) or (entry.pluralizable and len(texts) != found.num_plurals):
        return True  # other tests say so
    wanted = set().union(*map(names_in, forms(entry.id)))
    if not entry.pluralizable:
        return names_in(texts[0]) == wanted and fills_in(texts[0], wanted, forms(entry.id)[0])
    for text, numbers in zip(texts, numbers_of(found), strict=True):
        optional = COUNTS if len(numbers) == 1 and numbers[0] in (0, 1, 2) else set()
        if not wanted - optional <= names_in(text) <= wanted:
            return False
        if not fills_in(text, wanted, forms(entry.id)[1]):
            return False
    return True


def fills_in(text: str, names: set[str], english: str) -> bool:
    """True where `text` can be filled in as the English can: no lone % slipped in."""
    values = dict.fromkeys(names, "x")
    try:
        _ = english % values
    except (TypeError, ValueError):
        return True  # never filled in: a plain % in Python
    try:
        _ = text % values
    except (KeyError, TypeError, ValueError):
        return False
    return True


@pytest.mark.parametrize(
    ("string", "kept"),
    [
        (("lieu", "%(count)s lieux"), False),  # French says its singular for 0 too: the count is needed
        (("%(count)s lieu", "%(count)s lieux"), True),
        (("%(count)s lieu", "%(count)s lieux de %(name)s"), False),
        (("%(count)s lieu", "%(count)s lieux à 100 %"), False),
    ],
)
def test_the_rule_sees_a_lost_or_invented_placeholder(string: tuple[str, str], kept: bool) -> None:
    entry = Message(("One place", "%(count)s places"), string)
    assert keeps_placeholders(entry, Catalogue("fr")) is kept


def test_the_rule_lets_arabic_say_none_one_and_two_without_a_number() -> None:
    text = "%(count)s"
    entry = Message(("One place", "%(count)s places"), ("none", "one", "two", text, text, text))
    assert keeps_placeholders(entry, Catalogue("ar"))
    entry = Message(("One place", "%(count)s places"), ("none", "one", "two", "few", text, text))
    assert not keeps_placeholders(entry, Catalogue("ar"))


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_letters(code: str) -> None:
    def letters(of: str) -> set[str]:
        folder = TRANSLATIONS / of / "letters"
        return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}

    of_the_site = {"news.txt"}  # to those who ask, in the languages of the site
    assert letters("en") > of_the_site
    assert letters(code) == letters("en") - (of_the_site if code in OF_PROVIDERS else set())
