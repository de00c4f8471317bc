"""The questions, one page after the other, as somebody sees them who is asked all of them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.steps import answer, go_on

ANSWERS = {
    "app": "An app",
    "account": "@someone",
    "unsure": "In a group of old photos.",
    "label_1": "the one my cousin saw",
    "since_1": "back",
    "threat_1": "yes",
    "on_1": "2031-01-31",
    "contents": "abuse",
    "asker": "parent",
    "authority": "guardian",
    "who": "A name, and an office.",
    "bona_fide": "yes",
    "child_wants": "That it stops.",
    "unsafe": "yes",
    "age_band": "9-12",
    "how_known": "I was there.",
    "police": "yes",
    "police_which": "The police of a town.",
    "could_guess": "yes",
    "words": "Words that Ada Quill wrote in 2004.\n\nMore words " + "w" * 90,
    "may_hear": "provider",
    "agree": "yes",
    "matters": "speed",
    "telling": "end",
    "email": "",  # left later, by somebody who came back
    "gives_word": "yes",
    "second_word": "lantern",
}
LONG = "ab " * 7000
WRONG = {"label_1": LONG[:102], "who": LONG[:2002], "how_known": LONG[:2002], "second_word": LONG[:101]}
WRONG |= {"words": LONG[:20_003], "email": "no address"}


def questions(page: Page, base: str, places: str) -> Iterator[tuple[str, Page]]:
    """Every question open, answered wrongly where that can be, and answered; then what is read back."""
    page.goto(f"{base}/ask")
    answer(page, "places", places)
    while "/ask/review" not in page.url:
        names = [name for name in ANSWERS if page.locator(f"main [name={name}]").count()]
        where = urlsplit(page.url).path.rpartition("/ask")[2].strip("/")
        if where:
            yield f"ask-{where}", page
        for name in [name for name in names if name in WRONG]:
            answer(page, name, WRONG[name])
            go_on(page)
            yield f"ask-{where}-problem", page
        for name in names:
            answer(page, name, ANSWERS[name])
        go_on(page)
    page.locator("main summary").first.click()
    yield "review", page
