"""What a day at the desk holds beside single cases: lists, own motion, series, referrals, policy, trail."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.steps import answer, ask, find_case, open_by, press, send

PROVIDER_LIST = """name,country,hosts,contacts
New Net,NL,newnet.example,content plain en abuse@newnet.example
Northlight,CA,northlight.example,content plain+xarf en abuse@northlight.example
Odd,CA,co.uk,content pigeon en roof
"""


def desk_pages(page: Page, desk: Page, base: str, code: str) -> Iterator[tuple[str, Page]]:
    """`page` asks twice for one place; `desk` works on both cases."""
    root = base.removesuffix(urlsplit(base).path)
    cases = []
    for number in (1, 2):
        # Both name the same place, so that the desk sees that they may belong together.
        host = f"day-{number}-{code}.talkyard.example"
        ask(page, base, f"https://{host}/\nhttps://shared-{code}.talkyard.example/a", asker="person")
        send(page)
        cases.append(root + find_case(desk, base, host))
    desk.goto(f"{base}/desk/?which=open")
    desk.locator("[name=request_ids]").first.check()
    desk.locator("#bulk button").first.click()
    desk.wait_for_load_state()
    yield "desk-bulk", desk
    desk.goto(cases[0])
    press(desk, "/take")
    _open_all(desk)
    yield "desk-case-two-places", desk
    press(desk, "/hold")
    yield "desk-case-hold-problem", desk
    desk.goto(cases[0])
    desk.locator("form[action$='/show'] input[type=checkbox], input[form][name=location_ids]").first.check()
    desk.locator("button[name=what][value=addresses]").first.click()
    desk.wait_for_load_state()
    yield "desk-case-shown", desk
    yield from _one_case(desk, cases[0])
    yield from _all_cases(desk, base)


def _one_case(desk: Page, case: str) -> Iterator[tuple[str, Page]]:
    for path in ("refer?kind=hotline", "refer?kind=police", "emergency", "take-out", "bring-back", "ask"):
        desk.goto(f"{case}/{path}")
        yield f"desk-{path.replace('?', '-')}", desk
    desk.goto(f"{case}/emergency")
    press(desk)
    yield "desk-emergency-problem", desk
    desk.goto(case)
    _open_all(desk)
    press(desk, "/series")
    yield "desk-series-linked", desk
    to_series = desk.locator("a[href*='/desk/series/']")
    if to_series.count():
        open_by(to_series.first)
        yield "desk-series", desk
        desk.goto(desk.url.partition("#")[0] + "/assess")
        yield "desk-series-assess", desk


def _all_cases(desk: Page, base: str) -> Iterator[tuple[str, Page]]:
    for name in ("referrals", "find", "lists", "not-requests", "own-motion"):
        desk.goto(f"{base}/desk/{name}")
        yield f"desk-{name}", desk
    desk.goto(f"{base}/desk/find")
    answer(desk, "words", "talkyard")
    press(desk)
    yield "desk-find-found", desk
    desk.goto(f"{base}/desk/own-motion")
    press(desk, "/own-motion")
    yield "desk-own-motion-problem", desk
    answer(desk, "reason", "Nobody else can ask.")
    answer(desk, "contents", "identity")
    answer(desk, "pasted", "https://one.talkyard.example/\nno place at all\n")
    press(desk, "/own-motion")
    yield "desk-list-preview", desk


def supervisor_pages(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """What only a supervisor sees."""
    for name, action in (("policy", "/policy"), ("replies", "")):
        page.goto(f"{base}/desk/{name}")
        yield f"desk-{name}", page
        press(page, action)
        yield f"desk-{name}-pressed", page
    page.goto(f"{base}/desk/chart")
    yield "desk-chart", page


def admin_pages(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """Countries, laws, and lists of providers."""
    page.goto(f"{base}/admin/countries")
    yield "admin-countries", page
    open_by(page.locator("main a[href*='/countries/']").first)
    yield "admin-country", page
    page.goto(f"{base}/admin/laws")
    yield "admin-laws", page
    press(page)
    yield "admin-laws-problems", page
    page.goto(f"{base}/admin/laws/dsa_16")
    yield "admin-law", page
    press(page)
    yield "admin-law-problems", page
    page.goto(f"{base}/admin/providers/list")
    yield "admin-provider-list", page
    page.fill("[name=pasted]", PROVIDER_LIST)
    press(page, "/list")
    yield "admin-provider-preview", page
    page.locator("button[name=drop]").click()


def auditor_pages(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """Who did what, and counts."""
    page.goto(f"{base}/audit/")
    yield "audit-trail", page
    page.goto(f"{base}/audit/numbers")
    yield "audit-numbers", page


def _open_all(page: Page) -> None:
    for closed in page.locator("main details:not([open])").all()[::-1]:
        closed.locator("summary").first.click()
