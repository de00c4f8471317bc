"""The pages behind a code, for the tour: a representative’s, a child’s beside them, and a person’s own."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.steps import CASES, ask, follow, press, send
from tests.walks import code_on

WORD = "blue kettle"


def followed(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """`page`: a representative who came back; somebody checked their authority."""
    for closed in page.locator("main details").all():
        closed.locator("summary").click()
    yield "request-open", page
    for name in ("message", "place/1", "add", "wishes", "withdraw", "file", "names"):
        page.goto(f"{base}/follow/{name}")
        yield f"follow-{name.replace('/', '-')}", page
    for name in ("wishes", "words", "person", "safety", "child", "language"):
        page.goto(f"{base}/follow/wishes/{name}")
        yield f"follow-wishes-{name}", page
    page.goto(f"{base}/follow/wishes/hear")
    yield "follow-wishes-hear", page
    page.goto(f"{base}/follow/place/1")
    page.locator("[name=label_1]").fill("x" * 101)
    page.locator('form:has([value="note"]) button').click()
    yield "follow-place-problem", page
    for name in ("add", "withdraw", "names"):
        page.goto(f"{base}/follow/{name}")
        press(page, f"/follow/{name}")
        yield f"follow-{name}-problem", page
    page.goto(f"{base}/follow/file")
    page.locator("button[value=page]").click()
    yield "follow-file-page", page


def beside(page: Page, desk: Page, base: str, host: str, receipt: str) -> Iterator[tuple[str, Page]]:
    """A child for whom somebody asked: their first code, their own, ending the other's access."""
    case = _case_of(desk, base, host)
    desk.goto(f"{case}/own-code")
    press(desk, "/own-code")
    handed_over = code_on(desk.content())
    desk.goto(case)
    follow(page, base, handed_over)
    yield "new-code", page
    press(page, "/follow/new-code")
    yield "request-child", page
    page.goto(f"{base}/follow/withdraw")
    yield "follow-withdraw-child", page
    page.goto(f"{base}/follow/access")
    yield "access", page
    press(page, "/follow/access")
    yield "access-problem", page
    follow(page, base, receipt)


def own(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """A person who chose a second word when they asked."""
    ask(page, base, "https://own.talkyard.example/", asker="person", second_word=WORD)
    follow(page, base, send(page))
    for name in ("withdraw?place=1", "code", "forget"):
        page.goto(f"{base}/follow/{name}")
        yield f"own-{name.partition('?')[0]}", page
    page.goto(f"{base}/follow/code")
    press(page, "/follow/code")
    yield "own-code-problem", page
    page.fill("[name=second_word]", WORD)
    press(page, "/follow/code")
    yield "request-done", page


def _case_of(desk: Page, base: str, host: str) -> str:
    """Address of the case with a place at `host`, which this caseworker holds."""
    desk.goto(f"{base}/desk/?which=mine")
    links = desk.locator(CASES).evaluate_all("all => all.map(one => one.href)")
    for path in dict.fromkeys(links):
        desk.goto(path)
        if host in desk.content():
            return str(path)
    raise AssertionError("the case is not in the list")
