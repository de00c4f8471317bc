"""What comes after a notice, for the tour: its ladder, answers by mail, counter-claims, looks, /verify."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.steps import open_by

A_MAIL = "From: desk@elsewhere.example\nSubject: A question\n\nWhich notice is this about?\n"


def notice_pages(desk: Page, base: str, mailbox: Path) -> Iterator[tuple[str, Page]]:
    """`desk` stands on a case whose notice was answered, and stands there again in the end."""
    case = desk.url
    (mailbox / "new" / "1.tour").write_text(A_MAIL)
    open_by(desk.locator("main a[href*='/desk/notice/']").first)
    yield "desk-chase", desk
    desk.goto(case)
    to_provider = desk.locator("main a[href$='/provider']")
    if to_provider.count():
        open_by(to_provider.first)
        yield "desk-choose-provider", desk
    for name in ("chasing", "watch", "claims", "letters"):
        desk.goto(f"{base}/desk/{name}")
        yield f"desk-{name}-after", desk
    desk.goto(f"{base}/desk/claims")
    open_by(desk.locator("main a[href*='/desk/claim/']").first)
    yield "desk-claim", desk
    open_by(desk.locator("main form[action*='/desk/claim/'] button").first)
    yield "desk-claim-problem", desk
    yield from _mails(desk, base)
    desk.goto(case)


def _mails(desk: Page, base: str) -> Iterator[tuple[str, Page]]:
    for _ in range(300):  # the courier looks into the mailbox in its own time
        desk.goto(f"{base}/desk/mails")
        if desk.locator("main a[href*='/desk/mail/']").count():
            break
        desk.wait_for_timeout(200)
    yield "desk-mails", desk
    open_by(desk.locator("main a[href*='/desk/mail/']").first)
    yield "desk-mail", desk
    open_by(desk.locator("main form[action*='/desk/mail/'] button").first)
    yield "desk-mail-shown", desk


def verifying(page: Page, base: str) -> Iterator[tuple[str, Page]]:
    """Anybody who got a notice."""
    page.goto(f"{base}/verify")
    yield "verify", page
    open_by(page.locator("main form button"))
    yield "verify-problem", page
    page.fill("[name=reference]", "H-0000-0000")
    page.fill("[name=notice_code]", "0000000000")
    open_by(page.locator("main form button"))
    yield "verify-unknown", page
