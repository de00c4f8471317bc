"""Letters as text files: named blocks with named placeholders, filled in and wrapped as plain text.

A file is made of blocks ("[place]"). An empty line ends a paragraph; its lines are joined and wrapped
anew, but a line that starts with two spaces stays a line of its own. Lines with # are for translators.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from types import MappingProxyType

WIDTH = 76

Blocks = Mapping[str, frozenset[str]]


class LetterError(ValueError):
    """A letter file, or the facts for a letter, cannot be used. Holds no URL and nobody's name."""


@dataclass(frozen=True)
class LetterText:
    """One language's letter file, checked against `agreed`: each block and its placeholders.

    A paragraph, or a line of its own, with an empty value is left out; only `may_be_empty` may be.
    """

    language: str
    blocks: Mapping[str, str]
    agreed: Blocks
    may_be_empty: frozenset[str]

    def line(self, name: str, **values: str) -> str:
        """A block as one line, unwrapped."""
        self._check(name, values)
        return self.blocks[name].replace("\n", " ").format_map(values)

    def paragraphs(self, name: str, **values: str) -> str:
        """A block as wrapped paragraphs. A paragraph that is one placeholder may take in wrapped text."""
        self._check(name, values)
        made = (_paragraph(part, values) for part in self.blocks[name].split("\n\n"))
        return "\n\n".join(part for part in made if part)

    def _check(self, name: str, values: Mapping[str, str]) -> None:
        if values.keys() != self.agreed[name]:
            raise LetterError(f"[{name}] was given other values than it names")
        empty = sorted(key for key, value in values.items() if not value and key not in self.may_be_empty)
        if empty:
            raise LetterError(f"[{name}] lacks {', '.join(empty)}")


def load_letter(file: Path, language: str, agreed: Blocks, may_be_empty: frozenset[str]) -> LetterText:
    """Read one file. LetterError where a block or placeholder is missing, unknown or doubled."""
    blocks = _read_blocks(file, language)
    for name in sorted(blocks.keys() ^ agreed.keys()):
        raise LetterError(f"{language}: [{name}] is {'not known' if name in blocks else 'missing'}")
    for name, content in blocks.items():
        if not content:
            raise LetterError(f"{language}: [{name}] is empty")
        if _placeholders(content) != agreed[name]:
            raise LetterError(f"{language}: [{name}] has other placeholders than the program fills in")
    return LetterText(language, MappingProxyType(blocks), agreed, may_be_empty)


def _read_blocks(file: Path, language: str) -> dict[str, str]:
    blocks: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            if name in blocks:
                raise LetterError(f"{language}: [{name}] stands twice")
            lines = blocks[name] = []
        elif lines is not None:
            lines.append(line.rstrip(" "))
        elif line.strip():
            raise LetterError(f"{language}: there is text before the first block")
    return {name: "\n".join(lines).strip("\n") for name, lines in blocks.items()}


def _placeholders(text: str) -> frozenset[str]:
    """The names between braces. "{a.b}", "{a!r}" and "{a:>9}" are kept whole, so no agreement has them."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return frozenset({"a brace that stands alone"})
    return frozenset(f"{name}{'!' if turned else ''}{':' if spec else ''}" for _, name, spec, turned in parts)


def _paragraph(part: str, values: Mapping[str, str]) -> str:
    alone = values.get(part[1:-1], "")
    if part == f"{{{part[1:-1]}}}" and "\n" in alone:
        return alone.rstrip("\n")  # wrapped already: its line end says so where it is a single line
    made: list[str] = []
    running: list[str] = []
    for line in [*part.split("\n"), ""]:
        if line and not line.startswith("  "):
            running.append(line)
            continue
        made += _wrapped(" ".join(running), "", "", values)
        running = []
        indent = line[: len(line) - len(line.lstrip(" "))]
        made += _wrapped(line.lstrip(" "), indent, indent + "  ", values)
    return "\n".join(made)


def _wrapped(line: str, first: str, rest: str, values: Mapping[str, str]) -> list[str]:
    if any(not values[name] for name in _placeholders(line)):
        return []
    return textwrap.wrap(
        line.format_map(values),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,  # a URL is never broken
        break_on_hyphens=False,
    )
