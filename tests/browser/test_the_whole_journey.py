"""From the first page to a provider's word, by three people whose browsers run no script."""

import json
from email.message import EmailMessage

import pytest
import xarf
from playwright.sync_api import Browser, Page

from tests.browser.steps import (
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
    sign_in,
    visitor,
)
from tests.walks import code_on, link_in

pytestmark = pytest.mark.browser

HOST = "journey.northlight.example"
PLACES = (f"https://{HOST}/a/1?x=1&y=%2F", f"https://{HOST}/b")
TYPED = f"{PLACES[0]}\nhxxps://journey[.]northlight[.]example/b"
OWN_WORDS = "quartzlemming words of my own"
MESSAGE = "plumbago message"


def text(page: Page) -> str:
    return " ".join(page.locator("body").inner_text().split())


def places_in(page: Page, state: str) -> int:
    """How many places the ledger lists in a state."""
    return page.locator("section", has_text=state).locator(".places > li").count()


def check_letter(letter: EmailMessage, code: str) -> None:
    """The exact places, a report that XARF's own library takes, and no word of who asked."""
    body = letter.get_body()
    assert body is not None
    words = body.get_content()
    for place in PLACES:
        assert place in words.split()
    assert letter["To"].addresses[0].addr_spec == "abuse@northlight.example"
    reports = [json.loads(part.get_content()) for part in letter.iter_attachments()]
    urls = []
    for report in reports:
        parsed = xarf.parse(json.dumps(report))
        assert not parsed.errors
        urls.append(report["url"])
    assert sorted(urls) == sorted(PLACES)
    # Decoded, and without the random letters of its link: three of them make a name by chance.
    headers = [f"{name}: {value}" for part in letter.walk() for name, value in part.items()]
    whole = "\n".join((*headers, words, json.dumps(reports)))
    whole = whole.replace(link_in(letter).rpartition("/")[2], "")
    for said in (
        OWN_WORDS,
        "quartzlemming",
        MESSAGE,
        code,
        code.replace("-", ""),
        "survivor",
        "parent",
        "Ada",
    ):
        assert said not in whole


def test_the_whole_way_works_without_scripts(chromium: Browser, live: Live) -> None:
    with (
        visitor(chromium, java_script_enabled=False) as hers,
        visitor(chromium, java_script_enabled=False) as desks,
        visitor(chromium, java_script_enabled=False) as theirs,
    ):
        requester, ada, provider = hers.new_page(), desks.new_page(), theirs.new_page()

        requester.goto(f"{live.base}/")
        open_by(requester.locator('a[href="/ask"]').first)
        assert requester.url == f"{live.base}/ask"
        ask(requester, live.base, TYPED, words=OWN_WORDS, asker="parent", contents="abuse")
        assert requester.url == f"{live.base}/ask/review"
        shown = code_on(requester.content())
        assert OWN_WORDS in text(requester)
        assert PLACES[0] not in requester.content(), "a place is shown defanged only"
        code = send(requester)
        assert (code, requester.url) == (shown, f"{live.base}/ask/sent")
        requester.reload()
        assert code_on(requester.content()) == code
        press(requester, "/ask/sent")
        assert code not in requester.content()
        follow(requester, live.base, code)
        assert requester.url == f"{live.base}/follow/request"
        assert "First we check that you may act for the child" in text(requester)
        requester.goto(f"{live.base}/follow/message")
        requester.fill("[name=text]", MESSAGE)
        press(requester, "/follow/message")
        assert MESSAGE in text(requester)

        sign_in(ada, live, "ada")
        assert ada.url == f"{live.base}/desk/"
        case = find_case(ada, live.base, HOST)
        assert OWN_WORDS not in ada.content()
        with ada.expect_navigation():
            ada.click("button[name=what][value=story]")
        assert OWN_WORDS in ada.content()
        assert MESSAGE in text(ada)
        press(ada, "/take")
        press(ada, "/authority")
        record_safety(ada, live.base + case)
        ada.goto(f"{live.base}{case}/assess")
        choose_finding(ada)
        press(ada)
        assert ada.url == f"{live.base}{case}/notices"
        assert PLACES[0] not in ada.content()
        approve(ada)
        letter = live.wait_for_letter(HOST)
        check_letter(letter, code)

        requester.goto(f"{live.base}/follow/request")
        for _ in range(300):  # the letter is there a moment before its state is
            if places_in(requester, "Notice sent") == 2:
                break
            requester.wait_for_timeout(200)
            requester.reload()
        assert places_in(requester, "Notice sent") == 2

        link = read_link(live, HOST)
        provider.goto(f"{live.base}{link}")
        assert HOST not in provider.content()
        press(provider, link)
        assert PLACES[0] in text(provider)
        provider.check('[name=reply_1][value="removed"]')
        provider.check('[name=reply_2][value="asks"]')
        provider.fill("[name=words_2]", "Which file do you mean?")
        press(provider, "/answers")
        assert "Thank you" in text(provider)

        requester.reload()  # the provider's words, as what they are
        assert places_in(requester, "The provider says it is removed") == 1
        assert places_in(requester, "The website has a question for us") == 1

        ada.goto(f"{live.base}{case}")
        assert "Unverified words" in text(ada)
        assert "Which file do you mean?" in ada.content()
        ada.click("summary:has-text('A provider replied')")
        ada.locator("form[action$='/reply'] [name=location_ids]").last.check()
        ada.check('[name=reply][value="removed"]')
        press(ada, "/reply")

        requester.reload()
        assert places_in(requester, "The provider says it is removed") == 2

        open_by(requester.locator("header a.exit"))
        assert "/follow" not in requester.url
        requester.goto(f"{live.base}/follow/request")
        assert requester.url == f"{live.base}/follow"
        press(ada, "/sign-out")
        assert ada.url == f"{live.base}/desk/sign-in"
