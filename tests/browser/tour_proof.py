"""The pages of proof, for the tour: of who gives it, of who confirms, and of the caseworker who decides."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.steps import ask, find_case, follow, press, send
from tests.pdfs import scan_pdf, text_pdf


def proofs(page: Page, knows: Page, desk: Page, base: str, code: str) -> Iterator[tuple[str, Page]]:
    """`page`: who asks; `knows`: the browser of somebody who is asked; `code`: the language."""
    host = f"proof-{code}.northlight.example"
    ask(page, base, f"https://{host}/")
    follow(page, base, send(page))
    page.goto(f"{base}/follow/proof")
    yield "proof", page
    for way in ("word", "voucher", "record"):
        page.goto(f"{base}/follow/proof/{way}")
        press(page)
        yield f"proof-{way}-problem", page
    page.fill("[name=docket]", "docket " + "4" * 200)
    press(page)
    page.goto(f"{base}/follow/proof/document")
    _choose(page, scan_pdf())
    yield "proof-document-problem", page
    _choose(page, text_pdf())
    page.goto(f"{base}/follow/proof/voucher")
    page.check('[name=role][value="doctor"]')
    press(page)
    yield "proof-given", page
    link = urlsplit(page.locator("main .card p.words bdi").inner_text()).path
    yield from _confirming(knows, base, link, page.locator("main .card p.state bdi").inner_text())
    yield from _deciding(desk, base, find_case(desk, base, host))
    page.goto(f"{base}/follow/proof")
    yield "proof-decided", page


def _choose(page: Page, content: bytes) -> None:
    page.set_input_files(
        "[name=document]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(page, "/follow/proof/document")


def _confirming(page: Page, base: str, link: str, phrase: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{base}{link}")
    yield "voucher", page
    page.fill("[name=phrase]", "other words")
    press(page, link)
    yield "voucher-problem", page
    page.fill("[name=phrase]", phrase)
    press(page, link)
    press(page, f"{link}/say")
    yield "voucher-say-problem", page
    page.check('[name=role][value="doctor"]')
    for name in ("confirmer", "workplace", "public_number", "how_known", "under_18_when"):
        page.fill(f"[name={name}]", "some words")
    press(page, f"{link}/say")
    yield "voucher-sent", page


def _deciding(page: Page, base: str, case: str) -> Iterator[tuple[str, Page]]:
    """Somebody else may have the case: the button then takes it first."""
    origin = base.removesuffix(urlsplit(base).path)
    page.goto(f"{origin}{case}/proof")
    yield "desk-proof", page
    ways = page.locator("main .card a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for number, way in enumerate(ways):
        page.goto(origin + way)
        press(page)
        yield f"desk-proof-problem-{number}", page
        for name in ("birth_date", "image_date", "tie"):
            page.check(f'[name={name}][value="yes"]')
        page.check(f'[name=result][value="{"not_shown" if number else "likely"}"]')
        if page.locator("[name=called_back]").count():
            page.check('[name=called_back][value="known"]')
        press(page)
    yield "desk-proof-decided", page
