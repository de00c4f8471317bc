"""What can be set, run or be allowed has its line in the README, and nothing else has."""

import ast
import re
from collections.abc import Iterator

import pytest
from environs import Env

from app.cli import heard
from app.domain.timers import NAMES as TIMES
from app.settings import SettingsError, read_settings
from app.web import guards
from tests.rules.sources import APP, ROOT, text_files
from tests.rules.test_guards import GUARDS

README = (ROOT / "README.md").read_text("utf-8")


def section(title: str) -> str:
    """The text below one heading, up to the next."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, flags=re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title}"
    return found[1]


def first_cells(title: str) -> list[str]:
    """Everything in backticks in the first cells of a section's table."""
    rows = re.findall(r"^\| ([^|]*) \|", section(title), flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


class Spy(Env):
    """Notes each name that is asked for; knows no value."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def str(self, name: str, *_default: object) -> str:  # type: ignore[override]  # for tests alone
        self.asked.add(f"{self._prefix}{name}")
        return ""

    def int(self, name: str, default: int) -> int:  # type: ignore[override,valid-type]
        self.asked.add(f"{self._prefix}{name}")
        return default

    def bool(self, name: str, default: bool) -> bool:  # type: ignore[override,valid-type]
        self.asked.add(f"{self._prefix}{name}")
        return default


@pytest.fixture(scope="module")
def settings() -> set[str]:
    """Every setting the program reads, in the way it reads them."""
    spy = Spy()
    with pytest.raises(SettingsError):
        read_settings(spy)
    return spy.asked


def names_in_code() -> Iterator[str]:
    """Settings as they stand in the program's own code: get.text("NAME") and HEARD_NAME."""
    for file in APP.rglob("*.py"):
        text = file.read_text("utf-8")
        yield from re.findall(r"\bHEARD_[A-Z][A-Z0-9_]*[A-Z0-9]\b", text)
        if file.name == "settings.py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                    on, name = node.func.value, node.args[0]
                    if isinstance(on, ast.Name) and on.id == "get" and isinstance(name, ast.Constant):
                        yield f"HEARD_{name.value!s}"
    yield from (f"HEARD_TIME_{name.upper()}" for name in TIMES)


def test_every_setting_has_its_line(settings: set[str]) -> None:
    assert len(settings) > 20
    assert settings == set(first_cells("Settings"))


def test_no_setting_is_read_past_the_settings(settings: set[str]) -> None:
    assert set(names_in_code()) == settings


def test_no_text_names_a_setting_that_is_not_there(settings: set[str]) -> None:
    for_tests = {"HEARD_SOAK"}
    named = {
        (file.name, name)
        for file in text_files("README.md", "SECURITY.md", "app", "migrations")
        for name in re.findall(r"\bHEARD_[A-Z][A-Z0-9_]*[A-Z0-9]\b", file.read_text("utf-8"))
    }
    assert {(file, name) for file, name in named if name not in settings | for_tests} == set()


def test_every_command_has_its_line() -> None:
    assert set(first_cells("Commands")) == {f"heard {name}" for name in heard.commands}


def test_every_command_says_what_it_does() -> None:
    assert [name for name, command in heard.commands.items() if not command.help] == []


def test_no_text_names_a_command_that_is_not_there() -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?heard ([a-z-]+)", README))
    named |= {
        name
        for file in text_files("app")
        for name in re.findall(r"`(?:\.venv/bin/)?heard ([a-z-]+)", file.read_text("utf-8"))
    }
    assert named <= set(heard.commands)


def test_every_guard_has_its_line() -> None:
    assert sorted(first_cells("Who may do what")) == sorted(GUARDS)
    assert all(callable(getattr(guards, name)) for name in GUARDS)


def test_every_part_of_the_program_is_on_the_map() -> None:
    told = " ".join(first_cells("Map"))
    parts = [place for place in APP.iterdir() if place.name not in ("__init__.py", "__pycache__")]
    assert [place.name for place in parts if place.name not in told] == []


def test_every_place_on_the_map_is_there() -> None:
    named = {name for name in first_cells("Map") if "/" in name}
    assert [name for name in named if not (ROOT / name.split()[0]).exists()] == []


def test_the_readme_names_only_files_that_are_there() -> None:
    named = set(re.findall(r"`((?:app|tests|migrations|translations)/[\w./]+)`", README))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_target_the_readme_names_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)`", README)) <= targets


def test_a_decision_is_dated() -> None:
    decisions = re.findall(r"^- (.*)$", section("Decisions"), flags=re.MULTILINE)
    assert [line for line in decisions if not re.match(r"\*\*\d{4}-\d\d-\d\d, ", line)] == []
