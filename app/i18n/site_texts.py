"""The texts only the hotline itself can write: helplines, privacy, reporting duties; and two it may change.

A portal does not open before its operator has set the first three. The folder (a setting) holds:

    helplines.toml           [[helpline]] country, name, phone and/or web, hours, languages, verified_on
    privacy.<language>.txt   plain paragraphs with empty lines between; a line "# …" is a heading
    reporting.<language>.txt the same; English is required, other languages fall back to it
    conduct.<language>.txt   optional: how the hotline speaks for a child. Without it ours is shown
                             (app/i18n/conduct/, in every language): copy it to change it
    doors.toml               optional: [[door]] web and/or phone, verified_on, and [door.en] name, whom,
                             what, in other languages too. Without it ours are shown (app/i18n/doors.py)
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.i18n.doors import OwnDoor, door_of, door_problems
from app.i18n.helplines import Helpline, helpline_of, helpline_problems
from app.i18n.listed import Entry
from app.i18n.locales import LOCALES, SOURCE, Locale
from app.i18n.text_blocks import Block, read_blocks

DEMO_TEXTS = Path(__file__).parent / "demo_texts"
SHIPPED_CONDUCT = Path(__file__).parent / "conduct"
Texts = Mapping[str, tuple[Block, ...]]
Listed = TypeVar("Listed")


class SiteTextsMissing(Exception):
    """The operator's texts are not complete. `missing` names every piece, for the operator to read."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("\n".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class SiteTexts:
    """What the operator wrote. `is_demo`: marked as a demonstration; a real portal must not open with it."""

    helplines: tuple[Helpline, ...]
    privacy_texts: Texts
    reporting_texts: Texts
    conduct_texts: Texts
    doors: tuple[OwnDoor, ...]  # empty: the shipped ones
    is_demo: bool

    def privacy(self, locale: Locale | str) -> tuple[Block, ...]:
        """The privacy page in this language, or in English."""
        return _in_language(self.privacy_texts, locale)

    def reporting(self, locale: Locale | str) -> tuple[Block, ...]:
        """The page on reporting duties in this language, or in English."""
        return _in_language(self.reporting_texts, locale)

    def conduct(self, locale: Locale | str) -> tuple[Block, ...]:
        """How the hotline speaks for a child, in this language, or in English."""
        return _in_language(self.conduct_texts, locale)


def _in_language(texts: Texts, locale: Locale | str) -> tuple[Block, ...]:
    code = locale if isinstance(locale, str) else locale.code
    return texts.get(code, texts[SOURCE])


def load_site_texts(folder: Path) -> SiteTexts:
    """Read and check the operator's folder. Raises SiteTextsMissing naming all that is missing or wrong."""
    missing: list[str] = []
    if not folder.is_dir():
        raise SiteTextsMissing((f"The folder for the hotline's own texts is not there: {folder}",))
    helplines, is_demo = _read_list(
        folder / "helplines.toml", "helpline", helpline_problems, helpline_of, missing
    )
    privacy = _read_texts(folder, "privacy", missing)
    reporting = _read_texts(folder, "reporting", missing)
    own = any((folder / f"conduct.{code}.txt").exists() for code in LOCALES)
    conduct = _read_texts(folder if own else SHIPPED_CONDUCT, "conduct", missing)
    doors: tuple[OwnDoor, ...] = ()
    if (folder / "doors.toml").exists():
        doors, _ = _read_list(folder / "doors.toml", "door", door_problems, door_of, missing)
    if missing:
        raise SiteTextsMissing(tuple(missing))
    return SiteTexts(helplines, privacy, reporting, conduct, doors, is_demo)


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


def _read_list(
    file: Path,
    kind: str,
    problems_of: Callable[[Entry], list[str]],
    made_of: Callable[[Entry], Listed],
    missing: list[str],
) -> tuple[tuple[Listed, ...], bool]:
    """Every entry of a TOML list that has no problem, and whether the file says it is a demonstration."""
    text = _read_text(file, missing)
    if text is None:
        return (), False
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        missing.append(f"{file.name} is not valid TOML: {error}")
        return (), False
    entries = table.get(kind, [])
    if not isinstance(entries, list) or not entries:
        missing.append(f"{file.name} names no {kind}. Please add at least one [[{kind}]].")
        return (), False
    found = []
    for number, entry in enumerate(entries, start=1):
        problems = problems_of(entry) if isinstance(entry, dict) else [f"it must be a [[{kind}]] table"]
        missing.extend(f"{file.name}, {kind} {number}: {problem}." for problem in problems)
        if not problems:
            found.append(made_of(entry))
    return tuple(found), table.get("demonstration") is True
