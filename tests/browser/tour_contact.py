"""The pages about mail, for the tour: an address is left, its number comes by real mail and is typed."""

import email
import time
from collections.abc import Iterator
from email.policy import default

from playwright.sync_api import Page

from tests.browser.steps import LETTER_WITHIN_S, Live, press
from tests.casework.contact_steps import number_in

CONTACT, NUMBER = "/follow/contact", "/follow/contact/number"


def contact(page: Page, live: Live, base: str, address: str) -> Iterator[tuple[str, Page]]:
    """`page`: a requester who came back and left no address yet."""
    page.goto(f"{base}{CONTACT}")
    yield "contact", page
    page.fill("[name=email]", "no address")
    press(page, CONTACT)
    yield "contact-problem", page
    page.fill("[name=email]", address)
    page.check('[name=telling][value="each_step"]')
    press(page, CONTACT)
    yield "contact-number", page
    number = _number_for(live, address)
    page.fill("[name=number]", f"{(int(number) + 1) % 1_000_000:06}")
    press(page, NUMBER)
    yield "contact-number-problem", page
    page.fill("[name=number]", number)
    press(page, NUMBER)
    yield "contact-confirmed", page


def _number_for(live: Live, address: str) -> str:
    give_up_at = time.monotonic() + LETTER_WITHIN_S
    while time.monotonic() < give_up_at:
        for file in (live.folder / "mail" / "new").glob("*"):
            mail = email.message_from_bytes(file.read_bytes(), policy=default)
            if mail["To"] == address:
                return number_in(mail)
        time.sleep(0.1)
    raise AssertionError(f"no mail within {LETTER_WITHIN_S} s")
