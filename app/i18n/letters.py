"""The letters to providers: one whole text file per language, filled with the facts of a notice.

translations/<code>/letters/notice.txt holds the words. BLOCKS is the whole agreement between the code
and its translators; a file that does not keep it is refused when it is loaded.
"""

import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.core import Locale
from babel.dates import format_date

from app.domain.assessments import Finding
from app.domain.notices import NoticeFacts, NoticePlace
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.i18n.letter_files import WIDTH, Blocks, LetterError, LetterText, load_letter

TRANSLATIONS = Path(__file__).parents[2] / "translations"

_MARK = "  > "  # before each line of somebody's own words
_NO_WORDS: frozenset[str] = frozenset()
# Every block a file must have, and the placeholders each must use: no more, no fewer.
BLOCKS: Blocks = MappingProxyType(
    {
        "subject.one": frozenset({"reference"}),
        "subject.many": frozenset({"reference", "count"}),
        "letter": frozenset(
            {
                "reference",
                "made_at",
                "answer_by",
                "count",
                "places",
                "recipient",
                "terms_clause",
                "answer_link",
            }
            | {"hotline", "hotline_email", "hotline_address", "hotline_phone", "hotline_hours"}
            | {"flagger_number", "law", "no_image", "proof", "authorities", "statement"}
        ),
        "place": frozenset({"number", "url", "label", "finding", "age_band", "identified", "basis"}),
        "label.seen": _NO_WORDS,
        "label.unseen": _NO_WORDS,
        "finding.csam": _NO_WORDS,
        **{f"finding.harmful.{ground}": _NO_WORDS for ground in Ground},
        "finding.identity": _NO_WORDS,
        **{f"band.{band}": _NO_WORDS for band in AgeBand},
        **{f"identified.{answer}": _NO_WORDS for answer in ("yes", "no", "unknown")},
        "basis.us": _NO_WORDS,
        "basis.other": frozenset({"body"}),
        "basis.nobody": _NO_WORDS,
        "law": _NO_WORDS,
        "no_image": _NO_WORDS,
        "no_image.xarf": _NO_WORDS,
        "proof": _NO_WORDS,
        "authorities": _NO_WORDS,
        "statement": frozenset({"words"}),
    }
)
# A line or paragraph with one of these is left out when the value is empty. All others must have one.
_MAY_BE_EMPTY = frozenset(
    {"hotline_address", "hotline_phone", "hotline_hours", "flagger_number", "terms_clause"}
    | {"law", "proof", "authorities", "statement", "age_band", "identified"}
)


@dataclass(frozen=True)
class Letter:
    """A finished letter. `language` is the code of its translation, for Content-Language."""

    subject: str
    body: str
    language: str


def compose_notice(facts: NoticeFacts) -> Letter:
    """The notice as the provider reads it; complete for DSA Art. 16(2)(a)-(d).

    Worded the same whoever began the case. Raises LetterError when there is no letter in the
    recipient's language, a needed value is empty, or a place is not one to be removed.
    """
    if not facts.places or not all(place.finding.asks_removal for place in facts.places):
        raise LetterError("a notice names places that must go, and only those")
    text = _text_for(facts.recipient.language)
    reference, count = _one_line(facts.reference), str(len(facts.places))
    if len(facts.places) == 1:
        subject = text.line("subject.one", reference=reference)
    else:
        subject = text.line("subject.many", reference=reference, count=count)
    values = {"reference": reference, "count": count} | _who_and_when(facts, text) | _by_kind(facts, text)
    values["statement"] = statement_block(facts.statement, text)
    places = "\n\n".join(_place(place, text) for place in facts.places)
    return Letter(
        subject, text.paragraphs("letter", places=places, **values) + "\n", text.language.replace("_", "-")
    )


def compose_statement(statement: str, language: str) -> str:
    """The part of a letter that holds somebody's own words, exactly as `compose_notice` writes it."""
    return statement_block(statement, _text_for(language))


def statement_block(statement: str, text: LetterText) -> str:
    """Somebody's own words, each line marked, so that none can pass for a line of the letter; or ""."""
    if not statement.strip():
        return ""
    # With a line end of its own even a single line counts as wrapped already (letter_files.py).
    return text.paragraphs("statement", words="\n".join([*_marked(statement), ""])).rstrip("\n")


