"""The languages of the site: which there are, which one is being spoken, and gettext in it.

English is the source and needs no catalogue. Every other language is a folder
translations/<code>/ with a messages.po, read once at start: there is no compiled .mo to go stale.
Providers are written to in more languages than the site speaks: those have a small provider.po instead, for
the pages that a notice leads to, and are no languages of the site.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

import babel
from babel.dates import format_date, format_time, get_datetime_format, get_timezone, get_timezone_gmt
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal

from app.i18n.catalogues import PROVIDER, SITE, TRANSLATIONS, read_catalogue

SOURCE = "en"


class UnknownLocale(LookupError):
    """A language code that the site does not speak. Says nothing of the code: it may come from a URL."""


@dataclass(frozen=True)
class Locale:
    """One language of the site. `reviewed_by` is None until a native speaker has read it all."""

    code: str  # BCP 47, as in URLs and lang=""
    name: str  # in the language itself
    direction: str  # "ltr" or "rtl"
    reviewed_by: str | None

    @property
    def babel(self) -> babel.Locale:
        """Babel's own locale, for dates and names of countries."""
        return babel.Locale.parse(self.code, sep="-")


def N_(msgid: str) -> str:
    """Gettext's own name for "translate later": marks a text where it stands, for the translators."""
    return msgid


def translations_from(catalogue: Catalog) -> NullTranslations:
    """Gettext over a catalogue. Fuzzy and empty entries are left out: people then read the English."""
    compiled = BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _locale(code: str, reviewed_by: str | None) -> Locale:
    known = babel.Locale.parse(code, sep="-")
    name = known.get_display_name(known) or code
    return Locale(code, name[:1].upper() + name[1:], known.text_direction, reviewed_by)


def read_locales(folder: Path) -> tuple[dict[str, Locale], dict[str, NullTranslations]]:
    """Every locale of the site with its texts, English first. Raises where a catalogue is broken."""
    locales, texts = _read(folder, SITE)
    return {SOURCE: _locale(SOURCE, None)} | locales, {SOURCE: NullTranslations()} | texts


def read_provider_locales(folder: Path) -> tuple[dict[str, Locale], dict[str, NullTranslations]]:
    """Those that only the pages for providers speak. Raises where a catalogue is broken."""
    return _read(folder, PROVIDER)


def _read(folder: Path, name: str) -> tuple[dict[str, Locale], dict[str, NullTranslations]]:
    locales: dict[str, Locale] = {}
    texts: dict[str, NullTranslations] = {}
    for file in sorted(folder.glob(f"*/{name}")):
        code = file.parent.name
        catalogue = read_catalogue(file, code)
        locales[code] = _locale(code, catalogue.reviewed_by)
        texts[code] = translations_from(catalogue)
    return locales, texts


LOCALES, _TEXTS = read_locales(TRANSLATIONS)
_MORE_LOCALES, _MORE_TEXTS = read_provider_locales(TRANSLATIONS)
NOTICE_LOCALES = LOCALES | _MORE_LOCALES
"""What a notice, and the pages that it leads to, can be in: the languages of the site, and more."""
_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


@contextmanager
def use(code: str) -> Iterator[Locale]:
    """Speak `code` inside the block, for this thread or task alone. Raises UnknownLocale."""
    spoken = _known(code)
    if spoken is None:
        raise UnknownLocale
    before = _spoken.set(code)
    try:
        yield spoken
    finally:
        _spoken.reset(before)


def current() -> Locale:
    """The language being spoken; English where nobody chose."""
    return _known(_spoken.get()) or LOCALES[SOURCE]


def _known(code: str) -> Locale | None:
    return LOCALES.get(code) or _MORE_LOCALES.get(code)


def _texts() -> NullTranslations:
    code = _spoken.get()
    return _TEXTS[code] if code in _TEXTS else _MORE_TEXTS[code]


def gettext(msgid: str, /, **values: object) -> str:
    """`msgid` in the current language, its named placeholders filled from `values`.

    Without values nothing is filled in, so a lone % is safe, and Jinja can fill in its own.
    """
    # The empty msgid is where a catalogue keeps its header: never show that to anybody.
    text = _texts().gettext(msgid) if msgid else ""
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """The form for `number`. It is not filled in by itself: pass it as a value too (count=n)."""
    text = _texts().ngettext(singular, plural, number)
    return text % values if values else text


def pgettext(context: str, msgid: str, /, **values: object) -> str:
    """Like gettext, for a word that means two things: `context` tells translators which."""
    text = _texts().pgettext(context, msgid)
    return text % values if values else text


def npgettext(context: str, singular: str, plural: str, number: int, /, **values: object) -> str:
    """Like ngettext, with a context."""
    text = _texts().npgettext(context, singular, plural, number)
    return text % values if values else text


def format_day(when: date, tz_name: str | None = None) -> str:
    """A day with its month in letters. A datetime (UTC where it names no zone) is the day in `tz_name`."""
    if isinstance(when, datetime):
        when = _in_zone(when, tz_name).date()
    return format_date(when, "long", locale=current().babel)


def format_when(when: datetime, tz_name: str | None = None) -> str:
    """Day, time and zone, e.g. "November 21, 2025, 2:05 PM UTC". Raises LookupError for an unknown zone."""
    return _written(_in_zone(when, tz_name), tz_name, current().code)


@lru_cache(maxsize=256)  # a page of places repeats few times, and writing one costs a third of a millisecond
def _written(there: datetime, tz_name: str | None, code: str) -> str:
    locale = NOTICE_LOCALES[code].babel
    clock = format_time(there.time(), "short", locale=locale)
    zone = "UTC" if tz_name in (None, "UTC") else get_timezone_gmt(there, "long", locale=locale)
    day = format_date(there.date(), "long", locale=locale)
    joined = str(get_datetime_format("medium", locale=locale))  # "{1}, {0}", with the language's comma
    return joined.replace("{0}", f"{clock} {zone}").replace("{1}", day)


def _in_zone(when: datetime, tz_name: str | None) -> datetime:
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(get_timezone(tz_name) if tz_name else UTC)


def format_number(number: int) -> str:
    """A whole number with its groups: "12,000"."""
    return format_decimal(number, locale=current().babel)


def country_name(code: str) -> str:
    """The country of an ISO 3166 code in the current language; the code itself where CLDR has no name."""
    return str(current().babel.territories.get(code.upper(), code))


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166 codes of countries, as CLDR knows them. "ZZ" is its name for no country at all."""
    codes = map(str, LOCALES[SOURCE].babel.territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - {"ZZ"}


def language_name(code: str) -> str:
    """The language of a BCP 47 code in the current language; the code itself where CLDR has no name."""
    return str(current().babel.languages.get(code.lower().replace("-", "_"), code))
