"""Every page of the site in light and dark, narrow and wide, and from right to left as well.

A tour takes its time, so each language is toured once and each test asks about one thing it saw. With
HEARD_SHOTS set to a folder, pictures of every page are left there for people to look at.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.steps import Live
from tests.browser.tour import tour

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# (name, size, colours, rules): what does not hang on colours is the same in the dark.
LOOKS = (
    ("narrow", NARROW, "light", EVERYTHING),
    ("narrow", NARROW, "dark", COLOURS),
    ("wide", WIDE, "dark", COLOURS),
    ("wide", WIDE, "light", EVERYTHING),
)
VIOLATIONS = """rules => axe.run(document, rules).then(
  found => found.violations.map(one => one.id + ' '
    + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join('; ')))"""
FOCUSABLE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])"
)
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.right > width + 1 || box.left < -1)
    .map(([one]) => one.tagName + '.' + one.className).slice(0, 5);
}"""
SMALL_TARGETS = """() => [
    ...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(one => !one.closest('p, li, dd, td') || one.matches('button, input, select'))
  .map(one => [one, (one.closest('label') || one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.tagName} ${one.textContent.trim()} ${box.width}x${box.height}`)"""


@dataclass
class Seen:
    """What one tour found; empty lists are good news."""

    pages: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    exit_not_first: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)
    dead_links: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="session", params=["en", "ar"])
def seen(request: pytest.FixtureRequest, chromium: Browser, live: Live, staff: dict[str, Any]) -> Seen:
    """The tour in one language."""
    found, watched = Seen(), set[Page]()
    for name, page in tour(chromium, live, request.param, staff):
        if page not in watched:
            watched.add(page)
            _watch(page, live, found)
        _look(name, request.param, page, found)
    return found


def _watch(page: Page, live: Live, seen: Seen) -> None:
    page.on(
        "request",
        lambda one: None if one.url.startswith(live.base + "/") else seen.asked_elsewhere.append(one.url),
    )
    page.on("console", lambda one: seen.said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: seen.said.append(str(one)))


def _look(name: str, code: str, page: Page, seen: Seen) -> None:
    seen.pages.append(name)
    if page.locator("h1").count() != 1 or not page.title():
        seen.headings.append(name)
    # The page that one leaves to is another site's, but for the demonstration.
    if name != "elsewhere" and "exit" not in (page.locator(FOCUSABLE).first.get_attribute("class") or ""):
        seen.exit_not_first.append(name)
    for link in page.locator("a[hreflang]").evaluate_all("all => all.map(one => one.href)"):
        answer = page.request.get(link)
        if answer.status != 200 and not name.startswith(("error", "once-more")):
            seen.dead_links.append(f"{name}: {answer.status}")
    page.evaluate(Axe().axe_script)
    # What changes from right to left is where things stand; the colours are the same.
    for shape, size, colours, rules in LOOKS if code == "en" else LOOKS[:2]:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a typed dict of width and height
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # light or dark
        # Half-way down, the bar that stays on top would lie over what it lies over.
        page.evaluate("scrollTo(0, 0)")
        _shoot(page, f"{code}-{name}-{shape}-{colours}")
        seen.violations += [f"{name} {shape} {colours}: {one}" for one in page.evaluate(VIOLATIONS, rules)]
        if colours == "light":
            seen.too_wide += [f"{name} {shape}: {one}" for one in page.evaluate(TOO_WIDE)]
            seen.small += [f"{name} {shape}: {one}" for one in page.evaluate(SMALL_TARGETS)]


def _shoot(page: Page, name: str) -> None:
    folder = os.environ.get("HEARD_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_axe_finds_nothing_on_any_page(seen: Seen) -> None:
    assert len(seen.pages) > 35
    assert seen.violations == []


def test_no_page_scrolls_sideways_at_320_px(seen: Seen) -> None:
    assert seen.too_wide == []


def test_everything_to_press_is_large_enough(seen: Seen) -> None:
    assert seen.small == []


def test_the_way_out_is_the_first_thing_on_every_page(seen: Seen) -> None:
    assert seen.exit_not_first == []


def test_every_page_has_a_title_and_one_heading(seen: Seen) -> None:
    assert seen.headings == []


def test_nothing_is_asked_of_any_other_host(seen: Seen) -> None:
    assert seen.asked_elsewhere == []


def test_every_page_can_be_read_in_another_language(seen: Seen) -> None:
    assert seen.dead_links == []


def test_the_browser_has_nothing_to_complain_about(seen: Seen) -> None:
    # It says so, too, of every answer that is an error on purpose.
    assert [said for said in seen.said if "the server responded with a status of 4" not in said] == []
