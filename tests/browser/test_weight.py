"""Pages are light enough for an old phone on a slow line, and ask nothing of anybody else."""

import pytest
from playwright.sync_api import Browser

from tests.browser.steps import Live, visitor

pytestmark = pytest.mark.browser

MOST_REQUESTS, MOST_BYTES = 3, 14_000


PATHS: tuple[str, ...] = (
    "/",
    "/ask",
    "/before",
    "/before/child",
    "/before/teen",
    "/before/adult",
    "/before/acting",
)
PATHS += ("/now", "/safer", "/doors", "/support", "/privacy", "/conduct", "/duties", "/follow")


@pytest.mark.parametrize("path", [prefix + path for prefix in ("", "/fr", "/ar") for path in PATHS])
def test_a_first_visit_is_three_requests_and_fourteen_kilobytes(
    chromium: Browser, live: Live, path: str
) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        loaded: list[float] = []
        asked: list[str] = []
        wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(live.base + path, wait_until="networkidle")
        assert all(url.startswith(live.base + "/") for url in asked), asked
        assert len(loaded) == len(asked) <= MOST_REQUESTS, asked
        assert sum(loaded) <= MOST_BYTES, loaded
        assert context.cookies() == []
        assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_the_browser_refuses_every_script(chromium: Browser, live: Live) -> None:
    with visitor(chromium) as context:
        page = context.new_page()
        page.goto(f"{live.base}/ask")
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate(
                "() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1';"
                " document.body.append(one); }"
            )
        assert page.evaluate("() => window.ran") is None