def _marked(statement: str) -> list[str]:
    lines: list[str] = []
    for line in statement.strip().split("\n"):
        kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in line)
        lines += textwrap.wrap(
            kept,
            WIDTH,
            initial_indent=_MARK,
            subsequent_indent=_MARK,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [_MARK.rstrip()]
    return lines


def letter_languages() -> tuple[str, ...]:
    """The codes a provider can be written to in. Loads and checks every file: LetterError if one is bad."""
    return tuple(sorted(notice_texts(TRANSLATIONS)))


@cache
def notice_texts(folder: Path) -> Mapping[str, LetterText]:
    """Every <code>/letters/notice.txt below a translations folder, by code. Raises LetterError."""
    files = sorted(folder.glob("*/letters/notice.txt"))
    codes = {file.parents[1].name: file for file in files}
    return MappingProxyType(
        {code: load_letter(file, code, BLOCKS, _MAY_BE_EMPTY) for code, file in codes.items()}
    )


def _text_for(language: str) -> LetterText:
    """The letter for a BCP 47 tag: of that very locale, else of its language ("fr" for "fr-CA")."""
    texts = notice_texts(TRANSLATIONS)
    for code in (language, language.replace("-", "_"), language.partition("-")[0]):
        if code in texts:
            return texts[code]
    raise LetterError("there is no letter in the recipient's language")


def _who_and_when(facts: NoticeFacts, text: LetterText) -> dict[str, str]:
    return {
        "made_at": _when(facts.made_at, text.language),
        "answer_by": _when(facts.answer_by, text.language),
        "recipient": _one_line(facts.recipient.name),
        "terms_clause": _one_line(facts.recipient.terms_clause),
        "answer_link": _exact(facts.answer_link),
        "hotline": _one_line(facts.hotline.name),
        "hotline_email": _one_line(facts.hotline.email),
        "hotline_address": _one_line(", ".join(facts.hotline.address.strip().splitlines())),
        "hotline_phone": _one_line(facts.hotline.phone),
        "hotline_hours": _one_line(facts.hotline.hours),
        "flagger_number": _one_line(facts.hotline.flagger_number),
    }


def _by_kind(facts: NoticeFacts, text: LetterText) -> dict[str, str]:
    """What is said only because of the kinds of the places; "" where it must not be said."""
    findings = [place.finding for place in facts.places]
    has_csam = any(finding.kind is Kind.CSAM for finding in findings)
    shows_a_child = any(finding.kind is not Kind.IDENTITY for finding in findings)
    goes_with_xarf = facts.recipient.wants_xarf and any(finding.is_classified_csam for finding in findings)
    return {
        "law": text.line("law") if has_csam else "",
        "proof": text.line("proof") if shows_a_child else "",
        "authorities": text.line("authorities") if shows_a_child else "",
        "no_image": text.line("no_image.xarf" if goes_with_xarf else "no_image"),
    }


def _place(place: NoticePlace, text: LetterText) -> str:
    finding = place.finding
    kind = f"finding.harmful.{finding.ground}" if finding.kind is Kind.HARMFUL else f"finding.{finding.kind}"
    has_child = finding.kind is not Kind.IDENTITY  # an identity and safety finding has no child test
    return text.paragraphs(
        "place",
        number=str(place.number),
        url=_exact(place.url),
        label=text.line("label.unseen" if finding.basis is Basis.NOBODY else "label.seen"),
        finding=text.line(kind),
        age_band=text.line(f"band.{finding.age_band or AgeBand.UNKNOWN}") if has_child else "",
        identified=text.line(_identified(finding.identified)) if has_child else "",
        basis=_basis(finding, text),
    )


def _identified(answer: bool | None) -> str:
    return "identified.unknown" if answer is None else "identified.yes" if answer else "identified.no"


def _basis(finding: Finding, text: LetterText) -> str:
    if finding.basis is Basis.OTHER:
        return text.line("basis.other", body=_one_line(finding.basis_by))
    return text.line(f"basis.{finding.basis}")


def _when(moment: datetime, language: str) -> str:
    """ISO for machines, words for people: "2026-01-05 09:12 UTC (Monday, January 5, 2026)"."""
    if moment.tzinfo is None:
        raise LetterError("a time without its zone")
    utc = moment.astimezone(UTC)
    words = format_date(utc.date(), "full", Locale.parse(language, sep="_"))
    return f"{utc:%Y-%m-%d %H:%M} UTC ({words})"


def _one_line(value: str) -> str:
    """A value from settings or the directory on one line: it cannot make lines of its own."""
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in value)
    return " ".join("".join(kept).split())


def _exact(url: str) -> str:
    """A URL, which must never be changed: one with a space or control character is refused."""
    if url != "".join(url.split()) or any(unicodedata.category(char) == "Cc" for char in url):
        raise LetterError("a URL with a space or control character")
    return url
