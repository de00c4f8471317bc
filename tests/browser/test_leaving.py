"""Getting away: with a keyboard, with the link, and so that Back does not lead here again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.steps import Live, visitor

pytestmark = pytest.mark.browser

TYPED = "https://leaving.northlight.example/a"


@pytest.fixture
def asking(chromium: Browser, live: Live) -> Iterator[Page]:
    """Somebody in the middle of asking, who has typed something."""
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/before")
        page.goto(f"{live.base}/ask")
        page.fill("[name=places]", TYPED)
        yield page


def press_shift(page: Page, times: int, pause_ms: int = 0) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")
        page.wait_for_timeout(pause_ms)


def give_no_answer(page: Page) -> None:
    """The way out is asked for, and the line brings nothing back: the browser stays where it is."""
    page.route("**/leave", lambda route: route.fulfill(status=204))


def test_shift_three_times_leaves_and_back_does_not_return(asking: Page, live: Live) -> None:
    before = asking.evaluate("() => history.length")
    press_shift(asking, 3)
    asking.wait_for_url("**/elsewhere")
    assert asking.evaluate("() => history.length") == before, "the page is replaced, not left behind"
    asking.go_back()
    assert TYPED not in asking.content()
    assert not asking.url.endswith("/ask")


def test_the_page_is_gone_before_any_answer_comes(asking: Page) -> None:
    give_no_answer(asking)
    press_shift(asking, 3)
    asking.wait_for_selector(".gone")
    assert asking.inner_text("body").strip() == "One moment"
    assert asking.title() == "One moment"
    assert asking.locator("body *").count() == 1, "nothing of the page is left to be looked at"
    assert asking.get_attribute(".gone", "role") == "alert"
    box, size = asking.locator(".gone").bounding_box(), asking.viewport_size
    assert box is not None
    assert size is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, size["width"], size["height"])
    colour = asking.locator(".gone").evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour.startswith("rgb("), "and not see-through"


def test_the_link_replaces_the_page_too(asking: Page) -> None:
    asking.click("header .exit")
    asking.wait_for_url("**/elsewhere")
    asking.go_back()
    assert TYPED not in asking.content()


def test_typing_capitals_leaves_nobody(asking: Page) -> None:
    asking.focus("[name=places]")
    asking.keyboard.type("ABC DEF")
    for letter in "XYZ":
        asking.keyboard.press(f"Shift+{letter}")
    press_shift(asking, 2)
    asking.keyboard.press("a")
    press_shift(asking, 2)
    asking.wait_for_timeout(300)
    assert asking.url.endswith("/ask")
    assert asking.input_value("[name=places]").endswith("XYZa")


def test_slow_presses_leave_nobody(asking: Page) -> None:
    press_shift(asking, 3, pause_ms=1_700)
    assert asking.url.endswith("/ask")


def test_holding_shift_leaves_nobody(asking: Page) -> None:
    for _ in range(5):
        asking.keyboard.down("Shift")
    asking.keyboard.up("Shift")
    asking.wait_for_timeout(300)
    assert asking.url.endswith("/ask")


def test_without_scripts_the_way_out_is_a_link_and_no_key_is_promised(chromium: Browser, live: Live) -> None:
    with visitor(chromium, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live.base}/safer")
        assert not page.locator(".scripted").first.is_visible()
        page.click("header .exit")
        page.wait_for_url("**/elsewhere")


def test_with_scripts_the_key_is_told(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/safer")
        assert page.locator(".scripted").first.is_visible()


def test_the_session_is_over_after_leaving(asking: Page, live: Live) -> None:
    asking.locator("form[action='/ask'] button, form#step button").last.click()
    asking.wait_for_load_state()
    assert asking.context.cookies() != []
    press_shift(asking, 3)
    asking.wait_for_url("**/elsewhere")
    assert asking.context.cookies() == []
    asking.goto(f"{live.base}/ask")
    assert TYPED not in asking.content()
