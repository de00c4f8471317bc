"""A tour of every page of the site in one language, as all kinds of people see them."""

from collections.abc import Generator, Iterator
from typing import Any

import pyotp
from playwright.sync_api import Browser, Page

from tests.browser.questions import questions
from tests.browser.steps import (
    CASES,
    Live,
    approve,
    ask,
    choose_finding,
    find_case,
    follow,
    open_by,
    press,
    read_link,
    record_safety,
    send,
    visitor,
)
from tests.browser.tour_case import case_pages, outcomes
from tests.browser.tour_contact import contact
from tests.browser.tour_desk import admin_pages, auditor_pages, desk_pages, supervisor_pages
from tests.browser.tour_follow import beside, followed, own
from tests.browser.tour_notices import notice_pages, verifying
from tests.browser.tour_proof import proofs
from tests.walks import code_on

ODD_PLACE = "no place at all"
LONG = "a/" * 60 + "end?token=" + "x" * 80


def tour(chromium: Browser, live: Live, code: str, staff: dict[str, Any]) -> Iterator[tuple[str, Page]]:
    """Every page, named, as it stands on a screen. Give each one back as it was found."""
    base = live.base if code == "en" else f"{live.base}/{code}"
    more = {"bypass_csp": True, "viewport": {"width": 1280, "height": 900}}  # axe is a script
    with (
        visitor(chromium, **more) as hers,
        visitor(chromium, staff["ben"], **more) as bens,
        visitor(chromium, staff["mira"], **more) as miras,
    ):
        requester, desk, admin = hers.new_page(), bens.new_page(), miras.new_page()
        host = f"tour-{code}.northlight.example"
        places = f"https://{host}/{LONG}\nhttps://unknown-{code}.example/x"
        yield from _portal(requester, base, places)
        receipt = yield from _asking(requester, base, places)
        yield from _before_any_notice(desk, base, host)
        yield from _following(requester, base, receipt)
        yield from contact(requester, live, base, f"someone-{code}@mail.example")
        yield from beside(requester, desk, base, host, receipt)
        yield from own(requester, base)
        yield from _directory(admin, base)
        link = yield from _people(admin, base, code)
        with visitor(chromium, **more) as theirs:
            yield from _joining(theirs.new_page(), link)
        yield from _colleagues(desk, base)
        yield from _provider(requester, base, read_link(live, host))
        yield from _afterwards(desk, base)
        yield from notice_pages(desk, base, live.folder / "answers")
        yield from outcomes(desk)
        yield from verifying(requester, base)
        yield from case_pages(requester, desk, base, code)
        with visitor(chromium, **more) as theirs:
            yield from proofs(requester, theirs.new_page(), desk, base, code)
        yield from desk_pages(requester, desk, base, code)
        yield from admin_pages(admin, base)
        with (
            visitor(chromium, staff["sina"], **more) as sinas,
            visitor(chromium, staff["lou"], **more) as lous,
        ):
            yield from supervisor_pages(sinas.new_page(), base)
            yield from auditor_pages(lous.new_page(), base)
        yield from _forgetting(requester, desk, base)
        yield from _errors(requester, desk, base)


def _portal(page: Page, base: str, places: str) -> Iterator[tuple[str, Page]]:
    told: tuple[str, ...] = (
        "before",
        "before/child",
        "before/teen",
        "before/adult",
        "before/acting",
        "now",
        "safer",
        "doors",
    )
    told += ("conduct", "support", "support?country=MA", "privacy", "duties")
    for name in ("", *told, "ask", "follow", "ask/sent", "desk/sign-in"):
        page.goto(f"{base}/{name}")
        yield name.replace("/", "-") or "home", page
    page.goto(f"{base}/ask?lost=1")
    yield "ask-lost", page
    ask(page, base, f"{places}\n{ODD_PLACE}", app="an app")
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
    yield from questions(page, base, places)
    page.evaluate("document.querySelector('[name=seen]').value = 'older'")
    press(page, "/ask/review")
    yield "review-changed", page
    receipt = send(page)
    yield "sent", page
    follow(page, base, receipt)
    yield "request-unchecked", page
    page.goto(f"{base}/follow/message")
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'older'")
    page.fill("[name=text]", "A message.")
    press(page, "/follow/message")
    yield "once-more", page
    press(page)
    page.wait_for_url("**/follow/message*")
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
    page.goto(f"{case}/safety")
    yield "desk-safety", page
    record_safety(page, case)
    page.goto(f"{case}/assess")
    yield "desk-assess", page
    press(page)
    yield "desk-assess-problems", page
    choose_finding(page)
    press(page)
    page.goto(f"{case}/notices")
    yield "desk-notices", page
    approve(page)
    yield "desk-case-approved", page
    page.goto(f"{base}/desk/letters")
    yield "desk-letters", page


