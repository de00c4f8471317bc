"""Plain texts of headings and paragraphs, as an operator writes them in any editor."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph. `language` is the text's own: English where there is no translation."""

    kind: Literal["heading", "paragraph"]
    text: str
    language: str


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
