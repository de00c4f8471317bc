"""What people do in a browser: the same in every language, with and without scripts."""

import email
import json
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.walks import CSAM_ANSWERS, code_on, link_in

LETTER_WITHIN_S = 90
CASES = "tbody a[href*='/desk/case/']"
"""Links to cases in the queue."""
PATIENCE_MS = 60_000
"""Longer than a page takes on a busy machine: only what never comes is waited for so long."""


@dataclass(frozen=True)
class Live:
    """The demonstration, running: its address, its staff and the letters it sent."""

    base: str
    folder: Path

    @property
    def staff(self) -> dict[str, dict[str, str]]:
        """The made-up members, by the name they sign in with."""
        shown: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return {
            one["sign_in"]: one
            for one in (*shown["caseworkers"], shown["supervisor"], shown["admin"], shown["auditor"])
        }

    def letters(self, about: str) -> list[EmailMessage]:
        """Letters that name `about`, as they arrived."""
        found = []
        for file in sorted((self.folder / "mail" / "new").glob("*")):
            letter = email.message_from_bytes(file.read_bytes(), policy=default)
            assert isinstance(letter, EmailMessage)
            body = letter.get_body()
            if body is not None and about in body.get_content():
                found.append(letter)
        return found

    def wait_for_letter(self, about: str) -> EmailMessage:
        give_up_at = time.monotonic() + LETTER_WITHIN_S
        while time.monotonic() < give_up_at:
            if found := self.letters(about):
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no letter about {about} within {LETTER_WITHIN_S} s")


def press(page: Page, action: str = "") -> None:
    """Press the button of the form that goes to a path with this end; "" is a form to the page itself."""
    form = f'form[action$="{action}"]' if action else "main form:not([action])"
    with page.expect_navigation():
        page.locator(f"{form} button").first.click()


def open_by(link: Locator) -> None:
    """Click what leads to another page, and return when that page is there."""
    with link.page.expect_navigation():
        link.click()


def go_on(page: Page, button: str = "on") -> None:
    """Press a button of the question that is open."""
    with page.expect_navigation():
        page.locator(f"main button[name={button}]").click()


def answer(page: Page, name: str, value: str) -> None:
    """Fill in or choose what has this name."""
    field = page.locator(f"main [name={name}]").first
    for closed in page.locator("details:not([open])").filter(has=page.locator(f"[name={name}]")).all():
        closed.locator("summary").click()
    match field.get_attribute("type"):
        case "radio" | "checkbox":
            page.check(f'main [name={name}][value="{value}"]')
        case None if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        case _typed:
            field.fill(value)


def ask(page: Page, base: str, places: str, **answers: str) -> None:
    """Each answer on the page that asks for it, up to the page that reads it back."""
    page.goto(f"{base}/ask")
    if page.url.endswith("/ask/sent"):  # the code of the last request is still shown
        press(page, "/ask/sent")
        page.goto(f"{base}/ask")
    given = {"places": places} | answers
    while given:
        for name in [name for name in given if page.locator(f"main [name={name}]").count()]:
            answer(page, name, given.pop(name))
        go_on(page, "on" if given else "review")


def send(page: Page) -> str:
    """Send what was read once more; the code."""
    press(page, "/ask/review")
    return code_on(page.content())


def follow(page: Page, base: str, code: str) -> None:
    page.goto(f"{base}/follow")
    page.fill("[name=code]", code)
    press(page, "/follow")


def sign_in(page: Page, live: Live, name: str) -> None:
    """With the number of this moment, which works once."""
    member = live.staff[name]
    page.goto(f"{live.base}/desk/sign-in")
    page.fill("[name=name]", member["sign_in"])
    page.fill("[name=passphrase]", member["passphrase"])
    page.fill("[name=totp]", pyotp.TOTP(member["totp_secret"]).now())
    press(page)


def find_case(page: Page, base: str, host: str) -> str:
    """Path of the free case with a place at `host`."""
    page.goto(f"{base}/desk/?which=free")
    rows = page.locator(CASES)
    links = rows.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for link in dict.fromkeys(links):
        page.goto(base.removesuffix(urlsplit(base).path) + link)
        if host in page.content():
            return str(link)
    raise AssertionError("the case is not in the list")


def record_safety(page: Page, case: str) -> None:
    """What was said was thought of: a notice may go out."""
    page.goto(f"{case}/safety")
    page.check('[name=found][value="clear"]')
    page.fill("[name=note]", "Thought of it.")
    press(page)


def choose_finding(page: Page, **answers: str) -> None:
    for name, value in (CSAM_ANSWERS | answers).items():
        page.check(f'[name={name}][value="{value}"]')


def approve(page: Page) -> None:
    """The letters that are ticked: all of them, on a fresh page."""
    with page.expect_navigation():
        page.locator("button[accesskey=v]").click()


def read_link(live: Live, host: str) -> str:
    """Path of the answer page in the letter about a place at `host`."""
    return link_in(live.wait_for_letter(host))


def visitor(chromium: Browser, state: Any = None, **more: Any) -> BrowserContext:
    """A browser of one's own, with nothing in it but a session of `state`."""
    context = chromium.new_context(storage_state=state, locale="en", **more)
    context.set_default_timeout(PATIENCE_MS)
    return context
