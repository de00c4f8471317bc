"""A caseworker who brings lists: pasted, or as a file of text."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.casework.actors import Staff
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from tests.make import ADA, Filed, file_one
from tests.walks import HOST, Desk
from tests.web.proof_walks import multipart

REASON = "grelbreason"
TWO = "https://img.northlight.example/a/1\nhttps://talkyard.example/t/2"


class Lists(Desk):
    """Somebody at the desk with lists to bring."""

    def __init__(self, app: Flask, actor: Staff = ADA) -> None:
        super().__init__(app, actor)

    def bring(self, pasted: str = TWO, **more: Any) -> TestResponse:
        """By hand, on the page of the hotline's own requests."""
        self.go("/desk/own-motion")
        given: dict[str, Any] = {"reason": REASON, "contents": "abuse", "pasted": pasted} | more
        return self.send("/desk/own-motion", **given)

    def upload(self, content: bytes, name: str = "a.csv", path: str = "/desk/own-motion") -> TestResponse:
        """A file, on a page that takes one."""
        self.go(path)
        fields = [("csrf_token", None, self.token), ("pasted", None, b"")]
        if path == "/desk/own-motion":
            fields += [("reason", None, REASON.encode()), ("contents", None, b"abuse")]
        return self.throw(path, multipart(*fields, ("list", name, content)))

    @property
    def token(self) -> bytes:
        return self.forms[0].sent["csrf_token"][0].encode()

    def throw(self, path: str, body: bytes, **more: Any) -> TestResponse:
        """A body as it is; follows a redirect."""
        given: dict[str, Any] = {
            "content_type": "multipart/form-data; boundary=x",
            "content_length": len(body),
            "headers": self.headers,
        }
        answer = self.client.post(path, base_url=HOST, data=body, **given | more)
        self.seen.append(answer)
        self.path = path
        return self.go(answer.location) if answer.status_code == 303 else answer


def held_case(kit: Kit, places: str = TWO) -> tuple[Filed, tuple[str, ...]]:
    """A case that Ada holds, and the ids of its places."""
    filed = file_one(kit, places)
    take_case(kit, ADA, filed.request_id)
    return filed, tuple(place.id for place in open_case(kit, ADA, filed.request_id).places)
