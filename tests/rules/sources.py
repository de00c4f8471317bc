"""The project's own files, as the rules read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
TEXT = {".py", ".html", ".css", ".svg", ".txt", ".toml", ".po", ".md", ".mako"}


@dataclass(frozen=True)
class Import:
    """One imported name. `module` is who imports, `target` what: both with dots, as Python says them."""

    module: str
    target: str
    line: int
    is_inside: bool
    is_explained: bool

    @property
    def part(self) -> str:
        """The part of the app (web, casework, log …) or the library that is imported."""
        names = self.target.split(".")
        return names[1] if names[0] == "app" and len(names) > 1 else names[0]

    @property
    def is_own(self) -> bool:
        return self.target.split(".")[0] == "app"

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def text_files(*folders: str) -> Iterator[Path]:
    """Every text file below these folders of the project, or the file itself."""
    for folder in folders:
        place = ROOT / folder
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (file for file in found if file.suffix in TEXT and file.is_file())


def name_of(file: Path) -> str:
    """`casework.assess` for app/casework/assess.py."""
    names = file.relative_to(APP).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" and len(names) > 1 else names)


def imports_of(module: str, text: str) -> Iterator[Import]:
    """Every import in a module, those inside functions and those for type checking too."""
    lines, tree = text.splitlines(), ast.parse(text)
    inside = {
        id(below)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for below in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            targets = [f"{'.' * node.level}{node.module or ''}.{one.name}" for one in node.names]
        else:
            continue
        near = [lines[node.lineno - 1], lines[node.lineno - 2] if node.lineno > 1 else ""]
        explained = "#" in near[0] or near[1].strip().startswith("#")
        for target in targets:
            yield Import(module, target, node.lineno, id(node) in inside, explained)


@cache
def app_imports() -> tuple[Import, ...]:
    """Every import of the app."""
    files = sorted(APP.rglob("*.py"))
    return tuple(one for file in files for one in imports_of(name_of(file), file.read_text("utf-8")))
