"""Whatever is pasted is read without an error, and read the same again."""

import ada_url
from hypothesis import given
from hypothesis import strategies as st

from app.places.pictures import has_picture
from app.places.reading import read_places


def urls(text: str) -> list[str]:
    return [place.url for place in read_places(text).places]


PIECES = st.sampled_from(
    [
        *"https:// http hxxp data: xn-- [.] dot . .. , ; : / ( ) [ ] { } < > ? # @ % %2e :8 * 1. …".split(),
        *("\\", '"', "'", "é", "a.example", "b", " ", "\n", "\t", "\x01", "\u200b", "\u200d"),
    ]
)
PASTED = st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join))


@given(PASTED)
def test_any_text_is_read_without_an_error(text: str) -> None:
    reading = read_places(text)
    assert all(place.url.startswith(("http://", "https://")) for place in reading.places)
    assert all(ada_url.URL(place.url).hostname == place.host for place in reading.places)
    assert not any(has_picture(problem.typed) or len(problem.typed) > 200 for problem in reading.problems)
    assert all(1 <= problem.line <= len(text) + 1 for problem in reading.problems)


@given(PASTED)
def test_what_was_read_reads_the_same_again(text: str) -> None:
    found = urls(text)
    assert urls("\n".join(found)) == found
    assert urls(" ".join(found)) == found


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_single_web_address_means_what_a_browser_says(tail: str) -> None:
    typed = "https://a.example/" + tail
    if (
        any(character in typed for character in "\n\t,;\"'<>()[]{}…*|")
        or " " in typed
        or not typed[-1:].isalnum()
    ):
        return
    try:
        browser = ada_url.URL(typed.replace("\u200b", "").replace("\u200d", "")).href
    except ValueError:
        return
    assert urls(typed) in ([browser], [])
