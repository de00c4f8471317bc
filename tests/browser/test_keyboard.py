"""Everything can be reached and done with a keyboard alone, and the way out comes first."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import PATIENCE_MS, Live, visitor
from tests.walks import code_on

pytestmark = pytest.mark.browser

OPEN_PAGES = (
    "/",
    "/before",
    "/before/adult",
    "/now",
    "/safer",
    "/doors",
    "/conduct",
    "/ask",
    "/follow",
    "/support",
    "/privacy",
    "/duties",
    "/ask/sent",
    "/desk/sign-in",
    "/fr/",
    "/ar/ask",
)
FOCUSED = (
    "() => [document.activeElement.className, document.activeElement.name || document.activeElement.id || '']"
)


def tab_to(page: Page, name: str, at_most: int = 40) -> None:
    """Press Tab until the field or button with this name (or these words) has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(
            f"() => document.activeElement.name == '{name}' || document.activeElement.innerText == '{name}'"
        ):
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_the_first_tab_is_the_way_out_and_the_second_skips_to_the_text(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        for path in OPEN_PAGES:
            page.goto(live.base + path)
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUSED)[0] == "exit", path
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUSED)[0] == "skip", path
            assert page.locator(".skip").bounding_box()["width"] > 40, "it shows itself"  # type: ignore[index]
            page.keyboard.press("Enter")
            page.wait_for_url("**#main")
            expect(page.locator("#main"), path).to_be_focused(timeout=PATIENCE_MS)  # with the next frame


def test_enter_on_the_way_out_leaves(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/ask")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: not url.endswith("/ask"))
        assert page.locator("[name=places]").count() == 0


def test_a_request_can_be_sent_by_keyboard(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/ask")
        tab_to(page, "places")
        page.keyboard.type("https://keyboard.northlight.example/a\nhxxps://b.northlight[.]example")
        tab_to(page, "Go on")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/details")
        tab_to(page, "label_1")
        page.keyboard.type("mine")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/what")
        tab_to(page, "contents")
        page.keyboard.press("Space")
        tab_to(page, "Go on")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/who")
        tab_to(page, "asker")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Read it and send")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/review")
        tab_to(page, "Send")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/sent")
        code = code_on(page.content())
        tab_to(page, "I have written down my code")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(f"{live.base}/follow")
        tab_to(page, "code")
        page.keyboard.type(code.lower())
        page.keyboard.press("Enter")
        page.wait_for_url("**/follow/request")


def test_a_problem_can_be_reached_from_the_top_of_the_page(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/ask")
        page.locator("main button[name=review]").click()
        page.wait_for_selector("#problems")
        page.locator("#problems a").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[name=places]")).to_be_focused(timeout=PATIENCE_MS)


def test_the_focus_is_never_hidden_under_the_bar(chromium: Browser, live: Live) -> None:
    with visitor(chromium, viewport={"width": 320, "height": 500}) as context:
        page = context.new_page()
        page.goto(f"{live.base}/ask")
        for key in ["Tab"] * 18 + ["Shift+Tab"] * 14:
            page.keyboard.press(key)
            hidden = page.evaluate("""() => {
              const one = document.activeElement, bar = document.querySelector('.bar');
              if (bar.contains(one)) return false;
              const box = (one.closest('label') || one).getBoundingClientRect();
              return box.bottom <= bar.getBoundingClientRect().bottom || box.top >= innerHeight;
            }""")
            assert not hidden, page.evaluate(FOCUSED)
