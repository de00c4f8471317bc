"""A tour of every page of the site in one language, as the four kinds of people see them."""

from collections.abc import Generator, Iterator
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.steps import Live, ask, choose_finding, find_case, follow, press, read_link, send, visitor

ODD_PLACE = "no place at all"
LONG = "a/" * 60 + "end?token=" + "x" * 80


def tour(chromium: Browser, live: Live, code: str, ben: Any, mira: Any) -> Iterator[tuple[str, Page]]:
    """Every page, named, as it stands on a screen. Give each one back as it was found."""
    base = live.base if code == "en" else f"{live.base}/{code}"
    more = {"bypass_csp": True, "viewport": {"width": 1280, "height": 900}}  # axe is a script
    with (
        visitor(chromium, **more) as hers,
        visitor(chromium, ben, **more) as bens,
        visitor(chromium, mira, **more) as miras,
    ):
        requester, desk, admin = hers.new_page(), bens.new_page(), miras.new_page()
        host = f"tour-{code}.northlight.example"
        places = f"https://{host}/{LONG}\nhttps://unknown-{code}.example/x"
        yield from _portal(requester, base, places)
        receipt = yield from _asking(requester, base, places)
        yield from _before_any_notice(desk, base, host)
        yield from _following(requester, base, receipt)
        yield from _directory(admin, base)
        yield from _provider(requester, base, read_link(live, host))
        yield from _afterwards(desk, base)
        yield from _errors(requester, desk, base)


def _portal(page: Page, base: str, places: str) -> Iterator[tuple[str, Page]]:
    for name in ("", "ask", "follow", "support", "privacy", "duties", "ask/sent", "desk/sign-in"):
        page.goto(f"{base}/{name}")
        yield name.replace("/", "-") or "home", page
    page.goto(f"{base}/ask?lost=1")
    yield "ask-lost", page
    ask(page, base, f"{places}\n{ODD_PLACE}", words="words")
    yield "ask-problems", page
    page.goto(f"{base}/follow")
    page.fill("[name=code]", "K7Q2-0000")
    press(page, "/follow")
    yield "follow-problem", page
    page.goto(f"{base}/desk/sign-in")
    page.fill("[name=name]", "nobody")
    page.fill("[name=passphrase]", "x")
    page.fill("[name=totp]", "1")
    press(page)
    yield "desk-sign-in-refused", page


def _asking(page: Page, base: str, places: str) -> Generator[tuple[str, Page], None, str]:
    ask(page, base, "https://seen.talkyard.example/", asker="bystander")
    receipt = send(page)
    yield "sent-bystander", page
    press(page, "/ask/sent")
    yield "noted", page
    follow(page, base, receipt)
    yield "request-bystander", page
    ask(
        page,
        base,
        places,
        words="Words that I wrote.\n\nMore words " + "w" * 90,
        asker="parent",
        contents="abuse",
    )
    page.locator("summary").first.click()
    yield "review", page
    page.evaluate("document.querySelector('[name=seen]').value = 'older'")
    press(page, "/ask/review")
    yield "review-changed", page
    receipt = send(page)
    yield "sent", page
    follow(page, base, receipt)
    yield "request-unchecked", page
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'older'")
    page.fill("[name=text]", "A message.")
    press(page, "/follow/message")
    yield "once-more", page
    press(page)
    page.wait_for_url("**/follow/request*")
    press(page, "/follow/message")
    yield "message-problem", page
    return receipt


def _before_any_notice(page: Page, base: str, host: str) -> Iterator[tuple[str, Page]]:
    path = find_case(page, base, host)
    origin = base.removesuffix("/" + base.rpartition("/")[2]) if base.count("/") > 2 else base
    case = origin + path
    page.goto(f"{base}/desk/?which=free")
    yield "desk-cases", page
    page.goto(f"{base}/desk/?which=mine")
    yield "desk-cases-mine", page
    page.goto(case)
    for each in page.locator("summary").all():
        each.click()
    yield "desk-case-free", page
    press(page, "/take")
    page.fill("[name=text]", "We have your message.")
    press(page, "/message")
    press(page, "/message")
    yield "desk-case-problem", page
    press(page, "/authority")
    yield "desk-case-mine", page
    page.goto(f"{case}/assess")
    yield "desk-assess", page
    press(page)
    yield "desk-assess-problems", page
    choose_finding(page)
    press(page)
    page.goto(f"{case}/notices")
    yield "desk-notices", page
    press(page, "/notices")
    yield "desk-case-approved", page
    page.goto(f"{base}/desk/letters")
    yield "desk-letters", page


def _following(page: Page, base: str, receipt: str) -> Iterator[tuple[str, Page]]:
    follow(page, base, receipt)
    yield "request", page


def _directory(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{base}/admin/")
    yield "admin-providers", page
    page.locator("th a").first.click()
    yield "admin-provider", page
    page.goto(f"{base}/admin/providers/new")
    press(page)
    yield "admin-provider-problems", page


def _provider(page: Page, base: str, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(base + "/n/" + link.rpartition("/")[2])
    yield "provider-notice", page
    page.locator("main form button").click()
    yield "provider-open", page
    page.locator("main form button").last.click()
    yield "provider-problems", page
    page.check('[name=reply_1][value="refuses"]')
    page.fill("[name=words_1]", "Words of a provider.")
    page.locator("main form button").last.click()
    yield "provider-thanks", page


def _afterwards(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{base}/desk/?which=mine")
    page.locator("th a").last.click()
    for each in page.locator("summary").all():
        each.click()
    yield "desk-case-answered", page


def _errors(requester: Page, desk: Page, base: str) -> Iterator[tuple[str, Page]]:
    requester.goto(f"{base}/nothing/here")
    yield "error-404", requester
    desk.goto(f"{base}/admin/")
    yield "error-403", desk
    requester.goto(f"{base}/leave")
    yield "elsewhere", requester
