"""A square code drawn into the page itself: no picture is fetched, and no style is needed."""

import segno
from markupsafe import Markup

_POINT = 5  # pixels of one small square
_LIGHT = "#fff"  # in the dark scheme, too: phones read dark on light


def square_code(text: str, words: str) -> Markup:
    """An SVG that a phone can read; `words` say to whoever does not see it what it is."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(scale=_POINT, svgclass=None, lineclass=None, light=_LIGHT)
    # segno's own drawing of our own text: nothing in it was typed by anybody but as squares.
    return Markup('<div role="img" aria-label="{}">{}</div>').format(words, Markup(svg))  # noqa: S704


def in_fours(text: str) -> str:
    """The same to be typed: in groups of four."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
