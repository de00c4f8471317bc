"""Which letters to providers there are, and what each file must hold: the agreement with translators.

translations/<code>/letters/ holds one whole letter per file. A language that lacks a file, a block or a
placeholder, or has one too many, is refused when it is loaded.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.domain.notice_words import NoticeKind
from app.domain.words import AgeBand, Ground
from app.i18n.letter_files import Blocks, LetterError, LetterText, load_letter

TRANSLATIONS = Path(__file__).parents[2] / "translations"

NOTICE = MappingProxyType(
    {
        NoticeKind.CSAM: "notice_csam",
        NoticeKind.HARMFUL: "notice_harmful",
        NoticeKind.IDENTITY: "notice_identity",
        NoticeKind.SEARCH: "search",
        NoticeKind.UPSTREAM: "upstream",
    }
)
REMINDER, PARTS = "reminder", "parts"

_NO_WORDS: frozenset[str] = frozenset()
_HOTLINE = {"hotline", "hotline_email", "hotline_address", "hotline_phone", "hotline_hours", "flagger_number"}
_ALWAYS = {"reference", "recipient", "answer_by", "answer_link", "verify"} | _HOTLINE
_OF_NOTICE = _ALWAYS | {"made_at", "terms_clause", "no_image"}
_OF_PLACES = _OF_NOTICE | {"count", "places", "statement"}
_SUBJECT = frozenset({"reference"})
_AGES = ("confirmed", "identified", "assessed", "not_assessed")


def _notice(*more: str) -> Blocks:
    return MappingProxyType({"subject": _SUBJECT, "letter": frozenset(_OF_PLACES | {*more})})


_SEARCH = {
    "subject": _SUBJECT,
    "letter": frozenset(
        _OF_PLACES | {"names", "protocol", "grounds", "age", "age_doubt", "over_18"},
    ),
    "names": frozenset({"names"}),
    **dict.fromkeys(("protocol", "age", "age_doubt", "over_18"), _NO_WORDS),
}
_UPSTREAM = {
    "subject": _SUBJECT,
    "letter": frozenset(_OF_NOTICE | {"about", "about_provider", "hosts", "concern", "age"}),
    **dict.fromkeys(("concern.csam", "concern.harmful", "concern.identity", "age"), _NO_WORDS),
}
_REMINDER = {
    "letter": frozenset(_ALWAYS | {"count", "opening", "still", "places", "answers", "next"}),
    "place": frozenset({"number", "url"}),
    **dict.fromkeys(("opening.reminder_1", "opening.reminder_2"), frozenset({"reference", "sent_at"})),
    **dict.fromkeys(("still", "still.search", "answers", "answers.identity"), _NO_WORDS),
    **dict.fromkeys((f"next{search}.reminder_{n}" for search in ("", ".search") for n in "12"), _NO_WORDS),
}
_PARTS = {
    "place": frozenset({"number", "url", "label", "finding", "age_band", "age", "identified", "basis"}),
    **dict.fromkeys(("label.seen", "label.unseen", "finding.csam", "finding.identity"), _NO_WORDS),
    **{f"finding.harmful.{ground}": _NO_WORDS for ground in Ground},
    **{f"band.{band}": _NO_WORDS for band in AgeBand},
    **{f"age.{tier}": _NO_WORDS for tier in _AGES},
    **{f"identified.{answer}": _NO_WORDS for answer in ("yes", "no", "unknown")},
    **dict.fromkeys(("basis.us", "basis.nobody"), _NO_WORDS),
    "basis.other": frozenset({"body"}),
    **{f"ground.{law}": frozenset({"citation"}) for law in ("dsa_16", "take_it_down", "gdpr_17", "national")},
    **{f"preservation.{law}": frozenset({"citation"}) for law in ("report_act", "national")},
    **dict.fromkeys(("elements", "no_image", "no_image.xarf"), _NO_WORDS),
    "verify": frozenset({"reference", "verify_link", "verify_code"}),
    "statement": frozenset({"words"}),
}
LETTERS: Mapping[str, Blocks] = MappingProxyType(
    {
        "notice_csam": _notice("grounds", "keep", "elements"),
        "notice_harmful": _notice("keep"),  # cites no law as a ground: grounds a to c assert none broken
        "notice_identity": _notice("grounds", "keep", "elements"),
        "search": MappingProxyType(_SEARCH),
        "upstream": MappingProxyType(_UPSTREAM),
        REMINDER: MappingProxyType(_REMINDER),
        PARTS: MappingProxyType(_PARTS),
    }
)
"""Every file a language must have, its blocks, and the placeholders each uses: no more, no fewer."""

# A line or paragraph with one of these is left out when the value is empty. All others must have one.
MAY_BE_EMPTY = frozenset(
    {"hotline_address", "hotline_phone", "hotline_hours", "flagger_number", "terms_clause", "verify"}
    | {"grounds", "keep", "elements", "statement", "names", "protocol", "age_band", "identified"}
    | {"age", "age_doubt", "over_18"}
)

Texts = Mapping[str, LetterText]


@cache
def letter_texts(folder: Path) -> Mapping[str, Texts]:
    """All letters to providers below a translations folder, by code and name. Raises LetterError."""
    found = {file.parents[1].name for name in LETTERS for file in folder.glob(f"*/letters/{name}.txt")}
    return MappingProxyType({code: load_texts(folder / code / "letters", code) for code in sorted(found)})


def load_texts(folder: Path, code: str) -> Texts:
    """One language's letters. Raises LetterError where a file is missing or breaks the agreement."""
    texts = {}
    for name, agreed in LETTERS.items():
        file = folder / f"{name}.txt"
        if not file.is_file():
            raise LetterError(f"{code}: {name}.txt is missing")
        texts[name] = load_letter(file, code, agreed, MAY_BE_EMPTY)
    return MappingProxyType(texts)


def texts_for(language: str) -> Texts:
    """The letters for a BCP 47 tag: of that very locale, else of its language ("fr" for "fr-CA")."""
    texts = letter_texts(TRANSLATIONS)
    for code in (language, language.replace("-", "_"), language.partition("-")[0]):
        if code in texts:
            return texts[code]
    raise LetterError("there is no letter in the recipient's language")
