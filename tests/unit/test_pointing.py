"""What may tell who somebody is, pointed out in their own words: an honest guess that loses nothing."""

import time

import pytest

from app.domain.pointing import point_out


def marked(text: str) -> list[str]:
    return [piece.text for piece in point_out(text) if piece.is_marked]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I was there with Ada Quill in Northtown.", ["Ada Quill", "Northtown"]),
        ("Ada knew it.", ["Ada"]),
        ("Please take it down. I want to sleep.", []),
        ("The house was old. My aunt said so.", []),
        ("It began in 2004, on 12 May 2004, at 5.", ["2004", "12 May 2004", "5"]),
        ("My number is +00 000 000 000 now.", ["+00 000 000 000"]),
        ("Write to ada@mail.example. Thank you.", ["ada@mail.example"]),
        ("She is @ada_q on that app", ["@ada_q"]),
        ("It is on site.example/a/1 and https://other.example/x?y=1.", None),
        ("J'étais chez Zoé à Lyon. L'école ne sait rien.", ["Zoé", "Lyon"]),
        ("Jean-Pierre l'a vu.", ["Jean-Pierre"]),
        ("“Bea,” she said, “come here.”", ["Bea"]),
        ("my name is not said here", []),
        ("كان ذلك في عام ٢٠٠٤", ["٢٠٠٤"]),
        ("", []),
        ("👩‍👧 🌱 …", []),
    ],
)
def test_names_numbers_and_addresses_are_pointed_out(text: str, found: list[str] | None) -> None:
    if found is None:
        assert marked(text) == ["site.example/a/1", "https://other.example/x?y=1"]
    else:
        assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ada, Ben and 12 others.\n\nMore: <b>x</b> \u202eabc\u202c",
        "A" * 5000,
        "1-" * 5000,
        "a@" * 5000,
        "A. B. C. " * 2000,
        "\ud800 \x00 🌱",
        " \n\t ",
    ],
)
def test_the_pieces_are_the_whole_text_word_for_word(text: str) -> None:
    assert "".join(piece.text for piece in point_out(text)) == text


@pytest.mark.parametrize("part", ["a@", "1-", "Ab ", "a.b.", "@", "https://", "1 (", "-", "A-"])
def test_a_long_text_is_read_at_once(part: str) -> None:
    text = part * (20_000 // len(part))
    began = time.process_time()
    point_out(text)
    assert time.process_time() - began < 0.5


def test_a_word_that_also_stands_in_small_letters_begins_a_sentence_without_a_mark() -> None:
    assert marked("Windows were open. The windows, I mean.") == []


def test_a_repr_says_nothing_of_the_text() -> None:
    assert "Ada" not in repr(point_out("Ada"))
