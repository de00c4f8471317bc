"""Walking the pages of proof: somebody who gives it, somebody who confirms, a caseworker who decides."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from tests.make import ADA, file_one
from tests.walks import HOST, Asking, Desk, Value, Visitor
from tests.web.pages import token_of

SAID = {
    "role": "doctor",
    "confirmer": "Dr. Some One",
    "workplace": "Some Clinic",
    "public_number": "+00 000 111",
    "how_known": "a file of those years",
    "under_18_when": "until 2010",
}
DECIDED = {"birth_date": "yes", "image_date": "yes", "tie": "yes", "result": "confirmed"}


def multipart(*parts: tuple[str, str | None, bytes], boundary: str = "x") -> bytes:
    """A form with files as browsers send it: (name, file name or None, content) for each part."""
    body = b""
    for name, file_name, content in parts:
        named = "" if file_name is None else f'; filename="{file_name}"'
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode()


class Proving(Asking):
    """A requester who came back with the code."""

    def __init__(self, app: Flask, kit: Kit, prefix: str = "", **filing: Any) -> None:
        super().__init__(app, prefix)
        self.filed = file_one(kit, **filing)
        self.follow(self.filed.code)
        self.go(f"{prefix}/follow/proof")

    @property
    def case(self) -> str:
        return f"/desk/case/{self.filed.request_id}"

    def give(self, way: str, **answers: Value) -> TestResponse:
        """By one of the ways that are forms of text."""
        self.go(f"{self.prefix}/follow/proof/{way}")
        return self.send(f"{self.prefix}/follow/proof/{way}", **answers)

    def upload(self, content: bytes, name: str = "a.pdf", **more: Any) -> TestResponse:
        """Send a file on the page that takes one; `more` is the test client's."""
        path = f"{self.prefix}/follow/proof/document"
        self.go(path)
        parts = [("csrf_token", None, token_of(self).encode()), ("document", name, content)]
        return self.throw(multipart(*parts), **more)

    def throw(self, body: bytes, **more: Any) -> TestResponse:
        """A body on that page, as it is; follows a redirect."""
        path = f"{self.prefix}/follow/proof/document"
        given: dict[str, Any] = {
            "content_type": "multipart/form-data; boundary=x",
            "content_length": len(body),
            "headers": self.headers,
        }
        answer = self.client.post(path, base_url=HOST, data=body, **given | more)
        self.seen.append(answer)
        self.path = path
        return self.go(answer.location) if answer.status_code == 303 else answer

    def take_back(self) -> TestResponse:
        """Press the first such button on the page; it stands outside of its form."""
        form = next(one for one in self.forms if one.action.endswith("/take-back"))
        proof_id = self.now.text.partition('form="back" name="proof" value="')[2].partition('"')[0]
        assert proof_id
        return self._ask("POST", form.action, form.sent | {"proof": [proof_id]})

    def link_and_phrase(self) -> tuple[str, str]:
        """Path and words, as the page shows them."""
        text = self.now.text
        shown = text.partition('<p class="words">')[2].partition("</bdi>")[0].rpartition(">")[2]
        phrase = (
            text.partition('<p class="state"><bdi lang="en"')[2].partition("</bdi>")[0].rpartition(">")[2]
        )
        return urlsplit(shown).path, phrase


class Confirming(Visitor):
    """Somebody with a link."""

    def open(self, link: str, phrase: str) -> TestResponse:
        self.go(link)
        return self.send(link, phrase=phrase)

    def say(self, link: str, **changed: Value) -> TestResponse:
        return self.send(f"{link}/say", **SAID | changed)


def confirmed(app: Flask, kit: Kit, **changed: Value) -> Proving:
    """Somebody was asked, and confirmed."""
    asker = Proving(app, kit)
    asker.give("voucher", role="doctor")
    link, phrase = asker.link_and_phrase()
    knows = Confirming(app)
    knows.open(link, phrase)
    knows.say(link, **changed)
    return asker


def proof_at_desk(asker: Proving, desk: Desk | None = None) -> tuple[Desk, str]:
    """Ada with the first proof of the case on her screen, and its path."""
    ada = desk or Desk(asker.app, ADA)
    ada.take(asker.filed.request_id)
    page = ada.go(f"{asker.case}/proof").text
    path = asker.case + "/proof/" + page.partition(f"{asker.case}/proof/")[2].partition('"')[0]
    ada.go(path)
    return ada, path
