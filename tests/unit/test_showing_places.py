"""What is shown of a place: no link at the desk, no path where others may see the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.reading import read_places
from app.places.showing import defang, mask

ONION = "abcdef" + "x" * 44 + "uvwxyz.onion"
PATHS = st.text(alphabet="ab./?#[](){}.<>:@,;%\"' dot\\é", max_size=30)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://img.site.example/x", "hxxps://img[.]site[.]example/x"),
        ("http://site.example/a.jpg?b=c.d", "hxxp://site[.]example/a.jpg?b=c.d"),
        ("https://me:word@site.example:8443/", "hxxps://me:word@site[.]example:8443/"),
        ("https://site.example/a[.]b.c", "hxxps://site[.]example/a[[.]]b[.]c"),
        ("site.example", "site[.]example"),
    ],
)
def test_a_defanged_place_is_no_link(url: str, shown: str) -> None:
    assert defang(url) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://img.site.example/x", "img.site.example/…"),
        ("https://img.site.example/?q", "img.site.example/…"),
        ("https://img.site.example/#x", "img.site.example/…"),
        ("https://img.site.example/", "img.site.example"),
        ("https://me:word@img.site.example:8443/x", "img.site.example/…"),
        (f"http://{ONION}/x", "abcdef…uvwxyz.onion/…"),
        (f"http://www.{ONION}/", "www.abcdef…uvwxyz.onion"),
        ("no address", "…"),
    ],
)
def test_a_masked_place_shows_only_where_it_is(url: str, shown: str) -> None:
    assert mask(url) == shown


@given(PATHS)
def test_a_defanged_place_reads_back_as_itself(path: str) -> None:
    for place in read_places("https://img.site.example/" + path).places:
        assert [again.url for again in read_places(defang(place.url)).places] == [place.url]


@given(st.text())
def test_anything_can_be_shown(text: str) -> None:
    assert "." not in defang(text).replace("[.]", "")
    assert isinstance(mask(text), str)
