"""The mails to people who left an address: one whole text file per language, as neutral as can be.

translations/<code>/letters/news.txt holds the words; BLOCKS is the agreement with its translators.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.i18n.letter_files import Blocks, LetterText, load_letter
from app.i18n.letter_texts import TRANSLATIONS
from app.i18n.letters import Letter
from app.i18n.locales import SOURCE

BLOCKS: Blocks = MappingProxyType(
    {
        "number.subject": frozenset(),
        "number": frozenset({"number"}),
        "news.subject": frozenset(),
        "news": frozenset(),
    }
)


def compose_number(number: str, language: str) -> Letter:
    """The mail with the number that confirms an address."""
    text = _text_for(language)
    return _letter(text, text.line("number.subject"), text.paragraphs("number", number=number))


def compose_news(language: str) -> Letter:
    """The mail that says that there is news."""
    text = _text_for(language)
    return _letter(text, text.line("news.subject"), text.paragraphs("news"))


def news_languages() -> tuple[str, ...]:
    """The codes people can be written to in. Loads and checks every file: LetterError if one is bad."""
    return tuple(sorted(news_texts(TRANSLATIONS)))


@cache
def news_texts(folder: Path) -> Mapping[str, LetterText]:
    """Every <code>/letters/news.txt below a translations folder, by code. Raises LetterError."""
    files = {file.parents[1].name: file for file in sorted(folder.glob("*/letters/news.txt"))}
    return MappingProxyType(
        {code: load_letter(file, code, BLOCKS, frozenset()) for code, file in files.items()}
    )


def _text_for(language: str) -> LetterText:
    """In this language of the site; in English where nobody has written it yet."""
    texts = news_texts(TRANSLATIONS)
    return texts.get(language) or texts[SOURCE]


def _letter(text: LetterText, subject: str, body: str) -> Letter:
    return Letter(subject, body + "\n", text.language)
