"""The texts only the hotline itself can write: helplines, privacy, reporting duties.

A portal does not open before its operator has set all three. The folder (a setting) holds:

    helplines.toml           [[helpline]] country, name, phone and/or web, hours, languages, verified_on
    privacy.<language>.txt   plain paragraphs with empty lines between; a line "# …" is a heading
    reporting.<language>.txt the same; English is required, other languages fall back to it
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import babel

from app.i18n.locales import LOCALES, SOURCE, Locale

DEMO_TEXTS = Path(__file__).parent / "demo_texts"
_FIELDS = ("country", "name", "phone", "web", "hours", "languages", "verified_on")


class SiteTextsMissing(Exception):
    """The operator's texts are not complete. `missing` names every piece, for the operator to read."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("\n".join(missing))
        self.missing = missing


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


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph. `language` is the text's own: English where there is no translation."""

    kind: Literal["heading", "paragraph"]
    text: str
    language: str


@dataclass(frozen=True)
class SiteTexts:
    """What the operator wrote. `is_demo`: marked as a demonstration; a real portal must not open with it."""

    helplines: tuple[Helpline, ...]
    privacy_texts: Mapping[str, tuple[Block, ...]]
    reporting_texts: Mapping[str, tuple[Block, ...]]
    is_demo: bool

    def privacy(self, locale: Locale | str) -> tuple[Block, ...]:
        """The privacy page in this language, or in English."""
        return _in_language(self.privacy_texts, locale)

    def reporting(self, locale: Locale | str) -> tuple[Block, ...]:
        """The page on reporting duties in this language, or in English."""
        return _in_language(self.reporting_texts, locale)


def _in_language(texts: Mapping[str, tuple[Block, ...]], locale: Locale | str) -> tuple[Block, ...]:
    code = locale if isinstance(locale, str) else locale.code
    return texts.get(code, texts[SOURCE])


def load_site_texts(folder: Path) -> SiteTexts:
    """Read and check the operator's folder. Raises SiteTextsMissing naming all that is missing or wrong."""
    missing: list[str] = []
    if not folder.is_dir():
        raise SiteTextsMissing((f"The folder for the hotline's own texts is not there: {folder}",))
    helplines, is_demo = _read_helplines(folder / "helplines.toml", missing)
    privacy = _read_texts(folder, "privacy", missing)
    reporting = _read_texts(folder, "reporting", missing)
    if missing:
        raise SiteTextsMissing(tuple(missing))
    return SiteTexts(helplines, privacy, reporting, is_demo)


def _read_text(file: Path, missing: list[str]) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")  # editors on Windows begin a file with a mark
    except FileNotFoundError:
        missing.append(f"{file.name} is not there yet. Please write it.")
    except (UnicodeDecodeError, OSError):
        missing.append(f"{file.name} cannot be read. Please save it as UTF-8 text that Heard may open.")
    return None


def _read_texts(folder: Path, name: str, missing: list[str]) -> dict[str, tuple[Block, ...]]:
    texts = {}
    for code in LOCALES:
        file = folder / f"{name}.{code}.txt"
        if code != SOURCE and not file.exists():
            continue
        text = _read_text(file, missing)
        if text is None:
            continue
        blocks = read_blocks(text, code)
        if not any(block.kind == "paragraph" for block in blocks):
            missing.append(f"{file.name} has no paragraph yet. Please write at least one.")
        texts[code] = blocks
    return texts


def read_blocks(text: str, language: str) -> tuple[Block, ...]:
    """Split a plain text into headings ("# " begins the line) and paragraphs (empty lines between)."""
    blocks: list[Block] = []
    lines: list[str] = []

    def end_paragraph() -> None:
        if lines:
            blocks.append(Block("paragraph", " ".join(lines), language))
            lines.clear()

    for line in map(str.strip, text.splitlines()):
        if line.startswith("# "):
            end_paragraph()
            blocks.append(Block("heading", line[2:].strip(), language))
        elif line:
            lines.append(line)
        else:
            end_paragraph()
    end_paragraph()
    return tuple(blocks)


def _read_helplines(file: Path, missing: list[str]) -> tuple[tuple[Helpline, ...], bool]:
    text = _read_text(file, missing)
    if text is None:
        return (), False
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        missing.append(f"{file.name} is not valid TOML: {error}")
        return (), False
    entries = table.get("helpline", [])
    if not isinstance(entries, list) or not entries:
        missing.append(f"{file.name} names no helpline. Please add at least one [[helpline]].")
        return (), False
    found = []
    for number, entry in enumerate(entries, start=1):
        problems = _problems(entry) if isinstance(entry, dict) else ["it must be a [[helpline]] table"]
        missing.extend(f"{file.name}, helpline {number}: {problem}." for problem in problems)
        if not problems:
            found.append(_helpline(entry))
    return tuple(found), table.get("demonstration") is True


def _helpline(entry: dict[str, object]) -> Helpline:
    """A helpline from an entry without problems."""
    languages, verified_on = entry["languages"], entry["verified_on"]
    if not isinstance(languages, list) or not isinstance(verified_on, date):
        raise TypeError  # _problems has named these already
    country, name, phone, web, hours = (str(entry.get(field, "")).strip() for field in _FIELDS[:5])
    return Helpline(country, name, phone, web, hours, tuple(languages), verified_on)


def _problems(entry: dict[str, object]) -> list[str]:
    """What is wrong with one helpline, each in a sentence that follows "helpline 2: "."""
    problems = [f"“{field}” is not a field we know" for field in entry if field not in _FIELDS]
    for field in ("country", "name", "hours"):
        if not _is_text(entry.get(field)):
            problems.append(f"please fill in {field}")
    for field in ("phone", "web"):
        if field in entry and not isinstance(entry[field], str):
            problems.append(f"please put {field} in quotation marks")
    if not _is_text(entry.get("phone")) and not _is_text(entry.get("web")):
        problems.append("please fill in phone or web, or both")
    if _is_text(entry.get("country")) and str(entry["country"]).strip() not in _countries():
        problems.append('country must be a code of two capital letters, like "CA"')
    if _is_text(entry.get("web")) and not _is_safe_site(str(entry["web"]).strip()):
        problems.append("web must begin with https:// (an onion address may begin with http://)")
    languages = entry.get("languages")
    if not isinstance(languages, list) or not languages or not all(map(_is_text, languages)):
        problems.append('please list the languages spoken, like ["en", "fr"]')
    verified_on = entry.get("verified_on")
    if not isinstance(verified_on, date) or isinstance(verified_on, datetime):
        problems.append("please say when you last checked it: verified_on = 2025-01-31, no quotation marks")
    return problems


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _countries() -> set[str]:
    # "ZZ" is CLDR's name for no country at all.
    codes = map(str, babel.Locale(SOURCE).territories)
    return {code for code in codes if re.fullmatch("[A-Z]{2}", code)} - {"ZZ"}


def _is_safe_site(web: str) -> bool:
    try:
        parts = urlsplit(web)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host.endswith(".onion")))
