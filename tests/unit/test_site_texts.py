"""The operator's texts: a portal opens only when they are complete, and what is wrong is named."""

import shutil
from pathlib import Path

import pytest

from app.i18n.locales import LOCALES
from app.i18n.site_texts import DEMO_TEXTS, SiteTextsMissing, load_site_texts
from app.i18n.text_blocks import Block, read_blocks

HELPLINE = """[[helpline]]
country = "CA"
name = "Somebody"
phone = "+00 000 000 000"
web = "https://helpline.example"
hours = "always"
languages = ["en"]
verified_on = 2025-01-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete folder in English."""
    (tmp_path / "helplines.toml").write_text(HELPLINE, encoding="utf-8")
    (tmp_path / "privacy.en.txt").write_text("# Kept\n\nWhat we keep.\n", encoding="utf-8")
    (tmp_path / "reporting.en.txt").write_text("What we must say.\n", encoding="utf-8")
    return tmp_path


def missing(folder: Path) -> tuple[str, ...]:
    with pytest.raises(SiteTextsMissing) as refused:
        load_site_texts(folder)
    return refused.value.missing


def test_a_complete_folder_is_read(folder: Path) -> None:
    texts = load_site_texts(folder)
    (line,) = texts.helplines
    assert (line.name, line.verified_on.isoformat()) == ("Somebody", "2025-01-31")
    assert texts.privacy("en") == (Block("heading", "Kept", "en"), Block("paragraph", "What we keep.", "en"))
    assert texts.reporting(LOCALES["en"]) == (Block("paragraph", "What we must say.", "en"),)
    assert not texts.is_demo


def test_a_language_without_a_text_of_its_own_reads_the_english_as_english(folder: Path) -> None:
    (folder / "privacy.fr.txt").write_text("Ce que nous gardons.", encoding="utf-8")
    texts = load_site_texts(folder)
    assert texts.privacy("fr") == (Block("paragraph", "Ce que nous gardons.", "fr"),)
    assert {block.language for block in texts.privacy("ar")} == {"en"}


def test_every_missing_piece_is_named_at_once(tmp_path: Path) -> None:
    named = missing(tmp_path)
    assert [text.split()[0] for text in named] == ["helplines.toml", "privacy.en.txt", "reporting.en.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "is not there" in missing(tmp_path / "nowhere")[0]


@pytest.mark.parametrize("text", ["", "helpline = []", "helpline = 3"])
def test_a_list_without_a_helpline_is_refused(folder: Path, text: str) -> None:
    (folder / "helplines.toml").write_text(text, encoding="utf-8")
    assert missing(folder) == ("helplines.toml names no helpline. Please add at least one [[helpline]].",)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("verified_on = 2025-01-31", "", "last checked"),
        ("2025-01-31", '"2025-01-31"', "last checked"),
        ("2025-01-31", "2025-01-31T10:00:00", "last checked"),
        ('"CA"', '"Canada"', "country"),
        ('"CA"', '"ZZ"', "country"),
        ('"Somebody"', '" "', "fill in name"),
        ('"always"', "24", "fill in hours"),
        ('["en"]', "[]", "languages"),
        ('"+00 000 000 000"', "116111", "quotation marks"),
        ("https://helpline.example", "javascript:alert(1)", "https://"),
        ("https://helpline.example", "http://helpline.example", "https://"),
        ("phone =", "phon =", "phon"),
        ('phone = "+00 000 000 000"\nweb = "https://helpline.example"', "", "phone or web"),
    ],
)
def test_a_wrong_helpline_is_refused_by_its_number(folder: Path, old: str, new: str, named: str) -> None:
    assert old in HELPLINE
    (folder / "helplines.toml").write_text(HELPLINE + HELPLINE.replace(old, new), encoding="utf-8")
    assert all(text.startswith("helplines.toml, helpline 2: ") for text in missing(folder))
    assert any(named in text for text in missing(folder))


def test_a_helpline_may_live_on_an_onion_address(folder: Path) -> None:
    text = HELPLINE.replace("https://helpline.example", "http://helplineexample.onion")
    (folder / "helplines.toml").write_text(text, encoding="utf-8")
    assert load_site_texts(folder).helplines[0].web == "http://helplineexample.onion"


def test_broken_toml_and_unreadable_text_are_named(folder: Path) -> None:
    (folder / "helplines.toml").write_text("[[helpline", encoding="utf-8")
    (folder / "privacy.en.txt").write_bytes(b"\xff\xfe\x00")
    named = missing(folder)
    assert "not valid TOML" in named[0]
    assert named[1].startswith("privacy.en.txt cannot be read")


@pytest.mark.parametrize("name", ["privacy.en.txt", "reporting.fr.txt"])
def test_a_text_without_a_paragraph_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("# Only a heading\n", encoding="utf-8")
    assert missing(folder) == (f"{name} has no paragraph yet. Please write at least one.",)


def test_paragraphs_end_at_empty_lines_and_headings() -> None:
    text = "\ufeffone\r\nstill one\r\n\r\n\r\ntwo\r\n# Head\r\nthree\r\n#four"
    assert [(block.kind, block.text) for block in read_blocks(text.lstrip("\ufeff"), "en")] == [
        ("paragraph", "one still one"),
        ("paragraph", "two"),
        ("heading", "Head"),
        ("paragraph", "three #four"),
    ]


def test_a_mark_at_the_beginning_of_a_file_is_not_shown(folder: Path) -> None:
    (folder / "privacy.en.txt").write_bytes(b"\xef\xbb\xbf# Kept\nWhat we keep.")
    assert load_site_texts(folder).privacy("en")[0] == Block("heading", "Kept", "en")


def test_the_demonstration_is_complete_and_says_what_it_is() -> None:
    texts = load_site_texts(DEMO_TEXTS)
    assert texts.is_demo
    assert set(texts.privacy_texts) == set(texts.reporting_texts) == {"en", "fr", "ar"}
    for blocks in (texts.privacy("en"), texts.reporting("en")):
        assert blocks[0].text.startswith("This is a demonstration. No one reads what is sent here.")
    for line in texts.helplines:
        assert line.phone.startswith("+00 ")
        assert line.web.endswith(".example")


def test_a_copy_of_the_demonstration_is_still_a_demonstration(tmp_path: Path) -> None:
    shutil.copytree(DEMO_TEXTS, tmp_path / "copy")
    assert load_site_texts(tmp_path / "copy").is_demo


def test_without_rules_of_conduct_of_its_own_a_hotline_shows_ours_in_every_language(folder: Path) -> None:
    texts = load_site_texts(folder)
    assert set(texts.conduct_texts) == set(LOCALES)
    for code in LOCALES:
        blocks = texts.conduct(code)
        assert {block.language for block in blocks} == {code}
        assert [block.kind for block in blocks] == [block.kind for block in texts.conduct("en")]
    assert texts.conduct("en")[-1].text.startswith("Version 1"), "whoever reads it can say which one it was"


def test_a_hotlines_own_rules_of_conduct_stand_in_place_of_ours(folder: Path) -> None:
    (folder / "conduct.en.txt").write_text("Our own rules.", encoding="utf-8")
    texts = load_site_texts(folder)
    assert texts.conduct("ar") == texts.conduct("en") == (Block("paragraph", "Our own rules.", "en"),)


def test_rules_of_conduct_need_their_english(folder: Path) -> None:
    (folder / "conduct.fr.txt").write_text("Nos règles.", encoding="utf-8")
    assert missing(folder) == ("conduct.en.txt is not there yet. Please write it.",)
