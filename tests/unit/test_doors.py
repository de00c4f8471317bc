"""Other services: ours in every language until the operator has a list, and what is wrong in one is named."""

from pathlib import Path

import pytest

from app.i18n.doors import OwnDoor, door_problems, shown
from app.i18n.locales import use
from app.i18n.site_texts import SiteTextsMissing, load_site_texts
from tests.unit.test_site_texts import HELPLINE

DOOR = """[[door]]
web = "https://house.example"
verified_on = 2025-01-31
[door.en]
name = "A house"
whom = "For everybody."
what = "They help."
[door.fr]
name = "Une maison"
whom = "Pour tout le monde."
what = "Elle aide."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "helplines.toml").write_text(HELPLINE, encoding="utf-8")
    for name in ("privacy", "reporting"):
        (tmp_path / f"{name}.en.txt").write_text("Words.", encoding="utf-8")
    return tmp_path


def doors_of(folder: Path, text: str) -> tuple[OwnDoor, ...]:
    (folder / "doors.toml").write_text(text, encoding="utf-8")
    return load_site_texts(folder).doors


def test_without_a_list_ours_are_shown_unchecked(folder: Path) -> None:
    assert load_site_texts(folder).doors == ()
    names = [door.words.name for door in shown(())]
    assert names == ["Take It Down", "Report Remove", "StopNCII", "The police"]
    assert {door.verified_on for door in shown(())} == {None}
    assert all(door.web.startswith("https://") for door in shown(())[:3])


def test_a_door_speaks_the_readers_language_or_english(folder: Path) -> None:
    own = doors_of(folder, DOOR)
    with use("fr"):
        [french] = shown(own)
    with use("ar"):
        [arabic] = shown(own)
    assert (french.words.name, french.language) == ("Une maison", "fr")
    assert (arabic.words.name, arabic.language) == ("A house", "en")
    assert arabic.verified_on is not None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("verified_on = 2025-01-31", "", "last checked"),
        ("https://house.example", "http://house.example", "https://"),
        ('web = "https://house.example"', "web = 3", "quotation marks"),
        ("web =", "address =", "“address” is not a field we know"),
        ("[door.en]", "[door.de]", "in English"),
        ('what = "They help."', "", "[door.en] needs name, whom and what"),
        ('what = "Elle aide."', 'whose = "x"\nwhat = "y"', "[door.fr] knows name, whom and what alone"),
    ],
)
def test_a_wrong_door_is_refused_by_its_number(folder: Path, old: str, new: str, named: str) -> None:
    assert old in DOOR
    with pytest.raises(SiteTextsMissing) as refused:
        doors_of(folder, DOOR + DOOR.replace(old, new, 1))
    assert any(text.startswith("doors.toml, door 2: ") and named in text for text in refused.value.missing)


@pytest.mark.parametrize("text", ["", "door = []", "door = 3", "[[door"])
def test_a_list_without_a_door_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(SiteTextsMissing):
        doors_of(folder, text)


def test_a_door_need_not_have_an_address() -> None:
    assert not any("phone or web" in one for one in door_problems({"en": {}}))
