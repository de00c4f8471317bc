"""What a caseworker does beside letters, for the tour: safety, a found address, the child's code."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.steps import answer, ask, choose_finding, find_case, press, send


def case_pages(page: Page, desk: Page, base: str, code: str) -> Iterator[tuple[str, Page]]:
    """`page` asks for a child, with all that calls for care; `desk` takes the case."""
    host = f"child-{code}.talkyard.example"
    said = {"asker": "parent", "could_guess": "yes", "threat_1": "yes", "on_1": "2031-01-31"}
    ask(page, base, f"https://{host}/", app="An app", account="@someone", **said)
    send(page)
    path = find_case(desk, base, host)
    case = base.removesuffix(urlsplit(base).path) + path
    desk.goto(case)
    press(desk, "/take")
    _open_all(desk)
    yield "desk-case-care", desk
    desk.locator("form[action$='/locate'] textarea").first.fill("no address")
    press(desk, "/locate")
    yield "desk-case-locate-problem", desk
    desk.goto(f"{case}/safety")
    press(desk)
    yield "desk-safety-problem", desk
    desk.goto(f"{case}/assess")
    choose_finding(desk)
    press(desk)
    desk.goto(f"{case}/notices")
    yield "desk-notices-safety-due", desk
    desk.goto(f"{case}/safety")
    answer(desk, "found", "hold")
    answer(desk, "note", "Thought of it.")
    press(desk)
    yield "desk-case-on-hold", desk
    desk.goto(f"{case}/join")
    yield "desk-join", desk
    desk.goto(f"{case}/own-code")
    yield "desk-child-code", desk
    press(desk, "/own-code")
    yield "desk-child-code-shown", desk
    press(desk, "/own-code")
    _open_all(desk)
    yield "desk-case-access", desk
    desk.goto(f"{base}/desk/?which=due")
    yield "desk-cases-due", desk


def outcomes(desk: Page) -> Iterator[tuple[str, Page]]:
    """`desk` stands on a case whose notice was answered."""
    for _ in range(100):  # the courier sends the notice in its own time
        if desk.locator("form[action$='/outcome']").count():
            break
        desk.wait_for_timeout(200)
        desk.reload()
    _open_all(desk)
    press(desk, "/outcome")
    yield "desk-case-outcome-problem", desk


def _open_all(page: Page) -> None:
    for closed in page.locator("main details:not([open])").all()[::-1]:
        closed.locator("summary").first.click()
