"""People to talk to, by country: always the operator's own list, never shipped."""

import re
from dataclasses import dataclass
from datetime import date

import babel

from app.i18n.listed import Entry, day_of, is_text, problems_with_reach, text_of
from app.i18n.locales import SOURCE

_FIELDS = ("country", "name", "phone", "web", "hours", "languages", "verified_on")


@dataclass(frozen=True)
class Helpline:
    """Somebody to talk to, as the operator last checked it."""

    country: str  # ISO 3166-1 alpha-2
    name: str
    phone: str  # empty where there is only a site
    web: str  # https, or http on an onion address; empty where there is only a phone
    hours: str
    languages: tuple[str, ...]
    verified_on: date


def helpline_of(entry: Entry) -> Helpline:
    """A helpline from an entry without problems."""
    languages = entry["languages"]
    if not isinstance(languages, list):
        raise TypeError  # helpline_problems has named it already
    country, name, phone, web, hours = (text_of(entry, field) for field in _FIELDS[:5])
    return Helpline(country, name, phone, web, hours, tuple(languages), day_of(entry))


def helpline_problems(entry: Entry) -> list[str]:
    """What is wrong with one helpline, each in a sentence that follows "helpline 2: "."""
    problems = [f"“{field}” is not a field we know" for field in entry if field not in _FIELDS]
    for field in ("country", "name", "hours"):
        if not is_text(entry.get(field)):
            problems.append(f"please fill in {field}")
    if is_text(entry.get("country")) and text_of(entry, "country") not in _countries():
        problems.append('country must be a code of two capital letters, like "CA"')
    languages = entry.get("languages")
    if not isinstance(languages, list) or not languages or not all(map(is_text, languages)):
        problems.append('please list the languages spoken, like ["en", "fr"]')
    return problems + problems_with_reach(entry, reach_needed=True)


def _countries() -> set[str]:
    # "ZZ" is CLDR's name for no country at all.
    codes = map(str, babel.Locale(SOURCE).territories)
    return {code for code in codes if re.fullmatch("[A-Z]{2}", code)} - {"ZZ"}
