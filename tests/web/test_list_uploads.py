"""Lists as files: text alone, from members alone, on their pages alone, held in memory and wiped."""

import io
import tempfile
from base64 import b64encode
from typing import Any

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.web.intake import LIST_PAGES, MOST_LIST_BYTES, HeldDocument
from tests.casework.key_steps import dump
from tests.make import ADA, LOU, MIRA, file_one
from tests.walks import HOST, Asking, Visitor
from tests.web.list_walks import REASON, TWO, Lists, held_case
from tests.web.pages import PNG, SAME_ORIGIN
from tests.web.proof_walks import multipart

CSV = f"url,label\n{TWO.replace(chr(10), ',x' + chr(10))},y\n".encode()
KIND = "multipart/form-data; boundary=x"


def kept(kit: Kit) -> dict[str, Any]:
    members = ("sessions", "openings", "staff", "grants")
    return {name: rows for name, rows in dump(kit).items() if name not in members}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_of_text_is_read_and_its_name_is_nowhere(
    site: Flask, embedded_kit: Kit, encoding: str
) -> None:
    ada = Lists(site)
    answer = ada.upload(CSV.decode().encode(encoding), "grelbname.csv")
    assert answer.status_code == 200
    assert "2 places can go on." in answer.text
    for each in ada.seen:
        assert "grelbname" not in each.text
    assert b"grelbname" not in repr(dump(embedded_kit)).encode()


@pytest.mark.parametrize(
    "content",
    [
        PNG,
        b"\xff\xd8\xff\xe0" + bytes(range(256)),
        b"PK\x03\x04" + bytes(range(256)),
        CSV + PNG,
        CSV + b"data:image/png;base64," + b64encode(PNG) + b",z\n",
        b'["' + b64encode(PNG * 20) + b'"]',
    ],
    ids=["png", "jpeg", "zip", "after lines", "data URL", "base64"],
)
@pytest.mark.parametrize("name", ["a.csv", "a.png"])
def test_a_picture_is_refused_kindly_and_nothing_is_kept(
    site: Flask, embedded_kit: Kit, content: bytes, name: str
) -> None:
    ada = Lists(site)
    ada.go("/desk/own-motion")
    before = kept(embedded_kit)
    answer = ada.upload(content, name)
    assert answer.status_code == 422
    assert "We never take pictures: nothing of it was kept." in answer.text
    assert b64encode(PNG).decode()[:32] not in answer.text
    [form] = [one for one in ada.forms if "reason" in one.names]
    assert form.sent["reason"][0].strip() == REASON, "what was typed stays"
    assert kept(embedded_kit) == before


def test_nobody_else_sends_a_file_there_and_nobody_sends_one_elsewhere(
    site: Flask, embedded_kit: Kit
) -> None:
    filed, _ids = held_case(embedded_kit)
    paths = ("/desk/own-motion", f"/desk/case/{filed.request_id}/bring-back")
    requester = Asking(site)
    requester.follow(file_one(embedded_kit).code)
    before = kept(embedded_kit)
    for visitor in (Visitor(site), requester):
        for path in paths:
            body = multipart(("list", "a.csv", CSV))
            sizes = {"content_type": KIND, "content_length": len(body), "headers": SAME_ORIGIN}
            assert visitor.client.post(path, base_url=HOST, data=body, **sizes).status_code == 415
    for actor in (MIRA, LOU):
        member = Lists(site, actor)
        member.go("/desk/me")
        body = multipart(("csrf_token", None, member.token), ("list", "a.csv", CSV))
        for path in paths:
            assert member.throw(path, body).status_code == 403
    ada = Lists(site)
    ada.go("/desk/own-motion")
    body = multipart(("csrf_token", None, ada.token), ("list", "a.csv", CSV))
    for path in ("/desk/lists", f"/desk/case/{filed.request_id}/message", "/ask", "/admin/providers/new"):
        assert ada.throw(path, body).status_code in (405, 415)
    assert kept(embedded_kit) == before


def test_the_pages_that_take_lists_are_known_and_all_ask_for_a_member(site: Flask) -> None:
    """Whoever adds one must mean it."""
    assert {"desk.own_motion", "desk.bring_findings", "admin.provider_list"} == LIST_PAGES
    for page in LIST_PAGES & set(site.view_functions):
        assert getattr(site.view_functions[page], "heard_guard") in ("caseworker", "admin")  # noqa: B009, as guards.py writes it


def test_one_file_is_enough(site: Flask) -> None:
    ada = Lists(site)
    ada.go("/desk/own-motion")
    parts = [("csrf_token", None, ada.token), ("list", "a.csv", CSV), ("list", "b.csv", CSV)]
    assert ada.throw("/desk/own-motion", multipart(*parts)).status_code == 415


def test_sixteen_megabytes_come_in_and_a_byte_more_does_not(site: Flask) -> None:
    ada = Lists(site)
    whole = CSV + b"\n" * (MOST_LIST_BYTES - len(CSV))
    assert "2 places can go on." in ada.upload(whole).text
    answer = ada.upload(whole + b"\n")
    assert answer.status_code == 422
    assert "This file is too large." in answer.text


def test_far_too_much_is_refused_before_a_byte_of_it_is_read(site: Flask) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("somebody read it")

        readline = readinto = read  # type: ignore[assignment]

    ada = Lists(site)
    sent = {"CONTENT_LENGTH": "17777217", "CONTENT_TYPE": KIND, "wsgi.input": Unread()}
    answer = ada.client.post("/desk/own-motion", headers=SAME_ORIGIN, environ_overrides=sent)
    assert answer.status_code == 413


def test_a_pasted_list_may_be_as_long_as_any_form(site: Flask) -> None:
    ada = Lists(site)
    ada.go("/desk/own-motion")
    lines = "\n".join(f"https://img.northlight.example/{number:07}" for number in range(20_000)).encode()
    parts = [("csrf_token", None, ada.token), ("reason", None, b"why"), ("contents", None, b"abuse")]
    answer = ada.throw("/desk/own-motion", multipart(*parts, ("pasted", None, lines), ("list", "", b"")))
    assert "20,000 places can go on." in answer.text
    ada.go("/desk/own-motion")
    answer = ada.throw("/desk/own-motion", multipart(*parts, ("pasted", None, lines + b"x" * 400_000)))
    assert answer.status_code == 413


def test_no_file_touches_the_disk_and_each_is_wiped(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_more: Any) -> Any:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    held: list[HeldDocument] = []
    wipe, close = HeldDocument._wipe, HeldDocument.close
    wiped: list[bytes] = []

    def wiping(one: HeldDocument) -> None:
        wiped.append(bytes(one.getbuffer()[: len(CSV)]))
        wipe(one)
        assert not any(one.getbuffer())

    def closing(one: HeldDocument) -> None:
        held.append(one)
        close(one)

    monkeypatch.setattr(HeldDocument, "_wipe", wiping)
    monkeypatch.setattr(HeldDocument, "close", closing)
    assert "2 places can go on." in Lists(site).upload(CSV + b"\n" * 5_000_000).text
    assert wiped == [CSV]
    assert all(one.closed for one in held)


def test_a_session_that_ran_out_leads_to_the_sign_in(site: Flask, embedded_kit: Kit) -> None:
    ada = Lists(site, ADA)
    ada.go("/desk/own-motion")
    body = multipart(("csrf_token", None, ada.token), ("list", "a.csv", CSV))
    embedded_kit.clock.move(days=2)  # type: ignore[attr-defined]  # the tests' clock
    assert ada.throw("/desk/own-motion", body).status_code == 200
    assert ada.path == "/desk/sign-in"
