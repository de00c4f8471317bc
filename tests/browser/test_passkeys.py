"""Passkeys, with the browser's own virtual authenticator; and the same pages without any script."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, CDPSession, Page
from werkzeug.serving import make_server

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.database import open_embedded
from app.persistence.passkeys import Passkey
from app.persistence.schema import migrate
from app.web.site import make_site
from tests.browser.steps import PATIENCE_MS
from tests.conftest import free_port
from tests.make import DATABASE_KEY, Clock, Enrolled, enrol_member, found, make_settings, number_of

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Running:
    """A site at http://localhost, and Ada who works there."""

    base: str
    kit: Kit
    app: Flask
    clock: Clock
    ada: Enrolled

    def number(self) -> str:
        """Ada's next number: each works once, so the clock goes on."""
        self.clock.move(seconds=60)
        return number_of(self.kit, self.ada.totp_secret)

    def passkeys(self) -> tuple[Passkey, ...]:
        with self.kit.database.reading() as work:
            return work.passkeys.of(self.ada.id)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Served by this process, over http, on a name: browsers make no passkeys for number addresses."""
    port = free_port()
    database = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
    migrate(database)
    base, clock = f"http://localhost:{port}", Clock()
    kit = Kit(database, make_settings(tmp_path, base_url=base), clock=clock)
    found(kit)
    app = make_site(kit, load_site_texts(DEMO_TEXTS))
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Running(base, kit, app, clock, enrol_member(kit))
    server.shutdown()
    thread.join(10)
    server.server_close()
    database.engine.dispose()


@contextmanager
def device(chromium: Browser, scripts: bool = True) -> Iterator[tuple[Page, CDPSession, str]]:
    """A browser of Ada's with an authenticator; fails when the page reports a fault."""
    with chromium.new_context(locale="en", java_script_enabled=scripts) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: said.append(str(one)))
        cdp = context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        added = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page, cdp, added["authenticatorId"]
        assert [one for one in said if "status of 4" not in one] == []


def sign_in(page: Page, running: Running, number: str = "") -> None:
    page.goto(f"{running.base}/desk/sign-in")
    page.fill("[name=name]", running.ada.sign_in)
    page.fill("[name=passphrase]", running.ada.passphrase)
    page.fill("[name=totp]", number)
    with page.expect_navigation():
        page.locator("main form button").click()


def add_passkey(page: Page, running: Running, label: str = "blue key") -> None:
    page.goto(f"{running.base}/desk/me/passkeys")
    page.fill("[name=label]", label)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added.").wait_for()


def use_passkey(page: Page) -> None:
    page.get_by_role("button", name="Use a passkey").click()


def test_a_passkey_is_added_used_and_removed(chromium: Browser, running: Running) -> None:
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        page.get_by_role("heading", name="blue key").wait_for()
        page.context.clear_cookies()
        sign_in(page, running)
        assert page.url.endswith("/desk/sign-in/second")
        use_passkey(page)
        page.wait_for_url(f"{running.base}/desk/")
        assert running.passkeys()[0].sign_count > 1
        page.goto(f"{running.base}/desk/me/passkeys")
        page.get_by_role("button", name="Remove").click()
        page.get_by_text("None yet.").wait_for()
        assert running.passkeys() == ()


def test_a_passkey_confirms_and_leads_on(chromium: Browser, running: Running) -> None:
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        running.clock.move(minutes=11)
        page.goto(f"{running.base}/desk/me/passkeys")
        assert page.url.endswith("/desk/confirm")
        use_passkey(page)
        page.wait_for_url(f"{running.base}/desk/me/passkeys")


def test_an_answer_works_once_and_only_for_its_own_question(chromium: Browser, running: Running) -> None:
    sent: list[str] = []
    running.app.before_request(lambda: sent.append(request.form.get("credential", "")))
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        page.context.clear_cookies()
        sign_in(page, running)
        use_passkey(page)
        page.wait_for_url(f"{running.base}/desk/")
        answer = [one for one in sent if one][-1]
        for replayed in (answer, answer.replace("a", "b"), "{}", "not json", answer[:-9]):
            page.context.clear_cookies()
            sign_in(page, running)
            page.evaluate(
                """answer => {
                  const form = document.querySelector("form[data-passkey]");
                  form.elements.credential.value = answer;
                  form.submit();
                }""",
                replayed,
            )
            page.get_by_text("That did not work.").wait_for()
            assert page.url.endswith("/desk/sign-in/second")


def test_a_copied_authenticator_is_noticed_by_its_counter(chromium: Browser, running: Running) -> None:
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        with running.kit.database.writing() as work:
            work.passkeys.use(running.passkeys()[0], 1_000)
            work.commit()
        page.context.clear_cookies()
        sign_in(page, running)
        use_passkey(page)
        page.get_by_text("That did not work.").wait_for()
        assert running.passkeys()[0].sign_count == 1_000


def test_when_the_device_refuses_the_page_says_so_and_the_number_still_works(
    chromium: Browser, running: Running
) -> None:
    with device(chromium) as (page, cdp, authenticator):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        page.context.clear_cookies()
        sign_in(page, running)
        cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
        page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
        use_passkey(page)
        page.get_by_text("The passkey did not work.").wait_for()
        page.fill("[name=code]", running.number())
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{running.base}/desk/")


def test_without_scripts_the_number_is_all_that_is_asked(chromium: Browser, running: Running) -> None:
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
    with device(chromium, scripts=False) as (page, _, _):
        sign_in(page, running)
        assert page.get_by_role("button", name="Use a passkey").count() == 0
        page.fill("[name=code]", running.number())
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{running.base}/desk/")
        page.goto(f"{running.base}/desk/me/passkeys")
        assert page.get_by_text("runs no scripts").is_visible()


def test_only_pages_that_offer_passkeys_let_a_script_run(chromium: Browser, running: Running) -> None:
    with device(chromium) as (page, _, _):
        sign_in(page, running, running.number())
        add_passkey(page, running)
        for path, runs in (
            ("/desk/me/passkeys", True),
            ("/desk/confirm", True),
            ("/desk/me", False),
            ("/desk/", False),
            ("/desk/people", False),
            ("/desk/sign-in", False),
            ("/", False),
        ):
            answer = page.goto(running.base + path)
            assert answer is not None
            policy = answer.headers["content-security-policy"]
            assert ("script-src 'self'" in policy) is runs, path
            assert ("passkey.js" in page.content()) is runs, path
            assert "default-src 'none'" in policy
            assert "connect-src" not in policy
            assert "unsafe" not in policy
