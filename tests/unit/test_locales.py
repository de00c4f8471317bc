"""The languages of the site: which text is shown, when the English is, and how days and times read."""

from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError

from app.i18n import catalogues, locales
from app.i18n.locales import LOCALES, UnknownLocale, current, gettext, ngettext, pgettext, read_locales, use

HEADER = """msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
WHEN = datetime(2025, 11, 21, 14, 5, tzinfo=UTC)


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that speaks English and a small French of its own."""
    file = tmp_path / "fr" / "messages.po"
    file.parent.mkdir()
    entries = [
        'msgid "Hello %(name)s"\nmsgstr "Bonjour %(name)s"',
        '#, fuzzy\nmsgid "Stay"\nmsgstr "Partez"',
        'msgid "Later"\nmsgstr ""',
        'msgid "100% sure"\nmsgstr "100% certain"',
        'msgctxt "verb"\nmsgid "Open"\nmsgstr "Ouvrir"',
        'msgid "%(count)s place"\nmsgid_plural "%(count)s places"',
    ]
    plural = 'msgstr[0] "%(count)s lieu"\nmsgstr[1] "%(count)s lieux"\n'
    file.write_text("\n\n".join([HEADER, *entries]) + "\n" + plural, encoding="utf-8")
    found, texts = read_locales(tmp_path)
    monkeypatch.setattr(locales, "LOCALES", found)
    monkeypatch.setattr(locales, "_TEXTS", texts)
    return file


def name_reviewer(file: Path) -> None:
    """Write a reviewer into the header, as a translator would."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(HEADER, HEADER + '"X-Reviewed-By: Someone\\n"\n'), encoding="utf-8")


def test_english_french_and_arabic_are_spoken() -> None:
    assert next(iter(LOCALES)) == "en"
    assert {"en", "fr", "ar"} <= set(LOCALES)
    assert [(LOCALES[code].name, LOCALES[code].direction) for code in ("en", "fr", "ar")] == [
        ("English", "ltr"),
        ("Français", "ltr"),
        ("العربية", "rtl"),
    ]


def test_english_is_spoken_until_somebody_chooses(french: Path) -> None:
    assert current().code == "en"
    assert gettext("Hello %(name)s", name="A") == "Hello A"


def test_a_text_is_translated_and_filled_in(french: Path) -> None:
    with use("fr") as spoken:
        assert spoken is current()
        assert gettext("Hello %(name)s", name="A") == "Bonjour A"
        assert pgettext("verb", "Open") == "Ouvrir"
        assert gettext("Open") == "Open"


def test_the_form_follows_the_number(french: Path) -> None:
    with use("fr"):
        forms = [ngettext("%(count)s place", "%(count)s places", n, count=n) for n in (0, 1, 2)]
    assert forms == ["0 lieu", "1 lieu", "2 lieux"]


def test_fuzzy_and_empty_entries_are_shown_in_english(french: Path) -> None:
    with use("fr"):
        assert gettext("Stay") == "Stay"
        assert gettext("Later") == "Later"


def test_a_lone_percent_sign_is_safe_without_values(french: Path) -> None:
    with use("fr"):
        assert gettext("100% sure") == "100% certain"


def test_the_empty_text_never_shows_the_header_of_the_catalogue(french: Path) -> None:
    with use("fr"):
        assert gettext("") == ""


def test_a_language_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(RuntimeError), use("ar"):
        raise RuntimeError
    assert current().code == "en"
    with use("fr"):
        with use("ar"):
            assert current().direction == "rtl"
        assert current().code == "fr"


def test_another_thread_does_not_speak_our_language() -> None:
    heard: list[str] = []
    with use("ar"):
        thread = Thread(target=lambda: heard.append(current().code))
        thread.start()
        thread.join()
    assert heard == ["en"]


def test_an_unknown_language_is_refused_without_repeating_it() -> None:
    with pytest.raises(UnknownLocale) as refused, use("x-typed-by-somebody"):
        pass
    assert "typed" not in str(refused.value)


def test_a_broken_catalogue_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "messages.po").write_text(HEADER + "\n<<<<<<< left by a merge\n", encoding="utf-8")
    with pytest.raises(PoFileError):
        read_locales(tmp_path)


def test_nobody_has_reviewed_a_language_until_the_catalogue_names_them(french: Path) -> None:
    assert locales.LOCALES["fr"].reviewed_by is None
    name_reviewer(french)
    assert read_locales(french.parents[1])[0]["fr"].reviewed_by == "Someone"


def test_an_update_keeps_the_reviewer_and_guesses_nothing(
    french: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_reviewer(french)
    monkeypatch.setattr(catalogues, "TRANSLATIONS", french.parents[1])
    template = Catalog()
    template.add("Hello %(name)s")
    template.add("Hello %(name)s!")
    once = catalogues.updated("fr", template)
    french.write_bytes(once)
    again = catalogues.read_catalogue(french, "fr")
    assert again.reviewed_by == "Someone"
    assert {message.id: message.string for message in again if message.id} == {
        "Hello %(name)s": "Bonjour %(name)s",
        "Hello %(name)s!": "",
    }
    assert catalogues.updated("fr", template) == once


def test_a_time_says_that_it_is_utc() -> None:
    assert locales.format_when(WHEN).endswith("UTC")
    assert locales.format_when(WHEN) == locales.format_when(WHEN.replace(tzinfo=None))
    with use("fr"):
        assert locales.format_when(WHEN) == "21 novembre 2025, 14:05 UTC"
    with use("ar"):
        assert "نوفمبر" in locales.format_when(WHEN)


def test_a_time_can_be_read_in_a_named_zone() -> None:
    with use("fr"):
        assert "23:05" in locales.format_when(WHEN, "Asia/Tokyo")
        assert locales.format_when(WHEN, "Asia/Tokyo").endswith("UTC+09:00")
    with pytest.raises(LookupError):
        locales.format_when(WHEN, "Nowhere/Nothing")


def test_a_day_is_the_day_where_the_reader_is() -> None:
    late = WHEN.replace(hour=23)
    with use("fr"):
        assert locales.format_day(late) == "21 novembre 2025"
        assert locales.format_day(late, "Asia/Tokyo") == "22 novembre 2025"
        assert locales.format_day(date(2025, 1, 31)) == "31 janvier 2025"


def test_a_country_is_named_in_the_language_spoken() -> None:
    with use("fr"):
        assert locales.country_name("DE") == "Allemagne"
    assert locales.country_name("XX") == "XX"