def _following(page: Page, base: str, receipt: str) -> Iterator[tuple[str, Page]]:
    follow(page, base, receipt)
    yield "request", page
    yield from followed(page, base)


def _directory(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{base}/admin/")
    yield "admin-providers", page
    open_by(page.locator("th a").first)
    yield "admin-provider", page
    page.goto(f"{base}/admin/providers/new")
    press(page)
    yield "admin-provider-problems", page


def _people(page: Page, base: str, code: str) -> Generator[tuple[str, Page], None, str]:
    """The link of an invitation."""
    page.goto(f"{base}/admin/people")
    yield "admin-people", page
    open_by(page.locator("th a").first)
    yield "admin-people-one", page
    page.goto(f"{base}/admin/people/invite")
    press(page)
    yield "admin-people-problems", page
    page.check('[name=role][value="caseworker"]')
    page.fill("[name=sign_in]", f"tour-{code}")
    press(page)
    yield "admin-people-invited", page
    return f"{base}/desk/join/{page.locator('main .card').inner_text().strip().rpartition('/')[2]}"


def _joining(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(link)
    yield "join", page
    press(page)
    press(page)
    yield "join-name-problem", page
    page.fill("[name=name]", "Cleo Marsh")
    press(page)
    yield "join-words", page
    words = " ".join(page.locator("main ol li").all_inner_texts())
    press(page)
    page.fill("[name=passphrase]", "other words")
    press(page)
    yield "join-repeat-problem", page
    page.fill("[name=passphrase]", words)
    press(page)
    yield "join-number", page
    secret = code_on(page.content()).replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).now())
    press(page)
    yield "join-codes", page
    press(page)
    yield "join-done", page


def _colleagues(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{base}/desk/people")
    press(page, "/people")
    yield "desk-people-problem", page
    page.goto(f"{base}/desk/confirm")
    yield "desk-confirm", page
    for name in ("me", "me/passphrase", "me/factor", "me/passkeys"):
        page.goto(f"{base}/desk/{name}")
        yield f"desk-{name.replace('/', '-')}", page


def _forgetting(page: Page, desk: Page, base: str) -> Iterator[tuple[str, Page]]:
    ask(page, base, "https://gone.talkyard.example/", asker="person")
    follow(page, base, send(page))
    page.goto(f"{base}/follow/forget")
    press(page)
    yield "forget-problem", page
    page.check("[name=meant]")
    press(page)
    yield "forgotten", page
    desk.goto(f"{base}/desk/forgotten")
    yield "desk-forgotten", desk


def _provider(page: Page, base: str, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(base + "/n/" + link.rpartition("/")[2])
    yield "provider-notice", page
    open_by(page.locator("main form button"))
    yield "provider-open", page
    open_by(page.locator("main form button").last)
    yield "provider-problems", page
    page.check('[name=reply_1][value="over_18"]')
    page.fill("[name=words_1]", "Words of a provider.")
    open_by(page.locator("main form button").last)
    yield "provider-thanks", page


def _afterwards(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    # Cases of one hour stand in the order of their random ids: the answered one may be any of them.
    for number in range(20):
        page.goto(f"{base}/desk/?which=mine")
        cases = page.locator(CASES)
        open_by(cases.nth(number % cases.count()))
        if page.locator("form[action$='/outcome']").count():
            break
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
