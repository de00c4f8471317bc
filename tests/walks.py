"""Walking the site without a browser: pages are opened, forms are filled in as they stand and sent.

    code = Asking(site).ask(URL)
    request_id = case_of(kit, code)
    ada, door = Desk(site, ADA), CourierDoor(kit)  # a session at once, without the slow key work
    ada.take(request_id), ada.assess(request_id), ada.approve(request_id)
    [letter] = deliver(kit, door)
    Answering(site).answer(link_in(letter), reply_1="removed")

Every form is found in the page that is open, so a walk fails where a person would be stuck.
"""

from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pyotp
from flask import Flask, Response, session
from werkzeug.test import TestResponse

from app.casework.actors import Staff
from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.outbound.ports import Mailer, NullMailer
from app.web.sessions import sign_in_staff
from tests.make import Enrolled, make_known
from tests.page_forms import Forms, PageForm

Value = str | tuple[str, ...]
HOST = "http://127.0.0.1"
FORM = "application/x-www-form-urlencoded"
CSAM_ANSWERS = {"kind": "csam", "is_child": "yes", "is_harmed": "yes", "ground": "a"}
CSAM_ANSWERS |= {"age_band": "9-12", "identified": "no", "basis": "us"}


class Visitor:
    """One browser without script. `seen` holds every answer it got, oldest first."""

    def __init__(self, app: Flask, agent: str = "Tests") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": agent}
        self.seen: list[TestResponse] = []
        self.path = "/"

    @property
    def now(self) -> TestResponse:
        """The answer that is on the screen."""
        return self.seen[-1]

    @property
    def forms(self) -> list[PageForm]:
        return Forms(self.now.text).found

    def go(self, path: str) -> TestResponse:
        """Open a page, following redirects within the site."""
        return self._ask("GET", path)

    def send(self, action: str, press: str = "", /, **answers: Value) -> TestResponse:
        """Fill in and send the form of the open page that goes to `action`.

        `press` names the button, the first one of that name. Several forms to one place: the first.
        """
        form = self._form(action)
        unknown = set(answers) - form.names
        assert not unknown, f"{self.path} asks for {sorted(form.names)}, not for {sorted(unknown)}"
        values: dict[str, list[str]] = form.sent | {
            name: [value] if isinstance(value, str) else list(value) for name, value in answers.items()
        }
        values |= {name: [value] for name, value in reversed(form.buttons) if name == press}
        return self._ask("POST", action, values)

    def _form(self, action: str) -> PageForm:
        wanted = urlsplit(action).path
        for form in self.forms:
            if form.method == "post" and urlsplit(urljoin(self.path, form.action)).path == wanted:
                return form
        raise AssertionError(f"{self.path} ({self.now.status}) has no form to {action}")

    def _ask(self, method: str, path: str, values: dict[str, list[str]] | None = None) -> TestResponse:
        while True:
            answer = self.client.open(
                method=method, path=path, base_url=HOST, headers=self.headers, **_body(values)
            )
            self.seen.append(answer)
            self.path = path
            if not 300 <= answer.status_code < 400:
                return answer
            target = urljoin(HOST + path, answer.headers["Location"])
            if not target.startswith(HOST):
                return answer
            method, path, values = "GET", target.removeprefix(HOST).partition("#")[0] or "/", None


def _body(values: dict[str, list[str]] | None) -> dict[str, Any]:
    """A form as browsers send it: an empty one, too, says how long it is."""
    if values is None:
        return {}
    sent = urlencode(values, doseq=True)
    return {"data": sent, "content_type": FORM, "content_length": len(sent)}


class Asking(Visitor):
    """A requester at the portal, in the language of `prefix` ("" or "/fr")."""

    def __init__(self, app: Flask, prefix: str = "", agent: str = "Tests") -> None:
        super().__init__(app, agent)
        self.prefix = prefix

    def ask(self, places: str, **answers: Value) -> str:
        """Fill in, read once more, send; the receipt code, as the last page shows it."""
        self.fill(places, **answers)
        self.send(f"{self.prefix}/ask/review")
        return code_on(self.now.text)

    def fill(self, places: str, **answers: Value) -> TestResponse:
        """Each answer on the page that asks for it, the others left open; then what is read back."""
        self.go(f"{self.prefix}/ask")
        given = {"places": places} | answers
        while given:
            [form] = self.forms
            here = {name: given.pop(name) for name in form.names & set(given)}
            self.send(self.path, "on" if given else "review", **here)
            assert self.now.status_code == 200, f"{self.path} does not take {sorted(here)}"
            assert not given or not self.path.endswith("/review"), f"no page asks for {sorted(given)}"
        return self.now

    def note_code(self) -> TestResponse:
        return self.send(f"{self.prefix}/ask/sent")

    def follow(self, code: str) -> TestResponse:
        """Come back with the code."""
        self.go(f"{self.prefix}/follow")
        return self.send(f"{self.prefix}/follow", code=code)

    def write(self, text: str) -> TestResponse:
        self.go(f"{self.prefix}/follow/message")
        return self.send(f"{self.prefix}/follow/message", text=text)


class Desk(Visitor):
    """A caseworker or an admin. With `actor` the session is there at once; without, sign in."""

    def __init__(self, app: Flask, actor: Staff | None = None, agent: str = "Tests") -> None:
        super().__init__(app, agent)
        if actor is not None:
            sign_in_at_once(self, actor)

    def sign_in(self, kit: Kit, member: Enrolled, passphrase: str = "", totp: str = "") -> TestResponse:
        """By passphrase and number, with all the key work. A number works once: move the clock between."""
        self.go("/desk/sign-in")
        return self.send(
            "/desk/sign-in",
            name=member.sign_in,
            passphrase=passphrase or member.passphrase,
            totp=totp or pyotp.TOTP(member.totp_secret).at(kit.clock()),
        )

    def take(self, request_id: str) -> TestResponse:
        self.go(f"/desk/case/{request_id}")
        return self.send(f"/desk/case/{request_id}/take")

    def give_back(self, request_id: str) -> TestResponse:
        self.go(f"/desk/case/{request_id}")
        return self.send(f"/desk/case/{request_id}/give-back")

    def assess(self, request_id: str, **answers: Value) -> TestResponse:
        """All places that have no finding yet; `answers` change the CSAM finding of CSAM_ANSWERS."""
        self.go(f"/desk/case/{request_id}/assess")
        return self.send(f"/desk/case/{request_id}/assess", **CSAM_ANSWERS | answers)

    def approve(self, request_id: str) -> TestResponse:
        """The first letter on the page; once for each provider."""
        path = f"/desk/case/{request_id}/notices"
        self.go(path)
        return self.send(path, letter=self._form(path).sent["letter"][0])

    def write(self, request_id: str, text: str) -> TestResponse:
        self.go(f"/desk/case/{request_id}")
        return self.send(f"/desk/case/{request_id}/message", text=text)

    def note_reply(self, request_id: str, location_ids: tuple[str, ...], reply: str) -> TestResponse:
        self.go(f"/desk/case/{request_id}")
        return self.send(f"/desk/case/{request_id}/reply", location_ids=location_ids, reply=reply)


class Answering(Visitor):
    """A provider with the link of a notice (its path)."""

    def open(self, link: str) -> TestResponse:
        self.go(link)
        return self.send(link)

    def answer(self, link: str, **answers: Value) -> TestResponse:
        """`reply_1`, `words_1` … as the page asks for them, or `reply_all`, `words_all`."""
        self.open(link)
        return self.send(f"{link}/answers", **answers)


def sign_in_at_once(visitor: Visitor, actor: Staff) -> None:
    """A live session for `actor`, as if just signed in."""
    app = visitor.app
    make_known(app.extensions["heard"].kit, actor)
    with app.test_request_context(base_url=HOST):
        sign_in_staff(actor)
        answer = Response()
        app.session_interface.save_session(app, session, answer)
    name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    visitor.client.set_cookie(name, value, domain="127.0.0.1")


def deliver(kit: Kit, door: CourierDoor, mailer: Mailer | None = None) -> list[EmailMessage]:
    """Send all that is due; the letters, when no mailer is given.

    `door` is made before somebody signs in or approves: that is what opens it.
    """
    used = mailer or NullMailer()
    courier = door.knock()
    assert courier is not None, "nobody has opened the courier"
    while deliver_letter(kit, courier, used):
        pass
    return used.sent if isinstance(used, NullMailer) else []


def case_of(kit: Kit, code: str) -> str:
    """Id of the request that a code opens, for the desk's addresses."""
    return follow_with_code(kit, code).request_id


def link_in(letter: EmailMessage) -> str:
    """Path of the answer page that a letter names."""
    body = letter.get_body()
    assert body is not None
    line = next(word for word in str(body.get_content()).split() if "/n/" in word)
    return urlsplit(line).path


def code_on(page: str) -> str:
    """The receipt code a page shows."""
    return page.partition('<p class="code">')[2].partition("</bdi>")[0].rpartition(">")[2]
